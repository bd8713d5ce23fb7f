//! Shapes of what administrators do to clocks and windows, and of what became of sweeps.

use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::WindowEffect;
use workflow::clock::Report;
use workflow::orders::Placed;

/// What a change of a window does, or would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct WindowEffectDocument {
    #[schema(
        example = "The window closes on Friday, November 21, 2025, 8:00 pm ET (11 days left)."
    )]
    sentence: String,
    /// Drafts whose people are told; 1000 means that many or more.
    drafts: u32,
    /// Not submitted ones that become drafts again; 1000 means that many or more.
    reopened: u32,
    /// What the real run has to name.
    token: String,
}

impl WindowEffectDocument {
    pub(crate) fn of(effect: WindowEffect) -> Self {
        Self {
            sentence: effect.sentence,
            drafts: effect.drafts,
            reopened: effect.reopened,
            token: effect.token.to_string(),
        }
    }
}

/// What an order does, or would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderDocument {
    /// The order; missing for a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// How many reviews it concerns.
    count: usize,
    /// They.
    reviews: Vec<String>,
    /// What the real run has to name.
    token: String,
}

impl OrderDocument {
    pub(crate) fn of(placed: &Placed) -> Self {
        Self {
            id: placed.id.as_ref().map(ToString::to_string),
            count: placed.reviews.len(),
            reviews: placed.reviews.iter().map(ToString::to_string).collect(),
            token: placed.token.to_string(),
        }
    }
}

/// The latest runs of sweeps.
#[derive(Serialize, ToSchema)]
pub(crate) struct SweepList {
    sweeps: Vec<SweepDocument>,
}

/// One run of a sweep, and what came of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SweepDocument {
    #[schema(example = "nightly")]
    sweep: &'static str,
    as_of: InstantDocument,
    considered: u32,
    closed: u32,
    expired: u32,
    returned: u32,
    held: u32,
    reminded: u32,
    told: u32,
    raced: u32,
    failed: u32,
    /// How long the most overdue had been due, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_overdue_seconds: Option<i64>,
}

impl SweepList {
    pub(crate) fn of(reports: &[Report]) -> Self {
        let sweeps = reports.iter().map(|report| {
            let counts = &report.counts;
            SweepDocument {
                sweep: report.run.sweep.name(),
                as_of: InstantDocument::of(report.run.as_of),
                considered: counts.considered,
                closed: counts.closed,
                expired: counts.expired,
                returned: counts.returned,
                held: counts.held,
                reminded: counts.reminded,
                told: counts.told,
                raced: counts.raced,
                failed: counts.failed,
                oldest_overdue_seconds: counts.oldest.map(|age| age.as_secs()),
            }
        });
        Self {
            sweeps: sweeps.collect(),
        }
    }
}
