//! The metrics: what operators need to know, and AWS does not tell by itself. `docs/telemetry.md` says what each means and
//! when to worry.

/// How values of one invocation become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merge {
    /// They are added.
    Sum,
    /// The largest counts.
    Most,
}

/// One metric.
#[derive(Debug)]
pub(super) struct Metric {
    /// The field of an event of `tracing` that tells it: `count.…`, or `most.…` where the largest counts.
    pub(super) field: &'static str,
    /// Its name in CloudWatch.
    pub(super) name: &'static str,
    /// Its unit there.
    pub(super) unit: &'static str,
    /// How values of one invocation become one.
    pub(super) merge: Merge,
}

const fn count(field: &'static str, name: &'static str) -> Metric {
    Metric {
        field,
        name,
        unit: "Count",
        merge: Merge::Sum,
    }
}

const fn most_seconds(field: &'static str, name: &'static str) -> Metric {
    Metric {
        field,
        name,
        unit: "Seconds",
        merge: Merge::Most,
    }
}

/// All of them.
pub(super) const METRICS: [Metric; 32] = [
    // doors
    count("count.client_errors", "ClientErrors"),
    count("count.server_errors", "ServerErrors"),
    count("count.submissions", "Submissions"),
    count("count.commands_raced", "CommandsRaced"),
    count("count.look_ups_failed", "LookUpsFailed"),
    // batches
    count("count.messages_failed", "MessagesFailed"),
    // letters
    count("count.notices_enqueued", "NoticesEnqueued"),
    count("count.letters_sent", "LettersSent"),
    count("count.letters_in_doubt", "LettersInDoubt"),
    count("count.letters_suppressed", "LettersSuppressed"),
    count("count.letters_refused", "LettersRefused"),
    count("count.bounces", "Bounces"),
    count("count.soft_bounces", "SoftBounces"),
    count("count.complaints", "Complaints"),
    // files
    count("count.files_rejected", "FilesRejected"),
    count("count.files_infected", "FilesInfected"),
    count("count.files_held", "FilesHeld"),
    // what is due
    count("count.outbox_overdue", "OutboxOverdue"),
    most_seconds("most.outbox_oldest_seconds", "OutboxOldestAge"),
    count("count.unsent_notices", "UnsentNotices"),
    count("count.job_failures", "JobFailures"),
    count("count.come_apart", "ComeApart"),
    // sweeps of clocks
    count("count.sweep_considered", "SweepConsidered"),
    count("count.sweep_closed", "SweepClosed"),
    count("count.sweep_expired", "SweepExpired"),
    count("count.sweep_returned", "SweepReturned"),
    count("count.sweep_reminded", "SweepReminded"),
    count("count.sweep_told", "SweepTold"),
    count("count.sweep_raced", "SweepRaced"),
    count("count.sweep_held", "SweepHeld"),
    count("count.sweep_failed", "SweepFailed"),
    most_seconds("most.reviews_oldest_seconds", "ReviewsOldestAge"),
];

/// The metric that is told by events under `field`.
pub(super) fn told_as(field: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.field == field)
}
