//! Ports for what the clock does: where to look, and the queues between a sweep and what it starts.

use async_trait::async_trait;
use domain::{PerformanceYear, Reminded, ReviewId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PortError;
use crate::clock::{ClockCommand, Counts, Part, Report, Run};
use crate::orders::OrderId;

/// A part of what sweeps look through. Each review stands in at most one of those that follow its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "of", content = "year", rename_all = "snake_case")]
pub enum Place {
    /// Reviews with an instant of their own at which to look at them ([`domain::next_look`]).
    Due,
    /// Drafts of the year, by the instant since when the window was known as their people were told it.
    Drafts(PerformanceYear),
    /// Drafts that a close of the year overtook, by that close.
    NotSubmitted(PerformanceYear),
    /// Reviews of the year that the clock denied, by the instant of the denial.
    Expired(PerformanceYear),
}

/// A review as the index has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The review.
    pub review: ReviewId,
    /// Its instant in that place.
    pub at: Timestamp,
    /// The last reminder of a draft, as far as the index knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<Reminded>,
}

/// Finds what the clock may move on, by places and shards, so that the work of a sweep grows with what is
/// due, and no one partition takes all of it (promise P8). It is only where to look: an index lags, and what
/// it names is decided on a read of the review.
#[async_trait]
pub trait ClockIndex: Send + Sync {
    /// How many shards each place has, counted from 0.
    fn clock_shards(&self) -> u32;

    /// At most `limit` reviews of the place's shard whose instant is not after `until`, the earliest first, and
    /// those of one instant in an order of the store's own; those behind `after`, if it names one. Fewer than
    /// `limit` are the last.
    async fn placed(
        &self,
        place: Place,
        shard: u32,
        until: Timestamp,
        after: Option<&Placed>,
        limit: u32,
    ) -> Result<Vec<Placed>, PortError>;
}

/// Takes commands of sweeps. Bodies hold ids only.
#[async_trait]
pub trait CommandQueue: Send + Sync {
    /// Enqueues every command.
    ///
    /// # Errors
    /// Some or all were not taken; sending all of them again does no harm.
    async fn hand_out(&self, commands: &[ClockCommand]) -> Result<(), PortError>;

    /// Enqueues the order for each review.
    ///
    /// # Errors
    /// As [`CommandQueue::hand_out`].
    async fn hand_out_order(&self, order: &OrderId, reviews: &[ReviewId]) -> Result<(), PortError>;
}

/// The queue from which sweeps come.
#[async_trait]
pub trait SweepQueue: Send + Sync {
    /// Goes on with `run` at `parts`, in a message of its own.
    async fn go_on(&self, run: &Run, parts: &[Part]) -> Result<(), PortError>;
}

/// Keeps what became of sweeps. Counts are for people to look at; nothing is decided by them.
#[async_trait]
pub trait Reports: Send + Sync {
    /// Adds `counts` to what is on record of `run`.
    async fn tally(&self, run: &Run, counts: &Counts) -> Result<(), PortError>;

    /// The latest `limit` runs, the last first.
    async fn runs(&self, limit: u32) -> Result<Vec<Report>, PortError>;
}
