//! `AWS::Scheduler::Schedule`: when a message goes to which queue.

use super::{
    Fault,
    events::queue_of,
    names::schedule_arn,
    plan::Plan,
    properties::{NoEffect, Properties},
    yaml::Node,
};
use crate::schedules::{Expression, Input, SchedulePlan};

const WITHOUT_EFFECT: &[NoEffect] = &[("Description", "for readers")];

const TARGET_WITHOUT_EFFECT: &[NoEffect] = &[
    (
        "RetryPolicy",
        "a queue of this machine takes every message; what it cannot take now is tried until it does",
    ),
    (
        "DeadLetterConfig",
        "a queue of this machine takes every message, so none is ever given up",
    ),
];

/// Reads the properties of the schedule `id`; the queues of `plan` are known.
pub(super) fn read(id: &str, node: &Node, plan: &Plan) -> Result<SchedulePlan, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(WITHOUT_EFFECT);
    let name = properties
        .take("Name")
        .map_or(Ok(id), Node::text)?
        .to_owned();
    let when = properties.need("ScheduleExpression")?;
    let zone = properties.take("ScheduleExpressionTimezone");
    let expression = Expression::parse(when.text()?, zone.map_or(Ok("UTC"), Node::text)?)
        .map_err(|error| when.fault(error.to_string()))?;
    let window = properties.need("FlexibleTimeWindow")?;
    flexible(window)?;
    let enabled = match properties.take("State") {
        None => true,
        Some(state) => match state.text()? {
            "ENABLED" => true,
            "DISABLED" => false,
            other => {
                return Err(state.fault(format!("{other} is no state; ENABLED and DISABLED are")));
            }
        },
    };
    let mut target = Properties::of(properties.need("Target")?)?;
    properties.finish()?;
    target.no_effect(TARGET_WITHOUT_EFFECT);
    let queue = queue_of(target.need("Arn")?, plan)?;
    // Nothing here checks permissions between services, but a deployment without one fails.
    target.need("RoleArn")?.text()?;
    let text = target.need("Input")?;
    let input = Input::parse(text.text()?).map_err(|error| text.fault(error.to_string()))?;
    target.finish()?;
    Ok(SchedulePlan {
        arn: schedule_arn(&name),
        name,
        expression,
        queue,
        input,
        enabled,
    })
}

fn flexible(node: &Node) -> Result<(), Fault> {
    let mut window = Properties::of(node)?;
    let mode = window.need("Mode")?;
    if mode.text()? != "OFF" {
        return Err(mode
            .fault("only OFF is run here: a tick comes when it is due, and not within a window"));
    }
    window.finish()
}
