//! What ministack asks for where AWS asks for something else: granted besides, so that all the rest is enforced as the
//! template has it.

use serde_json::json;

use super::deployment::Deployment;
use crate::signed;

/// Whoever may do the first may do the second, anywhere.
struct Besides {
    has: &'static str,
    gets: &'static str,
    /// Why, for people.
    because: &'static str,
}

const ALL: [Besides; 2] = [
    Besides {
        has: "sqs:SendMessage",
        gets: "sqs:SendMessageBatch",
        because: "a batch takes an action of its own there",
    },
    Besides {
        has: "ses:SendRawEmail",
        gets: "ses:SendRawEmail",
        because: "it does not see whose identity is sent as",
    },
];

/// Grants it, and tells what.
///
/// # Panics
/// When it is refused.
pub(super) fn grant(deployment: &Deployment) -> Vec<String> {
    let resources = deployment.template["Resources"].as_object();
    let mut told = Vec::new();
    for (name, resource) in resources.into_iter().flatten() {
        let policies = resource["Properties"]["Policies"].to_string();
        let role = resource["Type"] == "AWS::IAM::Role" && name.ends_with("FunctionRole");
        for besides in &ALL {
            if role && policies.contains(&format!("\"{}\"", besides.has)) {
                allow(deployment, name, besides.gets);
                told.push(format!("{name} {} ({})", besides.gets, besides.because));
            }
        }
    }
    told
}

/// Takes the policy of the bucket away, which refuses whoever comes without TLS.
///
/// # Panics
/// When it is refused.
pub(super) fn allow_plain_http(deployment: &Deployment) {
    let bucket = format!(
        "{}/{}",
        deployment.home,
        deployment.resource("EvidenceBucket")
    );
    let policy = format!("{bucket}?policy=");
    signed::send("DELETE", "s3", &policy, &[], "").expect(204);
}

fn allow(deployment: &Deployment, role: &str, action: &str) {
    let statement = json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    let policy = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let parameters = [
        ("Action", "PutRolePolicy"),
        ("Version", "2010-05-08"),
        ("RoleName", deployment.resource(role)),
        ("PolicyName", &action.replace(':', "-")),
        ("PolicyDocument", &policy),
    ];
    signed::form("iam", &deployment.home, &parameters).expect(200);
}
