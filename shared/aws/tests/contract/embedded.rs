//! A fresh DynamoDB in memory with the table of `infra/template.yaml`, and the real adapter on it.

use async_trait::async_trait;
use aws::{Connection, Table};
use domain::{PerformanceYear, ReviewId, WindowChange};
use dynoxide::Database;
use serde_json::{Value, json};
use testkit::{Probe, Subject};

pub(crate) const NAME: &str = "targeted-review-table";

/// Looks into the table behind the adapter's back.
pub(crate) struct RawTable {
    db: Database,
}

/// An empty table behind the real adapter and SDK.
pub(crate) async fn table() -> Subject<Table, RawTable> {
    let db = Database::memory().expect("an embedded database");
    let create = serde_json::from_value(schema()).expect("a CreateTable request");
    db.create_table(create).expect("the table");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let served = db.clone();
    // Ends with the test's runtime.
    tokio::spawn(async move {
        dynoxide::server::serve_with_shutdown(listener, served, std::future::pending())
            .await
            .expect("a server");
    });
    let connection = Connection::from_variables(|name| match name {
        "AWS_REGION" => Some("us-east-1".to_owned()),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("embedded".to_owned()),
        "AWS_ENDPOINT_URL_DYNAMODB" => Some(endpoint.clone()),
        _ => None,
    });
    let ports = Table::new(&connection.expect("a connection"), NAME.to_owned());
    Subject {
        ports,
        probe: RawTable { db },
    }
}

fn schema() -> Value {
    json!({
        "TableName": NAME,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
            {"AttributeName": "due_shard", "AttributeType": "S"},
            {"AttributeName": "due_at", "AttributeType": "N"},
            {"AttributeName": "queue_shard", "AttributeType": "S"},
            {"AttributeName": "queue_place", "AttributeType": "S"},
            {"AttributeName": "clock_shard", "AttributeType": "S"},
            {"AttributeName": "clock_at", "AttributeType": "N"},
        ],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "GlobalSecondaryIndexes": [{
            "IndexName": "due",
            "KeySchema": [{"AttributeName": "due_shard", "KeyType": "HASH"}, {"AttributeName": "due_at", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }, {
            "IndexName": "queue",
            "KeySchema": [{"AttributeName": "queue_shard", "KeyType": "HASH"}, {"AttributeName": "queue_place", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }, {
            "IndexName": "clock",
            "KeySchema": [{"AttributeName": "clock_shard", "KeyType": "HASH"}, {"AttributeName": "clock_at", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["clock_reminded"]},
        }],
    })
}

impl RawTable {
    /// Writes an item over whatever is there.
    pub(crate) fn put(&self, item: Value) {
        let put = json!({"TableName": NAME, "Item": item});
        let put = serde_json::from_value(put).expect("a PutItem request");
        self.db.put_item(put).expect("a put");
    }

    /// Takes an item away.
    pub(crate) fn delete(&self, key: Value) {
        let delete = json!({"TableName": NAME, "Key": key});
        let delete = serde_json::from_value(delete).expect("a DeleteItem request");
        self.db.delete_item(delete).expect("a deletion");
    }

    /// Every item, or every entry of the index, as DynamoDB JSON.
    pub(crate) fn scan(&self, index: Option<&str>) -> Vec<Value> {
        let mut request = json!({"TableName": NAME});
        if let Some(index) = index {
            request["IndexName"] = index.into();
        }
        let request = serde_json::from_value(request).expect("a Scan request");
        let reply = serde_json::to_value(self.db.scan(request).expect("a scan")).expect("JSON");
        reply["Items"].as_array().expect("items").clone()
    }
}

#[async_trait]
impl Probe for RawTable {
    async fn announce(&self, year: PerformanceYear, change: WindowChange) {
        let place = self
            .scan(None)
            .iter()
            .filter(|item| item["pk"]["S"] == format!("PROGRAM#{year}"))
            .count();
        let instant = |at: Option<jiff::Timestamp>| {
            at.map_or(json!({"NULL": true}), |at| json!({"S": at.to_string()}))
        };
        let fields = json!({
            "known": {"S": change.known.to_string()},
            "opens": instant(change.opens),
            "closes": instant(change.closes),
            "reason": {"S": change.reason},
        });
        let item = json!({
            "pk": {"S": format!("PROGRAM#{year}")},
            "sk": {"S": format!("WINDOW#{place:012}")},
            "v": {"N": "1"},
            "change": {"M": fields},
        });
        self.put(item);
    }

    async fn due_outbox(&self) -> Vec<(ReviewId, u64)> {
        let entry = |item: &Value| {
            let review = item["pk"]["S"]
                .as_str()?
                .strip_prefix("REVIEW#")?
                .parse()
                .ok()?;
            let seq = item["sk"]["S"]
                .as_str()?
                .strip_prefix("OUTBOX#")?
                .parse()
                .ok()?;
            Some((review, seq))
        };
        let of_outbox = |item: &&Value| item["sk"]["S"] != "REVIEW";
        let items = self.scan(Some("due"));
        let items = items.iter().filter(of_outbox);
        let mut due: Vec<_> = items
            .map(|item| entry(item).expect("an outbox entry"))
            .collect();
        due.sort();
        due
    }

    async fn lapse(&self, review: &ReviewId, seq: u64) {
        let partition = format!("REVIEW#{review}");
        let mut items = self.scan(None);
        items.retain(|item| {
            item["pk"]["S"] == partition && item["sk"]["S"] == format!("OUTBOX#{seq:012}")
        });
        for mut item in items {
            let attributes = item.as_object_mut().expect("an item");
            attributes.retain(|name, _| !name.starts_with("due_"));
            self.put(item);
        }
    }
}
