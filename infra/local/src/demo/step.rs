//! What a step of a story is made of: data, so that a story reads like one.
//!
//! Every text may name what an earlier step kept ([`super::memory`]). A step tells what is expected of the answer; what
//! it does not tell is shown and not judged.

use axum::http::{Method, StatusCode};
use serde_json::Value;

/// One step.
#[derive(Debug)]
pub(super) enum Step {
    /// Somebody asks the API for something.
    Ask(Ask),
    /// Somebody sends a file to the store.
    Send(Send),
    /// Letters arrive.
    Letters(Letters),
    /// The mailbox is counted.
    Tally(Tally),
    /// The set clock goes forward.
    Clock(Jump),
}

/// One request, and what its answer must hold.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) title: &'static str,
    pub(super) told: &'static str,
    pub(super) person: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// The end of the idempotency key; the play puts its own beginning before it.
    pub(super) key: Option<&'static str>,
    pub(super) if_match: Option<&'static str>,
    pub(super) body: Option<Value>,
    pub(super) status: StatusCode,
    pub(super) checks: Vec<Check>,
    /// Names, and where in the answer their values are.
    pub(super) kept: Vec<(&'static str, Source)>,
    /// Asks again until all is as told.
    pub(super) patient: bool,
}

/// A file on its way, by the leave that an earlier answer gave.
#[derive(Debug)]
pub(super) struct Send {
    pub(super) title: &'static str,
    pub(super) told: &'static str,
    /// What was kept of the answer: where to send it, and with what.
    pub(super) url: &'static str,
    pub(super) headers: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) status: StatusCode,
}

/// What must hold at a JSON pointer; the empty pointer is the whole answer.
#[derive(Debug)]
pub(super) enum Check {
    /// It is this value.
    Is(&'static str, Value),
    /// It is a text with this in it.
    Says(&'static str, &'static str),
    /// It is a list of this length.
    Counts(&'static str, usize),
}

/// Where a value is taken from.
#[derive(Debug)]
pub(super) enum Source {
    Body(&'static str),
    Header(&'static str),
}

/// Letters about one review that must arrive: these and no others of that subject.
#[derive(Debug)]
pub(super) struct Letters {
    pub(super) title: &'static str,
    pub(super) told: &'static str,
    pub(super) review: &'static str,
    pub(super) subject: &'static str,
    pub(super) each: Vec<Letter>,
}

/// One letter.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) to: &'static str,
    /// What its text says.
    pub(super) says: &'static [&'static str],
    /// What neither its text nor its HTML may say.
    pub(super) hides: &'static [&'static str],
}

/// How many letters there are about some reviews, when all is done.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) title: &'static str,
    pub(super) told: &'static str,
    pub(super) reviews: &'static [&'static str],
    pub(super) letters: usize,
}

/// The set clock is moved forward, and every schedule in between fires.
#[derive(Debug)]
pub(super) struct Jump {
    pub(super) title: &'static str,
    pub(super) told: &'static str,
    pub(super) to: &'static str,
    /// Waits until the functions have worked off what fell due.
    pub(super) rests: bool,
}

impl Step {
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Ask(ask) => ask.title,
            Self::Send(send) => send.title,
            Self::Letters(letters) => letters.title,
            Self::Tally(tally) => tally.title,
            Self::Clock(jump) => jump.title,
        }
    }

    pub(super) fn told(&self) -> &'static str {
        match self {
            Self::Ask(ask) => ask.told,
            Self::Send(send) => send.told,
            Self::Letters(letters) => letters.told,
            Self::Tally(tally) => tally.told,
            Self::Clock(jump) => jump.told,
        }
    }
}

impl Ask {
    fn new(title: &'static str, told: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            title,
            told,
            person: "filer",
            method,
            path,
            key: None,
            if_match: None,
            body: None,
            status: StatusCode::OK,
            checks: Vec::new(),
            kept: Vec::new(),
            patient: false,
        }
    }

    /// Reads something. It is the filer who asks, and 200 that is expected, unless said otherwise.
    pub(super) fn get(title: &'static str, told: &'static str, path: &'static str) -> Self {
        Self::new(title, told, Method::GET, path)
    }

    /// Does something, under an idempotency key.
    pub(super) fn post(
        title: &'static str,
        told: &'static str,
        path: &'static str,
        key: &'static str,
        body: Value,
    ) -> Self {
        Self {
            key: Some(key),
            body: Some(body),
            ..Self::new(title, told, Method::POST, path)
        }
    }

    /// Changes what was read at `etag`.
    pub(super) fn patch(
        title: &'static str,
        told: &'static str,
        path: &'static str,
        etag: &'static str,
        body: Value,
    ) -> Self {
        Self {
            if_match: Some(etag),
            body: Some(body),
            ..Self::new(title, told, Method::PATCH, path)
        }
    }

    pub(super) fn by(mut self, person: &'static str) -> Self {
        self.person = person;
        self
    }

    /// Something else must happen first: it is asked again until it has.
    pub(super) fn in_time(mut self) -> Self {
        self.patient = true;
        self
    }

    /// Names the state that it is based on.
    pub(super) fn seeing(mut self, if_match: &'static str) -> Self {
        self.if_match = Some(if_match);
        self
    }

    pub(super) fn answers(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(super) fn holds(mut self, pointer: &'static str, value: impl Into<Value>) -> Self {
        self.checks.push(Check::Is(pointer, value.into()));
        self
    }

    pub(super) fn says(mut self, pointer: &'static str, phrase: &'static str) -> Self {
        self.checks.push(Check::Says(pointer, phrase));
        self
    }

    pub(super) fn counts(mut self, pointer: &'static str, length: usize) -> Self {
        self.checks.push(Check::Counts(pointer, length));
        self
    }

    pub(super) fn keeps(mut self, name: &'static str, pointer: &'static str) -> Self {
        self.kept.push((name, Source::Body(pointer)));
        self
    }

    pub(super) fn keeps_etag(mut self, name: &'static str) -> Self {
        self.kept.push((name, Source::Header("ETag")));
        self
    }
}

impl From<Ask> for Step {
    fn from(ask: Ask) -> Self {
        Self::Ask(ask)
    }
}
