//! The books of a stack that went through trouble: letters against notices, and which of them were sent in doubt.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Door, Reply, Stack};

/// How many letters there are for each notice, and how many of them were sent in doubt.
#[derive(Debug, Default)]
pub struct Letters {
    /// By notice, the letters that went out.
    pub sent: BTreeMap<String, usize>,
    /// By notice, how often it was sent though an earlier letter may have gone out.
    pub in_doubt: BTreeMap<String, usize>,
}

impl Letters {
    /// Letters altogether.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sent.values().sum()
    }

    /// Sendings in doubt altogether.
    #[must_use]
    pub fn doubts(&self) -> usize {
        self.in_doubt.values().sum()
    }

    /// Letters over one a notice.
    #[must_use]
    pub fn duplicates(&self) -> usize {
        self.count() - self.sent.len()
    }

    /// Fails with the first notice of which more letters went out than one and those that were counted as in doubt
    /// (promise P2).
    ///
    /// # Panics
    /// When there is one.
    pub fn assert_once_or_in_doubt(&self) {
        for (notice, letters) in &self.sent {
            let doubts = self.in_doubt.get(notice).copied().unwrap_or_default();
            assert!(
                *letters <= 1 + doubts,
                "{letters} letters went out for {notice}, but only {doubts} were sent in doubt"
            );
        }
    }
}

impl Stack {
    /// The letters of the mailbox against what the log of `notify` counts.
    #[must_use]
    pub fn books(&self) -> Letters {
        let mut letters = Letters::default();
        for (_, notice) in self.envelopes() {
            *letters.sent.entry(notice).or_default() += 1;
        }
        for line in self.log("NotifyFunction").lines() {
            let line: Value = serde_json::from_str(line).unwrap_or_default();
            if line["notice_in_doubt"] == 1 {
                let notice = line["notice"].as_str().unwrap_or_default().to_owned();
                *letters.in_doubt.entry(notice).or_default() += 1;
            }
        }
        letters
    }

    /// Messages of a queue, handed out ones included.
    ///
    /// # Panics
    /// When there is no such queue.
    #[must_use]
    pub fn depth(&self, queue: &str) -> u64 {
        let depths = self.depths();
        *depths
            .get(queue)
            .unwrap_or_else(|| panic!("no queue {queue}: {depths:?}"))
    }

    /// Messages of every queue that is read by a function.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        let overview = self.overview();
        queues(&overview)
            .filter(|queue| queue["dead_letter"] == false)
            .map(depth)
            .sum()
    }

    fn depths(&self) -> BTreeMap<String, u64> {
        let overview = self.overview();
        let named = queues(&overview).map(|queue| {
            let name = queue["name"].as_str().expect("a queue has a name");
            (name.to_owned(), depth(queue))
        });
        named.collect()
    }
}

fn queues(overview: &Value) -> impl Iterator<Item = &Value> {
    overview["queues"].as_array().into_iter().flatten()
}

fn depth(queue: &Value) -> u64 {
    let number = |name: &str| queue[name].as_u64().unwrap_or_default();
    number("visible") + number("in_flight")
}

impl Door {
    /// Fails unless the review was submitted, once, as the answer says that was kept (promise P1), and its record holds
    /// (P7).
    ///
    /// # Panics
    /// When it was not.
    pub fn assert_submitted_once(&self, id: &str, answer: &Reply) {
        let seen = self.sees(id);
        let review = &seen["review"];
        assert_eq!(review["status"], "in_review", "{id} is lost");
        for kept in ["received_at", "form_sha256"] {
            assert_eq!(review["submission"][kept], answer.body[kept], "{id}");
        }
        let verification = self.verifies(id);
        assert_eq!(verification["verified"], true, "{verification}");
        let entries = seen["history"]["entries"].as_array().expect("a list");
        let submitted = entries.iter().filter(|entry| entry["act"] == "SubmittedV1");
        assert_eq!(submitted.count(), 1, "{entries:#?}");
    }
}
