//! Who signs with a function's key may do what its policy says, and is refused all else as AWS refuses it, with the action
//! and the resource in the message.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests are about the plain SDK, as a function points it here"
)]

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Put, TransactWriteItem};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::RawMessage;
use local::permissions::{Policy, Statement};
use local::services::{queue_arn, table_arn};

use crate::grants::Ready;
use crate::place::{BUCKET, Place, TABLE};

const KEY: &str = "reviews/1/a";

/// A function, its key, and what it may do: next to nothing.
async fn place() -> Place {
    let statement = |action: &str, resource: String| Statement {
        actions: vec![action.to_owned()],
        resources: vec![resource],
        line: 1,
    };
    let own = vec![
        statement("dynamodb:PutItem", table_arn(TABLE)),
        statement("sqs:SendMessage", queue_arn("notices")),
        statement("s3:GetObject", format!("arn:aws:s3:::{BUCKET}/reviews/*")),
    ];
    let implied = Vec::new();
    let policy = Policy { own, implied };
    Place::with(|plan| drop(plan.roles.policies.insert("Worker".to_owned(), policy))).await
}

fn worker() -> Credentials {
    Credentials::from_keys("Worker", "local", None)
}

/// The code, and whether the message names what was missing.
fn refused(error: &impl ProvideErrorMetadata, action: &str, resource: &str) -> String {
    let message = error.message().unwrap_or_default();
    for part in ["assumed-role/Worker/Worker", action, resource] {
        assert!(message.contains(part), "no {part} in: {message}");
    }
    error.code().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_transaction_is_refused_for_one_of_its_items() {
    let place = place().await;
    let config = place.dynamodb().config().to_builder();
    let client = aws_sdk_dynamodb::Client::from_conf(config.credentials_provider(worker()).build());
    let key = |text: &str| AttributeValue::S(text.to_owned());
    let put = Put::builder()
        .table_name(TABLE)
        .item("pk", key("1"))
        .item("sk", key("a"))
        .build()
        .expect("complete");
    let put = TransactWriteItem::builder().put(put).build();
    let allowed = client.transact_write_items().transact_items(put.clone());
    allowed.send().await.expect("it may put");

    let check = ConditionCheck::builder()
        .table_name(TABLE)
        .key("pk", key("1"))
        .key("sk", key("b"))
        .condition_expression("attribute_not_exists(pk)")
        .build()
        .expect("complete");
    let check = TransactWriteItem::builder().condition_check(check).build();
    let both = client.transact_write_items().transact_items(put);
    let error = both.transact_items(check).send().await;
    let error = error.expect_err("it may not check").into_service_error();
    let code = refused(&error, "dynamodb:ConditionCheckItem", &table_arn(TABLE));
    assert_eq!(code, "AccessDeniedException");
    // Whoever is no function may.
    let get = place.dynamodb().get_item().table_name(TABLE);
    let found = get.key("pk", key("1")).key("sk", key("a")).send().await;
    assert!(found.expect("people may read").item.is_some());
}

#[tokio::test]
async fn a_queue_is_another_resource() {
    let place = place().await;
    let config = place.sqs().config().to_builder();
    let client = aws_sdk_sqs::Client::from_conf(config.credentials_provider(worker()).build());
    let send = |queue: &str| {
        let url = place.services.queues.url(queue);
        client
            .send_message()
            .queue_url(url)
            .message_body("{}")
            .send()
    };
    send("notices").await.expect("it may send here");
    let error = send("objects").await.expect_err("and not there");
    let error = error.into_service_error();
    let code = refused(&error, "sqs:SendMessage", &queue_arn("objects"));
    assert_eq!(code, "AccessDenied");
}

#[tokio::test]
async fn a_presigned_request_may_what_its_signer_may() {
    let place = place().await;
    let config = place.s3().config().to_builder();
    let client = aws_sdk_s3::Client::from_conf(config.credentials_provider(worker()).build());
    let put = place.s3().put_object().bucket(BUCKET).key(KEY);
    let put = put.body(ByteStream::from_static(b"%PDF"));
    put.send().await.expect("people may put");

    let terms = || PresigningConfig::expires_in(Duration::from_mins(1)).expect("a minute");
    let get = client.get_object().bucket(BUCKET);
    let get = get.key(KEY).presigned(terms()).await.expect("signs");
    let answer = Ready::new("GET", get.uri().to_owned()).send().await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"%PDF"[..]));
    let delete = client.delete_object().bucket(BUCKET);
    let delete = delete.key(KEY).presigned(terms()).await.expect("signs");
    let answer = Ready::new("DELETE", delete.uri().to_owned()).send().await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (403, "AccessDenied")
    );
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(told.contains("s3:DeleteObject on resource"), "{told}");
}

#[tokio::test]
async fn only_who_may_list_the_bucket_hears_that_an_object_is_not_there() {
    let place = place().await;
    let config = place.s3().config().to_builder();
    let client = aws_sdk_s3::Client::from_conf(config.credentials_provider(worker()).build());
    for (client, code) in [(place.s3(), "NoSuchKey"), (client, "AccessDenied")] {
        let get = client.get_object().bucket(BUCKET).key("reviews/1/none");
        let error = get.send().await.expect_err("it is not there");
        assert_eq!(error.into_service_error().code(), Some(code));
    }
}

#[tokio::test]
async fn mail_needs_the_identity_and_the_configuration_set() {
    let place = place().await;
    let config = place.ses().config().to_builder();
    let client = aws_sdk_ses::Client::from_conf(config.credentials_provider(worker()).build());
    let letter = "From: <review@example.org>\r\nTo: filer@example.org\r\nSubject: x\r\n\r\nx\r\n";
    let raw = RawMessage::builder().data(Blob::new(letter)).build();
    let send = client
        .send_raw_email()
        .raw_message(raw.expect("complete"))
        .destinations("filer@example.org")
        .configuration_set_name("notices");
    let error = send.send().await.expect_err("it may not send");
    let error = error.into_service_error();
    let code = refused(&error, "ses:SendRawEmail", "identity/example.org");
    assert_eq!(code, "AccessDenied");
    assert!(place.services.mail.list().is_empty());
}
