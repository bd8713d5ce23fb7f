//! EventBridge's default bus on one machine: an event goes to the queues of every rule whose pattern it matches.
//!
//! Only the services here put events on it, so there is no API. Whether an event was passed on is for whoever puts it to
//! remember: see `buckets`.

use serde_json::Value;

use super::{Queues, RulePlan, ServiceError};
use crate::filter::Pattern;

/// The rules and their queues.
#[derive(Debug)]
pub(super) struct Bus {
    rules: Vec<Rule>,
    queues: Queues,
}

#[derive(Debug)]
struct Rule {
    pattern: Pattern,
    queues: Vec<String>,
}

impl Bus {
    pub(super) fn new(plan: Vec<RulePlan>, queues: Queues) -> Result<Self, ServiceError> {
        let rules = plan.into_iter().map(|rule| {
            let pattern = rule
                .pattern
                .parse()
                .map_err(|error: crate::filter::PatternError| ServiceError::Rule {
                    rule: rule.name,
                    reason: error.to_string(),
                })?;
            Ok::<_, ServiceError>(Rule {
                pattern,
                queues: rule.queues,
            })
        });
        Ok(Self {
            rules: rules.collect::<Result<_, _>>()?,
            queues,
        })
    }

    /// Puts the event into every queue that a matching rule names; kept there when this returns.
    pub(super) async fn put(&self, event: &Value) -> Result<(), ServiceError> {
        let matching = self.rules.iter().filter(|rule| rule.pattern.matches(event));
        for queue in matching.flat_map(|rule| &rule.queues) {
            self.queues.send(queue, event.to_string()).await?;
        }
        Ok(())
    }
}
