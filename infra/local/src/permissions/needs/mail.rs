//! SES.

use super::{ANYTHING, Need};
use crate::services::{ACCOUNT, REGION};

/// Sends as `identity`, with a configuration set or none.
pub(crate) fn send(identity: &str, configuration_set: Option<&str>) -> Vec<Need> {
    let on = |resource: String| Need::new("ses:SendRawEmail", resource);
    let set = configuration_set.map(|set| on(arn("configuration-set", set)));
    std::iter::once(on(arn("identity", identity)))
        .chain(set)
        .collect()
}

/// Asks how much may be sent.
pub(crate) fn quota() -> Need {
    Need::new("ses:GetSendQuota", ANYTHING)
}

fn arn(kind: &str, name: &str) -> String {
    format!("arn:aws:ses:{REGION}:{ACCOUNT}:{kind}/{name}")
}
