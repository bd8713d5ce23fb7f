//! The one writer to the terminal: lines that stay, and one live line below them while something takes long.

use std::{
    io::{IsTerminal, Write},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How often the live line is written anew where it cannot be written over (a pipe, a log of a build server).
const EVERY: Duration = Duration::from_secs(15);

/// A handle to the terminal; clones write to the same one.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    screen: Arc<Mutex<Screen>>,
}

#[derive(Debug)]
struct Screen {
    /// Whether the last line can be written over.
    live: bool,
    /// The live line that stands there now.
    status: Option<String>,
    written: Option<Instant>,
    /// Nobody reads any more: a closed pipe must not end the stack.
    closed: bool,
}

impl Terminal {
    /// Writes to standard output.
    pub(crate) fn new() -> Self {
        let screen = Screen {
            live: std::io::stdout().is_terminal(),
            status: None,
            written: None,
            closed: false,
        };
        Self {
            screen: Arc::new(Mutex::new(screen)),
        }
    }

    /// Writes a line that stays.
    pub(crate) fn line(&self, text: impl AsRef<str>) {
        self.with(|screen| screen.line(text.as_ref()));
    }

    /// Shows `text` as the live line, in place of the one before.
    pub(crate) fn status(&self, text: &str) {
        self.with(|screen| screen.status(text));
    }

    /// Takes the live line away.
    pub(crate) fn clear(&self) {
        self.with(|screen| {
            screen.status = None;
            screen.written = None;
            screen.write(if screen.live { "\r\x1b[K" } else { "" });
        });
    }

    fn with(&self, act: impl FnOnce(&mut Screen)) {
        act(&mut self.screen.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Screen {
    fn line(&mut self, text: &str) {
        let status = self.status.clone().filter(|_| self.live);
        let erase = if self.live { "\r\x1b[K" } else { "" };
        self.write(&format!("{erase}{text}\n{}", status.unwrap_or_default()));
    }

    fn status(&mut self, text: &str) {
        if self.live {
            self.status = Some(text.to_owned());
            self.write(&format!("\r\x1b[K{text}"));
        } else if self
            .written
            .is_none_or(|written| written.elapsed() >= EVERY)
        {
            self.written = Some(Instant::now());
            self.write(&format!("{text}\n"));
        }
    }

    fn write(&mut self, text: &str) {
        if !self.closed {
            let mut out = std::io::stdout().lock();
            self.closed = out
                .write_all(text.as_bytes())
                .and_then(|()| out.flush())
                .is_err();
        }
    }
}
