//! A part of the store, review by review and pointer by pointer.

use domain::{
    ListKey, OutboxEntry, PersonHashKey, PersonKey, ReviewId, Version, civil_day, listed_under,
    rule_set, search_keys,
};
use jiff::Timestamp;
use jiff::civil::date;

use super::letters::without_outcome;
use super::{Finding, Mended, Mode, ReconcileError, Reconciled, When, Wrong};
use crate::ports::{
    Correspondence, Findable, Found, Mend, Part, Pointers, PortError, Reviews, Unanswered,
};
use crate::sweep::OUTBOX_DUE;

/// In so many nights every review and every pointer is looked at: four weeks.
pub const NIGHTS: u32 = 28;

/// How often a pointer is judged anew because its review was changed meanwhile.
const ATTEMPTS: u32 = 5;

/// What it needs of the store.
pub trait PartPorts: Correspondence + Findable + Pointers + Reviews + Unanswered {}

impl<P: Correspondence + Findable + Pointers + Reviews + Unanswered + ?Sized> PartPorts for P {}

/// The part that is looked at in the night that `as_of` is in, by the calendar of New York: the next night has the next
/// part, so that a night that failed is made up for [`NIGHTS`] nights later.
#[must_use]
pub fn part_of_the_night(as_of: Timestamp) -> Part {
    let days = civil_day(as_of)
        .since(date(1970, 1, 1))
        .map_or(0, |span| span.get_days());
    let number = i64::from(days).rem_euclid(i64::from(NIGHTS));
    Part {
        number: u32::try_from(number).expect("a remainder of division by a positive number"),
        of: NIGHTS,
    }
}

/// Looks at every review and pointer of `part`, at most `pages` pages of the store; `found` hears of what is wrong.
///
/// # Errors
/// [`ReconcileError::WrongKey`] before anything is judged by it; or the store cannot be read. What fails with one
/// review is counted, and does not stop the rest.
pub async fn reconcile_part(
    ports: &(impl PartPorts + ?Sized),
    key: &PersonHashKey,
    when: When,
    (part, pages): (Part, Option<u32>),
    mode: Mode,
    found: &mut impl FnMut(&Finding),
) -> Result<Reconciled, ReconcileError> {
    let mut looker = Looker {
        ports,
        key,
        when,
        mode,
        found,
        done: Reconciled::default(),
    };
    let (mut after, mut read) = (None, 0);
    loop {
        let page = ports.page(part, after.as_ref()).await?;
        looker.done.apart += page.unreadable;
        for found in &page.found {
            looker.done.considered += 1;
            match looker.look(found).await {
                Ok(()) => {}
                Err(ReconcileError::Port(error)) => {
                    let (Found::Review(review) | Found::Pointer(_, review)) = found;
                    tracing::warn!(%review, %error, "a review could not be looked at");
                    looker.done.failed += 1;
                }
                Err(error @ ReconcileError::WrongKey(_)) => return Err(error),
            }
        }
        read += 1;
        after = page.next;
        looker.done.more = after.is_some() && pages.is_some_and(|pages| read >= pages);
        if after.is_none() || looker.done.more {
            return Ok(looker.done);
        }
    }
}

struct Looker<'a, P: ?Sized, F> {
    ports: &'a P,
    key: &'a PersonHashKey,
    when: When,
    mode: Mode,
    found: &'a mut F,
    done: Reconciled,
}

impl<P: PartPorts + ?Sized, F: FnMut(&Finding)> Looker<'_, P, F> {
    async fn look(&mut self, found: &Found) -> Result<(), ReconcileError> {
        match found {
            Found::Review(review) => {
                let entries = self.ports.entries_of(review).await?;
                self.try_the_key(review, &entries)?;
                self.lapsed(review, &entries).await?;
                self.pointers(review, None).await?;
                self.findable(review).await
            }
            Found::Pointer(list, review) => self.pointers(review, Some(list)).await,
        }
    }

    /// A recipient that the outbox has frozen shows under which secret people's keys are made.
    fn try_the_key(
        &self,
        review: &ReviewId,
        entries: &[OutboxEntry],
    ) -> Result<(), ReconcileError> {
        let mut recipients = entries.iter().flat_map(|entry| &entry.recipients);
        if recipients.any(|one| PersonKey::of(self.key, &one.address) != one.person) {
            return Err(ReconcileError::WrongKey(review.clone()));
        }
        Ok(())
    }

    /// Entries that wait for letters, and never become due.
    async fn lapsed(
        &mut self,
        review: &ReviewId,
        entries: &[OutboxEntry],
    ) -> Result<(), ReconcileError> {
        let old = |entry: &&OutboxEntry| {
            self.when.as_of.duration_since(entry.at) >= OUTBOX_DUE && !entry.recipients.is_empty()
        };
        let old: Vec<_> = entries.iter().filter(old).collect();
        if old.is_empty() {
            return Ok(());
        }
        let records = self.ports.notices_of(review).await?;
        for entry in old {
            let waits = |records: &[_]| without_outcome(entry, records, self.when).0;
            if waits(&records) == 0 || self.ports.is_due(review, entry.seq).await? {
                continue;
            }
            // It may have been ended between the two looks: then its letters have their outcomes by now.
            let waiting = waits(&self.ports.notices_of(review).await?);
            if waiting == 0 {
                continue;
            }
            let (seq, due_at) = (entry.seq, self.when.as_of);
            let mended = match self.mode {
                Mode::Report => Mended::Untouched,
                Mode::Repair => outcome(self.ports.make_due(review, seq, due_at).await, review),
            };
            self.tell(review, Wrong::Lapsed { seq, waiting }, mended);
        }
        Ok(())
    }

    /// Whether a submitted request is found by all that it is about. Whoever relays its submission sees to that, beside the
    /// letters, and so it can be lost for good.
    async fn findable(&mut self, review: &ReviewId) -> Result<(), ReconcileError> {
        let Some(loaded) = self.ports.load(review).await? else {
            return Ok(());
        };
        let submission = loaded.outline.status.submission();
        let old = submission.is_some_and(|submission| {
            self.when.as_of.duration_since(submission.received_at) >= OUTBOX_DUE
        });
        // A review is only begun in a year that has rules.
        let (true, Ok(rules)) = (old, rule_set(loaded.outline.year)) else {
            return Ok(());
        };
        let keys = search_keys(&loaded.claimed(rules), self.key);
        let missing = self.ports.unfindable(review, &keys).await?;
        if missing.is_empty() {
            return Ok(());
        }
        let mended = match self.mode {
            Mode::Report => Mended::Untouched,
            Mode::Repair => {
                let made = self.ports.make_findable(review, &missing).await;
                outcome(made.map(|()| true), review)
            }
        };
        let identifiers = missing.len();
        self.tell(review, Wrong::Unfindable { identifiers }, mended);
        Ok(())
    }

    /// Whether every list that should name the review does, or whether the one that was found may.
    async fn pointers(
        &mut self,
        review: &ReviewId,
        of: Option<&ListKey>,
    ) -> Result<(), ReconcileError> {
        let Some((seen, wrong)) = self.judged(review, of).await? else {
            self.done.raced += 1;
            return Ok(());
        };
        if of.is_some() && seen.is_some() && !wrong.is_empty() {
            let entries = self.ports.entries_of(review).await?;
            self.try_the_key(review, &entries)?;
        }
        for (list, stands) in wrong {
            let mend = Mend {
                list: list.clone(),
                review: review.clone(),
                seen,
                stands: !stands,
            };
            let mended = match self.mode {
                Mode::Report => Mended::Untouched,
                Mode::Repair => outcome(self.ports.mend(&mend).await, review),
            };
            let wrong = match (stands, seen) {
                (false, _) => Wrong::Missing(list),
                (true, Some(_)) => Wrong::Unjustified(list),
                (true, None) => Wrong::Orphaned(list),
            };
            self.tell(review, wrong, mended);
        }
        Ok(())
    }

    /// The version that was judged, and the lists that are wrong, with whether they name the review. `None` if the review
    /// was being changed at every attempt.
    async fn judged(
        &self,
        review: &ReviewId,
        of: Option<&ListKey>,
    ) -> Result<Option<(Option<Version>, Vec<(ListKey, bool)>)>, PortError> {
        let mut loaded = self.ports.load(review).await?;
        for _ in 0..ATTEMPTS {
            let seen = loaded.as_ref().map(|review| review.outline.version);
            let justified = loaded
                .as_ref()
                .map(|review| listed_under(review, self.key))
                .unwrap_or_default();
            let lists: Vec<_> = match of {
                Some(list) => vec![list.clone()],
                None => justified.iter().cloned().collect(),
            };
            let standing = self.ports.standing(review, &lists).await?;
            let stands = |list: &ListKey| standing.contains(list);
            let wrong: Vec<_> = lists
                .into_iter()
                .map(|list| (stands(&list), list))
                .filter(|(stands, list)| *stands != justified.contains(list))
                .map(|(stands, list)| (list, stands))
                .collect();
            if wrong.is_empty() {
                return Ok(Some((seen, wrong)));
            }
            // Pointers move with the version: if that stands still, what was read of them belongs to it.
            loaded = self.ports.load(review).await?;
            if loaded.as_ref().map(|review| review.outline.version) == seen {
                return Ok(Some((seen, wrong)));
            }
        }
        Ok(None)
    }

    fn tell(&mut self, review: &ReviewId, wrong: Wrong, mended: Mended) {
        let finding = Finding {
            review: review.clone(),
            wrong,
            mended,
        };
        self.done.count(&finding);
        (self.found)(&finding);
    }
}

fn outcome(mended: Result<bool, PortError>, review: &ReviewId) -> Mended {
    match mended {
        Ok(true) => Mended::Done,
        Ok(false) => Mended::Raced,
        Err(error) => {
            tracing::warn!(%review, %error, "a review could not be put right");
            Mended::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn four_weeks_of_nights_are_every_part_also_when_the_clocks_change() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        // 00:20 in New York, before and behind the night of November 2, 2025.
        let nights = (0..28).map(|day| {
            let first = at("2025-10-20T04:20:00Z");
            let hours = if day > 13 { day * 24 + 1 } else { day * 24 };
            part_of_the_night(first + jiff::SignedDuration::from_hours(hours)).number
        });
        assert_eq!(nights.collect::<BTreeSet<_>>().len(), 28);
        let evening = part_of_the_night(at("2025-10-21T03:59:59Z"));
        assert_eq!(evening, part_of_the_night(at("2025-10-20T04:20:00Z")));
    }
}
