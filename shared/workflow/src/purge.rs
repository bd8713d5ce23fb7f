//! Erasing what is past its retention (domain.md #8).
//!
//! The order makes it safe to end anywhere. First a tombstone takes the review's place, in one transaction on the version
//! that was judged: from that moment nobody reads or changes it, and a legal hold that comes at the same instant wins or finds
//! nothing. The tombstone names what is still to be taken away. Then go bytes, lists and every other item; last the tombstone
//! forgets that list. A run that comes to one with a list goes on from it.
//!
//! The tempting alternative, to erase first and to note it then, leaves half a review for everybody to stumble over when it
//! ends in between. An entry in the history is impossible: the history goes, too. The tombstone keeps where it ended.

use domain::{Line, PersonHashKey, ReviewId, Tombstone, rule_set};
use jiff::Timestamp;

use crate::ports::{EveryReview, ObjectsOfReview, PortError, Purges, Reviews, Tombstones};

/// How many ids are asked for at once.
const PAGE: u32 = 1_000;

/// What purging needs of the table.
pub trait PurgePorts: EveryReview + Purges + Reviews + Tombstones {}

impl<P: EveryReview + Purges + Reviews + Tombstones + ?Sized> PurgePorts for P {}

/// What a run is to do.
#[derive(Debug, Clone)]
pub struct Purge<'a> {
    /// Reviews whose record may be erased at that instant are.
    pub as_of: Timestamp,
    /// The secret for people's keys.
    pub hash_key: &'a PersonHashKey,
    /// Who erases; `None` only looks.
    pub by: Option<Line<100>>,
    /// At most so many reviews; one that is gone on with counts.
    pub cap: u32,
}

/// What became of one review.
#[derive(Debug)]
pub enum Purged {
    /// It may be erased, and nothing was done.
    Due(Tombstone),
    /// It is erased.
    Erased(Tombstone),
    /// An earlier run ended in between; it is erased now, or would be.
    GoneOnWith(Tombstone),
    /// It changed while it was being judged, and stays.
    Raced,
    /// It could not be erased, or not to the end; the next run goes on.
    Failed(PortError),
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PurgeReport {
    /// Reviews that were looked at.
    pub considered: u64,
    /// Those that were erased, or would be.
    pub purged: u64,
    /// Those that changed meanwhile.
    pub raced: u64,
    /// Those that could not be erased to the end.
    pub failed: u64,
    /// Whether the cap ended the run.
    pub capped: bool,
}

/// Erases, or only finds, what is past its retention; `found` hears of each. One that fails does not stop the rest.
///
/// # Errors
/// The list of all reviews cannot be read; what was found until then has been told.
pub async fn purge(
    ports: &(impl PurgePorts + ?Sized),
    objects: &(impl ObjectsOfReview + ?Sized),
    wanted: &Purge<'_>,
    mut found: impl FnMut(&ReviewId, &Purged),
) -> Result<PurgeReport, PortError> {
    let mut report = PurgeReport::default();
    let mut cursor = None;
    loop {
        let page = ports.ids(cursor.as_ref(), PAGE).await?;
        for id in &page.ids {
            report.considered += 1;
            let one = one(
                ports,
                objects,
                wanted,
                id,
                report.purged >= u64::from(wanted.cap),
            );
            let outcome = match one.await {
                Ok(Looked::Stays) => continue,
                Ok(Looked::Capped) => {
                    report.capped = true;
                    return Ok(report);
                }
                Ok(Looked::Purged(outcome)) => outcome,
                Err(error) => Purged::Failed(error),
            };
            match &outcome {
                Purged::Due(_) | Purged::Erased(_) | Purged::GoneOnWith(_) => report.purged += 1,
                Purged::Raced => report.raced += 1,
                Purged::Failed(_) => report.failed += 1,
            }
            found(id, &outcome);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(report);
        }
    }
}

enum Looked {
    /// It stays, or nothing is left of it.
    Stays,
    /// It would be erased, but for the cap.
    Capped,
    Purged(Purged),
}

async fn one(
    ports: &(impl PurgePorts + ?Sized),
    objects: &(impl ObjectsOfReview + ?Sized),
    wanted: &Purge<'_>,
    id: &ReviewId,
    capped: bool,
) -> Result<Looked, PortError> {
    let Some(review) = ports.load(id).await? else {
        let tombstone = ports.tombstone(id).await?;
        return Ok(match tombstone.filter(|it| it.remains.is_some()) {
            None => Looked::Stays,
            Some(_) if capped => Looked::Capped,
            Some(tombstone) => {
                if wanted.by.is_some() {
                    erase(ports, objects, &tombstone).await?;
                }
                Looked::Purged(Purged::GoneOnWith(tombstone))
            }
        });
    };
    // A review is only begun in a year that has rules.
    let Ok(rules) = rule_set(review.outline.year) else {
        return Ok(Looked::Stays);
    };
    let nobody = || "nobody".parse().expect("a line");
    let by = wanted.by.clone().unwrap_or_else(nobody);
    let due = Tombstone::of(&review, rules, wanted.hash_key, wanted.as_of, &by);
    let Some(tombstone) = due else {
        return Ok(Looked::Stays);
    };
    if capped {
        return Ok(Looked::Capped);
    }
    if wanted.by.is_none() {
        return Ok(Looked::Purged(Purged::Due(tombstone)));
    }
    if !ports.bury(&tombstone, review.outline.version).await? {
        return Ok(Looked::Purged(Purged::Raced));
    }
    erase(ports, objects, &tombstone).await?;
    Ok(Looked::Purged(Purged::Erased(tombstone)))
}

/// Takes away all that is left beside the tombstone.
async fn erase(
    ports: &(impl Purges + ?Sized),
    objects: &(impl ObjectsOfReview + ?Sized),
    tombstone: &Tombstone,
) -> Result<(), PortError> {
    let id = &tombstone.review;
    objects.erase_all(id).await?;
    if let Some(remains) = &tombstone.remains {
        ports.unlist(id, remains).await?;
    }
    ports.clear(id).await?;
    ports.seal_tombstone(id).await?;
    tracing::info!(use_case = "purge", review = %id, "purged");
    Ok(())
}
