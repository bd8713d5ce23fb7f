//! The API: who may call, how often, and what is written down of it.

use super::fault;
use super::template::{Written, attribute_of};
use crate::house::Fault;

/// All that a line of the access log may hold. A route is its template; none of these was typed by anybody.
const LOGGED: [&str; 8] = [
    "requestId",
    "requestTime",
    "routeKey",
    "status",
    "responseLatency",
    "integrationLatency",
    "responseLength",
    "error.responseType",
];

pub(super) fn faults(template: &Written) -> Vec<Fault> {
    let mut faults = Vec::new();
    for api in template.of_type("AWS::Serverless::HttpApi") {
        if api.get("Auth")["DefaultAuthorizer"].as_str().is_none() {
            faults.push(fault(
                api.id,
                "a route that says nothing is open to all",
                "Auth.DefaultAuthorizer",
            ));
        }
        let limits = api.get("DefaultRouteSettings");
        if limits["ThrottlingRateLimit"].is_null() || limits["ThrottlingBurstLimit"].is_null() {
            faults.push(fault(
                api.id,
                "it takes as much as the account can pay",
                "DefaultRouteSettings with both throttles",
            ));
        }
        let log = api.get("AccessLogSettings");
        let format = log["Format"].as_str().unwrap_or_default();
        let group = attribute_of(&log["DestinationArn"], "Arn");
        if format.is_empty() || group.is_none() {
            faults.push(fault(
                api.id,
                "nobody sees what the gateway refuses by itself",
                "AccessLogSettings to a log group",
            ));
        }
        for word in format.split("$context.").skip(1) {
            let name = word.split('"').next().unwrap_or_default();
            if !LOGGED.contains(&name) {
                faults.push(fault(
                    api.id,
                    format!("its access log holds {name}, which may be somebody's"),
                    "leave it out, or show that it is nobody's, and add it to tests/src/wiring/api.rs",
                ));
            }
        }
        let line: Result<serde_json::Value, _> = serde_json::from_str(format);
        if line.is_err() {
            faults.push(fault(
                api.id,
                "a line of its access log is no JSON",
                "quote every value",
            ));
        }
    }
    faults
}
