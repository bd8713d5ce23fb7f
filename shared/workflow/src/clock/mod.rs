//! What the clock does: windows that close, requests for documents that run out, reminders.
//!
//! Two steps, with a queue in between. A *sweep* reads the indexes and hands out commands; it changes
//! nothing, so it may run twice, late, or at the same time as another. A *command* names a review and the
//! sweep's instant, and nothing else: what is to be done is decided when it is carried out, on a consistent
//! read of the review and of its year. The tempting alternative, a sweep that says "deny this one", would
//! carry a decision through a queue in which an extension or a document can overtake it.
//!
//! So "nothing to do", "too early" and "somebody was faster" are outcomes, not failures; and what an index
//! did not show yet, the next tick finds, five minutes later.

mod act;
mod places;
mod reached;
mod report;
mod sweep;

pub use act::{ActPorts, Acted, move_on};
pub use places::places;
pub use report::{Counts, Report, Run, Sweep};
pub use sweep::{Bounds, Part, Queues, SweepPorts, sweep};

use domain::ReviewId;

/// Lets the clock do to a review what is due at the instant of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockCommand {
    /// The review.
    pub review: ReviewId,
    /// Who asks.
    pub run: Run,
}
