//! A sweep: looks where something may be due, and hands out commands.

use domain::{
    DRAFT_REMINDERS, PerformanceYear, REMINDER_LATEST, Reminded, SWEEP_AFTER, WindowState,
    reminder_at, reminder_come, rule_sets,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{ClockCommand, Counts, Run, Sweep};
use crate::Failure;
use crate::ports::{ClockIndex, CommandQueue, LookQueue, Place, Placed, Programs, SweepQueue};
use crate::program::program_known;

/// What a sweep needs of the world: indexes and programs to read, nothing to write.
pub trait SweepPorts: ClockIndex + Programs {}

impl<P: ClockIndex + Programs + ?Sized> SweepPorts for P {}

/// How much one message of a sweep does.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The most reviews of a read of the index.
    pub page: u32,
    /// The most commands that are handed out; what is left goes into a message of its own.
    pub commands: u32,
}

/// Ticks look through a year's drafts for so long after its window closed or was changed.
const TICKS_FOLLOW: SignedDuration = SignedDuration::from_hours(24);

/// Where a sweep sends what it finds.
pub struct Queues<'a, C: ?Sized, L: ?Sized, S: ?Sized> {
    /// What the clock does to a review.
    pub commands: &'a C,
    /// Looks at the files of a review.
    pub looks: &'a L,
    /// The sweep's own queue, in which it goes on.
    pub own: &'a S,
}

/// SQS takes ten messages in a call.
const BATCH: usize = 10;

/// A shard of a place that is to be looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The place.
    pub place: Place,
    /// The shard.
    pub shard: u32,
    /// Reviews up to this instant.
    pub until: Timestamp,
    /// Drafts that were reminded so are passed by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Reminded>,
    /// Where the message before came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Placed>,
}

impl Part {
    fn wants(&self, placed: &Placed) -> bool {
        let Some(unless) = self.unless else {
            return true;
        };
        let same = |reminded: Reminded| reminded.closes == unless.closes;
        let reminded = placed.reminded.filter(|reminded| same(*reminded));
        reminded.is_none_or(|reminded| unless.days < reminded.days)
    }
}

/// Looks through `parts`, or at the beginning of a run through all that the run concerns, and hands out a
/// command for each review that may be due. Nothing is changed by it: a second run hands out the same, and
/// the commands find nothing left to do.
///
/// What does not fit into the bounds goes on in a message of its own, shard by shard where this one came to.
///
/// # Errors
/// An index or a program cannot be read, or a queue takes no more. The message comes again from its start.
pub async fn sweep<C, L, S>(
    ports: &(impl SweepPorts + ?Sized),
    queues: &Queues<'_, C, L, S>,
    run: &Run,
    parts: Option<Vec<Part>>,
    bounds: Bounds,
) -> Result<Counts, Failure>
where
    C: CommandQueue + ?Sized,
    L: LookQueue + ?Sized,
    S: SweepQueue + ?Sized,
{
    let parts = match parts {
        Some(parts) => parts,
        None => beginning(ports, run).await?,
    };
    let mut counts = Counts::default();
    let mut left = Vec::new();
    for part in parts {
        if counts.considered >= bounds.commands {
            left.push(part);
            continue;
        }
        left.extend(look_through(ports, queues, run, part, bounds, &mut counts).await?);
    }
    if !left.is_empty() {
        queues.own.go_on(run, &left).await?;
    }
    Ok(counts)
}

/// Looks through one part; what is left of it.
async fn look_through<C, L, S>(
    ports: &(impl SweepPorts + ?Sized),
    queues: &Queues<'_, C, L, S>,
    run: &Run,
    mut part: Part,
    bounds: Bounds,
    counts: &mut Counts,
) -> Result<Option<Part>, Failure>
where
    C: CommandQueue + ?Sized,
    L: LookQueue + ?Sized,
    S: SweepQueue + ?Sized,
{
    while counts.considered < bounds.commands {
        let (place, after) = (part.place, part.after.as_ref());
        let placed = ports
            .placed(place, part.shard, part.until, after, bounds.page)
            .await?;
        let more = placed.len() >= bounds.page as usize;
        let wanted: Vec<_> = placed
            .iter()
            .filter(|placed| part.wants(placed))
            .map(|placed| ClockCommand {
                review: placed.review.clone(),
                run: *run,
            })
            .collect();
        for batch in wanted.chunks(BATCH) {
            queues.commands.hand_out(batch).await?;
        }
        counts.considered += u32::try_from(wanted.len()).unwrap_or(u32::MAX);
        if place == Place::Due {
            // The index does not say whether it is a file or a request: whoever looks finds what is due.
            let ids: Vec<_> = placed.iter().map(|it| it.review.clone()).collect();
            queues.looks.enqueue_looks(&ids, run.as_of).await?;
            let overdue = placed.iter().map(|it| run.as_of.duration_since(it.at));
            counts.oldest = counts.oldest.max(overdue.max());
        }
        if !more {
            return Ok(None);
        }
        part.after = placed.last().cloned();
    }
    Ok(Some(part))
}

/// What a run looks through: first the reviews that are due by themselves, then the drafts of those years
/// whose windows concern them now.
async fn beginning(ports: &(impl SweepPorts + ?Sized), run: &Run) -> Result<Vec<Part>, Failure> {
    let mut places = vec![(Place::Due, run.as_of, None)];
    for rules in rule_sets() {
        places.extend(of_year(ports, rules.year, run).await?);
    }
    let shards = 0..ports.clock_shards();
    let parts = places.into_iter().flat_map(|(place, until, unless)| {
        shards.clone().map(move |shard| Part {
            place,
            shard,
            until,
            unless,
            after: None,
        })
    });
    Ok(parts.collect())
}

/// Which drafts of a year are touched: all once its window has closed and no request can be on its way any
/// more; those who were not told of its last change; all on a reminder day; and, while it is open, those
/// that an earlier close overtook.
async fn of_year(
    ports: &(impl SweepPorts + ?Sized),
    year: PerformanceYear,
    run: &Run,
) -> Result<Vec<(Place, Timestamp, Option<Reminded>)>, Failure> {
    let window = program_known(ports, year, run.as_of).await?.window;
    let drafts = Place::Drafts(year);
    let moved = match window.state() {
        WindowState::Closed(closed) => Some(closed),
        WindowState::Unannounced | WindowState::NotYetOpen(_) | WindowState::Open(_) => {
            window.known_since()
        }
    };
    // Ticks follow what happened to a window for a day; what is left then is the night's.
    if run.sweep == Sweep::Tick && moved.is_none_or(|moved| moved + TICKS_FOLLOW < run.as_of) {
        return Ok(Vec::new());
    }
    Ok(match window.state() {
        WindowState::Closed(closed) if closed + SWEEP_AFTER <= run.as_of => {
            vec![(drafts, Timestamp::MAX, None)]
        }
        WindowState::Closed(_) | WindowState::Unannounced | WindowState::NotYetOpen(_) => {
            Vec::new()
        }
        WindowState::Open(closes) => {
            let mut places = vec![(Place::NotSubmitted(year), Timestamp::MAX, None)];
            if let Some(known) = window.known_since() {
                // Strictly before: those who were told since do not stand there any more.
                let untold = known - SignedDuration::from_millis(1);
                places.push((drafts, untold, None));
            }
            if let Some(reminder) = closes.and_then(|closes| reminding(closes, run)) {
                places.push((drafts, Timestamp::MAX, Some(reminder)));
            }
            places
        }
    })
}

/// The reminder that drafts may be owed: sent in the morning, and by the next night's sweep to those that
/// were missed.
fn reminding(closes: Timestamp, run: &Run) -> Option<Reminded> {
    match run.sweep {
        Sweep::Reminders | Sweep::Nightly => {}
        Sweep::Tick => return None,
    }
    let days = reminder_come(closes, &DRAFT_REMINDERS, run.as_of)?;
    let fresh = run.as_of <= reminder_at(closes, days) + REMINDER_LATEST;
    fresh.then_some(Reminded { closes, days })
}
