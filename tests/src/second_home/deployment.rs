//! What was deployed: names and addresses, and the template as CloudFormation has it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::issuer::Place;
use super::sam::STACK;
use crate::deployed::{between, description};
use crate::signed;

/// The deployed stack.
pub(super) struct Deployment {
    /// Where the home answers.
    pub(super) home: String,
    issuer: String,
    resources: BTreeMap<String, String>,
    outputs: BTreeMap<String, String>,
    /// The template after SAM's transformation.
    pub(super) template: Value,
}

/// Looks at what was deployed to the home at `url`.
///
/// # Panics
/// When it is not there.
pub(super) fn look(url: &str, issuer: &Place) -> Deployment {
    let resources = cloudformation(url, "DescribeStackResources", &[]);
    let outputs = cloudformation(url, "DescribeStacks", &[]);
    let template = cloudformation(url, "GetTemplate", &[("TemplateStage", "Processed")]);
    let body = one(&template, "TemplateBody");
    Deployment {
        home: url.to_owned(),
        issuer: issuer.url.clone(),
        resources: named(&resources, "LogicalResourceId", "PhysicalResourceId"),
        outputs: named(&outputs, "OutputKey", "OutputValue"),
        template: serde_json::from_str(&body).expect("the template is JSON"),
    }
}

impl Deployment {
    /// How many resources there are.
    pub(super) fn count(&self) -> usize {
        self.resources.len()
    }

    /// The physical name of a resource.
    ///
    /// # Panics
    /// When there is none.
    pub(super) fn resource(&self, logical: &str) -> &str {
        let found = self.resources.get(logical);
        found.unwrap_or_else(|| panic!("no resource {logical} was deployed"))
    }

    /// What a value of the template is; of the intrinsic functions those that an API is described with.
    ///
    /// # Panics
    /// When it is something else.
    pub(super) fn resolved(&self, value: &Value) -> String {
        if let Some(text) = value.as_str() {
            return text.to_owned();
        }
        let name = value["Ref"].as_str().unwrap_or_default();
        let parameters = cloudformation(&self.home, "DescribeStacks", &[]);
        let given = named(&parameters, "ParameterKey", "ParameterValue");
        let found = given.get(name).or_else(|| self.resources.get(name));
        found
            .unwrap_or_else(|| panic!("{value} is nothing that can be said here"))
            .clone()
    }

    /// Writes down where everything is, for the tests; the API's doors are at `api`.
    ///
    /// # Panics
    /// When it cannot be written.
    pub(super) fn write(&self, folder: &Path, api: &str) {
        let home = self.home.as_str();
        let described = json!({
            "url": api, "dynamodb": home, "sqs": home, "s3": home, "ses": home,
            "issuer": self.issuer,
            "outputs": self.outputs,
            "resources": self.resources,
        });
        let path = description(folder);
        std::fs::write(path, described.to_string()).expect("a temporary folder can be written to");
    }
}

fn cloudformation(url: &str, action: &str, more: &[(&str, &str)]) -> String {
    let mut parameters = vec![
        ("Action", action),
        ("StackName", STACK),
        ("Version", "2010-05-15"),
    ];
    parameters.extend(more);
    let reply = signed::form("cloudformation", url, &parameters);
    reply.expect(200).text
}

/// Pairs of texts that stand side by side.
fn named(text: &str, name: &str, value: &str) -> BTreeMap<String, String> {
    let members = between(text, "<member>", "</member>");
    let pairs = members.filter(|member| member.contains(&format!("<{name}>")));
    pairs
        .map(|member| (one(member, name), one(member, value)))
        .collect()
}

fn one(text: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let found = between(text, &open, &close).next().unwrap_or_default();
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    plain.iter().fold(found.to_owned(), |text, (coded, plain)| {
        text.replace(coded, plain)
    })
}
