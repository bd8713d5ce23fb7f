//! How long a review is kept, and when its outcome still comes early (domain.md #2, #8, #51).

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};

use crate::{
    Denial, Outline, PerformanceYear, RuleSet, Status, civil_day, end_of_day, start_of_day,
};

/// The first instant of the payment year: a review decided before it is paid rightly from the start.
#[must_use]
pub fn payment_year_begins(year: PerformanceYear) -> Timestamp {
    start_of_day(date(year.payment_year(), 1, 1))
}

/// When a review came to its end; `None` while it is alive.
#[must_use]
pub fn ended_at(status: &Status) -> Option<Timestamp> {
    match status {
        Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_) => None,
        Status::Approved(now) => Some(now.decision.at),
        Status::Denied(now) => Some(match &now.denial {
            Denial::Person { decision } => decision.at,
            Denial::Clock { at, .. } => *at,
        }),
        Status::Withdrawn(now) => Some(now.at),
        Status::NotSubmitted(now) => Some(now.closed),
    }
}

/// From when on our own record of a review may be erased: after the filer's own duty to keep its papers,
/// and never within a year of its end. `None` while it is alive or under a legal hold.
#[must_use]
pub fn erasable_from(outline: &Outline, rules: &RuleSet) -> Option<Timestamp> {
    let ended = ended_at(&outline.status)?;
    let a_year_on = end_of_day(civil_day(ended).saturating_add(1.year()));
    let kept = end_of_day(rules.keep_until).max(a_year_on);
    outline.casework.hold.is_none().then_some(kept)
}
