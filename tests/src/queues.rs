//! The queues of a stack, asked through their own service.

use serde_json::{Value, json};

use crate::http::Reply;
use crate::{Stack, signed, until};

impl Stack {
    /// Puts a message into the queue whose logical name `queue` is.
    ///
    /// # Panics
    /// When the service does not take it.
    pub fn put(&self, queue: &str, body: &str) {
        let url = self.queue_url(queue);
        let sent = self.sqs(
            "SendMessage",
            &json!({ "QueueUrl": url, "MessageBody": body }),
        );
        assert_eq!(sent.status, 200, "{}", sent.text);
    }

    /// Waits until a message is in `queue`, and returns its body and how often it has been received by anyone.
    ///
    /// # Panics
    /// When none comes for two minutes.
    #[must_use]
    pub fn take(&self, queue: &str) -> (String, u64) {
        let url = self.queue_url(queue);
        let request = json!({ "QueueUrl": url, "AttributeNames": ["All"], "MessageSystemAttributeNames": ["All"] });
        until(|| {
            let reply = self.sqs("ReceiveMessage", &request);
            let message = &reply.body["Messages"][0];
            let body = message["Body"]
                .as_str()
                .ok_or_else(|| format!("a message in {queue}\n{}", self.complaints()))?;
            let received = message["Attributes"]["ApproximateReceiveCount"]
                .as_str()
                .and_then(|count| count.parse().ok());
            Ok((body.to_owned(), received.unwrap_or_default()))
        })
    }

    /// The queue's address: its name begins with its logical name or is it.
    fn queue_url(&self, queue: &str) -> String {
        if let Some(deployment) = self.in_second_home() {
            return deployment.resource(queue).to_owned();
        }
        let list = self.sqs("ListQueues", &json!({}));
        let urls = list.body["QueueUrls"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let found = urls
            .into_iter()
            .find(|url| url.rsplit('/').next().is_some_and(|name| name == queue));
        found
            .unwrap_or_else(|| panic!("no queue {queue}: {}", list.text))
            .to_owned()
    }

    fn sqs(&self, action: &str, request: &Value) -> Reply {
        let target = format!("AmazonSQS.{action}");
        signed::call("sqs", self.endpoint("sqs"), &target, request)
    }
}
