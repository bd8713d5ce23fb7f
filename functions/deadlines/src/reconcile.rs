//! The nightly look for what has come apart.

use jiff::Timestamp;
use workflow::ports::{Clock, NoticeQueue};
use workflow::{
    Finding, LetterPorts, Mode, PartPorts, When, part_of_the_night, reconcile_letters,
    reconcile_part,
};

use crate::{Desk, Error};

/// The most entries of a shard of the due index: two thousand over eight, as a sweep takes up in one tick.
const ENTRIES: u32 = 250;
/// The most pages of the part: 12 MB are some 800 reviews, each of which costs four reads, about half of the function's
/// timeout. With 28 nights that is 336 MB; beyond, the line says `more`, and `operate reconcile` looks at the rest.
const PAGES: u32 = 12;

impl<S: LetterPorts + PartPorts, Q: NoticeQueue, C, T, L, K: Clock> Desk<S, Q, C, T, L, K> {
    /// Mends what it finds. A tick that comes twice finds nothing the second time.
    pub(crate) async fn reconcile(&self, as_of: Timestamp) -> Result<(), Error> {
        let leases = self.clock.now();
        let when = When { as_of, leases };
        let part = part_of_the_night(as_of);
        let mut tell = |finding: &Finding| {
            tracing::warn!(review = %finding.review, %finding, "not as it should be");
        };
        let (store, queue, mode) = (&self.store, &self.notices, Mode::Repair);
        let letters = reconcile_letters(store, queue, when, ENTRIES, mode, &mut tell).await?;
        let bound = (part, Some(PAGES));
        let of_part = reconcile_part(store, &self.hash_key, when, bound, mode, &mut tell).await?;
        let done = letters.and(of_part);
        tracing::info!(
            job = "reconcile",
            %as_of,
            part = part.number,
            considered = done.considered,
            unanswered = done.unanswered,
            waiting = done.waiting,
            in_doubt = done.in_doubt,
            finished = done.finished,
            apart = done.apart,
            repaired = done.repaired,
            raced = done.raced,
            failed = done.failed,
            oldest_seconds = done.oldest.map(|age| age.as_secs()),
            more = done.more,
            "reconciled"
        );
        tracing::debug!(
            count.come_apart = done.apart,
            count.job_failures = done.failed,
            "what has come apart"
        );
        Ok(())
    }
}
