//! SDK clients that point at a stack's services, as those of a function do.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};

use crate::harness::Stack;

#[expect(
    clippy::disallowed_methods,
    reason = "a test asks the service beside what the functions use"
)]
pub(crate) fn sqs(stack: &Stack) -> aws_sdk_sqs::Client {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
        .region(aws_sdk_sqs::config::Region::new("us-east-1"))
        .endpoint_url(stack.endpoint("sqs"))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http());
    aws_sdk_sqs::Client::from_conf(config.build())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test asks the service beside what the functions use"
)]
fn dynamodb(stack: &Stack) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .region(aws_sdk_dynamodb::config::Region::new("us-east-1"))
        .endpoint_url(stack.endpoint("dynamodb"))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http());
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test asks the service beside what the functions use"
)]
pub(crate) fn ses(stack: &Stack) -> aws_sdk_ses::Client {
    let config = aws_sdk_ses::Config::builder()
        .behavior_version(aws_sdk_ses::config::BehaviorVersion::latest())
        .region(aws_sdk_ses::config::Region::new("us-east-1"))
        .endpoint_url(stack.endpoint("ses"))
        .retry_config(aws_sdk_ses::config::retry::RetryConfig::disabled())
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http());
    aws_sdk_ses::Client::from_conf(config.build())
}

/// Sends one message for each body.
pub(crate) async fn send(stack: &Stack, queue: &str, bodies: &[&str]) {
    let (client, url) = queue_of(stack, queue).await;
    for body in bodies {
        client
            .send_message()
            .queue_url(&url)
            .message_body(*body)
            .send()
            .await
            .expect("it is sent");
    }
}

/// The body of the next message; waits until there is one.
pub(crate) async fn receive(stack: &Stack, queue: &str) -> String {
    let (client, url) = queue_of(stack, queue).await;
    loop {
        let received = client
            .receive_message()
            .queue_url(&url)
            .wait_time_seconds(20)
            .send()
            .await;
        if let Some(message) = received.expect("it answers").messages().first() {
            return message.body().expect("it has a body").to_owned();
        }
    }
}

async fn queue_of(stack: &Stack, queue: &str) -> (aws_sdk_sqs::Client, String) {
    let client = sqs(stack);
    let url = client
        .get_queue_url()
        .queue_name(queue)
        .send()
        .await
        .expect("there is such a queue");
    (
        client,
        url.queue_url().expect("it has an address").to_owned(),
    )
}

/// Writes items, with their key and their `do`, to the table ManyThings in one transaction, so that they are in the stream together.
pub(crate) async fn put(stack: &Stack, items: &[(&str, &str)]) {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let put = |(key, word): &(&str, &str)| {
        let put = Put::builder()
            .table_name("ManyThings")
            .item("pk", text(key))
            .item("do", text(word));
        TransactWriteItem::builder()
            .put(put.build().expect("it has all it needs"))
            .build()
    };
    let items = Some(items.iter().map(put).collect());
    let client = dynamodb(stack);
    client
        .transact_write_items()
        .set_transact_items(items)
        .send()
        .await
        .expect("it is written");
}

fn credentials() -> Credentials {
    Credentials::from_keys("local", "local", None)
}
