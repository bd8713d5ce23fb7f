//! What is left of a review whose record was erased after its retention (domain.md #8).
//!
//! It tells that there was a review, how it ended and where its history ended, and nothing of whom it was about. While the
//! erasing goes on it also names what is still to be taken away, by keys that tell nobody anything: whoever ended in between
//! is gone on from there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Head, Line, ListKey, PerformanceYear, PersonHashKey, Review, ReviewId, RuleSet, SearchKey,
    StatusName, ended_at, erasable_from, listed_under, search_keys,
};

/// What is left of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The review.
    pub review: ReviewId,
    /// Its performance year.
    pub year: PerformanceYear,
    /// Where it stood at last.
    pub status: StatusName,
    /// When it came to stand there.
    pub ended_at: Timestamp,
    /// When its record was erased.
    pub purged_at: Timestamp,
    /// By whom.
    pub by: Line<100>,
    /// Where its history ended. There is no entry of the erasing itself: it would be the first thing to erase.
    pub head: Head,
    /// What is still to be taken away; `None` once all of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remains: Option<Remains>,
}

/// The places outside of a review's own at which it is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    /// People's lists.
    pub lists: Vec<ListKey>,
    /// What it is found by.
    pub found_by: Vec<SearchKey>,
}

impl Tombstone {
    /// The tombstone of `review`, if its record may be erased at `at`.
    #[must_use]
    pub fn of(
        review: &Review,
        rules: &RuleSet,
        key: &PersonHashKey,
        at: Timestamp,
        by: &Line<100>,
    ) -> Option<Self> {
        let outline = &review.outline;
        let from = erasable_from(outline, rules)?;
        if at < from {
            return None;
        }
        // What it was once found by it stays found by, whatever was corrected.
        let mut found_by = search_keys(&review.form, key);
        found_by.extend(search_keys(&review.claimed(rules), key));
        for correction in 0..review.dossier.corrections.len() {
            let mut dossier = review.dossier.clone();
            dossier.corrections.truncate(correction);
            found_by.extend(search_keys(&dossier.corrected(&review.form, rules), key));
        }
        found_by.sort();
        found_by.dedup();
        Some(Self {
            review: outline.id.clone(),
            year: outline.year,
            status: outline.status.name(),
            ended_at: ended_at(&outline.status)?,
            purged_at: at,
            by: by.clone(),
            head: outline.head,
            remains: Some(Remains {
                lists: listed_under(review, key).into_iter().collect(),
                found_by,
            }),
        })
    }
}
