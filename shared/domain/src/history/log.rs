//! The activity log as a filer reads it: who did what and when, in words (domain.md #48, #50).
//!
//! It refuses to show what is not for filers: internal acts are left out, accounts, commits and hashes have
//! no place in a line. Whether the record holds is another question: [`verify`](super::verify).

use std::fmt;

use jiff::Timestamp;

use super::{Act, Entry, Narrator, SealedEntry, Who};
use crate::{AccountKey, Pointer, Review, RuleSet};

/// One line of the log.
#[derive(Clone, PartialEq)]
pub struct LogLine {
    /// The entry's place in the history, from 1; internal acts leave gaps.
    pub seq: u64,
    /// What it tells; `None` if its stored text is not an entry any more.
    pub told: Option<Told>,
}

/// What a line tells.
#[derive(Clone, PartialEq)]
pub struct Told {
    /// When it was received.
    pub at: Timestamp,
    /// Who did it.
    pub who: Who,
    /// What was done, in one sentence.
    pub what: String,
    /// The act's versioned name, for programs.
    pub act: String,
    /// The fields that it changed, by pointer, if it changed fields.
    pub fields: Vec<Pointer>,
}

/// The sentence may quote the name of a file, and the label an address.
impl fmt::Debug for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let act = self.told.as_ref().map(|told| told.act.as_str());
        write!(f, "LogLine({}, {})", self.seq, act.unwrap_or("unreadable"))
    }
}

/// The log of `review` for one of its filers. `entries` are in order.
#[must_use]
pub fn log(
    review: &Review,
    rules: &RuleSet,
    reader: &AccountKey,
    entries: &[SealedEntry],
) -> Vec<LogLine> {
    let narrator = Narrator {
        rules,
        files: &review.dossier.files,
    };
    let line = |sealed: &SealedEntry| {
        let told = match serde_json::from_str::<Entry>(&sealed.body) {
            Ok(entry) if entry.act.is_internal() => return None,
            Ok(entry) => Some(Told {
                at: entry.at,
                who: Who::of(&entry.actor, review, reader),
                what: narrator.sentence(&entry.act),
                act: entry.act.name(),
                fields: fields_of(&entry.act),
            }),
            Err(_) => None,
        };
        Some(LogLine {
            seq: sealed.seq,
            told,
        })
    };
    entries.iter().filter_map(line).collect()
}

pub(super) fn fields_of(act: &Act) -> Vec<Pointer> {
    if let Act::FormEditedV1 { fields, .. } | Act::PeopleEditedV1 { fields } = act {
        fields.clone()
    } else if let Act::CorrectedV1 { field, .. } = act {
        vec![field.clone()]
    } else {
        Vec::new()
    }
}
