//! `sam deploy`, as an operator does it, of what `sam build` built.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::issuer::Place;
use super::ministack::installed;
use crate::{program, signed};

/// Where `.ci/run` puts it.
const SAM: &str = ".tools/aws-sam-cli-1.170.0/bin/sam";
pub(super) const STACK: &str = "second-home";
/// What ministack does not have, alarms on several metrics among them; a stack with one of them would be rolled back.
const UNKNOWN: [&str; 2] = ["AWS::GuardDuty::MalwareProtectionPlan", "      Metrics:\n"];

/// A built template without what ministack does not know.
pub(super) struct Template {
    path: PathBuf,
    left_out: Vec<(String, &'static str)>,
}

impl Template {
    /// The template that `sam build` put into `built`.
    ///
    /// # Panics
    /// When there is none.
    pub(super) fn of(built: &Path) -> Self {
        let whole = built.join("template.yaml");
        let text = std::fs::read_to_string(&whole).unwrap_or_else(|error| {
            panic!("{}: {error}; `.ci/run zips` builds it", whole.display())
        });
        let (mut kept, mut left_out) = (String::new(), Vec::new());
        for resource in blocks(&text) {
            match UNKNOWN.into_iter().find(|kind| resource.contains(kind)) {
                Some(kind) => {
                    let name = resource.trim_start().split(':').next();
                    left_out.push((name.unwrap_or_default().to_owned(), kind));
                }
                None => kept.push_str(&resource),
            }
        }
        // Beside the whole one: it names the binaries by their folders.
        let path = built.join("second-home.yaml");
        std::fs::write(&path, kept).expect("the built folder can be written to");
        Self { path, left_out }
    }

    /// Names and types of what was left out.
    pub(super) fn left_out(&self) -> &[(String, &'static str)] {
        &self.left_out
    }
}

/// The text, cut before each line of the depth at which resources are named.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.split_inclusive('\n') {
        let named = line
            .strip_prefix("  ")
            .is_some_and(|rest| !rest.starts_with(' '));
        if named || !line.starts_with(' ') {
            blocks.push(String::new());
        }
        blocks.last_mut().expect("there is one").push_str(line);
    }
    blocks
}

/// Deploys it to the home at `url`.
///
/// # Panics
/// When it cannot be deployed; with what was said.
pub(super) fn deploy(template: &Template, url: &str, issuer: &Place) {
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    };
    let parameters = [
        format!("Architecture={architecture}"),
        format!("Issuer={}", issuer.issuer),
        format!("Audience={}", issuer.audience),
        format!("PublicBaseUrl={url}"),
        "PersonHashKey=a-key-of-the-scenarios-of-a-second-home".to_owned(),
        "ParticipationUrl=fixture".to_owned(),
    ];
    let mut sam = Command::new(installed(SAM));
    sam.arg("deploy")
        .arg("--template")
        .arg(&template.path)
        .args(["--stack-name", STACK, "--region", "us-east-1"])
        .args(["--capabilities", "CAPABILITY_IAM", "--resolve-s3"])
        .args(["--no-confirm-changeset", "--parameter-overrides"])
        .args(parameters)
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_ACCESS_KEY_ID", signed::KEY)
        .env("AWS_SECRET_ACCESS_KEY", signed::SECRET)
        .env("SAM_CLI_TELEMETRY", "0");
    let ran = program::run(&mut sam);
    assert_eq!(ran.code, 0, "sam deploy:\n{}\n{}", ran.out, ran.err);
}
