//! Tells topics what became of mail, and remembers what is still to be told.
//!
//! What is to be told of a mail is written beside it before the mail is in the index, and removed when every queue has
//! it. So a start finds what a killed run had not finished, and tells it (again, perhaps); and what belongs to a mail
//! that was never taken is dropped.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::store::Store;
use super::{MailSummary, event};
use crate::data::{DataError, replace};
use crate::services::topics::Topics;
use crate::services::{EventDestinationPlan, ServiceError};

const SUBJECT: &str = "Amazon SES Email Event Notification";
/// Between tries to put a message into a queue.
const PAUSE: Duration = Duration::from_secs(1);

/// A handle on the task that tells.
#[derive(Debug)]
pub(super) struct Reporter {
    store: Arc<Store>,
    mails: UnboundedSender<String>,
}

/// One message for one topic.
#[derive(Debug, Deserialize, Serialize)]
struct Report {
    topic: String,
    message: String,
}

impl Reporter {
    /// Starts with what an earlier run left to be told.
    pub(super) fn start(store: Arc<Store>, topics: Topics) -> Result<Self, ServiceError> {
        let (mails, queue) = mpsc::unbounded_channel();
        let reporter = Self { store, mails };
        for id in reporter.left_over()? {
            reporter.tell(id);
        }
        tokio::spawn(follow(Arc::clone(&reporter.store), topics, queue));
        Ok(reporter)
    }

    /// Writes down what is to be told of a mail that is about to be kept.
    pub(super) fn prepare(
        &self,
        summary: &MailSummary,
        raw: &[u8],
        destinations: &[EventDestinationPlan],
    ) -> Result<(), ServiceError> {
        let mine = |one: &&EventDestinationPlan| {
            summary.configuration_set.as_ref() == Some(&one.configuration_set)
        };
        let mine: Vec<_> = destinations.iter().filter(mine).collect();
        let mut reports = Vec::new();
        for happening in summary.became() {
            let told = mine
                .iter()
                .filter(|one| one.events.contains(&happening.event));
            reports.extend(told.map(|destination| Report {
                topic: destination.topic.clone(),
                message: event::json(&happening, summary, raw).to_string(),
            }));
        }
        if reports.is_empty() {
            return Ok(());
        }
        let text = serde_json::to_vec(&reports).expect("plain structs are JSON");
        Ok(replace(&self.store.file_of(&summary.id, "events"), &text)?)
    }

    /// Tells what was prepared for the mail `id`, behind all that is already to be told.
    pub(super) fn tell(&self, id: String) {
        if self.mails.send(id).is_err() {
            tracing::error!(
                "what becomes of mail is told at the next start: the task that tells it has ended"
            );
        }
    }

    /// The mails of which something is still to be told, the oldest first.
    fn left_over(&self) -> Result<Vec<String>, ServiceError> {
        let mut prepared = self.store.names("events")?;
        let mut mails = self.store.list();
        mails.reverse();
        let taken = mails.into_iter().map(|mail| mail.id);
        let left: Vec<_> = taken.filter(|id| prepared.remove(id)).collect();
        for id in &left {
            read(&self.store, id)?; // a damaged file stops the start, for nobody could tell what it held
        }
        for never_taken in prepared {
            remove(self.store.file_of(&never_taken, "events"))?;
        }
        Ok(left)
    }
}

async fn follow(store: Arc<Store>, topics: Topics, mut mails: UnboundedReceiver<String>) {
    while let Some(id) = mails.recv().await {
        while let Err(error) = report(&store, &topics, &id).await {
            tracing::error!(%error, "what became of a mail could not be told; trying again");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn report(store: &Store, topics: &Topics, id: &str) -> Result<(), ServiceError> {
    let Some(reports) = read(store, id)? else {
        return Ok(());
    };
    for report in reports {
        topics
            .publish(&report.topic, SUBJECT, &report.message)
            .await?;
    }
    remove(store.file_of(id, "events"))
}

/// What is to be told of the mail `id`; None when that is nothing.
fn read(store: &Store, id: &str) -> Result<Option<Vec<Report>>, ServiceError> {
    let file = store.file_of(id, "events");
    let text = match std::fs::read(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(io("read", file)(source)),
    };
    match serde_json::from_slice(&text) {
        Ok(reports) => Ok(Some(reports)),
        Err(error) => Err(ServiceError::Damaged {
            line: error.line(),
            reason: error.to_string(),
            file,
        }),
    }
}

fn remove(file: PathBuf) -> Result<(), ServiceError> {
    std::fs::remove_file(&file).map_err(io("remove", file))
}

fn io(what: &'static str, path: PathBuf) -> impl FnOnce(std::io::Error) -> ServiceError {
    move |source| DataError::Io { what, path, source }.into()
}
