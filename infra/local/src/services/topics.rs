//! SNS on one machine: what a topic is told goes to the queues that subscribed to it, at once and in order.
//!
//! Only SES tells topics anything here, so there is no API to publish with. Whether a message was passed on is the
//! teller's to remember: see `mail::reporter`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Queues, REGION, ServiceError, TopicPlan};
use crate::clock::SetClock;

/// The topics and their queues.
#[derive(Debug)]
pub(super) struct Topics {
    plan: Vec<TopicPlan>,
    queues: Queues,
    clock: SetClock,
}

impl Topics {
    pub(super) fn new(plan: Vec<TopicPlan>, queues: Queues, clock: SetClock) -> Self {
        Self {
            plan,
            queues,
            clock,
        }
    }

    /// Puts a message into every queue that listens to the topic `arn`; kept there when this returns.
    pub(super) async fn publish(
        &self,
        arn: &str,
        subject: &str,
        message: &str,
    ) -> Result<(), ServiceError> {
        let topics = self.plan.iter().filter(|topic| topic.arn == arn);
        for subscription in topics.flat_map(|topic| &topic.subscriptions) {
            let body = if subscription.raw {
                message.to_owned()
            } else {
                self.envelope(arn, subject, message).to_string()
            };
            self.queues.send(&subscription.queue, body).await?;
        }
        Ok(())
    }

    /// The notification as SNS wraps it. The signature is none: there is no key that anybody could check it by.
    fn envelope(&self, arn: &str, subject: &str, message: &str) -> Value {
        let host = format!("https://sns.{REGION}.amazonaws.com");
        json!({
            "Type": "Notification",
            "MessageId": Uuid::new_v4().to_string(),
            "TopicArn": arn,
            "Subject": subject,
            "Message": message,
            "Timestamp": self.clock.now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            "SignatureVersion": "1",
            "Signature": "",
            "SigningCertURL": format!("{host}/SimpleNotificationService-local.pem"),
            "UnsubscribeURL": format!("{host}/?Action=Unsubscribe&SubscriptionArn={arn}:local"),
        })
    }
}
