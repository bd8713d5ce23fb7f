//! The story on a terminal: lines of 100 columns, in colour where a person looks.

use std::{fmt::Display, io::IsTerminal as _, time::Duration};

use super::{
    client::{Answer, Request},
    layout,
    mismatch::Mismatch,
    step::Step,
};
use crate::terminal::Terminal;

/// Columns of a line.
const WIDTH: usize = 100;
/// Columns before a request and its answer.
const MARGIN: &str = "    ";
/// The answer's headers that matter to whoever goes on.
const HEADERS: [&str; 3] = ["ETag", "Location", "Retry-After"];

/// How something looks where there are colours.
#[derive(Clone, Copy)]
enum Look {
    Title,
    Asked,
    Good,
    Bad,
    Faint,
}

impl Look {
    /// Its SGR parameters.
    fn code(self) -> &'static str {
        match self {
            Self::Title => "1",
            Self::Asked => "1;34",
            Self::Good => "32",
            Self::Bad => "1;31",
            Self::Faint => "2",
        }
    }
}

/// Where the story is printed.
pub(super) struct Page {
    terminal: Terminal,
    colours: bool,
}

impl Page {
    /// In colour only if standard output is a terminal and NO_COLOR does not forbid it.
    pub(super) fn new(terminal: Terminal) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "what people set for every program (no-color.org)"
        )]
        let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            terminal,
            colours: std::io::stdout().is_terminal() && !forbidden,
        }
    }

    pub(super) fn opening(&self, url: &str, own: bool) {
        let whose = if own {
            "a stack of its own, gone afterwards"
        } else {
            "a stack that runs already"
        };
        self.line(format!("The story plays on {url}, {whose}."));
    }

    pub(super) fn heading(&self, number: usize, step: &Step) {
        self.line("");
        let title = format!("{number:>2}. {}", step.title());
        self.line(self.look(Look::Title, &title));
        for line in layout::prose(step.told(), WIDTH - MARGIN.len()) {
            self.indented(line);
        }
        self.line("");
    }

    pub(super) fn request(&self, person: &str, request: &Request) {
        let line = format!("-> {} {}", request.method, request.path);
        self.indented(self.look(Look::Asked, &line));
        self.faint(&format!("Authorization: Bearer <the token of {person}>"));
        for (name, value) in &request.headers {
            self.faint(&format!("{name}: {value}"));
        }
        if let Some(body) = &request.body {
            self.json(body);
        }
    }

    /// A file on its way; its address is cut off where what opens it begins.
    pub(super) fn file(&self, url: &str, headers: &[(String, String)], length: usize) {
        let place = url.split('?').next().unwrap_or(url);
        let line = format!("-> PUT {place}?<signature>");
        self.indented(self.look(Look::Asked, &line));
        for (name, value) in headers {
            self.faint(&format!("{name}: {value}"));
        }
        self.faint(&format!("<{length} bytes>"));
    }

    pub(super) fn answer(&self, answer: &Answer) {
        let look = if answer.status.is_success() {
            Look::Good
        } else {
            Look::Bad
        };
        self.indented(self.look(look, &format!("<- {}", answer.status)));
        for name in HEADERS {
            if let Some(value) = answer.header(name) {
                self.faint(&format!("{name}: {value}"));
            }
        }
        match answer.json() {
            Some(body) => self.json(&body),
            None => self.indented(answer.body.trim_end()),
        }
    }

    pub(super) fn letter(&self, to: &str, subject: &str, text: &str) {
        self.indented(self.look(Look::Asked, &format!("To: {to}")));
        self.indented(self.look(Look::Asked, &format!("Subject: {subject}")));
        for line in layout::prose(text, WIDTH - MARGIN.len() - 2) {
            self.indented(format!("{} {line}", self.look(Look::Faint, "|")));
        }
    }

    /// The set clock after a jump, and how many messages the schedules sent.
    pub(super) fn clock(&self, now: &str, fired: &serde_json::Value) {
        let line = format!("-> the clock says {now}; {fired} schedules fired in between");
        self.indented(self.look(Look::Asked, &line));
    }

    pub(super) fn gap(&self) {
        self.line("");
    }

    pub(super) fn listed(&self, to: &str, subject: &str) {
        self.indented(format!("{to:<24}{subject}"));
    }

    pub(super) fn as_told(&self, what: &str) {
        for (place, line) in layout::prose(what, WIDTH - MARGIN.len() - 3)
            .into_iter()
            .enumerate()
        {
            let mark = if place == 0 {
                self.look(Look::Good, "ok")
            } else {
                "  ".to_owned()
            };
            self.indented(format!("{mark} {line}"));
        }
    }

    pub(super) fn not_as_told(&self, number: usize, title: &str, mismatch: &Mismatch) {
        self.line("");
        let sentence = format!("error: step {number}, \"{title}\", is not as told: {mismatch}");
        for line in layout::prose(&sentence, WIDTH) {
            self.line(self.look(Look::Bad, &line));
        }
    }

    pub(super) fn broken_off(&self, why: Option<impl Display>) {
        self.line("");
        match why {
            None => self.line("Broken off."),
            Some(why) => self.line(format!("error: signals cannot be listened for: {why}")),
        }
    }

    pub(super) fn the_end(&self, took: Duration) {
        self.line("");
        self.line(format!(
            "Everything went as told, in {:.1} s.",
            took.as_secs_f64()
        ));
    }

    fn json(&self, value: &serde_json::Value) {
        for line in layout::json(value, WIDTH - MARGIN.len()) {
            self.indented(line);
        }
    }

    fn faint(&self, text: &str) {
        self.indented(self.look(Look::Faint, text));
    }

    fn indented(&self, text: impl AsRef<str>) {
        self.line(format!("{MARGIN}{}", text.as_ref()).trim_end());
    }

    fn line(&self, text: impl AsRef<str>) {
        self.terminal.line(text);
    }

    fn look(&self, look: Look, text: &str) -> String {
        if self.colours {
            format!("\x1b[{}m{text}\x1b[0m", look.code())
        } else {
            text.to_owned()
        }
    }
}
