//! What every deployment must have, whoever changes the template: an end with an alarm for every queue, time enough before a
//! message comes again, data that stays, logs without people. A linter knows AWS; these know what we promise (P6, P9, P10).
//!
//! They read the template as it is written, with parameters at their defaults. `tests/tests/wiring.rs` breaks each.

mod alarms;
mod api;
mod data;
mod logs;
mod manual;
mod queues;
mod template;

pub use alarms::{alarm_names, faults_of_alarms};
pub use manual::{commands, faults_of_manual};
pub use template::Written;

use crate::house::Fault;

/// Everything that is wrong with the template.
#[must_use]
pub fn faults(template: &Written) -> Vec<Fault> {
    [
        queues::faults(template),
        alarms::faults_of_alarms(template),
        logs::faults(template),
        data::faults(template),
        api::faults(template),
    ]
    .concat()
}

fn fault(resource: &str, wrong: impl Into<String>, instead: &str) -> Fault {
    Fault {
        place: format!("infra/template.yaml: {resource}"),
        wrong: wrong.into(),
        instead: instead.to_owned(),
    }
}
