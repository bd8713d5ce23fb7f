//! SES through its SDK: what is taken is kept with its envelope, what SES refuses is refused in a typed way.

use std::num::NonZeroU32;

use aws_sdk_ses::operation::send_raw_email::{SendRawEmailError, SendRawEmailOutput};
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{MessageTag, RawMessage};

use crate::place::Place;

pub(crate) async fn send(
    place: &Place,
    from: &str,
    set: &str,
) -> Result<SendRawEmailOutput, SendRawEmailError> {
    send_to(place, from, set, "filer@example.org").await
}

pub(crate) async fn send_to(
    place: &Place,
    from: &str,
    set: &str,
    to: &str,
) -> Result<SendRawEmailOutput, SendRawEmailError> {
    let letter = format!(
        "From: Targeted Review <{from}>\r\nTo: {to}\r\nSubject: =?utf-8?q?Re=C3=A7u?=\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIt is in. \u{1F4EC}+/&\r\n"
    );
    let raw = RawMessage::builder()
        .data(Blob::new(letter))
        .build()
        .expect("complete");
    let tag = MessageTag::builder()
        .name("notice")
        .value("01J-3-abc")
        .build()
        .expect("complete");
    place
        .ses()
        .send_raw_email()
        .raw_message(raw)
        .destinations(to)
        .configuration_set_name(set)
        .tags(tag)
        .send()
        .await
        .map_err(aws_sdk_ses::error::SdkError::into_service_error)
}

#[tokio::test]
async fn a_mail_is_kept_with_its_envelope_before_it_is_acknowledged() {
    let place = Place::new().await;
    let before = place.clock.now();
    let id = send(&place, "review@example.org", "notices")
        .await
        .expect("taken")
        .message_id;
    let mail = place.services.mail.get(&id).expect("kept");
    assert_eq!(
        place.services.mail.list(),
        std::slice::from_ref(&mail.summary)
    );
    assert_eq!(mail.summary.subject, "Reçu");
    assert_eq!(mail.summary.destinations, ["filer@example.org"]);
    assert_eq!(mail.summary.tags["notice"], "01J-3-abc");
    assert_eq!(mail.summary.configuration_set.as_deref(), Some("notices"));
    assert!(mail.summary.at >= before && mail.summary.at <= place.clock.now());
    assert_eq!(
        mail.text.as_deref().map(str::trim),
        Some("It is in. \u{1F4EC}+/&")
    );
    let file = place.data.path().join("mail").join(format!("{id}.eml"));
    assert_eq!(std::fs::read(file).expect("there"), mail.raw);
}

#[tokio::test]
async fn refusals_are_the_sdks_own_types_and_leave_no_mail() {
    let place = Place::new().await;
    let stranger = send(&place, "review@elsewhere.test", "notices")
        .await
        .expect_err("not verified");
    assert!(stranger.is_message_rejected(), "{stranger:?}");
    let set = send(&place, "review@example.org", "unknown")
        .await
        .expect_err("no such set");
    assert!(
        set.is_configuration_set_does_not_exist_exception(),
        "{set:?}"
    );
    assert!(place.services.mail.list().is_empty());
}

#[tokio::test]
async fn the_quota_answers_and_other_actions_are_refused_by_name() {
    let place = Place::new().await;
    let quota = place.ses().get_send_quota().send().await.expect("answers");
    assert!(quota.max_send_rate() > 0.0);
    let refused = place
        .ses()
        .list_identities()
        .send()
        .await
        .expect_err("not here")
        .into_service_error();
    assert_eq!(refused.meta().code(), Some("InvalidAction"));
}

#[tokio::test]
async fn above_the_rate_mail_is_throttled_as_ses_does() {
    let place = Place::with(|plan| plan.mail.most_per_second = NonZeroU32::new(1)).await;
    // However slow the machine is: two of these fall into one second, or each took longer than that.
    let refused = loop {
        if let Err(refused) = send(&place, "review@example.org", "notices").await {
            break refused;
        }
    };
    assert_eq!(refused.meta().code(), Some("Throttling"), "{refused:?}");
    assert_eq!(
        refused.meta().message(),
        Some("Maximum sending rate exceeded.")
    );
}
