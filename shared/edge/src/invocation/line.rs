//! The line as it is written: a document of CloudWatch's embedded metric format, what people read first.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::metrics::METRICS;

/// The namespace of our metrics, in which alarms look for them.
const NAMESPACE: &str = "TargetedReview";
/// The one dimension: a field of the line. More of them would be more metrics to pay for and to look through.
const DIMENSION: &str = "function";

/// What came of an invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    /// All was done.
    Ok,
    /// A request was answered with 4xx: whoever asked has to do something.
    Refused,
    /// Some messages of the batch go back.
    Partial,
    /// A request was answered with 5xx, or all messages go back.
    Failed,
    /// The handler panicked.
    Panicked,
    /// The event could not be read, or no handler told what came of it.
    Unread,
}

/// The fields, in the order in which they are written.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    pub(super) level: &'a str,
    pub(super) message: &'a str,
    pub(super) function: &'a str,
    pub(super) outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) route: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) messages: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failed: Option<usize>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) why: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) reviews: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) more_reviews: Option<usize>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) failed_reviews: &'a [String],
    pub(super) duration_ms: f64,
    pub(super) cold_start: bool,
    pub(super) request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) api_request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trace_id: Option<&'a str>,
    #[serde(skip)]
    pub(super) at: Timestamp,
    #[serde(flatten, serialize_with = "flat")]
    pub(super) metrics: &'a BTreeMap<&'static str, u64>,
}

impl Line<'_> {
    pub(super) fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Document<'a> {
            #[serde(flatten)]
            line: &'a Line<'a>,
            #[serde(rename = "_aws", skip_serializing_if = "Option::is_none")]
            metadata: Option<Metadata>,
        }
        let metadata = (!self.metrics.is_empty()).then(|| self.metadata());
        let line = self;
        serde_json::to_string(&Document { line, metadata })
            .expect("a line is made of texts and numbers")
    }

    /// What makes metrics of the line. A line without any is a log line and nothing else.
    fn metadata(&self) -> Metadata {
        let told = METRICS
            .iter()
            .filter(|metric| self.metrics.contains_key(metric.name));
        let metrics = told.map(|metric| Definition {
            name: metric.name,
            unit: metric.unit,
        });
        Metadata {
            timestamp: self.at.as_millisecond(),
            directives: [Directive {
                namespace: NAMESPACE,
                dimensions: [[DIMENSION]],
                metrics: metrics.collect(),
            }],
        }
    }
}

fn flat<S: Serializer>(
    metrics: &BTreeMap<&'static str, u64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(metrics.len()))?;
    for (name, value) in metrics {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata {
    timestamp: i64,
    #[serde(rename = "CloudWatchMetrics")]
    directives: [Directive; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Directive {
    namespace: &'static str,
    dimensions: [[&'static str; 1]; 1],
    metrics: Vec<Definition>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Definition {
    name: &'static str,
    unit: &'static str,
}
