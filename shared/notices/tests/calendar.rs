//! Calendar files as calendars take them: read by a parser of somebody else's, over the life of a request.

mod samples;

use domain::{Detail, DocumentsClock, Event, OutboxEntry, last_minute};
use icalendar::parser::{read_calendar, unfold};
use icalendar::{Calendar, CalendarComponent, Component as _, Event as Entry};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use notices::Letter;
use proptest::prelude::*;

use samples::{frozen_entry, individual, letters, samples, story, submitted};

fn full(entry: &OutboxEntry) -> Letter {
    let mut told = letters(entry).into_iter();
    let full = told.find(|(detail, _)| *detail == Detail::Full);
    full.expect("somebody is told all").1
}

/// The one entry of a file, and the file's method.
fn read(text: &str) -> (String, Entry) {
    let parsed: Calendar = read_calendar(&unfold(text)).expect("a calendar").into();
    let method = parsed.property_value("METHOD").expect("a method");
    let mut entries = parsed
        .components
        .iter()
        .filter_map(CalendarComponent::as_event);
    let entry = entries.next().expect("an entry").clone();
    assert!(entries.next().is_none(), "one request is one entry");
    (method.to_owned(), entry)
}

fn property<'a>(entry: &'a Entry, name: &str) -> &'a str {
    entry
        .property_value(name)
        .unwrap_or_else(|| panic!("no {name}"))
}

/// An instant of an entry, in the zone that it names.
fn instant(entry: &Entry, name: &str) -> Timestamp {
    let property = &entry.properties()[name];
    let zone = property.params()["TZID"].value();
    let zone = TimeZone::get(zone).unwrap_or_else(|_| domain::NEW_YORK.clone());
    let local = DateTime::strptime("%Y%m%dT%H%M%S", property.value()).expect("a local time");
    zone.to_timestamp(local).expect("an instant")
}

/// A request for documents told at `seq`, due at the end of the day `days` after its sample's.
fn told(seq: u64, days: i32, ended: bool) -> OutboxEntry {
    let (review, _) = submitted(&story([individual()]));
    let (_, event) = samples::frozen::events(&domain::Party::of(&review.outline, &review.form))
        .into_iter()
        .find(|(name, _)| {
            *name
                == if ended {
                    "that-is-all"
                } else {
                    "documents-extended"
                }
        })
        .expect("a sample");
    let entry = frozen_entry(&review, event);
    let clock = entry.documents.expect("a clock");
    let due = domain::later_by_days(clock.due, u16::try_from(days).expect("some days"));
    OutboxEntry {
        seq,
        documents: Some(DocumentsClock {
            due,
            ended,
            ..clock
        }),
        ..entry
    }
}

#[test]
fn letters_about_a_due_day_carry_it_and_no_others_do() {
    for (name, entry) in samples() {
        let told = match &entry.event {
            Event::DocumentsRequestedV1(_)
            | Event::DocumentsReminderV1(_)
            | Event::DocumentsDueMovedV1(_) => Some("PUBLISH"),
            Event::MoreTimeAnsweredV1(answer) if answer.granted => Some("PUBLISH"),
            Event::FileRefusedV1(refused) if refused.replace_by.is_some() => Some("PUBLISH"),
            Event::DocumentsReceivedV1(_) => Some("CANCEL"),
            Event::OutcomeV1(_) if name.starts_with("denied-by-clock") => Some("CANCEL"),
            Event::ReviewWithdrawnV1(_) if name == "withdrawal-while-asked" => Some("CANCEL"),
            Event::ReviewSubmittedV1(_)
            | Event::ReviewWithdrawnV1(_)
            | Event::CorrectionFiledV1(_)
            | Event::CommentedV1(_)
            | Event::MoreTimeAskedV1(_)
            | Event::MoreTimeAnsweredV1(_)
            | Event::FileRefusedV1(_)
            | Event::OutcomeV1(_)
            | Event::ScoresRevisedV1(_)
            | Event::DecisionCorrectedV1(_)
            | Event::ReinstatedV1(_)
            | Event::DraftReminderV1(_)
            | Event::WindowChangedV1(_)
            | Event::NotSubmittedV1(_)
            | Event::LateAllowedV1(_)
            | Event::AccessChangedV1(_)
            | Event::HandOverOfferedV1(_)
            | Event::HandedOverV1(_)
            | Event::EntrustedV1(_)
            | Event::ContactReplacedV1(_)
            | Event::WrongPatientDecidedV1(_) => None,
            Event::SentAnewV1(_) => Some("PUBLISH"),
        };
        for (detail, letter) in letters(&entry) {
            let method = letter.calendar.as_ref().map(|calendar| {
                let (method, _) = read(&calendar.text);
                let media_type = format!("text/calendar; charset=utf-8; method={method}");
                assert_eq!(calendar.media_type, media_type, "{name}");
                method
            });
            // Whose address has not been verified learns of no day.
            let expected = told.filter(|_| detail == Detail::Full);
            assert_eq!(method.as_deref(), expected, "{name}");
        }
    }
}

#[test]
fn the_entry_spans_the_last_day_in_new_york_and_says_until_when() {
    let entry = told(12, 0, false);
    let file = full(&entry).calendar.expect("a file").text;
    let (_, entry) = read(&file);
    assert_eq!(property(&entry, "DTSTART"), "20251203T000000");
    assert_eq!(property(&entry, "DTEND"), "20251204T000000");
    assert_eq!(
        entry.properties()["DTEND"].params()["TZID"].value(),
        "America/New_York"
    );
    let description = entry.get_description().expect("a description");
    assert!(
        description.contains("Wednesday\\, December 3\\, 2025\\, 11:59 pm ET")
            || description.contains("Wednesday, December 3, 2025, 11:59 pm ET"),
        "{description}"
    );
    assert_eq!(file.matches("BEGIN:VALARM").count(), 2);
}

/// A moved day takes the place of the one before, and the end of the request takes the entry away, in whatever
/// order the letters come: the calendar keeps what has the highest number.
#[test]
fn one_request_is_one_entry_that_moves_and_ends() {
    let life = [
        told(9, 0, false),
        told(12, 0, false),
        told(14, 5, false),
        told(17, 5, true),
    ];
    let mut uids = Vec::new();
    let mut numbers = Vec::new();
    for entry in &life {
        let (method, read) = read(&full(entry).calendar.expect("a file").text);
        let ended = entry.documents.expect("a clock").ended;
        assert_eq!(method, if ended { "CANCEL" } else { "PUBLISH" });
        assert_eq!(
            property(&read, "STATUS"),
            if ended { "CANCELLED" } else { "CONFIRMED" }
        );
        uids.push(property(&read, "UID").to_owned());
        numbers.push(
            property(&read, "SEQUENCE")
                .parse::<u64>()
                .expect("a number"),
        );
    }
    uids.dedup();
    assert_eq!(uids.len(), 1, "{uids:?}");
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    let cancelled = full(&life[3]).calendar.expect("a file").text;
    assert!(
        !cancelled.contains("VALARM"),
        "what has ended rings no more"
    );
    // Another request of the same review is another entry.
    let mut other = told(30, 0, false);
    let clock = other.documents.as_mut().expect("a clock");
    clock.request = 30;
    let (_, read) = read(&full(&other).calendar.expect("a file").text);
    assert!(!uids.contains(&property(&read, "UID").to_owned()));
}

proptest! {
    #[test]
    fn the_instants_and_the_form_hold_for_every_due_day(seq in 1u64..100_000, days in 0i32..2_000, ended: bool) {
        let entry = told(seq, days, ended);
        let due = entry.documents.expect("a clock").due;
        let file = full(&entry).calendar.expect("a file").text;
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.trim_end_matches("\r\n").split("\r\n") {
            prop_assert!(line.len() <= 75, "{line}");
            prop_assert!(!line.is_empty() && !line.contains(['\r', '\n']));
        }
        prop_assert!(file.is_ascii() && !file.contains("EST") && !file.contains("EDT"));
        let (_, read) = read(&file);
        prop_assert_eq!(instant(&read, "DTEND"), due);
        let long = due.duration_since(instant(&read, "DTSTART"));
        let hours = [23, 24, 25].map(SignedDuration::from_hours);
        prop_assert!(hours.contains(&long), "{long}");
        // The zone that goes along leads to the same instant without a reader's own rules.
        let standard = file.split("TZOFFSETTO:").nth(1).expect("an offset");
        let hours: i64 = standard[..3].parse().expect("hours");
        let local = DateTime::strptime("%Y%m%dT%H%M%S", property(&read, "DTEND")).expect("a local time");
        let offset = jiff::tz::Offset::from_hours(i8::try_from(hours).expect("hours")).expect("an offset");
        prop_assert_eq!(offset.to_timestamp(local).expect("an instant"), due);
        if !ended {
            let said = unfold(&file).replace('\\', "");
            prop_assert!(said.contains(&last_minute(due)));
        }
    }
}
