//! The clocks of a review: what is due when, in New York's civil days (domain.md #17, #18, #21, #23).
//!
//! Every instant here is computed from what is stored; nothing reads a clock. Instants are half-open:
//! what is due at midnight is in time up to the last nanosecond before it.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::{NEW_YORK, Review, Status, civil_day, file_look, start_of_day};

/// How long an upload may go on after it was granted.
pub const GRANT_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// From the due instant to the settling of a request: longer than any grant lives.
pub const SETTLE_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// From the close of a window to its sweep: longer than any request lives.
pub const SWEEP_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// How long a settlement waits for the check of a file, from its arrival.
pub const CHECK_LIMIT: SignedDuration = SignedDuration::from_hours(24);

/// How long a grant is kept that nobody uses.
pub const UNUSED_LIMIT: SignedDuration = SignedDuration::from_hours(24);

/// How long before the close an attempt must have failed for a late submission to be allowed.
pub const LAST_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Civil days to replace a file that came in time and failed our check.
pub const REPLACEMENT_DAYS: u16 = 3;

/// Days before the close on which a draft's people are reminded.
pub const DRAFT_REMINDERS: [u16; 3] = [14, 3, 1];

/// Days before the due day on which a request's people are reminded.
pub const DOCUMENT_REMINDERS: [u16; 3] = [7, 3, 1];

/// How late a reminder still goes out; after that the next one, or the close itself, says more.
pub const REMINDER_LATEST: SignedDuration = SignedDuration::from_hours(24);

/// When reminders go out: nine in the morning, an hour that no clock change touches.
const REMINDER_TIME: Time = Time::constant(9, 0, 0, 0);

/// The end of a civil day in New York: the next midnight.
#[must_use]
pub fn end_of_day(day: Date) -> Timestamp {
    start_of_day(day.saturating_add(1.day()))
}

/// The last civil day in New York before `end`.
#[must_use]
pub fn last_day(end: Timestamp) -> Date {
    civil_day(end - SignedDuration::from_nanos(1))
}

/// The end of the civil day that lies `days` after the last day of `end`.
#[must_use]
pub fn later_by_days(end: Timestamp, days: u16) -> Timestamp {
    end_of_day(last_day(end).saturating_add(i32::from(days).days()))
}

/// When the reminder of `days` before `end` goes out.
#[must_use]
pub fn reminder_at(end: Timestamp, days: u16) -> Timestamp {
    let day = last_day(end).saturating_sub(i32::from(days).days());
    NEW_YORK
        .to_timestamp(day.to_datetime(REMINDER_TIME))
        .expect("nine o'clock of a deadline's year is an instant")
}

/// The latest reminder for `end` whose time has come at `at`, in days before it.
#[must_use]
pub fn reminder_come(end: Timestamp, days: &[u16], at: Timestamp) -> Option<u16> {
    let come = days.iter().filter(|&&days| reminder_at(end, days) <= at);
    come.min().copied()
}

/// The reminder that is due at `at` for `end`: the latest one whose time has come, unless it or a later
/// one (fewer days) was `sent`, or its time is more than [`REMINDER_LATEST`] ago (domain.md #21).
#[must_use]
pub fn reminder_due(end: Timestamp, days: &[u16], sent: Option<u16>, at: Timestamp) -> Option<u16> {
    let latest = reminder_come(end, days, at)?;
    let fresh = at <= reminder_at(end, latest) + REMINDER_LATEST;
    (at < end && fresh && sent.is_none_or(|sent| latest < sent)).then_some(latest)
}

/// The reminder for `end` that nobody sent and that is too late at `at`: it is passed over.
#[must_use]
pub fn reminder_missed(
    end: Timestamp,
    days: &[u16],
    sent: Option<u16>,
    at: Timestamp,
) -> Option<u16> {
    let latest = reminder_come(end, days, at)?;
    let open = sent.is_none_or(|sent| latest < sent);
    (open && reminder_due(end, days, sent, at).is_none()).then_some(latest)
}

/// When the next reminder for `end` is due after `sent`.
#[must_use]
pub fn next_reminder(end: Timestamp, days: &[u16], sent: Option<u16>) -> Option<Timestamp> {
    let open = days
        .iter()
        .filter(|&&days| sent.is_none_or(|sent| days < sent));
    open.map(|&days| reminder_at(end, days)).min()
}

/// A range of civil days on which all document clocks stand still (domain.md #23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Toll {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub through: Date,
}

impl Toll {
    fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.through
    }

    /// The longest toll, in days; a longer one is a typing error.
    pub const LONGEST: usize = 366;
}

/// `due` of something asked for at `asked_at`, moved by a further toll: one day later for each of its
/// days that the clock would have counted. Days of `earlier` tolls are not counted again.
#[must_use]
pub fn tolled(due: Timestamp, asked_at: Timestamp, toll: &Toll, earlier: &[Toll]) -> Timestamp {
    if toll.from > last_day(due) {
        return due;
    }
    let first = toll.from.max(civil_day(asked_at).saturating_add(1.day()));
    let paused = first
        .series(1.day())
        .take_while(|&day| day <= toll.through)
        .take(Toll::LONGEST)
        .filter(|&day| !earlier.iter().any(|toll| toll.holds(day)))
        .count();
    later_by_days(due, u16::try_from(paused).unwrap_or(u16::MAX))
}

/// Whether an object counts as in time: it arrived before `due`, or its upload was granted before `due`
/// and arrived within the grant (domain.md #18).
#[must_use]
pub fn arrived_in_time(arrived_at: Timestamp, granted_at: Timestamp, due: Timestamp) -> bool {
    arrived_at < due || (granted_at < due && arrived_at <= granted_at + GRANT_LIFE)
}

/// When a sweep should next look at the review: when something about its request for documents or one of its
/// files is due, whichever comes first. `None` where nothing of its own is due; a draft's close is the window's,
/// not its own.
#[must_use]
pub fn next_look(review: &Review) -> Option<Timestamp> {
    // After the end only erasing is left to do.
    let ended = review.outline.status.name().is_terminal();
    let files = review.dossier.files.iter();
    let files = files.filter(|file| !ended || file.is_to_be_erased());
    let looks = files.filter_map(|file| file_look(review, file));
    looks.chain(documents_look(review)).min()
}

/// The next reminder of the open request for documents, or the time to settle it, whichever comes first.
fn documents_look(review: &Review) -> Option<Timestamp> {
    match &review.outline.status {
        Status::AwaitingDocuments(now) => {
            let request = &now.request;
            let reminder = next_reminder(request.due, &DOCUMENT_REMINDERS, request.reminded);
            let settle = request.settle_from();
            Some(reminder.map_or(settle, |reminder| reminder.min(settle)))
        }
        Status::Draft(_)
        | Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => None,
    }
}
