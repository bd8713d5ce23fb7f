//! Everything that the due index names: letters without an outcome, and entries that nobody ended.

use std::collections::{HashMap, HashSet};

use domain::{NoticeId, NoticeRecord, OutboxEntry};

use super::{Finding, Mended, Mode, Reconciled, When, Wrong};
use crate::ports::{
    Correspondence, DueOutbox, NoticeQueue, Outbox, Overdue, PortError, Unanswered,
};
use crate::sweep::{OUTBOX_DUE, OutboxSwept, take_up};

/// What it needs of the store.
pub trait LetterPorts: Correspondence + DueOutbox + Outbox + Unanswered {}

impl<P: Correspondence + DueOutbox + Outbox + Unanswered + ?Sized> LetterPorts for P {}

/// Looks at every entry of the due index, of each shard at most about `limit`; `found` hears of what is wrong.
/// Repairing takes each up as a sweep does that does not wait for its time.
///
/// # Errors
/// The index cannot be read. What fails with one entry is counted, and does not stop the rest.
pub async fn reconcile_letters(
    ports: &(impl LetterPorts + ?Sized),
    queue: &(impl NoticeQueue + ?Sized),
    when: When,
    limit: u32,
    mode: Mode,
    found: &mut impl FnMut(&Finding),
) -> Result<Reconciled, PortError> {
    let mut done = Reconciled::default();
    for shard in 0..ports.shards() {
        let (seen, more) = named(ports, shard, limit).await?;
        done.more |= more;
        for seen in &seen {
            done.considered += 1;
            match look(ports, when, seen, &mut done).await {
                Ok(Some(wrong)) => {
                    let mended = match mode {
                        Mode::Report => Mended::Untouched,
                        Mode::Repair => mend(ports, queue, when, seen).await,
                    };
                    let finding = Finding {
                        review: seen.review.clone(),
                        wrong,
                        mended,
                    };
                    done.count(&finding);
                    found(&finding);
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(review = %seen.review, seq = seen.seq, %error, "an entry could not be looked at");
                    done.failed += 1;
                }
            }
        }
    }
    Ok(done)
}

/// What the shard names, each entry once, and whether there is more. Read to its end before anything is moved on: what is
/// moved on comes again further behind.
async fn named(
    ports: &(impl LetterPorts + ?Sized),
    shard: u32,
    limit: u32,
) -> Result<(Vec<Overdue>, bool), PortError> {
    let (mut named, mut places) = (Vec::new(), HashSet::new());
    let mut after = None;
    loop {
        let page = ports.unanswered(shard, after.as_ref()).await?;
        after = page.last().cloned();
        if after.is_none() {
            return Ok((named, false));
        }
        named.extend(
            page.into_iter()
                .filter(|seen| places.insert((seen.review.clone(), seen.seq))),
        );
        if named.len() >= limit as usize {
            return Ok((named, true));
        }
    }
}

/// What is wrong with an entry that is due some time; nothing while it is on its way.
async fn look(
    ports: &(impl LetterPorts + ?Sized),
    when: When,
    seen: &Overdue,
    done: &mut Reconciled,
) -> Result<Option<Wrong>, PortError> {
    let Some(entry) = ports.entry(&seen.review, seen.seq).await? else {
        return Ok(None);
    };
    let age = when.as_of.duration_since(entry.at);
    if age < OUTBOX_DUE {
        return Ok(None);
    }
    let records = ports.notices_of(&seen.review).await?;
    let (waiting, in_doubt) = without_outcome(&entry, &records, when);
    let seq = seen.seq;
    if waiting == 0 {
        return Ok(Some(Wrong::Finished { seq }));
    }
    done.oldest = done.oldest.max(Some(age));
    Ok(Some(Wrong::Unanswered {
        seq,
        waiting,
        in_doubt,
    }))
}

/// How many letters of the entry have no outcome, and how many of those were claimed by somebody who is gone.
pub(super) fn without_outcome(
    entry: &OutboxEntry,
    records: &[NoticeRecord],
    when: When,
) -> (u32, u32) {
    let records: HashMap<&NoticeId, &NoticeRecord> = records
        .iter()
        .map(|record| (&record.notice, record))
        .collect();
    let (mut waiting, mut in_doubt) = (0, 0);
    for notice in entry.notices() {
        let record = records.get(&notice);
        if record.is_some_and(|record| record.outcome.is_some()) {
            continue;
        }
        waiting += 1;
        let held_until = record.and_then(|record| record.held_until);
        in_doubt += u32::from(held_until.is_some_and(|until| until <= when.leases));
    }
    (waiting, in_doubt)
}

async fn mend(
    ports: &(impl LetterPorts + ?Sized),
    queue: &(impl NoticeQueue + ?Sized),
    when: When,
    seen: &Overdue,
) -> Mended {
    let mut swept = OutboxSwept::default();
    match take_up(ports, queue, when.as_of, seen, &mut swept).await {
        Ok(()) if swept.raced > 0 => Mended::Raced,
        Ok(()) => Mended::Done,
        Err(error) => {
            tracing::warn!(review = %seen.review, seq = seen.seq, %error, "an entry could not be dealt with");
            Mended::Failed
        }
    }
}
