//! Reviews as the team's lists show them.

use std::collections::BTreeMap;

use domain::{
    Actor, ApplicationType, Outline, PerformanceYear, QueuePlace, StatusName, Waits, days_left,
    payment_year_begins, queued, whole_days,
};
use edge::wire::InstantDocument;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::QueuePage;

use super::casework::CaseworkDocument;

/// A page of a queue.
#[derive(Serialize, ToSchema)]
#[schema(as = Queue)]
pub(crate) struct QueueDocument {
    reviews: Vec<CaseDocument>,
    /// The cursor of the next page; missing at the end. A page can be short, or empty, before the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Reviews of the team, all that there are.
#[derive(Serialize, ToSchema)]
#[schema(as = Cases)]
pub(crate) struct CaseList {
    reviews: Vec<CaseDocument>,
}

/// A review in a list of the team.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
struct CaseDocument {
    #[schema(example = "2024-K7M2-QXW5")]
    id: String,
    year: i64,
    /// `individual`, `group`, `virtual_group`, `apm_entity`, `subgroup` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    application: Option<ApplicationType>,
    #[schema(value_type = String)]
    status: StatusName,
    status_label: &'static str,
    version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted: Option<InstantDocument>,
    /// What its queue goes by: the submission, the due instant of documents, or the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_at: Option<InstantDocument>,
    /// How long it has taken, and on whose side.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits: Option<WaitsDocument>,
    casework: CaseworkDocument,
}

/// How long a review has taken, in whole days of 24 hours.
#[derive(Serialize, ToSchema)]
#[schema(as = Waits)]
pub(crate) struct WaitsDocument {
    /// From the submission until the end, or until now.
    filer_waited_days: i64,
    /// Of those, with the review team.
    with_team_days: i64,
    /// Of those, waiting for the filer's documents.
    waiting_for_documents_days: i64,
}

/// How many reviews stand where.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueueCounts {
    years: Vec<YearCounts>,
}

/// How many reviews of a year stand where.
#[derive(Serialize, ToSchema)]
struct YearCounts {
    year: i64,
    /// By status; counted in an index that lags by moments.
    #[schema(value_type = Object)]
    counts: BTreeMap<StatusName, u64>,
    payment_year: i16,
    /// What is decided before this is paid right from the start.
    payment_year_begins: InstantDocument,
    /// Days until then; missing once it has begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i32>,
}

impl QueueDocument {
    pub(crate) fn of(
        page: &QueuePage,
        next: Option<String>,
        reader: &Actor,
        at: Timestamp,
    ) -> Self {
        Self {
            reviews: cases(&page.cases, reader, at),
            next,
        }
    }
}

impl CaseList {
    pub(crate) fn of(found: &[Outline], reader: &Actor, at: Timestamp) -> Self {
        Self {
            reviews: cases(found, reader, at),
        }
    }
}

fn cases(found: &[Outline], reader: &Actor, at: Timestamp) -> Vec<CaseDocument> {
    let case = |outline: &Outline| CaseDocument::of(outline, reader, at);
    found.iter().map(case).collect()
}

impl CaseDocument {
    fn of(outline: &Outline, reader: &Actor, at: Timestamp) -> Self {
        let submission = outline.status.submission();
        let place = queued(outline).map(|(_, QueuePlace { at, .. })| at);
        Self {
            id: outline.id.to_string(),
            year: outline.year.into(),
            application: outline.application.as_ref().map(domain::Application::kind),
            status: outline.status.name(),
            status_label: outline.status.label(),
            version: outline.version,
            submitted: submission.map(|submission| InstantDocument::of(submission.received_at)),
            stands_at: place.map(InstantDocument::of),
            waits: WaitsDocument::of(outline, at),
            casework: CaseworkDocument::of(&outline.casework, reader),
        }
    }
}

impl WaitsDocument {
    pub(super) fn of(outline: &Outline, at: Timestamp) -> Option<Self> {
        let waits = Waits::of(outline, at)?;
        Some(Self {
            filer_waited_days: whole_days(waits.filer),
            with_team_days: whole_days(waits.team),
            waiting_for_documents_days: whole_days(waits.documents),
        })
    }
}

impl QueueCounts {
    pub(crate) fn of(
        counts: BTreeMap<PerformanceYear, BTreeMap<StatusName, u64>>,
        at: Timestamp,
    ) -> Self {
        let year = |(year, counts): (PerformanceYear, _)| YearCounts {
            year: year.into(),
            counts,
            payment_year: year.payment_year(),
            payment_year_begins: InstantDocument::of(payment_year_begins(year)),
            days_left: days_left(at, payment_year_begins(year)),
        };
        Self {
            years: counts.into_iter().map(year).collect(),
        }
    }
}
