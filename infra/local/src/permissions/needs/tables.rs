//! DynamoDB.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{ANYTHING, Need};
use crate::services::table_arn;

/// What of a request says what it works on.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Asked {
    table_name: Option<String>,
    index_name: Option<String>,
    stream_arn: Option<String>,
    request_items: BTreeMap<String, IgnoredAny>,
    transact_items: Vec<BTreeMap<String, Item>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    table_name: String,
}

/// What `operation` with this body needs; nothing, when it is no request that the service would take.
pub(crate) fn needs(operation: &str, body: &[u8]) -> Vec<Need> {
    let Ok(asked) = serde_json::from_slice::<Asked>(body) else {
        return Vec::new();
    };
    let itself = format!("dynamodb:{operation}");
    match operation {
        "TransactWriteItems" | "TransactGetItems" => {
            let items = asked.transact_items.into_iter().flatten();
            items
                .map(|(kind, item)| {
                    Need::new(format!("dynamodb:{kind}Item"), table(&item.table_name))
                })
                .collect()
        }
        "BatchGetItem" | "BatchWriteItem" => {
            let tables = asked.request_items.into_keys();
            tables
                .map(|name| Need::new(itself.clone(), table(&name)))
                .collect()
        }
        _ => {
            let resource = match (asked.table_name, asked.index_name, asked.stream_arn) {
                (Some(name), None, _) => table(&name),
                (Some(name), Some(index), _) => format!("{}/index/{index}", table(&name)),
                (None, _, Some(stream)) => stream,
                (None, _, None) => ANYTHING.to_owned(),
            };
            vec![Need::new(itself, resource)]
        }
    }
}

/// A request may name a table by its ARN.
fn table(name: &str) -> String {
    if name.starts_with("arn:") {
        name.to_owned()
    } else {
        table_arn(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(operation: &str, body: &str) -> Vec<String> {
        let needs = needs(operation, body.as_bytes());
        let short = table_arn("");
        needs
            .into_iter()
            .map(|need| format!("{} {}", need.action, need.resource.replace(&short, "")))
            .collect()
    }

    #[test]
    fn a_transaction_needs_what_its_items_need() {
        let body = r#"{"TransactItems": [
            {"Put": {"TableName": "t", "Item": {"pk": {"S": "x"}}}}, {"Update": {"TableName": "t"}},
            {"Delete": {"TableName": "u"}}, {"ConditionCheck": {"TableName": "t"}}]}"#;
        let expected = [
            "dynamodb:PutItem t",
            "dynamodb:UpdateItem t",
            "dynamodb:DeleteItem u",
            "dynamodb:ConditionCheckItem t",
        ];
        assert_eq!(told("TransactWriteItems", body), expected);
        let body = r#"{"TransactItems": [{"Get": {"TableName": "t", "Key": {}}}]}"#;
        assert_eq!(told("TransactGetItems", body), ["dynamodb:GetItem t"]);
    }

    #[test]
    fn a_batch_needs_its_own_action_on_each_table() {
        let body = r#"{"RequestItems": {"t": {"Keys": []}, "u": {"Keys": []}}}"#;
        let expected = ["dynamodb:BatchGetItem t", "dynamodb:BatchGetItem u"];
        assert_eq!(told("BatchGetItem", body), expected);
    }

    #[test]
    fn a_query_of_an_index_needs_the_index_alone() {
        let body = r#"{"TableName": "t", "IndexName": "due"}"#;
        assert_eq!(told("Query", body), ["dynamodb:Query t/index/due"]);
        assert_eq!(told("Query", r#"{"TableName": "t"}"#), ["dynamodb:Query t"]);
        assert_eq!(told("ListTables", "{}"), ["dynamodb:ListTables *"]);
        assert_eq!(told("Query", "no JSON"), [""; 0]);
    }
}
