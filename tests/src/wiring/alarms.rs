//! Alarms: whatever can fail tells somebody, and every alarm says what to do.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fault;
use super::queues::dead_letters;
use super::template::{Resource, Written, attribute_of, reference};
use crate::house::Fault;

const ALARM: &str = "AWS::CloudWatch::Alarm";

/// The alarms of the template, by their logical ids.
#[must_use]
pub fn alarm_names(template: &Written) -> Vec<String> {
    template
        .of_type(ALARM)
        .map(|alarm| alarm.id.to_owned())
        .collect()
}

/// What is wrong with alarms, or has none.
#[must_use]
pub fn faults_of_alarms(template: &Written) -> Vec<Fault> {
    let mut faults = Vec::new();
    for alarm in template.of_type(ALARM) {
        if alarm.get("AlarmActions") != &json!([{ "Ref": "Alarms" }]) {
            faults.push(fault(
                alarm.id,
                "nobody hears of it",
                "AlarmActions: [!Ref Alarms]",
            ));
        }
        if alarm
            .get("AlarmDescription")
            .as_str()
            .is_none_or(str::is_empty)
        {
            faults.push(fault(
                alarm.id,
                "whoever is woken by it is not told why",
                "an AlarmDescription that says what happened",
            ));
        }
        if alarm.get("TreatMissingData").is_null() {
            faults.push(fault(
                alarm.id,
                "it does not say what silence means",
                "TreatMissingData",
            ));
        }
    }
    for queue in dead_letters(template) {
        if !template.of_type(ALARM).any(|alarm| counts(&alarm, queue)) {
            faults.push(fault(
                queue,
                "nobody hears of what was given up",
                "an alarm on its ApproximateNumberOfMessagesVisible, at one",
            ));
        }
    }
    for metric in ["Errors", "Throttles"] {
        let watched = watched(template, metric);
        for function in template.functions() {
            let times = watched.get(function.id).copied().unwrap_or(0);
            if times != 1 {
                faults.push(fault(
                    function.id,
                    format!("its {metric} are counted by {times} alarms"),
                    "a line of it in one alarm of its group: behind the API, or behind queues and the stream",
                ));
            }
        }
    }
    for function in template
        .functions()
        .filter(|one| one.events("DynamoDB").count() > 0)
    {
        let ages = |alarm: &Resource<'_>| {
            alarm.get("MetricName") == "IteratorAge"
                && dimension(alarm).and_then(reference) == Some(function.id)
        };
        if !template.of_type(ALARM).any(|alarm| ages(&alarm)) {
            faults.push(fault(
                function.id,
                "nobody hears that its stream lags",
                "an alarm on IteratorAge",
            ));
        }
    }
    for metric in ["Reputation.BounceRate", "Reputation.ComplaintRate"] {
        if !template
            .of_type(ALARM)
            .any(|alarm| alarm.get("MetricName") == metric)
        {
            faults.push(fault(
                metric,
                "no alarm watches it",
                "SES stops sending for it: watch it",
            ));
        }
    }
    faults
}

/// Whether the alarm goes off at one message in the queue.
fn counts(alarm: &Resource<'_>, queue: &str) -> bool {
    let named = dimension(alarm).and_then(|value| attribute_of(value, "QueueName"));
    named == Some(queue)
        && alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        && alarm.get("Threshold") == 1
        && alarm.get("ComparisonOperator") == "GreaterThanOrEqualToThreshold"
}

fn dimension<'a>(alarm: &Resource<'a>) -> Option<&'a Value> {
    alarm.get("Dimensions").get(0).map(|one| &one["Value"])
}

/// How many alarms add up this metric of each function.
fn watched<'a>(template: &'a Written, metric: &str) -> BTreeMap<&'a str, usize> {
    let mut watched = BTreeMap::new();
    for alarm in template.of_type(ALARM) {
        for row in alarm.get("Metrics").as_array().into_iter().flatten() {
            let row = &row["MetricStat"]["Metric"];
            if row["MetricName"] == metric
                && let Some(function) = reference(&row["Dimensions"][0]["Value"])
            {
                *watched.entry(function).or_default() += 1;
            }
        }
    }
    watched
}
