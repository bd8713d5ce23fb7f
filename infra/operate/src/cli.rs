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
}

const REDRIVE: &str = "\
The queues are named by NOTICES_QUEUE_URL and NOTICES_DEAD_LETTERS_URL (or FEEDBACK_…, TICKS_…, COMMANDS_…, OBJECTS_…): on AWS they are the \
deployed stack's outputs. They are reached as for verify-history; AWS_ENDPOINT_URL_SQS names another endpoint. It needs \
sqs:GetQueueAttributes, sqs:ReceiveMessage and sqs:DeleteMessage on the dead letters, and sqs:SendMessage on their queue. \
What the stream could not relay needs no redrive: the sweep finds it.";

/// Whose dead letters.
#[derive(Debug, clap::Args)]
pub(crate) struct RedriveArgs {
    /// The queue that they came from.
    #[arg(value_enum)]
    pub(crate) queue: Queue,
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
