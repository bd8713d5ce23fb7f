//! One rule of a leaf.

use serde_json::{Map, Value};

use super::PatternError;

#[derive(Debug, Clone)]
pub(super) enum Rule {
    Is(Value),
    Prefix(String),
    Suffix(String),
    IgnoreCase(String),
    Exists(bool),
    Numeric(Vec<(Comparison, f64)>),
    /// None of these.
    AnythingBut(Vec<Rule>),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Comparison {
    Equal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Rule {
    pub(super) fn read(value: &Value, at: &str) -> Result<Self, PatternError> {
        match value {
            Value::Object(object) => Self::named(object, at),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Ok(Self::Is(value.clone()))
            }
            Value::Array(_) => Err(shape(at, "a list inside a list of rules has no meaning")),
        }
    }

    fn named(object: &Map<String, Value>, at: &str) -> Result<Self, PatternError> {
        let mut entries = object.iter();
        let (Some((name, value)), None) = (entries.next(), entries.next()) else {
            return Err(shape(
                at,
                "a rule is an object with one name, as in {\"prefix\": \"A\"}",
            ));
        };
        let text = || match value.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(shape(at, "this rule takes a text")),
        };
        match name.as_str() {
            "prefix" => text().map(Self::Prefix),
            "suffix" => text().map(Self::Suffix),
            "equals-ignore-case" => text().map(|text| Self::IgnoreCase(text.to_lowercase())),
            "exists" => match value.as_bool() {
                Some(there) => Ok(Self::Exists(there)),
                None => Err(shape(at, "exists takes true or false")),
            },
            "anything-but" => match value {
                Value::Array(values) => values.iter().map(|value| Self::read(value, at)).collect(),
                other => Self::read(other, at).map(|rule| vec![rule]),
            }
            .map(Self::AnythingBut),
            "numeric" => numeric(value).map(Self::Numeric).ok_or_else(|| {
                shape(at, "numeric takes pairs of =, <, <=, >, >= and a number, as in [\">\", 0, \"<=\", 5]")
            }),
            _ => Err(shape(at, "this rule is not known here: prefix, suffix, equals-ignore-case, exists, anything-but, numeric")),
        }
    }

    pub(super) fn matches(&self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Is(Value::Number(expected)) => value
                .as_f64()
                .is_some_and(|value| expected.as_f64() == Some(value)),
            Self::Is(expected) => expected == value,
            Self::Prefix(prefix) => text.is_some_and(|text| text.starts_with(prefix)),
            Self::Suffix(suffix) => text.is_some_and(|text| text.ends_with(suffix)),
            Self::IgnoreCase(expected) => text.is_some_and(|text| text.to_lowercase() == *expected),
            Self::Exists(there) => *there,
            Self::Numeric(bounds) => value
                .as_f64()
                .is_some_and(|value| bounds.iter().all(|bound| holds(value, *bound))),
            Self::AnythingBut(rules) => !rules.iter().any(|rule| rule.matches(value)),
        }
    }

    pub(super) fn matches_absent(&self) -> bool {
        matches!(self, Self::Exists(false))
    }
}

#[expect(
    clippy::float_cmp,
    reason = "a rule that says `=` means exactly this number"
)]
fn holds(value: f64, (comparison, bound): (Comparison, f64)) -> bool {
    match comparison {
        Comparison::Equal => value == bound,
        Comparison::Below => value < bound,
        Comparison::AtMost => value <= bound,
        Comparison::Above => value > bound,
        Comparison::AtLeast => value >= bound,
    }
}

fn numeric(value: &Value) -> Option<Vec<(Comparison, f64)>> {
    let (pairs, rest) = value.as_array()?.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let bound = |[comparison, number]: &[Value; 2]| {
        let comparison = match comparison.as_str()? {
            "=" => Comparison::Equal,
            "<" => Comparison::Below,
            "<=" => Comparison::AtMost,
            ">" => Comparison::Above,
            ">=" => Comparison::AtLeast,
            _ => return None,
        };
        Some((comparison, number.as_f64()?))
    };
    pairs.iter().map(bound).collect()
}

fn shape(at: &str, reason: &'static str) -> PatternError {
    PatternError::Shape {
        at: at.to_owned(),
        reason,
    }
}
