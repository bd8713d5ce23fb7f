//! From the outbox to the person: one letter each, whatever is done twice (promise P2).

use std::collections::BTreeSet;

use domain::{NoticeId, PersonKey, ReviewId};
use testkit::{Mishap, Op, sample};
use workflow::ports::{Mail, PortError};
use workflow::{DeliverError, Delivered, relay};

use crate::post::Post;

#[tokio::test]
async fn each_person_gets_one_letter_however_often_the_entry_is_relayed() {
    let post = Post::after_a_submission().await;
    for _ in 0..2 {
        let people = relay(&post.queue, &post.entry).await.expect("enqueued");
        assert_eq!(people, 4);
    }
    let mut outcomes = Vec::new();
    for notice in post.queue.take() {
        assert!(post.is_due().await || outcomes.len() >= 4);
        outcomes.push(post.deliver(&notice).await.expect("delivered"));
    }
    assert_eq!(
        outcomes,
        [[Delivered::Sent; 4], [Delivered::Already; 4]].concat()
    );
    let sent = post.mailer.sent();
    let to: BTreeSet<_> = sent.iter().map(|mail| mail.to.normalised()).collect();
    let people = [
        "billing@example.org",
        "front.desk@example.org",
        "owner@example.org",
        "second.billing@example.org",
    ];
    assert!(to.iter().eq(people), "{to:?}");
    assert_eq!(sent.len(), 4);
    assert!(!post.is_due().await);
}

#[tokio::test]
async fn a_queue_that_took_only_some_is_asked_again_and_nobody_is_missed() {
    for mishap in [Mishap::Declined, Mishap::Unavailable, Mishap::ReplyLost] {
        let post = Post::after_a_submission().await;
        post.plan(Op::Enqueue, mishap);
        let failed = relay(&post.queue, &post.entry).await;
        assert!(
            matches!(failed, Err(PortError::Unavailable { .. })),
            "{failed:?}"
        );
        relay(&post.queue, &post.entry).await.expect("enqueued");
        for notice in post.queue.take() {
            post.deliver(&notice).await.expect("delivered");
        }
        for notice in post.notices() {
            assert_eq!(post.mailer.times(&notice), 1);
        }
    }
}

#[tokio::test]
async fn of_two_workers_at_once_one_sends() {
    for op in [Op::OutboxEntry, Op::Claim, Op::Send, Op::Record, Op::Settle] {
        let post = Post::after_a_submission().await;
        let (other, notice) = (post.clone(), post.notice());
        post.plan(
            op,
            Mishap::meanwhile(async move {
                match other.deliver(&notice).await {
                    Ok(Delivered::Sent | Delivered::Already) | Err(DeliverError::Held(_)) => {}
                    outcome => panic!("{outcome:?}"),
                }
            }),
        );
        let outcome = post.deliver(&post.notice()).await.expect("delivered");
        assert_ne!(outcome, Delivered::SentInDoubt, "{op:?}");
        assert_eq!(post.mailer.times(&post.notice()), 1, "{op:?}");
        post.tells_everyone_else().await;
    }
}

#[tokio::test]
async fn a_notice_that_the_outbox_does_not_know_is_poison_and_leaves_nothing() {
    let post = Post::after_a_submission().await;
    let known = post.notice();
    let nobody = "nobody@example.org".parse().expect("an address");
    let unknown = [
        NoticeId {
            review: ReviewId::from_random(sample::year(), 1),
            ..known.clone()
        },
        NoticeId {
            seq: known.seq + 1,
            ..known.clone()
        },
        NoticeId {
            person: PersonKey::of(&sample::hash_key(), &nobody),
            ..known
        },
    ];
    // Were it claimed, the second time would be held.
    for notice in unknown.iter().chain(&unknown) {
        let poison = post.deliver(notice).await;
        assert!(matches!(poison, Err(DeliverError::Unknown)), "{poison:?}");
    }
    assert_eq!(post.mailer.sent(), []);
}

#[test]
fn a_letter_in_a_log_tells_nothing() {
    let mail = Mail {
        to: "billing@example.org".parse().expect("an address"),
        subject: "NPI 1234567893".to_owned(),
        text: "Sample Family Practice".to_owned(),
        html: "hospital-based".to_owned(),
        enclosed: None,
        notice: NoticeId {
            review: ReviewId::from_random(sample::year(), 1),
            seq: 4,
            person: PersonKey::of(
                &sample::hash_key(),
                &"billing@example.org".parse().expect("an address"),
            ),
        },
    };
    let printed = format!("{mail:?}");
    for secret in sample::SECRETS {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
