//! `cargo run -- demo`: a review from the first page read to the last letter, every request, answer and letter shown.
//! `cargo run -- demo --year`: what the clocks of a year do, with the schedules of the template.
//!
//! The [`story`] is data; `play` asks what it says and holds every answer against what is told; `show` prints. It
//! goes through the same doors as everyone, and its one privilege is the local stack's: tokens and the mailbox. So
//! whatever it shows has happened, and what is not as told ends it with the step's name and an exit code that is
//! not zero.

mod client;
mod clock;
mod layout;
mod letters;
mod memory;
mod mismatch;
mod play;
mod show;
mod stage;
mod step;
mod story;

use std::{
    path::PathBuf,
    pin::pin,
    process::ExitCode,
    time::{Duration, Instant},
};

use crate::terminal::Terminal;
use play::Player;
use show::Page;
use stage::Stage;

/// Longer than anything in the story takes on any machine: it waits this long only when something is wrong.
const PATIENCE: Duration = Duration::from_secs(120);

/// How to play.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    /// Plays on a stack that runs already, as in http://127.0.0.1:3000 [default: a stack of its own, gone afterwards]
    #[arg(long, value_name = "URL", conflicts_with_all = ["template", "functions"])]
    against: Option<String>,
    /// Plays the clocks of performance year 2024 instead: reminders, the close, what runs out, what is saved
    #[arg(long, conflicts_with = "against")]
    year: bool,
    /// What its own stack runs [default: infra/template.yaml, here or in a folder above]
    #[arg(long)]
    template: Option<PathBuf>,
    /// Takes the functions' binaries from this folder, by name, and builds nothing.
    #[arg(long, value_name = "FOLDER")]
    functions: Option<PathBuf>,
}

/// Plays the story; a success only if everything went as told.
pub(crate) async fn run(args: &DemoArgs, terminal: &Terminal) -> ExitCode {
    let page = Page::new(terminal.clone());
    let mut broken_off = pin!(tokio::signal::ctrl_c());
    let stage = tokio::select! {
        opened = Stage::open(args, terminal) => opened,
        signal = &mut broken_off => {
            page.broken_off(signal.err());
            return ExitCode::FAILURE;
        }
    };
    let stage = match stage {
        Ok(stage) => stage,
        Err(error) => {
            terminal.clear();
            terminal.line(format!("error: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let began = Instant::now();
    let ending = tokio::select! {
        ending = tell(&stage, &page, args.year) => ending,
        signal = broken_off => {
            page.broken_off(signal.err());
            Ending::BrokenOff
        }
    };
    match ending {
        Ending::AsTold => page.the_end(began.elapsed()),
        Ending::NotAsTold | Ending::BrokenOff => {}
    }
    stage.close(ending, terminal).await;
    match ending {
        Ending::AsTold => ExitCode::SUCCESS,
        Ending::NotAsTold | Ending::BrokenOff => ExitCode::FAILURE,
    }
}

/// How the story ended.
#[derive(Debug, Clone, Copy)]
enum Ending {
    AsTold,
    NotAsTold,
    BrokenOff,
}

/// Plays every step, up to the first that is not as told.
async fn tell(stage: &Stage, page: &Page, year: bool) -> Ending {
    page.opening(stage.url(), stage.is_own());
    let mut player = Player::new(stage.url(), page);
    let steps = if year {
        story::year::steps()
    } else {
        story::steps()
    };
    for (number, step) in (1_usize..).zip(steps) {
        page.heading(number, &step);
        if let Err(mismatch) = player.play(&step).await {
            page.not_as_told(number, step.title(), &mismatch);
            return Ending::NotAsTold;
        }
    }
    Ending::AsTold
}
