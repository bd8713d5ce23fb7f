//! An emptied deployment is as good as a new one, and takes a second instead of twenty.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Deployment;
use crate::{signed, until};

/// How many requests one batch write takes.
const BATCH: usize = 25;

impl Deployment {
    /// Waits until nothing is on its way any more, forgets all reviews, and opens the window of performance year 2024
    /// around now.
    ///
    /// # Panics
    /// When the services do not answer, or something stays on its way for two minutes.
    pub(crate) fn empty(&self) {
        self.wait_until_quiet();
        for queue in self.queues() {
            self.sqs("PurgeQueue", &json!({ "QueueUrl": queue }));
        }
        self.erase_objects();
        while self.take_items_away() {}
        self.open_window();
    }

    fn wait_until_quiet(&self) {
        let asked = json!([
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible"
        ]);
        until(|| {
            for queue in self.read_queues() {
                let request = json!({ "QueueUrl": queue, "AttributeNames": asked });
                let told = self.sqs("GetQueueAttributes", &request);
                // What rests after a failure belongs to a test that is over.
                if told["Attributes"]["ApproximateNumberOfMessages"] != "0" {
                    return Err(format!("{queue} to be empty: {told}"));
                }
            }
            Ok(())
        });
    }

    /// All queues of the template.
    fn queues(&self) -> Vec<&str> {
        let resources = self.described["resources"].as_object();
        let all = resources.into_iter().flatten();
        let urls = all.filter_map(|(_, name)| name.as_str());
        urls.filter(|name| name.starts_with("http") && !name.contains("arn:"))
            .collect()
    }

    /// Those that a function reads.
    fn read_queues(&self) -> Vec<&str> {
        let all = self.queues().into_iter();
        all.filter(|name| !name.contains("DeadLetters") && !name.contains("Failures"))
            .collect()
    }

    fn take_items_away(&self) -> bool {
        let found = self.dynamodb("Scan", json!({ "ProjectionExpression": "pk, sk" }));
        let items = found["Items"].as_array().expect("a list");
        for part in items.chunks(BATCH) {
            let deletions: Vec<_> = part
                .iter()
                .map(|key| json!({ "DeleteRequest": { "Key": key } }))
                .collect();
            let table = self.resource("ReviewsTable");
            let request = json!({ "RequestItems": { table: deletions } });
            self.calls("dynamodb", "DynamoDB_20120810.BatchWriteItem", &request);
        }
        !items.is_empty()
    }

    fn open_window(&self) {
        let now = signed::now();
        let day = SignedDuration::from_hours(24);
        let opened = json!({ "S": (now - day).to_string() });
        let change = json!({
            "known": opened,
            "opens": opened,
            "closes": { "S": (now + day * 30).to_string() },
            "reason": { "S": "The window of the scenarios." },
        });
        let item = json!({
            "pk": { "S": "PROGRAM#2024" },
            "sk": { "S": "WINDOW#000000000000" },
            "v": { "N": "1" },
            "change": { "M": change },
        });
        self.dynamodb("PutItem", json!({ "Item": item }));
    }

    fn dynamodb(&self, action: &str, mut request: Value) -> Value {
        request["TableName"] = json!(self.resource("ReviewsTable"));
        self.calls("dynamodb", &format!("DynamoDB_20120810.{action}"), &request)
    }

    pub(super) fn sqs(&self, action: &str, request: &Value) -> Value {
        self.calls("sqs", &format!("AmazonSQS.{action}"), request)
    }

    fn calls(&self, service: &str, target: &str, request: &Value) -> Value {
        let reply = signed::call(service, self.endpoint(service), target, request);
        reply.expect(200).body
    }
}
