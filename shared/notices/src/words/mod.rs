//! The words of each letter: the outcome first, then what to do, then what is on record.

mod brief;
mod receipt;
mod withdrawal;

use domain::{Detail, Event, RuleSet};

use crate::facts::Fact;
use crate::news::News;

/// What a letter says, whatever the layout.
#[derive(Debug)]
pub(crate) struct Words {
    /// What happened.
    pub(crate) headline: &'static str,
    /// More about it, a paragraph each.
    pub(crate) opening: Vec<String>,
    /// What the reader can, or need not, do.
    pub(crate) steps: Vec<String>,
    /// What is on record.
    pub(crate) facts: Vec<Fact>,
    /// Why this reader got the letter.
    pub(crate) reason: &'static str,
}

/// The words about `event` for a reader who may know as much as `detail` says.
pub(crate) fn of(event: &Event, detail: Detail, rules: &RuleSet) -> Words {
    match (detail, event) {
        (Detail::Brief, event) => brief::words(News::of(event)),
        (Detail::Full, Event::ReviewSubmittedV1(submitted)) => receipt::words(submitted, rules),
        (Detail::Full, Event::ReviewWithdrawnV1(withdrawn)) => withdrawal::words(withdrawn),
    }
}

/// Why the contact and the owner get letters.
const OF_THE_FILER: &str = "The Targeted Review service sent you this email because your address is on this request as its contact, or belongs to the account that created it.";

/// What the reader of a withdrawal that came as a surprise can do.
const SURPRISED: &str = "If you did not expect this, please call the Service Center.";
