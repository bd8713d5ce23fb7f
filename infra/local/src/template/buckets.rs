//! `AWS::S3::Bucket` and `AWS::GuardDuty::MalwareProtectionPlan`: where objects are, who is told of them and what looks at
//! them.

use super::{
    Fault,
    names::scan_arn,
    plan::Plan,
    properties::{NoEffect, Properties},
    yaml::Node,
};
use crate::services::{BucketPlan, CorsRulePlan, ScanPlan};

const WITHOUT_EFFECT: &[NoEffect] = &[
    (
        "BucketEncryption",
        "the data folder is as safe as the disk it is on",
    ),
    (
        "PublicAccessBlockConfiguration",
        "nothing here is public: every request must be signed, or ask from loopback before it is",
    ),
    ("OwnershipControls", "there is one owner here"),
    (
        "LifecycleConfiguration",
        "objects of one machine stay until they are erased, or the folder is begun anew",
    ),
    ("LoggingConfiguration", "nobody reads access logs here"),
    ("MetricsConfigurations", "only AWS gathers metrics"),
    ("Tags", "for bills"),
];

const SCAN_WITHOUT_EFFECT: &[NoEffect] = &[
    ("Role", "nothing here checks permissions between services"),
    ("Tags", "for bills"),
];

/// What S3 lets a CORS rule allow.
const METHODS: [&str; 5] = ["GET", "PUT", "POST", "DELETE", "HEAD"];

/// Reads the properties of the bucket that goes by `name`.
pub(super) fn read(name: &str, node: &Node) -> Result<BucketPlan, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(WITHOUT_EFFECT);
    properties.take("BucketName");
    versioned(properties.need("VersioningConfiguration")?)?;
    let event_bridge = properties
        .take("NotificationConfiguration")
        .map_or(Ok(false), event_bridge)?;
    let cors = properties
        .take("CorsConfiguration")
        .map_or(Ok(Vec::new()), cors)?;
    properties.finish()?;
    Ok(BucketPlan {
        name: name.to_owned(),
        event_bridge,
        cors,
    })
}

fn versioned(node: &Node) -> Result<(), Fault> {
    let mut versioning = Properties::of(node)?;
    let status = versioning.need("Status")?;
    if status.text()? != "Enabled" {
        return Err(
            status.fault("only Enabled is run here: every bucket of this stack keeps versions")
        );
    }
    versioning.finish()
}

fn event_bridge(node: &Node) -> Result<bool, Fault> {
    let mut notification = Properties::of(node)?;
    let mut told = Properties::of(notification.need("EventBridgeConfiguration")?)?;
    let enabled = told.need("EventBridgeEnabled")?.truth()?;
    told.finish()?;
    notification.finish()?;
    Ok(enabled)
}

fn cors(node: &Node) -> Result<Vec<CorsRulePlan>, Fault> {
    let mut configuration = Properties::of(node)?;
    let rules = configuration.need("CorsRules")?;
    configuration.finish()?;
    rules.list()?.iter().map(cors_rule).collect()
}

fn cors_rule(node: &Node) -> Result<CorsRulePlan, Fault> {
    let mut rule = Properties::of(node)?;
    rule.no_effect(&[("Id", "for readers")]);
    let origins = rule.need("AllowedOrigins")?;
    let methods = rule.need("AllowedMethods")?;
    for method in methods.list()? {
        if !METHODS.contains(&method.text()?) {
            return Err(method.fault(format!("S3 allows {} here", METHODS.join(", "))));
        }
    }
    let headers = rule.take("AllowedHeaders");
    let exposed = rule.take("ExposedHeaders");
    let max_age = rule.take("MaxAge").map(|age| age.number(0, u32::MAX));
    let plan = CorsRulePlan {
        origins: with_a_star_at_most(origins)?,
        methods: texts(methods)?,
        headers: headers.map_or(Ok(Vec::new()), with_a_star_at_most)?,
        exposed: exposed.map_or(Ok(Vec::new()), texts)?,
        max_age: max_age.transpose()?,
    };
    rule.finish()?;
    Ok(plan)
}

fn texts(node: &Node) -> Result<Vec<String>, Fault> {
    let texts = node
        .list()?
        .iter()
        .map(|item| item.text().map(str::to_owned));
    texts.collect()
}

fn with_a_star_at_most(node: &Node) -> Result<Vec<String>, Fault> {
    for item in node.list()? {
        if item.text()?.matches('*').count() > 1 {
            return Err(item.fault("S3 takes one * here at most"));
        }
    }
    texts(node)
}

/// Reads the malware protection plan `id`; the buckets of `plan` are known.
pub(super) fn scan(id: &str, node: &Node, plan: &Plan) -> Result<ScanPlan, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(SCAN_WITHOUT_EFFECT);
    // Nothing here checks permissions between services, but a deployment without one fails.
    properties.need("Role")?.text()?;
    let mut resource = Properties::of(properties.need("ProtectedResource")?)?;
    properties.finish()?;
    let mut bucket = Properties::of(resource.need("S3Bucket")?)?;
    resource.finish()?;
    let name = bucket.need("BucketName")?;
    let prefixes = bucket.take("ObjectPrefixes");
    bucket.finish()?;
    let mut buckets = plan.services.buckets.buckets.iter();
    if !buckets.any(|bucket| name.text().is_ok_and(|name| name == bucket.name)) {
        return Err(name.fault("a bucket of this template belongs here, with !Ref"));
    }
    Ok(ScanPlan {
        arn: scan_arn(id),
        bucket: name.text()?.to_owned(),
        prefixes: prefixes.map_or(Ok(Vec::new()), texts)?,
    })
}
