//! The words of each letter: the outcome first, then what to do, then what is on record.
//!
//! Where something is due, the headline says until when: it is the second line of the letter.

mod brief;
mod decided;
mod filing;
mod outcome;
mod people;
mod receipt;
mod waiting;
mod window;
mod withdrawal;

use domain::{CopyUntil, Detail, Event, OutboxEntry, RuleSet, Side, last_minute};

use crate::facts::{self, Fact};
use crate::news::News;

/// What a letter says, whatever the layout.
#[derive(Debug)]
pub(crate) struct Words {
    /// What happened, in one line.
    pub(crate) headline: String,
    /// More about it, a paragraph each.
    pub(crate) opening: Vec<String>,
    /// What the reader can, or need not, do.
    pub(crate) steps: Vec<String>,
    /// What is on record.
    pub(crate) facts: Vec<Fact>,
    /// Why this reader got the letter.
    pub(crate) reason: &'static str,
}

/// The words about `entry`'s event for a reader who may know as much as `detail` says.
pub(crate) fn of(entry: &OutboxEntry, news: News, detail: Detail, rules: &RuleSet) -> Words {
    let at = entry.at;
    let told = match (detail, &entry.event) {
        (Detail::Brief, _) => return brief::words(news, entry.status),
        // These carry their own instant, and list it in their own way.
        (Detail::Full, Event::ReviewSubmittedV1(event)) => {
            return receipt::words(event, entry.status, rules);
        }
        (Detail::Full, Event::ReviewWithdrawnV1(event)) => {
            return withdrawal::words(event, entry.status);
        }
        // Letters to the review team, and about someone's access, never name the party (domain.md #54).
        (
            Detail::Full,
            Event::MoreTimeAskedV1(_) | Event::AccessChangedV1(_) | Event::HandOverOfferedV1(_),
        ) => return brief::words(news, entry.status),
        (Detail::Full, Event::CommentedV1(event)) => match event.by {
            Side::Filer => return brief::words(news, entry.status),
            Side::Team => filing::comment(at),
        },
        (Detail::Full, Event::CorrectionFiledV1(event)) => filing::correction(event, at),
        (Detail::Full, Event::HandedOverV1(_)) => filing::handed_over(at),
        (Detail::Full, Event::EntrustedV1(event)) => people::entrusted(event, news, at),
        (Detail::Full, Event::ContactReplacedV1(event)) => people::contact_replaced(event, at),
        (Detail::Full, Event::WrongPatientDecidedV1(event)) => waiting::wrong_patient(event, at),
        // It is written as the letter that it is: `render` unwraps it.
        (Detail::Full, Event::SentAnewV1(_)) => return brief::words(news, entry.status),
        (Detail::Full, Event::DocumentsRequestedV1(event)) => waiting::requested(event, at, rules),
        (Detail::Full, Event::DocumentsReminderV1(event)) => waiting::reminder(event, rules),
        (Detail::Full, Event::DocumentsDueMovedV1(event)) => waiting::moved(event, at),
        (Detail::Full, Event::MoreTimeAnsweredV1(event)) => waiting::answered(event, at),
        (Detail::Full, Event::DocumentsReceivedV1(event)) => waiting::ended(event, at),
        (Detail::Full, Event::FileRefusedV1(event)) => waiting::file_refused(event, at),
        (Detail::Full, Event::OutcomeV1(event)) => outcome::words(event, at, rules),
        (Detail::Full, Event::ScoresRevisedV1(event)) => decided::scores_revised(event, at, rules),
        (Detail::Full, Event::DecisionCorrectedV1(event)) => decided::corrected(event, at, rules),
        (Detail::Full, Event::ReinstatedV1(event)) => decided::reinstated(event, at),
        (Detail::Full, Event::DraftReminderV1(event)) => window::reminder(event),
        (Detail::Full, Event::WindowChangedV1(event)) => window::changed(event, at),
        (Detail::Full, Event::NotSubmittedV1(event)) => window::closed(event),
        (Detail::Full, Event::LateAllowedV1(event)) => window::late(event, at),
    };
    let Told {
        headline,
        opening,
        steps,
        facts,
    } = told;
    Words {
        headline,
        opening,
        steps,
        facts: [Fact::status(entry.status)]
            .into_iter()
            .chain(facts)
            .chain(facts::of_party(entry.event.party()))
            .collect(),
        reason: OF_THE_FILER,
    }
}

/// What a letter to the filer's side says of its own: status and party stand in all of them alike.
struct Told {
    headline: String,
    opening: Vec<String>,
    steps: Vec<String>,
    facts: Vec<Fact>,
}

/// Why contact, owner and staff who have signed in get letters.
const OF_THE_FILER: &str = "The Targeted Review service sent you this email because your address is on this request as its contact or as staff, or belongs to the account that owns it.";

/// What the reader of something that came as a surprise can do.
const SURPRISED: &str = "If you did not expect this, please call the Service Center.";

/// The filing window, where something ended without success and can be filed anew (domain.md #45).
fn of_copy(copy: Option<CopyUntil>) -> Option<Fact> {
    let closes = copy?.closes;
    Some(match closes {
        Some(closes) => Fact::deadline("A new request until", closes),
        None => Fact::new("A new request until", "The close, which is to be announced"),
    })
}

/// What ended, with the deadline of what can still be done: it belongs into the first lines.
fn ended(what: &str, copy: Option<CopyUntil>) -> String {
    match copy.and_then(|copy| copy.closes) {
        Some(closes) => format!(
            "{what}; a new one can be filed until {}",
            last_minute(closes)
        ),
        None => what.to_owned(),
    }
}

/// What needs no act is said to need none.
const NOTHING_TO_DO: &str = "You need not do anything now.";
