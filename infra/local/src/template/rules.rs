//! `AWS::Events::Rule`: which events of the bus go to which queue.

use super::{
    Fault,
    events::queue_of,
    plan::Plan,
    properties::{NoEffect, Properties},
    yaml::Node,
};
use crate::{filter::Pattern, services::RulePlan};

const WITHOUT_EFFECT: &[NoEffect] = &[("Description", "for readers"), ("Tags", "for bills")];

const TARGET_WITHOUT_EFFECT: &[NoEffect] = &[
    ("Id", "it tells targets of one rule apart"),
    (
        "RetryPolicy",
        "a queue of this machine takes every message; what it cannot take now is tried until it does",
    ),
    (
        "DeadLetterConfig",
        "a queue of this machine takes every message, so none is ever given up",
    ),
];

/// Reads the properties of the rule `id`; the queues of `plan` are known. None: it is not enabled.
pub(super) fn read(id: &str, node: &Node, plan: &Plan) -> Result<Option<RulePlan>, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(WITHOUT_EFFECT);
    let name = properties.take("Name").map_or(Ok(id), Node::text)?;
    let enabled = match properties.take("State") {
        None => true,
        Some(state) => match state.text()? {
            "ENABLED" => true,
            "DISABLED" => false,
            other => {
                return Err(state.fault(format!(
                    "{other} is no state here; ENABLED and DISABLED are"
                )));
            }
        },
    };
    let node = properties.need("EventPattern")?;
    let pattern = node.to_json().to_string();
    if let Err(error) = pattern.parse::<Pattern>() {
        return Err(node.fault(error.to_string()));
    }
    let targets = properties.need("Targets")?;
    properties.finish()?;
    let mut queues = Vec::new();
    for node in targets.list()? {
        let mut target = Properties::of(node)?;
        target.no_effect(TARGET_WITHOUT_EFFECT);
        queues.push(queue_of(target.need("Arn")?, plan)?);
        target.finish()?;
    }
    let rule = RulePlan {
        name: name.to_owned(),
        pattern,
        queues,
    };
    Ok(enabled.then_some(rule))
}
