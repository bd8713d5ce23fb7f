//! What a function says of a batch: `{"batchItemFailures": [{"itemIdentifier": "…"}]}`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::lambda::Outcome;

/// Which records of a batch are to come again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failures {
    None,
    Some(BTreeSet<String>),
    All,
}

impl Failures {
    /// Reads an outcome. Without ReportBatchItemFailures (`partial`), a batch is done or failed as a whole; with it, a
    /// reply that is not of its shape, or names a record that was not in the batch (`known`), fails the batch.
    pub(super) fn of(outcome: &Outcome, partial: bool, known: impl Fn(&str) -> bool) -> Self {
        match outcome {
            Outcome::Failed(_) => Self::All,
            Outcome::Answered(_) if !partial => Self::None,
            Outcome::Answered(reply) => Self::read(reply, known),
        }
    }

    fn read(reply: &[u8], known: impl Fn(&str) -> bool) -> Self {
        let Ok(reply) = serde_json::from_slice::<Value>(reply) else {
            return Self::All;
        };
        let failures = match reply.get("batchItemFailures") {
            None | Some(Value::Null) => return Self::None,
            Some(Value::Array(failures)) if failures.is_empty() => return Self::None,
            Some(Value::Array(failures)) => failures,
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
                return Self::All;
            }
        };
        let id = |failure: &Value| {
            failure
                .get("itemIdentifier")
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let ids: Option<BTreeSet<_>> = failures
            .iter()
            .map(|failure| id(failure).filter(|id| known(id)))
            .collect();
        ids.map_or(Self::All, Self::Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_reply_is_read_as_lambda_reads_it() {
        let some = |ids: &[&str]| Failures::Some(ids.iter().map(|id| (*id).to_owned()).collect());
        let table = [
            ("null", Failures::None),
            ("{}", Failures::None),
            (r#""done""#, Failures::None),
            (r#"{"batchItemFailures": null}"#, Failures::None),
            (r#"{"batchItemFailures": []}"#, Failures::None),
            (
                r#"{"batchItemFailures": [{"itemIdentifier": "a"}]}"#,
                some(&["a"]),
            ),
            (
                r#"{"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "b"}]}"#,
                some(&["a", "b"]),
            ),
            (
                r#"{"batchItemFailures": [{"itemIdentifier": ""}]}"#,
                Failures::All,
            ),
            (
                r#"{"batchItemFailures": [{"itemIdentifier": null}]}"#,
                Failures::All,
            ),
            (r#"{"batchItemFailures": [{"id": "a"}]}"#, Failures::All),
            (
                r#"{"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "z"}]}"#,
                Failures::All,
            ),
            (r#"{"batchItemFailures": "a"}"#, Failures::All),
            ("not json", Failures::All),
        ];
        for (reply, expected) in table {
            assert_eq!(
                Failures::read(reply.as_bytes(), |id| ["a", "b"].contains(&id)),
                expected,
                "{reply}"
            );
        }
    }
}
