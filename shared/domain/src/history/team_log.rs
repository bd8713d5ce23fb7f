//! The activity log as the review team reads it: internal acts included, and its own people told apart.
//!
//! It is a type of its own beside the filers' [`LogLine`](super::LogLine), which cannot hold an account or an
//! internal act. A person of the team is told by their part and the beginning of their account's key: names
//! are the identity provider's, and the record has none.

use jiff::Timestamp;

use super::{ActorRef, Entry, Narrator, SealedEntry, Standing, Who};
use crate::{AccountKey, Pointer, Review, RuleSet};

/// One line of the team's log.
#[derive(Clone, PartialEq)]
pub struct TeamLine {
    /// The entry's place in the history, from 1, without gaps.
    pub seq: u64,
    /// What it tells; `None` if its stored text is not an entry any more.
    pub told: Option<TeamTold>,
}

/// What a line tells.
#[derive(Clone, PartialEq)]
pub struct TeamTold {
    /// When it was received.
    pub at: Timestamp,
    /// In what standing it was done.
    pub standing: Standing,
    /// Whether it was the reader.
    pub you: bool,
    /// Who did it, in words.
    pub who: String,
    /// What was done, in one sentence.
    pub what: String,
    /// The act's versioned name, for programs.
    pub act: String,
    /// Whether filers are not told of it.
    pub internal: bool,
    /// The fields that it changed, by pointer, if it changed fields.
    pub fields: Vec<Pointer>,
}

/// The whole log of `review`, for one of the team. `entries` are in order.
#[must_use]
pub fn team_log(
    review: &Review,
    rules: &RuleSet,
    reader: &AccountKey,
    entries: &[SealedEntry],
) -> Vec<TeamLine> {
    let narrator = Narrator {
        rules,
        files: &review.dossier.files,
    };
    let told = |entry: Entry| {
        let who = Who::of(&entry.actor, review, reader);
        let (you, label) = named(&entry.actor, &who, reader);
        TeamTold {
            at: entry.at,
            standing: who.standing(),
            you,
            who: label,
            what: narrator.sentence(&entry.act),
            act: entry.act.name(),
            internal: entry.act.is_internal(),
            fields: super::log::fields_of(&entry.act),
        }
    };
    let line = |sealed: &SealedEntry| TeamLine {
        seq: sealed.seq,
        told: serde_json::from_str::<Entry>(&sealed.body).ok().map(told),
    };
    entries.iter().map(line).collect()
}

/// Whether it was the reader, and the words for who it was.
fn named(actor: &ActorRef, who: &Who, reader: &AccountKey) -> (bool, String) {
    let of_team = |part: &str, account: &AccountKey| {
        if account == reader {
            (true, "You".to_owned())
        } else {
            (false, format!("{part} {}", &account.as_str()[..8]))
        }
    };
    match actor {
        ActorRef::Reviewer { account } => of_team("reviewer", account),
        ActorRef::Administrator { account } => of_team("administrator", account),
        ActorRef::Owner { .. } | ActorRef::Staff { .. } | ActorRef::System { .. } => {
            (who.is_you(), who.label())
        }
    }
}
