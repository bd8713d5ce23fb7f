//! What happened to the messages, a line each, so that a killed process loses none.
//!
//! A line is written before its caller gets an answer; whatever was not acknowledged may be missing. Lines of two
//! calls may come in either order (a message can be received and deleted before its sender's line is written), so
//! reading goes by ids, not by order: what was sent and not deleted is alive. The file is rewritten when most of
//! it is about messages that are gone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustack_sqs_model::input::SendMessageInput;
use serde::{Deserialize, Serialize};

use crate::services::ServiceError;
use crate::services::lines::{self, Lines};

/// Below this many lines rewriting is not worth it.
const SMALL: usize = 10_000;

/// A message that was sent and not deleted.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Living {
    pub id: String,
    /// Where it is: where it was sent, or where it was last received.
    pub queue: String,
    /// When it was sent, by the machine's clock.
    pub at: Timestamp,
    pub request: SendMessageInput,
    /// How often it was received, over restarts.
    #[serde(default)]
    pub received: u32,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Sent(Box<Living>),
    Received { id: String, queue: String },
    Deleted { id: String },
    Purged { queue: String },
}

/// The open journal.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: Lines<Line>,
    lines: usize,
    /// By age: the order in which a start sends again.
    alive: BTreeMap<u64, Living>,
    place: HashMap<String, u64>,
    next: u64,
    /// Deleted before their sender's line came.
    early: HashSet<String>,
}

/// What an earlier run left, the oldest first. A last line that was cut by a kill was never acknowledged.
pub(super) fn read(path: &Path) -> Result<Vec<Living>, ServiceError> {
    let mut alive: Vec<Living> = Vec::new();
    let mut received: HashMap<String, (u32, String)> = HashMap::new();
    let mut deleted = HashSet::new();
    for line in lines::read(path)? {
        match line {
            Line::Sent(living) => alive.push(*living),
            Line::Received { id, queue } => {
                let entry = received.entry(id).or_default();
                *entry = (entry.0 + 1, queue);
            }
            Line::Deleted { id } => {
                deleted.insert(id);
            }
            Line::Purged { queue } => alive.retain(|living| living.queue != queue),
        }
    }
    alive.retain(|living| !deleted.contains(&living.id));
    for living in &mut alive {
        if let Some((count, queue)) = received.remove(&living.id) {
            living.received += count;
            living.queue = queue;
        }
    }
    Ok(alive)
}

impl Journal {
    /// Begins anew with what is alive now, replacing in one step what was there.
    pub(super) fn begin(path: &Path, living: Vec<Living>) -> Result<Self, ServiceError> {
        let mut alive = BTreeMap::new();
        let mut place = HashMap::new();
        for (at, one) in (0_u64..).zip(living) {
            place.insert(one.id.clone(), at);
            alive.insert(at, one);
        }
        let next = alive.len() as u64;
        let file = rewrite(path, alive.values())?;
        Ok(Self {
            path: path.to_owned(),
            file,
            lines: alive.len(),
            alive,
            place,
            next,
            early: HashSet::new(),
        })
    }

    pub(super) fn sent(&mut self, living: Living) -> Result<(), ServiceError> {
        if self.early.remove(&living.id) {
            return Ok(());
        }
        let at = self.next;
        self.next += 1;
        self.place.insert(living.id.clone(), at);
        self.alive.insert(at, living.clone());
        self.append(&Line::Sent(Box::new(living)))
    }

    pub(super) fn received(&mut self, id: &str, queue: &str) -> Result<(), ServiceError> {
        if let Some(living) = self.place.get(id).and_then(|at| self.alive.get_mut(at)) {
            living.received += 1;
            queue.clone_into(&mut living.queue);
        }
        self.append(&Line::Received {
            id: id.to_owned(),
            queue: queue.to_owned(),
        })
    }

    pub(super) fn deleted(&mut self, id: &str) -> Result<(), ServiceError> {
        match self.place.remove(id) {
            Some(at) => {
                self.alive.remove(&at);
            }
            None => {
                self.early.insert(id.to_owned());
            }
        }
        self.append(&Line::Deleted { id: id.to_owned() })
    }

    pub(super) fn purged(&mut self, queue: &str) -> Result<(), ServiceError> {
        self.alive.retain(|_, living| living.queue != queue);
        self.place.retain(|_, at| self.alive.contains_key(at));
        self.append(&Line::Purged {
            queue: queue.to_owned(),
        })
    }

    fn append(&mut self, line: &Line) -> Result<(), ServiceError> {
        self.file.push(line)?;
        self.lines += 1;
        if self.lines > SMALL && self.lines > 4 * self.alive.len() {
            self.file = rewrite(&self.path, self.alive.values())?;
            self.lines = self.alive.len();
        }
        Ok(())
    }
}

fn rewrite<'a>(
    path: &Path,
    alive: impl Iterator<Item = &'a Living>,
) -> Result<Lines<Line>, ServiceError> {
    Lines::begin(
        path,
        alive.map(|living| Line::Sent(Box::new(living.clone()))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn living(id: &str) -> Living {
        let request = SendMessageInput {
            message_body: format!("body of {id}"),
            ..SendMessageInput::default()
        };
        Living {
            id: id.to_owned(),
            queue: "commands".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            request,
            received: 0,
        }
    }

    fn ids(path: &Path) -> Vec<String> {
        read(path)
            .expect("reads")
            .into_iter()
            .map(|living| living.id)
            .collect()
    }

    #[test]
    fn what_was_sent_and_not_deleted_is_alive_in_order() {
        let place = tempfile::tempdir().expect("a place");
        let path = place.path().join("journal");
        let mut journal = Journal::begin(&path, vec![living("a")]).expect("begins");
        for id in ["b", "c", "d"] {
            journal.sent(living(id)).expect("kept");
        }
        journal.deleted("b").expect("kept");
        journal.received("c", "commands-dead").expect("kept");
        assert_eq!(ids(&path), ["a", "c", "d"]);
        let moved = read(&path).expect("reads").remove(1);
        assert_eq!((moved.queue.as_str(), moved.received), ("commands-dead", 1));
        journal.purged("commands").expect("kept");
        assert_eq!(journal.alive.len(), 1, "purging spares what has moved on");
    }

    #[test]
    fn a_message_deleted_before_its_senders_line_stays_gone() {
        let place = tempfile::tempdir().expect("a place");
        let path = place.path().join("journal");
        let mut journal = Journal::begin(&path, Vec::new()).expect("begins");
        journal.received("a", "commands").expect("kept");
        journal.deleted("a").expect("kept");
        journal.sent(living("a")).expect("kept");
        assert_eq!(ids(&path), [""; 0]);
    }

    #[test]
    fn a_last_line_cut_by_a_kill_is_left_out_and_a_damaged_one_is_named() {
        let place = tempfile::tempdir().expect("a place");
        let path = place.path().join("journal");
        let mut journal = Journal::begin(&path, vec![living("a")]).expect("begins");
        journal.sent(living("b")).expect("kept");
        let text = std::fs::read(&path).expect("there");
        std::fs::write(&path, &text[..text.len() - 5]).expect("cut");
        assert_eq!(ids(&path), ["a"]);

        std::fs::write(&path, "{\"sent\":\n").expect("damaged");
        let refused = read(&path).expect_err("damaged").to_string();
        assert!(
            refused.contains("line 1") && refused.contains("--fresh"),
            "{refused}"
        );
    }

    #[test]
    fn the_file_does_not_grow_with_what_is_gone() {
        let place = tempfile::tempdir().expect("a place");
        let path = place.path().join("journal");
        let mut journal = Journal::begin(&path, vec![living("stays")]).expect("begins");
        for number in 0..SMALL {
            let id = number.to_string();
            journal.sent(living(&id)).expect("kept");
            journal.deleted(&id).expect("kept");
        }
        assert!(journal.lines <= SMALL, "{} lines", journal.lines);
        assert_eq!(ids(&path), ["stays"]);
    }
}
