//! Running the stack until somebody ends it, and telling a person where it answers.

use std::{future::Future, process::ExitCode};

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::{
    cli::{BuildArgs, RunArgs},
    stack::{Stack, StackError, build_functions},
    terminal::Terminal,
};

/// Exit code of a program that the person broke off, as shells expect it.
const BROKEN_OFF: i32 = 130;

/// Runs `work` on an async runtime of its own.
pub(crate) fn with_runtime(terminal: &Terminal, work: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => {
            terminal.line(format!(
                "error: the program could not start its threads: {error}"
            ));
            ExitCode::FAILURE
        }
    }
}

/// Runs the stack until Ctrl-C or a polite kill.
pub(crate) async fn run(args: &RunArgs, terminal: &Terminal) -> ExitCode {
    told(run_until_stopped(args, terminal).await, terminal)
}

/// Builds the functions and says which.
pub(crate) async fn build(args: &BuildArgs, terminal: &Terminal) -> ExitCode {
    let built = build_functions(args, terminal).await.map(|binaries| {
        for binary in binaries {
            terminal.line(format!("Built {}", binary.display()));
        }
    });
    told(built, terminal)
}

fn told(result: Result<(), StackError>, terminal: &Terminal) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.clear();
            terminal.line(format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run_until_stopped(args: &RunArgs, terminal: &Terminal) -> Result<(), StackError> {
    let mut end = End::listen().map_err(StackError::Signals)?;
    let stack = tokio::select! {
        started = Stack::start(args, terminal) => started?,
        () = end.asked() => return Ok(()),
    };
    welcome(&stack, terminal);
    end.asked().await;
    terminal.line("Stopping; once more stops at once.");
    tokio::spawn(stop_at_once(end));
    stack.stop().await;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "whoever asks twice does not want to wait for destructors"
)]
async fn stop_at_once(mut end: End) {
    end.asked().await;
    std::process::exit(BROKEN_OFF);
}

fn welcome(stack: &Stack, terminal: &Terminal) {
    let url = stack.url();
    let person = stack.a_person();
    terminal.line(format!(
        "Ready in {:.1} s: {url}",
        stack.started_in().as_secs_f64()
    ));
    terminal.line(format!(
        "  in a browser   {url}/ has people and tokens, mailbox, clock, routes and logs"
    ));
    terminal.line(format!("  with curl      curl -H \"Authorization: Bearer $(curl -s '{url}/_local/token?as={person}')\" {url}/v1/reviews"));
    terminal.line(format!("  mailbox        {url}/_local/mail"));
    terminal.line(format!("  clock          {}", stack.clock().explain()));
    terminal.line(format!(
        "  kept in        {} (--fresh begins anew)",
        stack.data().path().display()
    ));
    terminal.line("Ctrl-C stops.");
}

/// Both ways in which a person or a harness ends the program.
struct End {
    interrupt: Signal,
    terminate: Signal,
}

impl End {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
