//! Runs what `infra/template.yaml` deploys, on one machine.
//!
//! A request's way: [`gateway`] makes it an event, `lambda` hands that to a process of the real binary, which talks to
//! the [`services`]; what it writes goes through `sources` to the next function. [`schedules`] begin what no request
//! begins. What is wired to what is read from the template and nowhere else. `stack` puts all of it together, in the order that the parts need.

mod cli;
pub mod clock;
mod compile;
pub mod data;
mod demo;
mod filter;
mod front;
mod gateway;
pub mod identity;
mod lambda;
mod machine;
mod operate;
pub mod pages;
pub mod permissions;
mod run;
mod running;
pub mod schedules;
pub mod services;
mod sources;
mod stack;
mod template;
mod terminal;
mod trouble;
mod view;

use std::{path::Path, process::ExitCode};

use clap::Parser;

use cli::{Cli, Command};
use terminal::Terminal;

/// A template as it is written, as CloudFormation's JSON: `!Ref X` is `{"Ref": "X"}`, and nothing is resolved.
///
/// # Errors
/// Where it is not YAML, in a sentence.
pub fn template_as_written(source: &str) -> Result<serde_json::Value, String> {
    let template = template::Template::parse(Path::new("the template"), source);
    template
        .map(|template| template.as_written())
        .map_err(|error| error.to_string())
}

/// Whether the program understands these arguments.
///
/// # Errors
/// What it would say to whoever typed them.
pub fn understands(arguments: &[&str]) -> Result<(), String> {
    let all = std::iter::once(&"cargo run --").chain(arguments);
    Cli::try_parse_from(all)
        .map(drop)
        .map_err(|error| error.to_string())
}

/// The program, from its arguments to its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new();
    match cli.command {
        None => run::with_runtime(&terminal, run::run(&cli.run, &terminal)),
        Some(Command::Demo(args)) => run::with_runtime(&terminal, demo::run(&args, &terminal)),
        Some(Command::Redrive(args)) => {
            run::with_runtime(&terminal, operate::redrive(&args, &terminal))
        }
        Some(Command::Reconcile(args)) => {
            run::with_runtime(&terminal, operate::reconcile(&args, &terminal))
        }
        Some(Command::Purge(args)) => {
            run::with_runtime(&terminal, operate::purge(&args, &terminal))
        }
        Some(Command::VerifyHistory(args)) => {
            run::with_runtime(&terminal, operate::verify_history(&args, &terminal))
        }
        Some(Command::Undeliverable(args)) => {
            run::with_runtime(&terminal, operate::undeliverable(&args, &terminal))
        }
        Some(Command::Build(args)) => run::with_runtime(&terminal, run::build(&args, &terminal)),
        Some(Command::RunFunction(launch)) => {
            terminal.line(format!(
                "{}: {}",
                launch.binary().display(),
                lambda::launch(&launch)
            ));
            ExitCode::FAILURE
        }
    }
}
