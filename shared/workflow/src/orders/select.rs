//! Which reviews an order concerns, as they stand now.

use domain::{
    AccountKey, Assignee, Denial, ListKey, Outline, ReviewId, Status, end_of_day, has_interest,
    last_day, tolled,
};
use jiff::Timestamp;

use super::{Among, MOST, OrderPorts, OrderWish, Wanted};
use crate::Failure;
use crate::ports::{Case, Outlines, Place, Placed};

/// Entries of an index in one read.
const PAGE: u32 = 500;

/// The ids of the reviews that the order would change, in order. More than [`MOST`] are not looked for.
pub(super) async fn concerned(
    ports: &(impl OrderPorts + ?Sized),
    wish: &OrderWish,
    now: Timestamp,
) -> Result<Vec<ReviewId>, Failure> {
    let (place, from, until) = match &wish.wanted {
        Wanted::Extend { among, .. } | Wanted::Toll { among, .. } => {
            if let Some(named) = &among.reviews {
                let mut found = matching(ports, named.clone(), wish, now).await?;
                found.sort();
                found.dedup();
                return Ok(found);
            }
            (Place::Due, None, Timestamp::MAX)
        }
        Wanted::Reinstate { run, year } => (Place::Expired(*year), Some(*run), *run),
        Wanted::Reassign { from, to } => return work_of(ports, from, to.as_ref()).await,
    };
    let mut found = Vec::new();
    for shard in 0..ports.clock_shards() {
        let mut after: Option<Placed> = None;
        loop {
            let page = ports
                .placed(place, shard, until, after.as_ref(), PAGE)
                .await?;
            let more = page.len() >= PAGE as usize;
            after = page.last().cloned();
            let of_run = page
                .into_iter()
                .filter(|placed| from.is_none_or(|from| from <= placed.at));
            let ids = of_run.map(|placed| placed.review).collect();
            found.extend(matching(ports, ids, wish, now).await?);
            if !more || found.len() > MOST as usize {
                break;
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What the reviewer works on and the other may go on with (promise P5).
async fn work_of(
    ports: &(impl OrderPorts + ?Sized),
    from: &AccountKey,
    to: Option<&Assignee>,
) -> Result<Vec<ReviewId>, Failure> {
    let listed = ports.listed(&[ListKey::Assigned(from.clone())]).await?;
    let ids: Vec<_> = listed.into_iter().map(|outline| outline.id).collect();
    let cases = ports.cases(&ids).await?;
    let concerned = cases.into_iter().filter(|case| gives_on(case, from, to));
    let mut found: Vec<_> = concerned.map(|case| case.outline.id).collect();
    found.sort();
    Ok(found)
}

fn gives_on(Case { outline, people }: &Case, from: &AccountKey, to: Option<&Assignee>) -> bool {
    let assignee = outline.casework.assignee.as_ref();
    assignee.is_some_and(|now| now.account == *from)
        && to.is_none_or(|to| to.account != *from && !has_interest(outline, people, to))
}

async fn matching(
    ports: &(impl Outlines + ?Sized),
    ids: Vec<ReviewId>,
    wish: &OrderWish,
    now: Timestamp,
) -> Result<Vec<ReviewId>, Failure> {
    let outlines = ports.outlines(&ids).await?;
    let concerned = outlines
        .into_iter()
        .filter(|outline| concerns(&wish.wanted, outline, now));
    Ok(concerned.map(|outline| outline.id).collect())
}

/// Whether the order would change the review. The command decides it again, on the whole of it.
fn concerns(wanted: &Wanted, outline: &Outline, now: Timestamp) -> bool {
    match (wanted, &outline.status) {
        (Wanted::Extend { last_day, among }, Status::AwaitingDocuments(waiting)) => {
            let due = end_of_day(*last_day);
            is_among(among, outline) && waiting.request.due < due && now < due
        }
        (Wanted::Toll { days, among }, Status::AwaitingDocuments(waiting)) => {
            let request = &waiting.request;
            let due = tolled(request.due, request.asked_at, days, &request.tolls);
            is_among(among, outline) && due != request.due
        }
        (Wanted::Reinstate { run, year }, Status::Denied(denied)) => match &denied.denial {
            Denial::Clock { at, .. } => at == run && outline.year == *year,
            Denial::Person { .. } => false,
        },
        (
            Wanted::Extend { .. }
            | Wanted::Toll { .. }
            | Wanted::Reinstate { .. }
            | Wanted::Reassign { .. },
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
        ) => false,
    }
}

fn is_among(among: &Among, outline: &Outline) -> bool {
    let Status::AwaitingDocuments(now) = &outline.status else {
        return false;
    };
    let day = last_day(now.request.due);
    among.year.is_none_or(|year| outline.year == year)
        && among.due_from.is_none_or(|first| first <= day)
        && among.due_through.is_none_or(|last| day <= last)
}
