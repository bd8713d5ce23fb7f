//! The real adapters keep every promise of the ports on the services that a stack runs, wherever it runs.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use aws::{Connection, Table};
use domain::{PerformanceYear, ReviewId, WindowChange};
use scenarios::{Launch, Stack};
use serde_json::{Value, json};
use testkit::{Probe, Subject};

/// Looks into a table behind the adapter's back.
struct Behind<'a> {
    stack: &'a Stack,
    table: String,
}

/// An empty table of the same shape as the stack's, behind the real adapter. Nobody hears of what is in it.
fn another_table(stack: &Stack) -> Subject<Table, Behind<'_>> {
    static NUMBER: AtomicUsize = AtomicUsize::new(1);
    let table = format!("contract-table-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let described = stack.asks_tables("DescribeTable", &json!({ "TableName": stack.table() }));
    let shape = &described.body["Table"];
    let indexes = shape["GlobalSecondaryIndexes"]
        .as_array()
        .into_iter()
        .flatten();
    let indexes = indexes.map(|index| {
        json!({
            "IndexName": index["IndexName"],
            "KeySchema": index["KeySchema"],
            "Projection": index["Projection"],
        })
    });
    stack.asks_tables(
        "CreateTable",
        &json!({
            "TableName": table,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": shape["AttributeDefinitions"],
            "KeySchema": shape["KeySchema"],
            "GlobalSecondaryIndexes": indexes.collect::<Vec<_>>(),
        }),
    );
    let connection = Connection::from_variables(|name| stack.variable(name));
    Subject {
        ports: Table::new(&connection.expect("a connection"), table.clone()),
        probe: Behind { stack, table },
    }
}

impl Behind<'_> {
    fn asks(&self, action: &str, mut request: Value) -> Value {
        request["TableName"] = json!(self.table);
        self.stack.asks_tables(action, &request).body
    }

    fn scan(&self, request: Value) -> Vec<Value> {
        let found = self.asks("Scan", request);
        found["Items"].as_array().expect("a list").clone()
    }
}

#[async_trait]
impl Probe for Behind<'_> {
    async fn announce(&self, year: PerformanceYear, change: WindowChange) {
        let partition = format!("PROGRAM#{year}");
        let items = self.scan(json!({}));
        let place = items.iter().filter(|item| item["pk"]["S"] == partition);
        let place = place.count();
        let instant = |at: Option<jiff::Timestamp>| {
            at.map_or(json!({ "NULL": true }), |at| json!({ "S": at.to_string() }))
        };
        let fields = json!({
            "known": { "S": change.known.to_string() },
            "opens": instant(change.opens),
            "closes": instant(change.closes),
            "reason": { "S": change.reason },
        });
        let item = json!({
            "pk": { "S": partition },
            "sk": { "S": format!("WINDOW#{place:012}") },
            "v": { "N": "1" },
            "change": { "M": fields },
        });
        self.asks("PutItem", json!({ "Item": item }));
    }

    async fn due_outbox(&self) -> Vec<(ReviewId, u64)> {
        let entry = |item: &Value| {
            let review = item["pk"]["S"].as_str()?.strip_prefix("REVIEW#")?;
            let seq = item["sk"]["S"].as_str()?.strip_prefix("OUTBOX#")?;
            Some((review.parse().ok()?, seq.parse().ok()?))
        };
        let items = self.scan(json!({ "IndexName": "due" }));
        let items = items.iter().filter(|item| item["sk"]["S"] != "REVIEW");
        let mut due: Vec<_> = items
            .map(|item| entry(item).expect("an outbox entry"))
            .collect();
        due.sort();
        due
    }

    async fn lapse(&self, review: &ReviewId, seq: u64) {
        let mut items = self.scan(json!({}));
        items.retain(|item| {
            item["pk"]["S"] == format!("REVIEW#{review}")
                && item["sk"]["S"] == format!("OUTBOX#{seq:012}")
        });
        for mut item in items {
            let attributes = item.as_object_mut().expect("an item");
            attributes.retain(|name, _| !name.starts_with("due_"));
            self.asks("PutItem", json!({ "Item": item }));
        }
    }
}

#[tokio::test]
async fn the_real_adapter_keeps_every_promise_of_a_table() {
    let stack = Launch::default().start();
    let make = async || another_table(&stack);
    testkit::contract_run!(make);
}
