//! What can be said on the command line.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::{demo::DemoArgs, lambda::Launch, trouble::Trouble};

/// Runs Targeted Review on this machine, wired as infra/template.yaml says.
#[derive(Debug, clap::Parser)]
#[command(
    name = "cargo run --",
    args_conflicts_with_subcommands = true,
    args_override_self = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// What else there is to do than to run.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Plays a review from draft to outcome, and shows what happens on the way.
    Demo(DemoArgs),
    /// Verifies that histories of the stack that runs here are what was written: exit code 0 if all hold, 1 if one is
    /// broken, 2 if that could not be found out.
    VerifyHistory(VerifyArgs),
    /// Sends messages that the stack that runs here has given up on their way again.
    Redrive(RedriveArgs),
    /// Looks for what has come apart in the stack that runs here: letters without an outcome, lists that do not fit their
    /// review. Exit code 0 if nothing is wrong any more, 1 if something is, 2 if that could not be found out.
    Reconcile(ReconcileArgs),
    /// Looks for clocks of the stack that runs here that run while nobody can be told. Exit code 0 if there is none, 1 if
    /// there are some, 2 if that could not be found out.
    Undeliverable(UndeliverableArgs),
    /// Erases what is past its retention in the stack that runs here, or tells what that is.
    Purge(PurgeArgs),
    /// Builds the functions as a start would, and starts nothing.
    Build(BuildArgs),
    /// Becomes a function's process; the stack calls this by itself.
    #[command(hide = true)]
    RunFunction(Launch),
}

/// What to build.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BuildArgs {
    /// Whose functions [default: infra/template.yaml, here or in a folder above]
    #[arg(long)]
    pub(crate) template: Option<PathBuf>,
    /// Builds the variants of this name instead, as a start with it would.
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
}

/// Whose histories to verify, and where.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The reviews, by id, as in 2024-K7M2-QXW5.
    #[arg(
        value_name = "ID",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub(crate) reviews: Vec<String>,
    /// Every review there is.
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) place: OperatePlace,
}

/// Whose dead letters to redrive, and where.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RedriveArgs {
    /// The queue that they came from: notices, feedback, ticks, objects; or relay, for what the stream could not relay.
    pub(crate) queue: String,
    #[command(flatten)]
    pub(crate) place: OperatePlace,
}

/// What to look for, and where.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ReconcileArgs {
    /// Puts right what is found; without it, nothing is changed.
    #[arg(long)]
    pub(crate) repair: bool,
    #[command(flatten)]
    pub(crate) place: OperatePlace,
}

/// What to tell of those whom no letter reaches, and where.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct UndeliverableArgs {
    /// Tells whom to call, too.
    #[arg(long)]
    pub(crate) with_phone: bool,
    #[command(flatten)]
    pub(crate) place: OperatePlace,
}

/// What to erase, and where.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct PurgeArgs {
    /// Erases; without it, nothing is changed.
    #[arg(long, requires = "by")]
    pub(crate) erase: bool,
    /// Who erases, for the tombstones.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// At most so many reviews [default: 100]
    #[arg(long, value_name = "N")]
    pub(crate) cap: Option<u32>,
    #[command(flatten)]
    pub(crate) place: OperatePlace,
}

/// Where an operator's command works.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct OperatePlace {
    /// The data folder of the stack that runs [default: .local beside the infra folder]
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// Takes the operators' program from this file, and builds nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) program: Option<PathBuf>,
}

/// How to run the stack.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RunArgs {
    /// Where the API and the pages answer, on 127.0.0.1; 0 takes any free port.
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,
    /// Folder of everything that is kept [default: .local beside the infra folder]
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// Begins anew: what the data folder holds is deleted.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// What time it is at the start of a new data folder, as in 2025-11-14T19:58:00-05:00.
    #[arg(long, value_name = "RFC 3339")]
    pub(crate) clock: Option<Timestamp>,
    /// What to run [default: infra/template.yaml, here or in a folder above]
    #[arg(long)]
    pub(crate) template: Option<PathBuf>,
    /// Takes the functions' binaries from this folder, by name, and builds nothing.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) functions: Option<PathBuf>,
    /// A value for a parameter of the template, as in LogLevel=debug; may be repeated.
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = parameter)]
    pub(crate) parameters: Vec<(String, String)>,
    /// Writes where everything answers, as JSON, to this file as soon as it does.
    #[arg(long, value_name = "FILE")]
    pub(crate) ready_file: Option<PathBuf>,
    /// Notes in this file what functions did, as their policies name it, each fact once; stacks may share it.
    #[arg(long, value_name = "FILE")]
    pub(crate) calls: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) trouble: Trouble,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        Some(_) | None => Err("a parameter is given as NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_parameter_may_have_an_equals_sign_in_its_value() {
        let expected = Ok(("LogLevel".to_owned(), "intake=debug".to_owned()));
        assert_eq!(parameter("LogLevel=intake=debug"), expected);
        assert!(parameter("LogLevel").is_err());
        assert!(parameter("=x").is_err());
    }
}
