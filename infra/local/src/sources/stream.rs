//! From a table's stream to a function: batches in order, retried until done or given up.
//!
//! One shard, one batch at a time. A batch that fails is tried again after a pause; when the function reports an item,
//! all before it count as done and the rest starts with that item; when it fails as a whole and
//! BisectBatchOnFunctionError is set, the batch is halved instead, which uses up no retry. What is given up goes to the
//! failure queue as one note, and the source moves on: nothing behind a poison record waits for ever.

use std::collections::VecDeque;

use bytes::Bytes;
use serde_json::json;
use tokio::sync::watch;

use super::{BackOff, Reach, batch_reply::Failures, checkpoint::Checkpoint, failure::GivenUp};
use crate::{
    data::DataError,
    lambda::Outcome,
    services::StreamRecord,
    template::{StartingPosition, StreamSourcePlan},
};

pub(super) struct StreamSource {
    plan: StreamSourcePlan,
    reach: Reach,
    checkpoint: Checkpoint,
}

/// Records that are to be tried, in the order of the stream.
struct Batch {
    records: Vec<StreamRecord>,
    tries: u32,
}

impl StreamSource {
    pub(super) fn open(plan: StreamSourcePlan, reach: Reach) -> Result<Self, DataError> {
        let checkpoint = Checkpoint::open(&reach.data, &plan.name)?;
        Ok(Self {
            plan,
            reach,
            checkpoint,
        })
    }

    /// Reads until told to stop. A batch that is cut off by the stop comes again at the next start.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => {}
            result = self.follow() => if let Err(error) = result {
                self.reach.terminal.line(format!("{} has stopped: {error}", self.plan.name));
            },
        }
    }

    async fn follow(&mut self) -> Result<(), DataError> {
        if self.checkpoint.sequence().is_none() && self.plan.start == StartingPosition::Latest {
            self.skip_to_the_end().await?;
        }
        if let Some(sequence) = self.checkpoint.sequence() {
            let forget = || self.reach.tables.forget_before(&self.plan.table, sequence);
            self.reach.until_done(&self.plan.name, forget).await;
        }
        loop {
            let read = self.read().await;
            let Some(last) = read.last().map(|record| record.sequence_number.clone()) else {
                self.reach.tables.changed().await;
                continue;
            };
            let wanted: Vec<_> = read
                .into_iter()
                .filter(|record| self.plan.filter.lets_pass(&record.event))
                .collect();
            self.deliver(wanted).await?;
            self.checkpoint.advance(&last)?;
        }
    }

    /// The next records; with a batching window, as many as come while it lasts.
    async fn read(&self) -> Vec<StreamRecord> {
        let limit = usize::try_from(self.plan.batch_size).unwrap_or(usize::MAX);
        let first = self.records(limit).await;
        if first.is_empty() || first.len() >= limit || self.plan.window.is_zero() {
            return first;
        }
        tokio::time::sleep(self.plan.window).await;
        self.records(limit).await
    }

    async fn records(&self, limit: usize) -> Vec<StreamRecord> {
        let read = || {
            self.reach
                .tables
                .stream_records(&self.plan.table, self.checkpoint.sequence(), limit)
        };
        self.reach.until_done(&self.plan.name, read).await
    }

    async fn skip_to_the_end(&mut self) -> Result<(), DataError> {
        const STEP: usize = 1_000;
        while let Some(last) = self.records(STEP).await.pop() {
            self.checkpoint.advance(&last.sequence_number)?;
        }
        Ok(())
    }

    /// Brings every record to an end: done, or given up.
    async fn deliver(&mut self, records: Vec<StreamRecord>) -> Result<(), DataError> {
        let mut pending = VecDeque::from([Batch { records, tries: 0 }]);
        let mut back_off = BackOff::new();
        while let Some(mut batch) = pending.pop_front() {
            let Some(last) = batch
                .records
                .last()
                .map(|record| record.sequence_number.clone())
            else {
                continue;
            };
            let event: Vec<_> = batch.records.iter().map(|record| &record.event).collect();
            let event = Bytes::from(json!({ "Records": event }).to_string());
            let outcome = match self.reach.invoke(&self.plan.function, event).await {
                Ok(outcome) => outcome,
                Err(error) => {
                    self.reach
                        .terminal
                        .line(format!("{}: {error}", self.plan.name));
                    back_off.pause().await;
                    pending.push_front(batch);
                    continue;
                }
            };
            let known = |id: &str| {
                batch
                    .records
                    .iter()
                    .any(|record| record.sequence_number == id)
            };
            let failures = Failures::of(&outcome, self.plan.partial_failures, known);
            let function_error = matches!(outcome, Outcome::Failed(_));
            match failures {
                Failures::None => {
                    self.checkpoint.advance(&last)?;
                    back_off = BackOff::new();
                    continue;
                }
                Failures::Some(failed) => {
                    let first = batch
                        .records
                        .iter()
                        .position(|record| failed.contains(&record.sequence_number));
                    let done: Vec<_> = batch.records.drain(..first.unwrap_or(0)).collect();
                    if let Some(last) = done.last() {
                        self.checkpoint.advance(&last.sequence_number)?;
                        batch.tries = 0;
                        back_off = BackOff::new();
                    }
                }
                Failures::All if self.plan.bisect && batch.records.len() > 1 => {
                    let half = batch.records.split_off(batch.records.len().div_ceil(2));
                    pending.push_front(Batch {
                        records: half,
                        tries: batch.tries,
                    });
                    pending.push_front(batch);
                    back_off.pause().await;
                    continue;
                }
                Failures::All => {}
            }
            batch.tries += 1;
            if self
                .plan
                .retries
                .is_some_and(|retries| batch.tries > retries)
            {
                self.give_up(&batch, function_error).await;
                self.checkpoint.advance(&last)?;
                back_off = BackOff::new();
            } else {
                back_off.pause().await;
                pending.push_front(batch);
            }
        }
        Ok(())
    }

    async fn give_up(&self, batch: &Batch, function_error: bool) {
        let count = batch.records.len();
        let (name, tries) = (&self.plan.name, batch.tries);
        let Some(queue) = &self.plan.on_failure else {
            let line = format!(
                "{name}: {count} records given up after {tries} tries, and no OnFailure queue takes them"
            );
            return self.reach.terminal.line(line);
        };
        let given_up = GivenUp {
            records: &batch.records,
            function_arn: &self.reach.lambda.arn(&self.plan.function),
            invocations: tries,
            function_error,
            at: self.reach.clock.now(),
        };
        let note = given_up.note().to_string();
        self.reach
            .until_done(name, || self.reach.queues.send(queue, note.clone()))
            .await;
        self.reach.terminal.line(format!(
            "{name}: {count} records given up after {tries} tries, noted in {queue}"
        ));
    }
}
