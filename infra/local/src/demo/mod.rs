//! A story played on the running stack.

use std::process::ExitCode;

use crate::terminal::Terminal;

/// How to play.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {}

/// Plays it.
pub(crate) async fn run(_: &DemoArgs, terminal: &Terminal) -> ExitCode {
    terminal.line("There is no story yet.");
    ExitCode::FAILURE
}
