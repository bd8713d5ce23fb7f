//! A ScheduleExpression: `rate(5 minutes)`, `cron(20 0 * * ? *)`, `at(2025-11-14T20:00:00)`, and its zone.

use jiff::{
    SignedDuration, Timestamp,
    civil::DateTime,
    tz::{TimeZone, TimeZoneDatabase},
};

use super::cron::{Cron, instant_of};

/// When a schedule is due.
#[derive(Clone, Debug)]
pub struct Expression {
    when: When,
    zone: TimeZone,
    /// As written, with the zone.
    text: String,
}

#[derive(Clone, Debug)]
enum When {
    /// Seconds, at least 60.
    Every(i64),
    Cron(Box<Cron>),
    At(Timestamp),
}

/// What is wrong with an expression; a sentence for the person who wrote it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ExpressionError(String);

impl Expression {
    /// Reads `text`, meant in the zone of that name.
    ///
    /// # Errors
    /// [`ExpressionError`] for anything that EventBridge Scheduler would not take.
    pub fn parse(text: &str, zone: &str) -> Result<Self, ExpressionError> {
        let refused = |reason: String| ExpressionError(reason);
        let known = TimeZoneDatabase::bundled().get(zone);
        let zone_of = known.map_err(|_| refused(format!("no time zone is called {zone}")))?;
        let Some((kind, inner)) = text.strip_suffix(')').and_then(|text| text.split_once('('))
        else {
            return Err(refused(format!(
                "{text} is no schedule expression: rate(…), cron(…) and at(…) are"
            )));
        };
        let when = match kind {
            "rate" => When::Every(rate(inner).map_err(refused)?),
            "cron" => When::Cron(Box::new(Cron::parse(inner).map_err(refused)?)),
            "at" => When::At(at(inner, &zone_of).map_err(refused)?),
            other => {
                return Err(refused(format!(
                    "{other}(…) is no schedule expression: rate(…), cron(…) and at(…) are"
                )));
            }
        };
        Ok(Self {
            when,
            zone: zone_of,
            text: format!("{text} {zone}"),
        })
    }

    /// The expression as written, and its zone.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first time after `instant`. A rate counts in whole intervals from `origin`.
    #[must_use]
    pub fn after(&self, instant: Timestamp, origin: Timestamp) -> Option<Timestamp> {
        match &self.when {
            When::Every(seconds) => {
                let passed = instant.as_second() - origin.as_second();
                let intervals = passed.div_euclid(*seconds).max(0) + 1;
                let due = SignedDuration::from_secs(intervals.checked_mul(*seconds)?);
                Timestamp::from_second(origin.as_second())
                    .ok()?
                    .checked_add(due)
                    .ok()
            }
            When::Cron(cron) => cron.after(instant, &self.zone),
            When::At(due) => Some(*due).filter(|due| *due > instant),
        }
    }
}

fn rate(inner: &str) -> Result<i64, String> {
    const SHAPE: &str =
        "a rate is a whole number from 1 and minutes, hours or days, as in rate(5 minutes)";
    let (value, unit) = inner.trim().split_once(' ').ok_or(SHAPE)?;
    let value = value.parse::<u32>().map_err(|_| SHAPE)?;
    let seconds = match unit.trim() {
        "minute" | "minutes" => 60,
        "hour" | "hours" => 60 * 60,
        "day" | "days" => 24 * 60 * 60,
        _ => return Err(SHAPE.to_owned()),
    };
    if value == 0 {
        return Err(SHAPE.to_owned());
    }
    Ok(i64::from(value) * seconds)
}

fn at(inner: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let civil: DateTime = inner
        .parse()
        .ok()
        .filter(|_| inner.len() == "2025-11-14T20:00:00".len())
        .ok_or("a time is written as in at(2025-11-14T20:00:00), in the schedule's own zone")?;
    instant_of(civil, zone)
        .ok_or_else(|| format!("{inner} does not exist in this zone: the clocks go forward then"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW_YORK: &str = "America/New_York";
    const ORIGIN: &str = "2025-10-20T14:00:00Z";

    fn next(text: &str, zone: &str, after: &str) -> Option<String> {
        let expression = Expression::parse(text, zone).expect(text);
        let origin = ORIGIN.parse().expect("an instant");
        let next = expression.after(after.parse().expect("an instant"), origin);
        next.map(|instant| instant.to_string())
    }

    #[test]
    fn a_rate_counts_from_the_origin() {
        let table = [
            ("rate(5 minutes)", ORIGIN, "2025-10-20T14:05:00Z"),
            (
                "rate(5 minutes)",
                "2025-10-20T14:04:59.9Z",
                "2025-10-20T14:05:00Z",
            ),
            (
                "rate(5 minutes)",
                "2025-10-20T14:05:00Z",
                "2025-10-20T14:10:00Z",
            ),
            (
                "rate(5 minutes)",
                "2025-10-20T14:05:00.1Z",
                "2025-10-20T14:10:00Z",
            ),
            ("rate(1 hour)", ORIGIN, "2025-10-20T15:00:00Z"),
            (
                "rate(1 day)",
                "2025-11-02T00:00:00Z",
                "2025-11-02T14:00:00Z",
            ),
            (
                "rate(7 days)",
                "2025-10-01T00:00:00Z",
                "2025-10-27T14:00:00Z",
            ),
        ];
        for (text, after, expected) in table {
            assert_eq!(
                next(text, NEW_YORK, after).as_deref(),
                Some(expected),
                "{text} after {after}"
            );
        }
    }

    #[test]
    fn a_cron_and_a_single_time_go_by_their_zone() {
        assert_eq!(
            next("cron(20 0 * * ? *)", NEW_YORK, ORIGIN).as_deref(),
            Some("2025-10-21T04:20:00Z")
        );
        assert_eq!(
            next("cron(20 0 * * ? *)", "UTC", ORIGIN).as_deref(),
            Some("2025-10-21T00:20:00Z")
        );
        let close = "at(2025-11-14T20:00:00)";
        assert_eq!(
            next(close, NEW_YORK, ORIGIN).as_deref(),
            Some("2025-11-15T01:00:00Z")
        );
        assert_eq!(
            next(close, NEW_YORK, "2025-11-15T01:00:00Z"),
            None,
            "only once"
        );
    }

    #[test]
    fn what_is_no_expression_is_refused_with_the_reason() {
        let table = [
            ("every day", "UTC", "rate(…), cron(…) and at(…)"),
            ("often(1 day)", "UTC", "often(…)"),
            ("rate(0 minutes)", "UTC", "from 1"),
            ("rate(5 seconds)", "UTC", "minutes, hours or days"),
            ("rate(five minutes)", "UTC", "whole number"),
            ("cron(0 0 * * *)", "UTC", "six fields"),
            ("at(2025-11-14 20:00)", "UTC", "at(2025-11-14T20:00:00)"),
            ("at(2026-03-08T02:30:00)", NEW_YORK, "does not exist"),
            (
                "rate(1 day)",
                "America/Gotham",
                "no time zone is called America/Gotham",
            ),
        ];
        for (text, zone, reason) in table {
            let said = Expression::parse(text, zone).expect_err(text).to_string();
            assert!(said.contains(reason), "{text}: {said}");
        }
    }
}
