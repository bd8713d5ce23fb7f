//! The cron dialect of EventBridge: minutes, hours, day of month, month, day of week, year, in a time zone.
//!
//! Of the well-kept parsers each speaks another dialect (seconds first, no year, weekdays from 0), and brings a second
//! calendar and a second copy of all time zones; this one is a page over jiff.
//!
//! On the nights of a clock change it does what EventBridge Scheduler documents: a time that does not exist is
//! skipped, and one that exists twice happens once, the first time.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
    tz::{AmbiguousOffset, TimeZone},
};

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const YEARS: (i16, i16) = (1970, 2199);

/// When something is due, in civil time.
#[derive(Clone, Debug)]
pub(super) struct Cron {
    minutes: Vec<i16>,
    hours: Vec<i16>,
    days: Vec<Day>,
    months: Vec<i16>,
    years: Vec<i16>,
}

/// Days of a month that are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// `15`
    Number(i16),
    /// `L` in the day of month
    Last,
    /// `15W`: the weekday next to the 15th, in the same month
    NearestWeekday(i16),
    /// `2` or `MON`, counted from Sunday, which is 1
    Each(i16),
    /// `6L`: the last Friday
    LastOf(i16),
    /// `6#3`: the third Friday
    NthOf(i16, i16),
}

impl Cron {
    /// Reads what stands between the parentheses. The error is a sentence for the person who wrote it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let fields: Vec<_> = text.split_whitespace().collect();
        let [minutes, hours, day_of_month, month, day_of_week, year] = fields.as_slice() else {
            return Err(format!(
                "cron takes six fields (minutes hours day-of-month month day-of-week year), found {}",
                fields.len()
            ));
        };
        let days = match (*day_of_month, *day_of_week) {
            ("?", "?") => {
                return Err(
                    "one of day-of-month and day-of-week says which days; the other is ?"
                        .to_owned(),
                );
            }
            (text, "?") => each(text, month_days)?,
            ("?", text) => each(text, week_days)?,
            (_, _) => {
                return Err(
                    "only one of day-of-month and day-of-week can say which days: write ? for the other"
                        .to_owned(),
                );
            }
        };
        Ok(Self {
            minutes: each(minutes, |item| numbers(item, "minutes", (0, 59), &[]))?,
            hours: each(hours, |item| numbers(item, "hours", (0, 23), &[]))?,
            days,
            months: each(month, |item| numbers(item, "month", (1, 12), &MONTHS))?,
            years: each(year, |item| numbers(item, "year", YEARS, &[]))?,
        })
    }

    /// The first time after `instant`; None when there is none before the year 2200.
    pub(super) fn after(&self, instant: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let from = instant.to_zoned(zone.clone()).datetime();
        let mut date = from.date();
        while date.year() <= YEARS.1 {
            if !self.years.contains(&date.year()) {
                date = Date::new(date.year() + 1, 1, 1).ok()?;
                continue;
            }
            if !self.months.contains(&i16::from(date.month())) {
                date = date.last_of_month().tomorrow().ok()?;
                continue;
            }
            if self.days.iter().any(|day| day.is(date)) {
                let times = self
                    .hours
                    .iter()
                    .flat_map(|hour| self.minutes.iter().map(move |minute| (*hour, *minute)));
                for (hour, minute) in times {
                    let civil = date.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0);
                    if let Some(due) = instant_of(civil, zone)
                        && due > instant
                    {
                        return Some(due);
                    }
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }
}

/// The instant of a civil time: the first of two, or None when the clocks pass over it.
pub(super) fn instant_of(civil: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
        return None;
    }
    ambiguous.earlier().ok()
}

impl Day {
    fn is(self, date: Date) -> bool {
        let day = i16::from(date.day());
        let last = i16::from(date.days_in_month());
        let weekday = i16::from(date.weekday().to_sunday_one_offset());
        match self {
            Self::Number(number) => day == number,
            Self::Last => day == last,
            Self::Each(number) => weekday == number,
            Self::LastOf(number) => weekday == number && day + 7 > last,
            Self::NthOf(number, nth) => weekday == number && (day - 1) / 7 + 1 == nth,
            Self::NearestWeekday(number) => nearest_weekday(date, number) == Some(date),
        }
    }
}

/// The weekday next to day `number` of the month of `date`, never in another month.
fn nearest_weekday(date: Date, number: i16) -> Option<Date> {
    let day = i8::try_from(number).ok()?;
    let named = Date::new(date.year(), date.month(), day).ok()?;
    let moved = match named.weekday() {
        Weekday::Saturday if day == 1 => 3,
        Weekday::Saturday => day - 1,
        Weekday::Sunday if named == named.last_of_month() => day - 2,
        Weekday::Sunday => day + 1,
        Weekday::Monday
        | Weekday::Tuesday
        | Weekday::Wednesday
        | Weekday::Thursday
        | Weekday::Friday => day,
    };
    Date::new(date.year(), date.month(), moved).ok()
}

/// Reads the items of a list separated by commas, into one list in order.
fn each<T: Clone>(
    text: &str,
    read: impl Fn(&str) -> Result<Vec<T>, String>,
) -> Result<Vec<T>, String> {
    let lists = text.split(',').map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(lists.concat())
}

fn month_days(item: &str) -> Result<Vec<Day>, String> {
    const NAME: &str = "day-of-month";
    if item == "L" {
        return Ok(vec![Day::Last]);
    }
    if let Some(number) = item.strip_suffix('W') {
        return Ok(vec![Day::NearestWeekday(value(
            number,
            NAME,
            (1, 31),
            &[],
        )?)]);
    }
    let days = numbers(item, NAME, (1, 31), &[])?;
    Ok(days.into_iter().map(Day::Number).collect())
}

fn week_days(item: &str) -> Result<Vec<Day>, String> {
    const NAME: &str = "day-of-week";
    const RANGE: (i16, i16) = (1, 7);
    if item == "L" {
        return Ok(vec![Day::Each(RANGE.1)]);
    }
    if let Some(number) = item.strip_suffix('L') {
        return Ok(vec![Day::LastOf(value(number, NAME, RANGE, &WEEKDAYS)?)]);
    }
    if let Some((number, nth)) = item.split_once('#') {
        let nth = value(nth, "day-of-week after #", (1, 5), &[])?;
        return Ok(vec![Day::NthOf(
            value(number, NAME, RANGE, &WEEKDAYS)?,
            nth,
        )]);
    }
    let days = numbers(item, NAME, RANGE, &WEEKDAYS)?;
    Ok(days.into_iter().map(Day::Each).collect())
}

/// One item: `*`, `5`, `5-9`, `*/15`, `5/15`, `5-45/10`.
fn numbers(item: &str, name: &str, range: (i16, i16), names: &[&str]) -> Result<Vec<i16>, String> {
    let (span, step) = match item.split_once('/') {
        Some((span, step)) => (span, Some(value(step, name, (1, range.1), &[])?)),
        None => (item, None),
    };
    let (from, to) = match span.split_once('-') {
        _ if span == "*" => range,
        Some((from, to)) => (
            value(from, name, range, names)?,
            value(to, name, range, names)?,
        ),
        None => {
            let from = value(span, name, range, names)?;
            (from, if step.is_some() { range.1 } else { from })
        }
    };
    if from > to {
        return Err(format!("{name}: {item} ends before it begins"));
    }
    let step = usize::try_from(step.unwrap_or(1)).unwrap_or(1);
    Ok((from..=to).step_by(step).collect())
}

fn value(text: &str, name: &str, (low, high): (i16, i16), names: &[&str]) -> Result<i16, String> {
    let named = names.iter().position(|one| one.eq_ignore_ascii_case(text));
    let number = match named {
        Some(index) => i16::try_from(index).ok().map(|index| index + low),
        None => text.parse().ok(),
    };
    number
        .filter(|number| (low..=high).contains(number))
        .ok_or_else(|| format!("{name}: {text} is not a number from {low} to {high}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

    /// The first `count` times after `from`, as written in New York.
    fn times(cron: &str, from: &str, count: usize) -> Vec<String> {
        let cron = Cron::parse(cron).expect(cron);
        let mut instant = from.parse().expect("an instant");
        let mut times = Vec::new();
        while times.len() < count {
            let Some(next) = cron.after(instant, &NEW_YORK) else {
                break;
            };
            instant = next;
            times.push(
                next.to_zoned(NEW_YORK)
                    .strftime("%Y-%m-%d %H:%M %Z")
                    .to_string(),
            );
        }
        times
    }

    #[test]
    fn every_kind_of_field_is_read() {
        let from = "2025-10-20T14:00:00Z"; // a Monday, 10:00 in New York
        let table = [
            ("20 0 * * ? *", "2025-10-21 00:20 EDT"),
            ("0/20 * * * ? *", "2025-10-20 10:20 EDT"),
            ("*/20 9-17 ? * MON-FRI *", "2025-10-20 10:20 EDT"),
            ("0 9 ? * sun *", "2025-10-26 09:00 EDT"),
            ("0 9 ? * 6#2 *", "2025-11-14 09:00 EST"),
            ("0 9 ? * 6L *", "2025-10-31 09:00 EDT"),
            ("0 9 L * ? *", "2025-10-31 09:00 EDT"),
            ("0 9 1W NOV ? *", "2025-11-03 09:00 EST"),
            ("0 9 30W NOV ? 2025", "2025-11-28 09:00 EST"),
            ("15,45 10 20 * ? *", "2025-10-20 10:15 EDT"),
            ("0 12 29 2 ? *", "2028-02-29 12:00 EST"),
            ("0 0 1 1 ? 2030/2", "2030-01-01 00:00 EST"),
        ];
        for (cron, expected) in table {
            assert_eq!(times(cron, from, 1), [expected], "{cron}");
        }
        assert_eq!(times("0 0 1 1 ? 2020", from, 1), [""; 0], "it is over");
        assert_eq!(
            times("0 0 31 2 ? *", from, 1),
            [""; 0],
            "there is no such day"
        );
    }

    #[test]
    fn a_time_that_does_not_exist_is_skipped() {
        let expected = ["2026-03-07 02:30 EST", "2026-03-09 02:30 EDT"];
        assert_eq!(times("30 2 * * ? *", "2026-03-07T05:00:00Z", 2), expected);
    }

    #[test]
    fn a_time_that_exists_twice_happens_once() {
        let expected = ["2025-11-02 01:30 EDT", "2025-11-03 01:30 EST"];
        assert_eq!(times("30 1 * * ? *", "2025-11-02T04:00:00Z", 2), expected);
        // From within the second of the two hours, too.
        let expected = ["2025-11-03 01:30 EST"];
        assert_eq!(times("30 1 * * ? *", "2025-11-02T06:10:00Z", 1), expected);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let table = [
            ("0 0 * * *", "six fields"),
            ("0 0 * * * *", "write ? for the other"),
            ("0 0 ? * ? *", "one of day-of-month and day-of-week"),
            ("60 0 * * ? *", "minutes: 60 is not a number from 0 to 59"),
            ("0 0 * 13 ? *", "month: 13"),
            ("0 0 ? * 0 *", "day-of-week: 0"),
            ("0 0 ? * 6#6 *", "after #: 6"),
            ("0 17-9 * * ? *", "ends before it begins"),
            ("0/0 0 * * ? *", "minutes: 0 is not a number from 1"),
            ("0 0 LW * ? *", "day-of-month: L"),
        ];
        for (cron, reason) in table {
            let said = Cron::parse(cron).expect_err(cron);
            assert!(said.contains(reason), "{cron}: {said}");
        }
    }
}
