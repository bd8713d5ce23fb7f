//! The lines of invocations (docs/telemetry.md): which a function wrote, and whether each is what it must be, as a line and as a
//! document of CloudWatch's embedded metric format.

mod format;

use serde_json::{Map, Value};

use crate::Stack;

pub use format::format_faults;

/// A field's name, and what its value must be.
type Known = (&'static str, fn(&Value) -> bool);

/// Fields that a line may have.
const FIELDS: [Known; 20] = [
    ("level", |value| value == "INFO"),
    ("message", |value| value == "invoked"),
    ("function", |value| {
        is_made_of(value, &|letter| {
            letter.is_ascii_alphanumeric() || letter == '-'
        })
    }),
    ("outcome", |value| {
        let outcomes = ["ok", "refused", "partial", "failed", "panicked", "unread"];
        outcomes.iter().any(|outcome| value == outcome)
    }),
    ("method", |value| {
        is_made_of(value, &|letter| letter.is_ascii_uppercase())
    }),
    ("route", is_route),
    ("status", |value| {
        value
            .as_u64()
            .is_some_and(|status| (200..600).contains(&status))
    }),
    ("problem", |value| {
        is_made_of(value, &|letter| {
            letter.is_ascii_lowercase() || letter == '-'
        })
    }),
    ("messages", Value::is_u64),
    ("failed", Value::is_u64),
    ("why", |value| {
        is_list(value, &|why| {
            why.as_str().is_some_and(|why| why.chars().count() <= 200)
        })
    }),
    ("reviews", |value| is_list(value, &is_review)),
    ("more_reviews", Value::is_u64),
    ("failed_reviews", |value| is_list(value, &is_review)),
    ("duration_ms", Value::is_f64),
    ("cold_start", Value::is_boolean),
    ("request_id", is_id),
    ("api_request_id", is_id),
    ("trace_id", is_id),
    ("_aws", Value::is_object),
];
/// Fields that no line goes without.
const ALWAYS: [&str; 7] = [
    "level",
    "message",
    "function",
    "outcome",
    "duration_ms",
    "cold_start",
    "request_id",
];

fn is_made_of(value: &Value, of: &dyn Fn(char) -> bool) -> bool {
    value
        .as_str()
        .is_some_and(|text| !text.is_empty() && text.chars().all(of))
}

fn is_id(value: &Value) -> bool {
    is_made_of(value, &|letter| {
        letter.is_ascii_alphanumeric() || "-_=+/".contains(letter)
    })
}

/// A route's template: what stands in braces names what would stand there.
fn is_route(value: &Value) -> bool {
    value == "none"
        || is_made_of(value, &|letter| {
            letter.is_ascii_alphanumeric() || "/-._{}".contains(letter)
        })
}

fn is_list(value: &Value, of: &dyn Fn(&Value) -> bool) -> bool {
    let list = value.as_array();
    list.is_some_and(|list| (1..=10).contains(&list.len()) && list.iter().all(of))
}

fn is_review(value: &Value) -> bool {
    let id = value.as_str().unwrap_or_default();
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    parts == [4, 4, 4]
        && id
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// What is wrong with the line of an invocation.
#[must_use]
pub fn line_faults(line: &Value) -> Vec<String> {
    let nothing = Map::new();
    let fields = line.as_object().unwrap_or(&nothing);
    let missing = ALWAYS.iter().filter(|name| !fields.contains_key(**name));
    let mut faults: Vec<String> = missing.map(|name| format!("{name} is missing")).collect();
    let metrics = format::metric_names(line);
    for (name, value) in fields {
        let known = FIELDS.iter().find(|(known, _)| known == name);
        match known {
            Some((_, is_sound)) if is_sound(value) => {}
            None if metrics.contains(&name.as_str()) => {}
            Some(_) | None => faults.push(format!("{name} cannot be {value}")),
        }
    }
    if fields.contains_key("_aws") {
        faults.extend(format_faults(line));
    }
    faults
}

impl Stack {
    /// The lines of a function's invocations so far, oldest first.
    #[must_use]
    pub fn invoked(&self, function: &str) -> Vec<Value> {
        let log = self.log_of(function);
        let lines = log
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        lines
            .filter(|line: &Value| line["message"] == "invoked")
            .collect()
    }
}
