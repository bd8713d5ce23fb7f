//! How far a build is, as one live line: crates done of all, and the time it took so far.

use std::{
    collections::BTreeSet,
    future::Future,
    sync::{Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use tokio::time::{MissedTickBehavior, interval_at};

use crate::terminal::Terminal;

/// What cargo says of its own doing, which the live line says better.
const DOINGS: [&str; 9] = [
    "Adding",
    "Compiling",
    "Downloaded",
    "Downloading",
    "Finished",
    "Fresh",
    "Locking",
    "Packaging",
    "Updating",
];

pub(super) struct Progress<'a> {
    what: &'static str,
    terminal: &'a Terminal,
    began: Instant,
    all: OnceLock<usize>,
    done: Mutex<BTreeSet<String>>,
    no_c_compiler: OnceLock<()>,
    last_line: Mutex<String>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(what: &'static str, terminal: &'a Terminal) -> Self {
        Self {
            what,
            terminal,
            began: Instant::now(),
            all: OnceLock::new(),
            done: Mutex::new(BTreeSet::new()),
            no_c_compiler: OnceLock::new(),
            last_line: Mutex::new(String::new()),
        }
    }

    /// One thing of this package was made.
    pub(super) fn done(&self, package: &str) {
        self.packages().insert(package.to_owned());
    }

    /// One line that cargo wrote for people: warnings and errors are shown as they are.
    pub(super) fn told(&self, line: &str) {
        let word = line.split_whitespace().next().unwrap_or_default();
        if line.contains("linker `cc` not found") || line.contains("failed to find tool") {
            self.no_c_compiler.get_or_init(|| ());
        }
        let known = word == "Blocking" && self.is_repeated(line);
        if !DOINGS.contains(&word) && !known {
            self.terminal.line(line);
        }
    }

    /// Cargo says of each of its locks that it waits for it; once is enough.
    fn is_repeated(&self, line: &str) -> bool {
        let mut last = self
            .last_line
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *last, line.to_owned()) == line
    }

    /// What else to say of a build that failed.
    pub(super) fn hint(&self) -> &'static str {
        match self.no_c_compiler.get() {
            Some(()) => {
                ". A C compiler is missing: install one (on Debian and Ubuntu: apt install build-essential)"
            }
            None => "",
        }
    }

    /// Shows the live line from the first second on, until `build` ends. `count` yields the number of all crates.
    pub(super) async fn show_during<T>(
        &self,
        count: impl Future<Output = Option<usize>>,
        build: impl Future<Output = T>,
    ) -> T {
        const SECOND: Duration = Duration::from_secs(1);
        let mut ticks = interval_at(tokio::time::Instant::now() + SECOND, SECOND);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let counted = async {
            if let Some(all) = count.await {
                self.all.get_or_init(|| all);
            }
            std::future::pending::<T>().await
        };
        let ticking = async {
            loop {
                ticks.tick().await;
                self.terminal.status(&self.line());
            }
        };
        let result = tokio::select! {
            result = build => result,
            result = counted => result,
            result = ticking => result,
        };
        self.terminal.clear();
        result
    }

    fn line(&self) -> String {
        let (done, seconds) = (self.packages().len(), self.began.elapsed().as_secs());
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let of_all = self
            .all
            .get()
            .map_or_else(String::new, |all| format!(" of {}", all.max(&done)));
        let what = self.what;
        format!(
            "Building {what}: {done}{of_all} crates, {minutes}:{seconds:02} (some minutes, the first time)"
        )
    }

    fn packages(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
