//! What a sweep reads of the table grows with what is due, not with what is stored (promise P8).

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use aws::Table;
use domain::{PerformanceYear, ReviewId, WindowChange};
use jiff::Timestamp;
use serde_json::json;
use testkit::{MemoryLooks, MemorySweeps, Subject, sample};
use workflow::clock::{Bounds, Queues, Run, Sweep, sweep};
use workflow::ports::{ClockIndex, Place, Placed, PortError, Programs};

use crate::embedded::{self, RawTable};

const DUE: u32 = 1_000;
const STORED: u32 = 100_000;
const BOUNDS: Bounds = Bounds {
    page: 100,
    commands: 100_000,
};

/// Counts the entries that a reply of the table holds. Nothing is filtered there: what is returned is what was read.
struct Counting {
    table: Table,
    read: AtomicUsize,
}

#[async_trait]
impl ClockIndex for Counting {
    fn clock_shards(&self) -> u32 {
        self.table.clock_shards()
    }

    async fn placed(
        &self,
        place: Place,
        shard: u32,
        until: Timestamp,
        after: Option<&Placed>,
        limit: u32,
    ) -> Result<Vec<Placed>, PortError> {
        let page = self.table.placed(place, shard, until, after, limit).await?;
        self.read.fetch_add(page.len(), Ordering::Relaxed);
        Ok(page)
    }
}

#[async_trait]
impl Programs for Counting {
    async fn window_changes(&self, year: PerformanceYear) -> Result<Vec<WindowChange>, PortError> {
        self.table.window_changes(year).await
    }
}

/// A review as the indexes have it: a request that is due then, or a draft that was told of the present window.
fn put(probe: &RawTable, number: u32, due_at: Option<Timestamp>) {
    let id = ReviewId::from_random(sample::year(), u64::from(number) * 7_919 + 1);
    let shard = number % 8;
    let mut item = json!({"pk": {"S": format!("REVIEW#{id}")}, "sk": {"S": "REVIEW"}});
    let (partition, instant, shard, at) = match due_at {
        Some(due_at) => ("due_shard", "due_at", format!("LOOK#{shard}"), due_at),
        None => (
            "clock_shard",
            "clock_at",
            format!("DRAFT#2024#{shard}"),
            sample::in_window(),
        ),
    };
    item[partition] = json!({"S": shard});
    item[instant] = json!({"N": at.as_millisecond().to_string()});
    probe.put(item);
}

async fn read(table: &Counting, as_of: Timestamp) -> (u32, usize) {
    let (sweeps, looks) = (MemorySweeps::default(), MemoryLooks::default());
    let queues = Queues {
        commands: &sweeps,
        looks: &looks,
        own: &sweeps,
    };
    let run = Run {
        sweep: Sweep::Nightly,
        as_of,
    };
    let counts = sweep(table, &queues, &run, None, BOUNDS).await;
    let read = table.read.swap(0, Ordering::Relaxed);
    (counts.expect("the indexes answer").considered, read)
}

#[tokio::test]
async fn a_sweep_over_a_hundred_thousand_reads_what_one_over_the_due_alone_reads() {
    let Subject { ports, probe } = embedded::table().await;
    let table = Counting {
        table: ports,
        read: AtomicUsize::new(0),
    };
    let as_of = sample::in_window() + jiff::SignedDuration::from_hours(24);
    for number in 0..DUE {
        put(&probe, number, Some(sample::in_window()));
    }
    let (few, read_of_few) = read(&table, as_of).await;
    for number in DUE..STORED {
        let later = as_of + jiff::SignedDuration::from_hours(24 * 30);
        put(&probe, number, (number % 2 == 0).then_some(later));
    }
    let (many, read_of_many) = read(&table, as_of).await;
    println!(
        "a sweep read {read_of_few} entries where {DUE} are stored and due, and {read_of_many} where {STORED} are stored"
    );
    assert_eq!((few, many), (DUE, DUE));
    let page_a_shard = BOUNDS.page as usize * 8;
    assert!(read_of_few.abs_diff(read_of_many) <= page_a_shard);
}
