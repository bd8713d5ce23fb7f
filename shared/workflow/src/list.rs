//! "My requests": filtered, sorted, counted, a page at a time (domain.md #47).
//!
//! All that a person has is read and looked through. The tempting alternative, an index a sort, is
//! written by every autosave of everybody to save a few reads of a list that a person can look through.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::str::FromStr;

use domain::{
    ApplicationType, ListKey, Outline, PerformanceYear, ReviewId, Side, Status, StatusName, Turn,
    Window, WindowState, turn,
};
use jiff::Timestamp;

use crate::ports::{Programs, ReviewsOfPerson};
use crate::{Failure, Inbound, program};

/// Which of them, in which order, and which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Of this performance year only.
    pub year: Option<PerformanceYear>,
    /// Of this application type only.
    pub kind: Option<ApplicationType>,
    /// Of these statuses only; empty means any.
    pub statuses: Vec<StatusName>,
    /// Without the withdrawn ones.
    pub hide_withdrawn: bool,
    /// In this order.
    pub sort: Sort,
    /// The other way round; what has no due instant stays last.
    pub descending: bool,
    /// After this place.
    pub after: Option<Cursor>,
    /// At most that many.
    pub limit: usize,
}

/// What the list is sorted by; the id decides between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When it was created.
    Created,
    /// When it was last changed.
    Updated,
    /// When something is due.
    Due,
}

/// Part of a person's requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Mine {
    /// The page.
    pub reviews: Vec<Listed>,
    /// How many there are on all pages together.
    pub count: usize,
    /// How many of the chosen year and type are withdrawn, shown or not.
    pub withdrawn: usize,
    /// How many of the chosen year and type are in each status, shown or not.
    pub by_status: BTreeMap<StatusName, usize>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

/// A request in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The request.
    pub outline: Outline,
    /// What the filer must do something by, if there is such an instant.
    pub due: Option<Due>,
    /// Whose turn it is, as its filers are told.
    pub turn: Turn,
}

/// What is due of a filer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Submitting the draft, before the window closes.
    Submission(Timestamp),
    /// Sending what was asked for.
    Documents(Timestamp),
}

impl Due {
    /// When.
    #[must_use]
    pub fn at(self) -> Timestamp {
        match self {
            Self::Submission(at) | Self::Documents(at) => at,
        }
    }
}

/// A place in a sorted list: the sorted-by instant and the id of the last one that was shown. It stays
/// good when that one is gone or has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    at: Option<Timestamp>,
    id: ReviewId,
}

/// The text is not a cursor that this service gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("use the cursor exactly as \"next\" gave it")]
pub struct CursorError;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{}~{}", at.as_nanosecond(), self.id),
            None => write!(f, "~{}", self.id),
        }
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (at, id) = text.split_once('~').ok_or(CursorError)?;
        let at = (!at.is_empty()).then(|| at.parse().map(Timestamp::from_nanosecond));
        let at = at.transpose().map_err(|_| CursorError)?.transpose();
        Ok(Self {
            at: at.map_err(|_| CursorError)?,
            id: id.parse().map_err(|_| CursorError)?,
        })
    }
}

/// The actor's requests: those it owns, and those it was added to.
///
/// # Errors
/// Only when a port fails.
pub async fn mine(
    ports: &(impl ReviewsOfPerson + Programs + ?Sized),
    inbound: &Inbound<'_>,
    wanted: &Wanted,
) -> Result<Mine, Failure> {
    let lists = ListKey::of_actor(inbound.actor, inbound.hash_key);
    let mut all = ports.listed(&lists).await?;
    all.retain(|outline| wanted.concerns(outline));
    let mut by_status = BTreeMap::new();
    for outline in &all {
        *by_status.entry(outline.status.name()).or_default() += 1;
    }
    all.retain(|outline| wanted.shows(outline.status.name()));
    let mut windows = Windows::at(inbound.received_at);
    let mut found = Vec::with_capacity(all.len());
    for outline in all {
        let window = windows.of(ports, outline.year).await?;
        found.push(Listed {
            due: due(&outline, window),
            turn: turn(&outline, window, Side::Filer),
            outline,
        });
    }
    found.sort_by(|one, other| wanted.order(&wanted.place(one), &wanted.place(other)));
    let count = found.len();
    if let Some(after) = &wanted.after {
        found.retain(|listed| wanted.order(&wanted.place(listed), after) == Ordering::Greater);
    }
    let more = found.len() > wanted.limit;
    found.truncate(wanted.limit);
    Ok(Mine {
        next: found.last().filter(|_| more).map(|last| wanted.place(last)),
        reviews: found,
        count,
        withdrawn: by_status.get(&StatusName::Withdrawn).copied().unwrap_or(0),
        by_status,
    })
}

/// A request as a list shows it, as its year's window is known at `at`.
///
/// # Errors
/// Only when a port fails.
pub async fn listed(
    programs: &(impl Programs + ?Sized),
    at: Timestamp,
    outline: &Outline,
) -> Result<Listed, Failure> {
    let window = program(programs, outline.year, at).await?.window;
    Ok(Listed {
        due: due(outline, &window),
        turn: turn(outline, &window, Side::Filer),
        outline: outline.clone(),
    })
}

/// What the filer of a request must do something by, at the instant of the window's fold.
fn due(outline: &Outline, window: &Window) -> Option<Due> {
    match &outline.status {
        Status::Draft(_) => match window.state() {
            WindowState::Open(close) => close.map(Due::Submission),
            WindowState::Unannounced | WindowState::NotYetOpen(_) | WindowState::Closed(_) => None,
        },
        Status::AwaitingDocuments(now) => Some(Due::Documents(now.request.due)),
        Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => None,
    }
}

/// The windows of the years, each looked up once.
struct Windows {
    at: Timestamp,
    known: BTreeMap<PerformanceYear, Window>,
}

impl Windows {
    fn at(at: Timestamp) -> Self {
        let known = BTreeMap::new();
        Self { at, known }
    }

    async fn of(
        &mut self,
        programs: &(impl Programs + ?Sized),
        year: PerformanceYear,
    ) -> Result<&Window, Failure> {
        Ok(match self.known.entry(year) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(program(programs, year, self.at).await?.window),
        })
    }
}

impl Wanted {
    fn concerns(&self, outline: &Outline) -> bool {
        let kind = outline.application.as_ref().map(domain::Application::kind);
        self.year.is_none_or(|year| outline.year == year)
            && self.kind.is_none_or(|wanted| kind == Some(wanted))
    }

    fn shows(&self, status: StatusName) -> bool {
        let hidden = self.hide_withdrawn && status == StatusName::Withdrawn;
        !hidden && (self.statuses.is_empty() || self.statuses.contains(&status))
    }

    fn place(&self, listed: &Listed) -> Cursor {
        let outline = &listed.outline;
        Cursor {
            at: match self.sort {
                Sort::Created => Some(outline.created_at),
                Sort::Updated => Some(outline.updated_at),
                Sort::Due => listed.due.map(Due::at),
            },
            id: outline.id.clone(),
        }
    }

    fn order(&self, one: &Cursor, other: &Cursor) -> Ordering {
        let instants = match (one.at, other.at) {
            (Some(one), Some(other)) if self.descending => Reverse(one).cmp(&Reverse(other)),
            (Some(one), Some(other)) => one.cmp(&other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        };
        instants.then_with(|| one.id.cmp(&other.id))
    }
}
