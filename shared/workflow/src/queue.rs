//! The review team's queue: one year and status at a time, in its own order, a page at a time (domain.md #51).
//!
//! The index says where to look, and the reviews themselves say what is shown: each page reads the outlines that it shows, so
//! that one which has just moved on shows as it is, or not at all. Filters are tried on those, and a page reads a bounded
//! number of them: a page of a rare label may be short, and its cursor goes on behind what was looked at. Requests in which the
//! actor has an interest are not shown (promise P5).

use std::collections::{BTreeMap, HashMap};

use domain::{
    AccountKey, CaseQueue, LabelName, ListKey, Outline, PerformanceYear, QueuePlace, Side,
    StatusName, payment_year_begins, queued, rule_sets, stands,
};
use futures::future::try_join_all;
use jiff::Timestamp;

use crate::ports::{Case, CaseQueues, Cases, Places, PortError, ReviewsOfPerson};
use crate::{Failure, Inbound};

/// The most reviews that one page looks at for those that it shows.
const LOOKED_AT: usize = 400;

/// Which of the team's reviews, in which order, and which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueWanted {
    /// Of this performance year; of all of them without one.
    pub year: Option<PerformanceYear>,
    /// In this status. What waits for documents goes by its due instant, what has ended by its end, the rest by age.
    pub status: StatusName,
    /// Only of years whose payment year has not begun: what is decided before it does is paid right from the start.
    pub before_payment_year: bool,
    /// Only what is assigned so.
    pub assigned: Option<Assigned>,
    /// Only with this label, public or internal.
    pub label: Option<LabelName>,
    /// Only what stands before this instant: submitted, due or ended by then.
    pub before: Option<Timestamp>,
    /// The latest first.
    pub descending: bool,
    /// Behind this place.
    pub after: Option<QueuePlace>,
    /// At most so many.
    pub limit: usize,
}

/// To whom a review is assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assigned {
    /// To nobody.
    Nobody,
    /// To this account.
    To(AccountKey),
}

/// A page of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuePage {
    /// The reviews.
    pub cases: Vec<Outline>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<QueuePlace>,
}

/// The page that is wanted.
///
/// # Errors
/// Only when a port fails.
pub async fn queue(
    ports: &(impl CaseQueues + Cases + ?Sized),
    inbound: &Inbound<'_>,
    wanted: &QueueWanted,
) -> Result<QueuePage, Failure> {
    let years = rule_sets().map(|rules| rules.year);
    let years = years.filter(|&year| wanted.concerns(year, inbound.received_at));
    let parts = years.flat_map(|year| {
        let status = wanted.status;
        (0..ports.parts()).map(move |part| (CaseQueue { year, status }, part))
    });
    let parts: Vec<_> = parts.collect();
    let mut page = QueuePage {
        cases: Vec::new(),
        next: None,
    };
    let mut after = wanted.after.clone();
    let mut looked_at = 0;
    loop {
        let some = merged(ports, wanted, &parts, after.as_ref()).await?;
        let more = some.len() == wanted.limit;
        let cases = present(ports, &some).await?;
        for place in some {
            let case = cases.get(&place.id);
            if case.is_some_and(|case| wanted.shows(case, &place, inbound)) {
                page.cases.extend(case.map(|case| case.outline.clone()));
            }
            looked_at += 1;
            after = Some(place);
            if page.cases.len() == wanted.limit {
                break;
            }
        }
        if page.cases.len() == wanted.limit || (more && looked_at >= LOOKED_AT) {
            // There may be nothing behind it: then the next page is empty, and the last.
            page.next = after;
            return Ok(page);
        }
        if !more {
            return Ok(page);
        }
    }
}

/// The next places over all parts, in order; as many as a page holds, fewer only at the end.
async fn merged(
    ports: &(impl CaseQueues + ?Sized),
    wanted: &QueueWanted,
    parts: &[(CaseQueue, u32)],
    after: Option<&QueuePlace>,
) -> Result<Vec<QueuePlace>, Failure> {
    let range = Places {
        after: after.cloned(),
        before: wanted.before,
        descending: wanted.descending,
        limit: u32::try_from(wanted.limit).unwrap_or(u32::MAX),
    };
    let read = |&(queue, part)| ports.places(queue, part, &range);
    let read = try_join_all(parts.iter().map(read)).await?;
    let mut places: Vec<_> = read.into_iter().flatten().collect();
    places.sort();
    if wanted.descending {
        places.reverse();
    }
    places.truncate(wanted.limit);
    Ok(places)
}

/// The reviews of `places` as they are now.
async fn present(
    ports: &(impl Cases + ?Sized),
    places: &[QueuePlace],
) -> Result<HashMap<domain::ReviewId, Case>, Failure> {
    let ids: Vec<_> = places.iter().map(|place| place.id.clone()).collect();
    let cases = ports.cases(&ids).await?.into_iter();
    Ok(cases.map(|case| (case.outline.id.clone(), case)).collect())
}

impl QueueWanted {
    fn concerns(&self, year: PerformanceYear, at: Timestamp) -> bool {
        self.year.is_none_or(|wanted| wanted == year)
            && !(self.before_payment_year && payment_year_begins(year) <= at)
    }

    /// Whether the review stands there still, is nobody's whose it must not be, and is among those that are wanted.
    fn shows(&self, case: &Case, place: &QueuePlace, inbound: &Inbound<'_>) -> bool {
        let outline = &case.outline;
        let stays = queued(outline)
            .is_some_and(|(queue, now)| queue.status == self.status && now == *place);
        let of_team = stands(outline, &case.people, inbound.actor)
            .is_some_and(|relation| relation.side() == Side::Team);
        let casework = &outline.casework;
        let assignee = casework.assignee.as_ref().map(|assignee| &assignee.account);
        let assigned = match &self.assigned {
            None => true,
            Some(Assigned::Nobody) => assignee.is_none(),
            Some(Assigned::To(account)) => assignee == Some(account),
        };
        let mut labels = casework.labels.iter();
        let labelled = self
            .label
            .as_ref()
            .is_none_or(|wanted| labels.any(|label| label.name == *wanted));
        stays && of_team && assigned && labelled
    }
}

/// All that is assigned to the actor and has not ended, what stands first in its queue first.
///
/// # Errors
/// Only when a port fails.
pub async fn assigned(
    ports: &(impl ReviewsOfPerson + ?Sized),
    inbound: &Inbound<'_>,
) -> Result<Vec<Outline>, PortError> {
    let list = ListKey::Assigned(inbound.actor.account.key());
    let mut found = ports.listed(&[list]).await?;
    found.sort_by_key(|outline| queued(outline).map(|(_, place)| place));
    Ok(found)
}

/// How many reviews stand in each queue.
///
/// # Errors
/// Only when a port fails.
pub async fn queue_counts(
    ports: &(impl CaseQueues + ?Sized),
) -> Result<BTreeMap<PerformanceYear, BTreeMap<StatusName, u64>>, Failure> {
    const SHOWN: [StatusName; 5] = [
        StatusName::InReview,
        StatusName::AwaitingDocuments,
        StatusName::Approved,
        StatusName::Denied,
        StatusName::Withdrawn,
    ];
    let queues = rule_sets().flat_map(|rules| {
        let year = rules.year;
        SHOWN.map(|status| CaseQueue { year, status })
    });
    let count = async |queue: CaseQueue| Ok::<_, Failure>((queue, ports.count(queue).await?));
    let mut counts: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for (queue, count) in try_join_all(queues.map(count)).await? {
        counts
            .entry(queue.year)
            .or_default()
            .insert(queue.status, count);
    }
    Ok(counts)
}
