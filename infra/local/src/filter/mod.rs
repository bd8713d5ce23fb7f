//! Event filters in EventBridge's pattern language, as FilterCriteria of an event source and rules of the event bus use it.
//!
//! A pattern is an object of the event's shape whose leaves are lists of rules: every field must match, by any of its
//! rules. Known rules: plain values, prefix, suffix, equals-ignore-case, anything-but, exists, numeric, and `$or`
//! between fields. An unknown rule refuses the pattern: one that matches nothing would lose events in silence.

mod rule;

use std::str::FromStr;

use serde_json::Value;

use rule::Rule;

/// The filters of one source: an event passes when any of them matches, or when there are none.
#[derive(Debug, Clone, Default)]
pub(crate) struct FilterCriteria {
    patterns: Vec<Pattern>,
}

impl FilterCriteria {
    /// Any one of `patterns` lets an event pass.
    pub(crate) fn any_of(patterns: Vec<Pattern>) -> Self {
        Self { patterns }
    }

    /// Whether `event` reaches the function.
    pub(crate) fn lets_pass(&self, event: &Value) -> bool {
        self.patterns.is_empty() || self.patterns.iter().any(|pattern| pattern.matches(event))
    }
}

/// One pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(Fields);

/// Why a text is no pattern.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PatternError {
    /// Not JSON at all.
    #[error("this pattern is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// JSON of another shape.
    #[error("in this pattern, {at}: {reason}")]
    Shape { at: String, reason: &'static str },
}

impl Pattern {
    /// Whether `event` is what this describes.
    pub(crate) fn matches(&self, event: &Value) -> bool {
        self.0.matches(Some(event))
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Fields::read(&serde_json::from_str(text)?, "the root").map(Self)
    }
}

#[derive(Debug, Clone)]
struct Fields {
    each: Vec<(String, Field)>,
    /// The lists under `$or`: of each list one must match.
    alternatives: Vec<Vec<Fields>>,
}

#[derive(Debug, Clone)]
enum Field {
    Inner(Fields),
    Leaf(Vec<Rule>),
}

impl Fields {
    fn read(value: &Value, at: &str) -> Result<Self, PatternError> {
        let shape = |reason| PatternError::Shape {
            at: at.to_owned(),
            reason,
        };
        let object = value
            .as_object()
            .ok_or_else(|| shape("an object belongs here"))?;
        let mut fields = Self {
            each: Vec::new(),
            alternatives: Vec::new(),
        };
        for (name, value) in object {
            match value {
                Value::Array(options) if name == "$or" => {
                    let options = options.iter().map(|option| Self::read(option, name));
                    fields.alternatives.push(options.collect::<Result<_, _>>()?);
                }
                Value::Array(rules) if rules.is_empty() => {
                    return Err(shape("an empty list of rules matches nothing"));
                }
                Value::Array(rules) => {
                    let rules = rules
                        .iter()
                        .map(|rule| Rule::read(rule, name))
                        .collect::<Result<_, _>>()?;
                    fields.each.push((name.clone(), Field::Leaf(rules)));
                }
                Value::Object(_) => fields
                    .each
                    .push((name.clone(), Field::Inner(Self::read(value, name)?))),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    return Err(PatternError::Shape {
                        at: name.clone(),
                        reason: "a list of values belongs here, as in [\"INSERT\"]",
                    });
                }
            }
        }
        Ok(fields)
    }

    fn matches(&self, event: Option<&Value>) -> bool {
        let each = self.each.iter().all(|(name, field)| {
            let value = event.and_then(|event| event.get(name));
            match field {
                Field::Inner(fields) => fields.matches(value),
                Field::Leaf(rules) => leaf_matches(rules, value),
            }
        });
        each && self
            .alternatives
            .iter()
            .all(|options| options.iter().any(|option| option.matches(event)))
    }
}

/// A list in the event matches when any of its elements does; an object is no leaf, so it counts as absent.
fn leaf_matches(rules: &[Rule], value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Object(_)) => rules.iter().any(Rule::matches_absent),
        Some(Value::Array(items)) => rules
            .iter()
            .any(|rule| items.iter().any(|item| rule.matches(item))),
        Some(value) => rules.iter().any(|rule| rule.matches(value)),
    }
}

#[cfg(test)]
mod tests;
