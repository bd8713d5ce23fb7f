//! What a sweep of clocks tells when it is done.

use jiff::Timestamp;

/// What a sweep did, in numbers; each is a metric, also where it is nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Reviews that it looked at.
    pub considered: u32,
    /// Drafts that the closing of their window ended.
    pub closed: u32,
    /// Requests for documents that ran out, and were settled.
    pub expired: u32,
    /// Reminders that were told.
    pub reminded: u32,
    /// Reviews with which somebody else was faster.
    pub raced: u32,
    /// Reviews that are held: they wait for a check, or for a person.
    pub held: u32,
    /// Reviews that could not be dealt with; they stay due.
    pub failed: u32,
}

/// Tells the log, and the metrics of this invocation, what the sweep `job` did as of an instant. Told several times in one
/// invocation, as by a sweep in rounds, the numbers are added.
pub fn tell(job: &'static str, as_of: Timestamp, swept: &Swept) {
    tracing::info!(
        job,
        %as_of,
        count.sweep_considered = swept.considered,
        count.sweep_closed = swept.closed,
        count.sweep_expired = swept.expired,
        count.sweep_reminded = swept.reminded,
        count.sweep_raced = swept.raced,
        count.sweep_held = swept.held,
        count.sweep_failed = swept.failed,
        "swept"
    );
}
