//! Logs: each function has a group of its own that forgets in time.

use super::fault;
use super::template::{Written, reference};
use crate::house::Fault;

const GROUP: &str = "AWS::Logs::LogGroup";

pub(super) fn faults(template: &Written) -> Vec<Fault> {
    let mut faults = Vec::new();
    for group in template.of_type(GROUP) {
        if reference(group.get("RetentionInDays")) != Some("LogRetentionDays") {
            faults.push(fault(
                group.id,
                "its lines are kept for ever, or by a rule of its own",
                "RetentionInDays: !Ref LogRetentionDays",
            ));
        }
    }
    for function in template.functions() {
        let group = reference(&function.get("LoggingConfig")["LogGroup"]);
        if group.and_then(|id| template.find(GROUP, id)).is_none() {
            faults.push(fault(
                function.id,
                "Lambda would make a log group for it that never forgets",
                "LoggingConfig: {LogGroup: !Ref <its log group>}",
            ));
        }
        if function.get("Tracing") != "Active" {
            faults.push(fault(
                function.id,
                "its calls are not traced",
                "leave Tracing to Globals",
            ));
        }
        if !function.get("ReservedConcurrentExecutions").is_null() {
            faults.push(fault(
                function.id,
                "what it reserves is taken from all others, and a queue's messages are refused beyond it",
                "ScalingConfig.MaximumConcurrency at its queue",
            ));
        }
    }
    faults
}
