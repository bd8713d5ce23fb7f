//! What a sweep of clocks tells when it is done.

use workflow::clock::{Counts, Run};

/// Tells the log, and the metrics of this invocation, what a run of a sweep came to. Told several times in one invocation,
/// as by a batch of commands of several runs, the numbers are added. Each is a metric, also where it is nothing.
pub fn tell(run: &Run, counts: &Counts) {
    tracing::info!(
        job = "sweep",
        sweep = run.sweep.name(),
        as_of = %run.as_of,
        count.sweep_considered = counts.considered,
        count.sweep_closed = counts.closed,
        count.sweep_expired = counts.expired,
        count.sweep_returned = counts.returned,
        count.sweep_reminded = counts.reminded,
        count.sweep_told = counts.told,
        count.sweep_raced = counts.raced,
        count.sweep_held = counts.held,
        count.sweep_failed = counts.failed,
        // None is overdue if none is due.
        most.reviews_oldest_seconds = counts.oldest.map_or(0, |age| age.as_secs()),
        "swept"
    );
}
