//! Meanings of time: an instant is a [`Timestamp`], a civil day a [`Date`]; New York joins the two.
//!
//! The zone's rules are compiled in, so that no host's zone or missing zone file changes a deadline
//! (domain.md #16).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// America/New_York, in which every deadline of the program is written.
pub static NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

/// The civil day in New York on which `at` falls.
#[must_use]
pub fn civil_day(at: Timestamp) -> Date {
    NEW_YORK.to_datetime(at).date()
}

/// The first instant of a civil day in New York.
#[must_use]
pub fn start_of_day(day: Date) -> Timestamp {
    NEW_YORK
        .to_timestamp(day.at(0, 0, 0, 0))
        .expect("midnight of a rule set's or a clock's year is an instant")
}

/// The due instant of something asked for at `asked_at` with `days` calendar days: the end of the last
/// day, half-open at the next midnight in New York (domain.md #18).
#[must_use]
pub fn due_after_days(asked_at: Timestamp, days: u16) -> Timestamp {
    start_of_day(civil_day(asked_at).saturating_add((i32::from(days) + 1).days()))
}

/// Civil days in New York from `now` to `end`: 0 on the day on which `end` falls (domain.md #20).
/// `None` once `end` has come.
#[must_use]
pub fn days_left(now: Timestamp, end: Timestamp) -> Option<i32> {
    (now < end).then(|| {
        civil_day(now)
            .until(civil_day(end))
            .map_or(i32::MAX, |span| span.get_days())
    })
}

/// The instant as people read it: `Friday, November 14, 2025, 8:00 pm ET`. Never EST or EDT (domain.md #16).
#[must_use]
pub fn civil_text(at: Timestamp) -> String {
    NEW_YORK
        .to_datetime(at)
        .strftime("%A, %B %-d, %Y, %-I:%M %P ET")
        .to_string()
}

/// The last minute before `end`, as people read it: a day that ends at midnight is written as 11:59 pm of
/// that day, which nobody takes for the day after it. Other deadlines are written as they are announced.
#[must_use]
pub fn last_minute(end: Timestamp) -> String {
    civil_text(shown(end))
}

/// The instant by which people know a deadline.
fn shown(end: Timestamp) -> Timestamp {
    if start_of_day(civil_day(end)) == end {
        end - SignedDuration::from_mins(1)
    } else {
        end
    }
}

/// A civil day as people read it: `December 31, 2030`.
#[must_use]
pub fn day_text(day: Date) -> String {
    day.strftime("%B %-d, %Y").to_string()
}

/// How far a deadline is away, in words: the last day is told by its hour alone (domain.md #20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeLeft {
    /// It ends today at this hour: `8 pm ET`, `11:59 pm ET`.
    Today(String),
    /// It ends tomorrow; the day and the hour.
    Tomorrow(String),
    /// It ends later; the day and the hour, and the days that are left.
    Later(String, i32),
}

/// How far `end` is away at `now`, in civil days of New York. A deadline at midnight ends on the day before it.
#[must_use]
pub fn time_left(now: Timestamp, end: Timestamp) -> TimeLeft {
    let shown = shown(end);
    let days = civil_day(now).until(civil_day(shown));
    match days.map_or(i32::MAX, |span| span.get_days()) {
        ..=0 => {
            let time = NEW_YORK.to_datetime(shown);
            let hour = if time.minute() == 0 {
                "%-I %P ET"
            } else {
                "%-I:%M %P ET"
            };
            TimeLeft::Today(time.strftime(hour).to_string())
        }
        1 => TimeLeft::Tomorrow(civil_text(shown)),
        days => TimeLeft::Later(civil_text(shown), days),
    }
}

impl TimeLeft {
    /// `by 8 pm ET today`, `by tomorrow, …`, `by … (3 days left)`.
    #[must_use]
    pub fn by(&self) -> String {
        match self {
            Self::Today(hour) => format!("by {hour} today"),
            Self::Tomorrow(text) => format!("by tomorrow, {text}"),
            Self::Later(text, days) => format!("by {text} ({days} days left)"),
        }
    }

    /// `today at 8 pm ET`, `tomorrow, …`, `on … (3 days left)`.
    #[must_use]
    pub fn on(&self) -> String {
        match self {
            Self::Today(hour) => format!("today at {hour}"),
            Self::Tomorrow(text) => format!("tomorrow, {text}"),
            Self::Later(text, days) => format!("on {text} ({days} days left)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn both_sides_of_the_clock_change_print_et() {
        assert_eq!(
            civil_text(at("2025-11-15T01:00:00Z")),
            "Friday, November 14, 2025, 8:00 pm ET"
        );
        assert_eq!(
            civil_text(at("2025-09-09T04:00:00Z")),
            "Tuesday, September 9, 2025, 12:00 am ET"
        );
    }

    #[test]
    fn a_deadline_names_the_day_that_still_counts() {
        for (end, text) in [
            (
                "2025-12-04T05:00:00Z",
                "Wednesday, December 3, 2025, 11:59 pm ET",
            ),
            (
                "2025-09-10T04:00:00Z",
                "Tuesday, September 9, 2025, 11:59 pm ET",
            ),
            (
                "2025-11-15T01:00:00Z",
                "Friday, November 14, 2025, 8:00 pm ET",
            ),
        ] {
            assert_eq!(last_minute(at(end)), text);
        }
    }

    #[test]
    fn documents_are_due_at_the_end_of_the_last_day_across_both_clock_changes() {
        // Asked in daylight time, due in standard time; and the other way round.
        assert_eq!(
            due_after_days(at("2025-10-25T03:59:59Z"), 15),
            at("2025-11-09T05:00:00Z")
        );
        assert_eq!(
            due_after_days(at("2026-03-01T12:00:00Z"), 15),
            at("2026-03-17T04:00:00Z")
        );
        // Feb 29 counts as a day.
        assert_eq!(
            due_after_days(at("2028-02-20T12:00:00Z"), 15),
            at("2028-03-07T05:00:00Z")
        );
    }

    #[test]
    fn days_left_are_civil_days() {
        let close = at("2025-11-15T01:00:00Z");
        assert_eq!(days_left(at("2025-10-15T04:00:00Z"), close), Some(30));
        assert_eq!(days_left(at("2025-11-14T04:59:59Z"), close), Some(1));
        assert_eq!(days_left(at("2025-11-14T05:00:00Z"), close), Some(0));
        assert_eq!(days_left(at("2025-11-15T00:59:59.999Z"), close), Some(0));
        assert_eq!(days_left(close, close), None);
    }
}
