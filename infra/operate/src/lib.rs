//! What operators and auditors do at a terminal, on one machine and on AWS alike: one file a command.
//!
//! A command goes through the use cases, as the doors do, and reaches the table with the caller's own
//! credentials. It prints ids, places and counts, never a person: its output may end in a ticket or a log. There is one
//! exception, which has to be asked for: whom to call where no letter arrives (`undeliverable --with-phone`).

mod cli;
mod console;
mod reach;
mod reconcile;
mod record_sent;
mod redrive;
mod undeliverable;
mod verify_history;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command, Queue, RedriveArgs};
use console::Console;
use reach::Unreachable;

/// How a command ended; the number is the program's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Well = 0,
    /// It did what it should, and what it found is not well.
    Broken = 1,
    /// It could not do what it should. Wrong arguments end like this, too.
    NotDone = 2,
}

/// Whether the program understands these arguments.
///
/// # Errors
/// What it would say to whoever typed them.
pub fn understands(arguments: &[&str]) -> Result<(), String> {
    let all = std::iter::once(&"operate").chain(arguments);
    Cli::try_parse_from(all)
        .map(drop)
        .map_err(|error| error.to_string())
}

/// The program, from its arguments to its exit code.
#[must_use]
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let mut console = Console::new(&mut out, &mut err);
    let outcome = match run(Cli::parse().command, &mut console).await {
        Ok(outcome) => outcome,
        Err(error) => {
            console.error(error);
            Outcome::NotDone
        }
    };
    // Who did not hear all that was found must not take it for well.
    let outcome = if console.is_whole() {
        outcome
    } else {
        Outcome::NotDone
    };
    ExitCode::from(outcome as u8)
}

async fn run(command: Command, console: &mut Console<'_>) -> Result<Outcome, Unreachable> {
    let read = reach::variable;
    Ok(match command {
        Command::VerifyHistory(args) => {
            verify_history::run(&reach::table(read)?, &args, console).await
        }
        Command::Redrive(RedriveArgs { queue, time }) => {
            let letters = reach::dead_letters(queue, read)?;
            match queue {
                Queue::Relay => {
                    let (table, notices) = (reach::table(read)?, reach::notices(read)?);
                    let when = reach::when(time.as_of);
                    redrive::relay(&table, &notices, &letters, when, console).await
                }
                Queue::Notices
                | Queue::Feedback
                | Queue::Ticks
                | Queue::Commands
                | Queue::Objects => redrive::run(&letters, console).await,
            }
        }
        Command::Reconcile(args) => {
            let (table, notices) = (reach::table(read)?, reach::notices(read)?);
            let key = reach::hash_key(read)?;
            reconcile::run(&table, &notices, &key, &args, console).await
        }
        Command::Undeliverable(args) => {
            let (table, key) = (reach::table(read)?, reach::hash_key(read)?);
            undeliverable::run(&table, &key, &args, console).await
        }
        Command::RecordSent(args) => record_sent::run(&reach::table(read)?, &args, console).await,
    })
}
