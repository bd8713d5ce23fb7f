//! The calendar file of a letter: the last day for documents, as an iCalendar object (RFC 5545, RFC 5546).
//!
//! One request for documents is one entry in a calendar. Its `UID` is the request's place in the history of its
//! review, which stays when the request is moved; its `SEQUENCE` is the place of the act that is told, which
//! only rises: so a calendar takes a later file in an earlier one's place, in whatever order they come.
//!
//! - It is published, not an invitation: nobody is asked to answer, so there is no `ATTENDEE`, and it goes along
//!   as an attachment. As a part beside text and HTML, mail readers would show an invitation in the letter's place.
//! - It spans the last day in New York, to the midnight that ends it, with the zone spelled out for readers in
//!   other zones: for them the day ends when it ends in New York. The tempting alternative, a whole day without a
//!   zone, ends an hour or more too late in Chicago and west of it.
//! - The zone's offsets come from the same rules as every deadline, never from a constant, and have no names.
//! - A request that has ended is cancelled. A reader that does not know `CANCEL` is left with an entry without
//!   alarm whose title says that nothing is due.
//! - Calendars are shared with colleagues: it holds our words, the review's id and the link; nothing that anybody
//!   typed, so nothing that could break out of a line either.
//!
//! The tempting alternative, a crate: those at hand bring a second library of time into a function that needs
//! forty lines of text. A crate reads what is written here in the tests.

use domain::{
    Contacts, Detail, DocumentsClock, Event, NEW_YORK, OutboxEntry, Recipient, last_day,
    last_minute, start_of_day,
};
use jiff::Timestamp;

/// The file, ready to be attached.
#[derive(Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: &'static str,
    /// Its media type, with the method that the text names too.
    pub media_type: &'static str,
    /// The iCalendar object, with its own line ends.
    pub text: String,
    ended: bool,
}

impl Calendar {
    /// What the letter says of it.
    pub(crate) fn sentence(&self) -> String {
        if self.ended {
            "If the last day stands in your calendar, open the attached file to take it out."
        } else {
            "The last day is attached as a file for your calendar."
        }
        .to_owned()
    }
}

/// It names the review, as a subject does, and nothing personal; still it is long.
impl std::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Calendar({})", self.media_type)
    }
}

/// The calendar file that goes along with the letter about `entry` to `recipient`; `None` for an address that
/// has not been verified, and where no due day began, moved or ended.
pub(crate) fn of(
    entry: &OutboxEntry,
    recipient: &Recipient,
    link: &str,
    contacts: &Contacts,
) -> Option<Calendar> {
    let clock = entry.documents?;
    (recipient.detail == Detail::Full && concerns(&entry.event, clock)).then(|| {
        let (method, media_type) = if clock.ended {
            ("CANCEL", "text/calendar; charset=utf-8; method=CANCEL")
        } else {
            ("PUBLISH", "text/calendar; charset=utf-8; method=PUBLISH")
        };
        Calendar {
            name: "documents-due.ics",
            media_type,
            text: text(entry, clock, method, link, contacts),
            ended: clock.ended,
        }
    })
}

/// Whether the event moves something in a calendar: any that ended the request, and those that tell its day.
fn concerns(event: &Event, clock: DocumentsClock) -> bool {
    clock.ended
        || match event {
            Event::DocumentsRequestedV1(_)
            | Event::DocumentsReminderV1(_)
            | Event::DocumentsDueMovedV1(_) => true,
            Event::MoreTimeAnsweredV1(answer) => answer.granted,
            Event::FileRefusedV1(refused) => refused.replace_by.is_some(),
            Event::ReviewSubmittedV1(_)
            | Event::ReviewWithdrawnV1(_)
            | Event::CorrectionFiledV1(_)
            | Event::CommentedV1(_)
            | Event::MoreTimeAskedV1(_)
            | Event::DocumentsReceivedV1(_)
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
            // It is written as the letter that it is.
            | Event::SentAnewV1(_)
            | Event::WrongPatientDecidedV1(_) => false,
        }
}

/// Nine in the morning, a day before and on the last day; both are told from the start of that day.
const ALARMS: [&str; 2] = ["-PT15H", "PT9H"];

fn text(
    entry: &OutboxEntry,
    clock: DocumentsClock,
    method: &str,
    link: &str,
    contacts: &Contacts,
) -> String {
    let id = &entry.review;
    let due = last_minute(clock.due);
    let (summary, description, status) = if clock.ended {
        (
            format!("Nothing due any more: documents for targeted review {id}"),
            format!(
                "The request for documents in targeted review {id} has ended. Nothing is due any more.\n{link}"
            ),
            "CANCELLED",
        )
    } else {
        (
            format!("Documents due for targeted review {id}"),
            format!(
                "Documents in targeted review {id} are due by {due}. Sign in to see what is asked for and to send it:\n{link}\nService Center: {} ({})",
                contacts.phone, contacts.relay
            ),
            "CONFIRMED",
        )
    };
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Targeted Review//Letters//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", method);
    zone(&mut lines, clock.due);
    lines.put("BEGIN", "VEVENT");
    lines.put(
        "UID",
        &format!("documents-{id}-{}@targeted-review", clock.request),
    );
    lines.put("SEQUENCE", &entry.seq.to_string());
    lines.put("DTSTAMP", &entry.at.strftime("%Y%m%dT%H%M%SZ").to_string());
    lines.put(
        "ORGANIZER;CN=Targeted Review",
        &format!("mailto:{}", contacts.email),
    );
    lines.put(
        &format!("DTSTART;TZID={ZONE}"),
        &local(start_of_day(last_day(clock.due))),
    );
    lines.put(&format!("DTEND;TZID={ZONE}"), &local(clock.due));
    lines.put("SUMMARY", &escaped(&summary));
    lines.put("DESCRIPTION", &escaped(&description));
    lines.put("URL", link);
    lines.put("STATUS", status);
    lines.put("CLASS", "PRIVATE");
    // Nobody is busy all day because something is due.
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    let alarms = ALARMS.iter().filter(|_| !clock.ended);
    for trigger in alarms {
        lines.put("BEGIN", "VALARM");
        lines.put("ACTION", "DISPLAY");
        lines.put("TRIGGER", trigger);
        lines.put("DESCRIPTION", &escaped(&summary));
        lines.put("END", "VALARM");
    }
    lines.put("END", "VEVENT");
    lines.put("END", "VCALENDAR");
    lines.0
}

const ZONE: &str = "America/New_York";

/// The zone as its own rules have it around `due`: its last two changes before it, which the whole last day
/// lies behind or between.
fn zone(lines: &mut Lines, due: Timestamp) {
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", ZONE);
    let changes: Vec<_> = NEW_YORK.preceding(due).take(3).collect();
    for pair in changes.windows(2) {
        let [change, earlier] = pair else { continue };
        let kind = if change.dst().is_dst() {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        lines.put("BEGIN", kind);
        let before = earlier.offset().to_datetime(change.timestamp());
        lines.put("DTSTART", &before.strftime("%Y%m%dT%H%M%S").to_string());
        lines.put("TZOFFSETFROM", &offset(earlier.offset()));
        lines.put("TZOFFSETTO", &offset(change.offset()));
        lines.put("END", kind);
    }
    lines.put("END", "VTIMEZONE");
}

/// `-0500`
fn offset(offset: jiff::tz::Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

/// An instant as the clocks in New York show it.
fn local(at: Timestamp) -> String {
    NEW_YORK
        .to_datetime(at)
        .strftime("%Y%m%dT%H%M%S")
        .to_string()
}

/// A value of type TEXT (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Content lines, folded and ended as RFC 5545, 3.1, asks.
#[derive(Default)]
struct Lines(String);

/// Octets of a line, without its end.
const LONGEST: usize = 75;

impl Lines {
    fn put(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if width + c.len_utf8() > LONGEST {
                // The space that begins a continuation counts.
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_put_together_again() {
        for value in [
            "x".repeat(300),
            "é".repeat(200),
            "東".repeat(75),
            String::new(),
        ] {
            let mut lines = Lines::default();
            lines.put("SUMMARY", &value);
            assert!(lines.0.split("\r\n").all(|line| line.len() <= LONGEST));
            assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        }
    }

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(escaped("a;b,c\\d\r\ne\u{0}"), "a\\;b\\,c\\\\d\\ne");
    }

    #[test]
    fn the_zone_is_as_its_rules_have_it_on_both_sides_of_a_change() {
        let told = |due: &str| {
            let mut lines = Lines::default();
            zone(&mut lines, due.parse().expect("an instant"));
            lines.0
        };
        let winter = told("2025-12-04T05:00:00Z");
        // The day on which the clocks change ends in the new time, and begins in the old.
        assert_eq!(told("2025-11-03T05:00:00Z"), winter);
        assert_eq!(
            winter,
            "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n\
             BEGIN:STANDARD\r\nDTSTART:20251102T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\n\
             BEGIN:DAYLIGHT\r\nDTSTART:20250309T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\n\
             END:VTIMEZONE\r\n"
        );
        let summer = told("2026-07-01T04:00:00Z");
        assert!(summer.contains("DTSTART:20260308T020000"), "{summer}");
    }
}
