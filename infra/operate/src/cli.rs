//! What can be said on the command line.

use domain::ReviewId;

const VARIABLES: &str = "\
The table is named by TABLE_NAME: on AWS it is the deployed stack's output TableName. It is reached with the \
credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, in AWS_REGION; \
`eval \"$(aws configure export-credentials --format env)\"` sets them from a profile. \
AWS_ENDPOINT_URL_DYNAMODB names another endpoint. They need dynamodb:GetItem and dynamodb:Query, and for --all \
dynamodb:Scan; nothing is written.";

/// Looks after the data of Targeted Review.
#[derive(Debug, clap::Parser)]
#[command(name = "operate")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What there is to do.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Verifies that histories are what was written: exit code 0 if all hold, 1 if one is broken, 2 if that could not
    /// be found out.
    #[command(after_help = VARIABLES)]
    VerifyHistory(VerifyArgs),
    /// Sends messages that were given up on their way again, after what stopped them is mended: exit code 0 if all were
    /// moved, 1 if some stayed, 2 if the queues could not be reached.
    #[command(after_help = REDRIVE)]
    Redrive(RedriveArgs),
    /// Looks for what has come apart: letters without an outcome, claims that ran out, lists that do not fit their review.
    /// Exit code 0 if nothing is wrong, or all of it was put right; 1 if something is wrong still; 2 if that could not be
    /// found out.
    #[command(after_help = RECONCILE)]
    Reconcile(ReconcileArgs),
    /// Looks for clocks that run while nobody can be told: requests for documents of which no letter reaches anybody.
    /// Exit code 0 if there is none, 1 if there are some, 2 if that could not be found out.
    #[command(after_help = UNDELIVERABLE)]
    Undeliverable(UndeliverableArgs),
    /// After a restore of the table: takes the letters that went out since then from the sender's log, so that none is sent
    /// again. Exit code 0 if the table knows what all of them are about, 1 if not of some, 2 if that could not be done.
    #[command(after_help = RECORD_SENT)]
    RecordSent(RecordSentArgs),
}

const UNDELIVERABLE: &str = "\
It reads every review that waits for documents. Table and secret are named and reached as for reconcile (TABLE_NAME, \
PERSON_HASH_KEY). It needs dynamodb:GetItem, dynamodb:BatchGetItem and dynamodb:Query (on the index queue, too); nothing is \
written.";

const RECORD_SENT: &str = "\
To be run before anything works on the restored table; docs/operations.md has the whole way. The table is named and reached \
as for verify-history. It needs dynamodb:GetItem, dynamodb:Query, dynamodb:PutItem and dynamodb:UpdateItem.";

/// What to tell of those whom no letter reaches.
#[derive(Debug, clap::Args)]
pub(crate) struct UndeliverableArgs {
    /// Tells whom to call. A phone number is a person's: not for tickets, not for logs.
    #[arg(long)]
    pub(crate) with_phone: bool,
}

/// What was restored, and what has been sent since.
#[derive(Debug, clap::Args)]
pub(crate) struct RecordSentArgs {
    /// The instant to which the table was restored.
    #[arg(long, value_name = "RFC 3339")]
    pub(crate) restored_to: jiff::Timestamp,
    /// What `aws logs filter-log-events` wrote of the sender's log since then.
    #[arg(value_name = "FILE")]
    pub(crate) log: std::path::PathBuf,
}

const REDRIVE: &str = "\
The queues are named by NOTICES_QUEUE_URL and NOTICES_DEAD_LETTERS_URL (or FEEDBACK_…, TICKS_…, COMMANDS_…, OBJECTS_…): on AWS they are the \
deployed stack's outputs. They are reached as for verify-history; AWS_ENDPOINT_URL_SQS names another endpoint. It needs \
sqs:GetQueueAttributes, sqs:ReceiveMessage and sqs:DeleteMessage on the dead letters, and sqs:SendMessage on their queue.

What the stream could not relay (redrive relay) left notes in RELAY_FAILURES_URL that hold no letter. The letters are \
found in TABLE_NAME, by what is due: all that have no outcome are put into NOTICES_QUEUE_URL, and the notes that were there \
before are cleared if that went well for all. It needs what reconcile needs, and the three on the notes' queue.";

const RECONCILE: &str = "\
It reads the whole table, which costs by its size. Table and queue are named and reached as for verify-history and redrive \
(TABLE_NAME, NOTICES_QUEUE_URL); PERSON_HASH_KEY is the secret for people's keys that the functions have: with another one \
nothing is judged. It needs dynamodb:GetItem, dynamodb:BatchGetItem, dynamodb:Query (on the index due, too) and \
dynamodb:Scan; to repair also dynamodb:UpdateItem, dynamodb:ConditionCheckItem, dynamodb:PutItem, dynamodb:DeleteItem, dynamodb:BatchWriteItem and \
sqs:SendMessage. The nightly job does the same, a part of the table each night.";

/// What to look for, and what to do about it.
#[derive(Debug, clap::Args)]
pub(crate) struct ReconcileArgs {
    /// Puts right what is found; without it, nothing is changed.
    #[arg(long)]
    pub(crate) repair: bool,
    #[command(flatten)]
    pub(crate) time: Time,
}

/// What time it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Time {
    /// The instant by which something has waited too long [default: now]
    #[arg(long, value_name = "RFC 3339")]
    pub(crate) as_of: Option<jiff::Timestamp>,
}

/// Whose dead letters.
#[derive(Debug, clap::Args)]
pub(crate) struct RedriveArgs {
    /// The queue that they came from.
    #[arg(value_enum)]
    pub(crate) queue: Queue,
    #[command(flatten)]
    pub(crate) time: Time,
}

/// A queue that has a queue of dead letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Queue {
    /// Letters to be sent.
    Notices,
    /// What SES reported.
    Feedback,
    /// Ticks of schedules.
    Ticks,
    /// What sweeps handed out.
    Commands,
    /// What storage and the malware scan told of objects.
    Objects,
    /// What the table's stream could not relay.
    Relay,
}

/// Whose histories.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The reviews, by id, as in 2024-K7M2-QXW5.
    #[arg(
        value_name = "ID",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub(crate) reviews: Vec<ReviewId>,
    /// Every review in the table.
    #[arg(long)]
    pub(crate) all: bool,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn reviews_are_named_one_by_one_or_all_at_once() {
        let sound = ReviewId::from_random("2024".parse().expect("a year"), 64).to_string();
        let parse = |arguments: &[&str]| {
            let all = ["operate", "verify-history"].iter().chain(arguments);
            Cli::try_parse_from(all).is_ok()
        };
        assert!(parse(&[&sound]) && parse(&[&sound, &sound]) && parse(&["--all"]));
        assert!(!parse(&[]) && !parse(&["--all", &sound]) && !parse(&["2024-AAAA-AAAA"]));
    }
}
