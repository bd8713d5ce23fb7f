//! `AWS::DynamoDB::Table` as a CreateTable request.

use serde_json::{Map, Value, json};

use super::{
    Fault,
    properties::{NoEffect, Properties},
    yaml::Node,
};
use crate::services::TablePlan;

const WITHOUT_EFFECT: &[NoEffect] = &[
    (
        "SSESpecification",
        "the data folder is as safe as the disk it is on",
    ),
    (
        "PointInTimeRecoverySpecification",
        "the data folder can be copied",
    ),
    ("DeletionProtectionEnabled", "nothing here deletes tables"),
    ("ContributorInsightsSpecification", "it is a report of AWS"),
    ("Tags", "for bills"),
];

const INDEX_WITHOUT_EFFECT: &[NoEffect] =
    &[("ContributorInsightsSpecification", "it is a report of AWS")];

/// Reads the properties of the table `id`.
pub(super) fn read(id: &str, node: &Node) -> Result<TablePlan, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(WITHOUT_EFFECT);
    let name = properties
        .take("TableName")
        .map_or(Ok(id), Node::text)?
        .to_owned();
    let mut create = Map::new();
    create.insert("TableName".to_owned(), Value::from(name.as_str()));
    create.insert(
        "AttributeDefinitions".to_owned(),
        pairs(properties.need("AttributeDefinitions")?, "AttributeType")?,
    );
    create.insert(
        "KeySchema".to_owned(),
        pairs(properties.need("KeySchema")?, "KeyType")?,
    );
    let billing = properties.need("BillingMode")?;
    if billing.text()? != "PAY_PER_REQUEST" {
        return Err(billing
            .fault("only PAY_PER_REQUEST is run here: nothing throttles by provisioned capacity"));
    }
    create.insert("BillingMode".to_owned(), billing.to_json());
    for indexes in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        if let Some(list) = properties.take(indexes) {
            let list: Vec<_> = list.list()?.iter().map(index).collect::<Result<_, _>>()?;
            create.insert(indexes.to_owned(), Value::from(list));
        }
    }
    if let Some(stream) = properties.take("StreamSpecification") {
        create.insert(
            "StreamSpecification".to_owned(),
            stream_specification(stream)?,
        );
    }
    let ttl_attribute = properties
        .take("TimeToLiveSpecification")
        .map(ttl)
        .transpose()?
        .flatten();
    properties.finish()?;
    Ok(TablePlan {
        name,
        create: Value::Object(create),
        ttl_attribute,
    })
}

/// A list of `{AttributeName, <second>}`.
fn pairs(node: &Node, second: &'static str) -> Result<Value, Fault> {
    let mut list = Vec::new();
    for item in node.list()? {
        let mut pair = Properties::of(item)?;
        let name = pair.need("AttributeName")?.text()?;
        let value = pair.need(second)?.text()?;
        pair.finish()?;
        list.push(json!({ "AttributeName": name, second: value }));
    }
    Ok(Value::from(list))
}

fn index(node: &Node) -> Result<Value, Fault> {
    let mut index = Properties::of(node)?;
    index.no_effect(INDEX_WITHOUT_EFFECT);
    let name = index.need("IndexName")?.text()?;
    let keys = pairs(index.need("KeySchema")?, "KeyType")?;
    let node = index.need("Projection")?;
    let mut projection = Properties::of(node)?;
    projection.need("ProjectionType")?.text()?;
    if let Some(attributes) = projection.take("NonKeyAttributes") {
        attributes.list()?;
    }
    projection.finish()?;
    index.finish()?;
    Ok(json!({ "IndexName": name, "KeySchema": keys, "Projection": node.to_json() }))
}

fn stream_specification(node: &Node) -> Result<Value, Fault> {
    let mut stream = Properties::of(node)?;
    let view = stream.need("StreamViewType")?.text()?;
    stream.finish()?;
    Ok(json!({ "StreamEnabled": true, "StreamViewType": view }))
}

fn ttl(node: &Node) -> Result<Option<String>, Fault> {
    let mut ttl = Properties::of(node)?;
    let attribute = ttl.need("AttributeName")?.text()?.to_owned();
    let enabled = ttl.need("Enabled")?.truth()?;
    ttl.finish()?;
    Ok(enabled.then_some(attribute))
}
