//! What is known of an invocation by its end.

use std::collections::BTreeMap;
use std::time::Instant;

use jiff::Timestamp;
use lambda_runtime::Context;
use workflow::ports::Clock as _;

use super::line::{Line, Outcome};
use super::metrics::{self, Merge};
use crate::SystemClock;

/// The most ids, and the most reasons, that a line names: a queue's batch has ten messages.
const MOST: usize = 10;
/// The most characters of a reason.
const LONGEST: usize = 200;

/// The one who asked was told.
pub(crate) struct Answered {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The kind of problem, where there is one.
    pub(crate) problem: Option<String>,
}

/// An invocation, as far as it is known.
pub(crate) struct Record {
    write: fn(&str),
    is_told: bool,
    begun: Instant,
    at: Timestamp,
    function: String,
    request_id: String,
    trace_id: Option<String>,
    cold_start: bool,
    route: Option<Route>,
    answered: Option<Answered>,
    batch: Option<Batch>,
    reviews: Ids,
    /// Reviews of the present message.
    of_message: Ids,
    metrics: BTreeMap<&'static str, u64>,
}

struct Route {
    method: String,
    route: String,
    api_request_id: Option<String>,
}

#[derive(Default)]
struct Batch {
    messages: usize,
    failed: usize,
    why: Vec<String>,
    failed_reviews: Ids,
}

/// Ids, each once, in the order in which they came up; those beyond a line's length are counted only.
#[derive(Default)]
struct Ids {
    named: Vec<String>,
    more: usize,
}

impl Ids {
    fn add(&mut self, id: String) {
        if self.named.contains(&id) {
            return;
        }
        if self.named.len() < MOST {
            self.named.push(id);
        } else {
            self.more += 1;
        }
    }
}

impl Record {
    pub(super) fn begin(context: &Context, cold_start: bool, write: fn(&str)) -> Self {
        Self {
            write,
            is_told: false,
            begun: Instant::now(),
            at: SystemClock.now(),
            function: context.env_config.function_name.clone(),
            request_id: context.request_id.clone(),
            trace_id: context.xray_trace_id.as_deref().map(root),
            cold_start,
            route: None,
            answered: None,
            batch: None,
            reviews: Ids::default(),
            of_message: Ids::default(),
            metrics: BTreeMap::new(),
        }
    }

    pub(super) fn concerns(&mut self, review: String) {
        if self.batch.is_some() {
            self.of_message.add(review.clone());
        }
        self.reviews.add(review);
    }

    pub(super) fn asked(&mut self, method: String, route: String, api_request_id: Option<String>) {
        self.route = Some(Route {
            method,
            route,
            api_request_id,
        });
    }

    pub(super) fn answered(&mut self, answered: Answered) {
        match answered.status {
            400..=499 => self.count("count.client_errors", 1),
            500.. => self.count("count.server_errors", 1),
            _ => {}
        }
        self.answered = Some(answered);
    }

    pub(super) fn batch(&mut self, messages: usize) {
        self.batch = Some(Batch {
            messages,
            ..Batch::default()
        });
    }

    pub(super) fn next_message(&mut self) {
        self.of_message = Ids::default();
    }

    pub(super) fn message_failed(&mut self, why: String) {
        self.count("count.messages_failed", 1);
        let of_message = std::mem::take(&mut self.of_message);
        let batch = self.batch.get_or_insert_default();
        batch.failed += 1;
        for id in of_message.named {
            batch.failed_reviews.add(id);
        }
        let why: String = why.chars().take(LONGEST).collect();
        if batch.why.len() < MOST && !batch.why.contains(&why) {
            batch.why.push(why);
        }
    }

    /// Adds to the metric that is told under `field`; what is no metric is left alone.
    pub(super) fn count(&mut self, field: &str, value: u64) {
        let Some(metric) = metrics::told_as(field) else {
            debug_assert!(false, "{field} is not among the metrics");
            return;
        };
        let kept = self.metrics.entry(metric.name).or_default();
        *kept = match metric.merge {
            Merge::Sum => kept.saturating_add(value),
            Merge::Most => value.max(*kept),
        };
    }

    /// Writes the line, once.
    pub(super) fn end(&mut self, panicked: bool) {
        if std::mem::replace(&mut self.is_told, true) {
            return;
        }
        let mut line = self.line(panicked).to_json();
        line.push('\n');
        (self.write)(&line);
    }

    fn line(&self, panicked: bool) -> Line<'_> {
        let batch = self.batch.as_ref();
        let route = self.route.as_ref();
        let counted = |count: usize| (count > 0).then_some(count);
        Line {
            level: "INFO",
            message: "invoked",
            function: &self.function,
            request_id: &self.request_id,
            trace_id: self.trace_id.as_deref(),
            api_request_id: route.and_then(|route| route.api_request_id.as_deref()),
            method: route.map(|route| route.method.as_str()),
            route: route.map(|route| route.route.as_str()),
            outcome: self.outcome(panicked),
            status: self.answered.as_ref().map(|answered| answered.status),
            problem: self
                .answered
                .as_ref()
                .and_then(|answered| answered.problem.as_deref()),
            messages: batch.map(|batch| batch.messages),
            failed: batch.map(|batch| batch.failed),
            why: batch.map(|batch| batch.why.as_slice()).unwrap_or_default(),
            reviews: &self.reviews.named,
            more_reviews: counted(self.reviews.more),
            failed_reviews: batch
                .map(|batch| batch.failed_reviews.named.as_slice())
                .unwrap_or_default(),
            duration_ms: milliseconds(self.begun.elapsed()),
            cold_start: self.cold_start,
            at: self.at,
            metrics: &self.metrics,
        }
    }

    fn outcome(&self, panicked: bool) -> Outcome {
        match (&self.answered, &self.batch) {
            _ if panicked => Outcome::Panicked,
            (Some(answered), _) => match answered.status {
                500.. => Outcome::Failed,
                400..=499 => Outcome::Refused,
                _ => Outcome::Ok,
            },
            (None, Some(batch)) if batch.failed == 0 => Outcome::Ok,
            (None, Some(batch)) if batch.failed < batch.messages => Outcome::Partial,
            (None, Some(_)) => Outcome::Failed,
            (None, None) => Outcome::Unread,
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.end(std::thread::panicking());
    }
}

/// The id by which a trace is looked up, of the header that names parent and sampling, too.
fn root(header: &str) -> String {
    let root = header
        .split(';')
        .find_map(|part| part.trim().strip_prefix("Root="));
    root.unwrap_or(header).to_owned()
}

/// To the microsecond.
fn milliseconds(elapsed: std::time::Duration) -> f64 {
    let micros = u32::try_from(elapsed.as_micros()).unwrap_or(u32::MAX);
    f64::from(micros) / 1_000.0
}
