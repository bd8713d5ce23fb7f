//! What the mail service reports settles doubts, and stops mail that nobody gets (promise P2, domain.md #54).

use domain::{NoticeId, Report, Reported};
use jiff::SignedDuration;
use testkit::{Mishap, Op, crash, sample};
use workflow::ports::Correspondence as _;
use workflow::{DeliverError, Delivered, feedback};

use crate::post::{Post, TERMS};

fn reported(notice: &NoticeId, what: Reported) -> Report {
    Report {
        notice: notice.clone(),
        message_id: "memory-1".to_owned(),
        at: sample::in_window(),
        what,
    }
}

async fn hears(post: &Post, notice: &NoticeId, what: Reported) {
    let heard = feedback(&post.store, &reported(notice, what)).await;
    heard.expect("it is recorded");
}

#[tokio::test]
async fn a_letter_that_went_out_unrecorded_is_settled_by_the_report_and_not_sent_again() {
    for report in [
        Reported::Sent,
        Reported::Delivered,
        Reported::Bounced { hard: false },
    ] {
        let post = Post::after_a_submission().await;
        let notice = post.notice();
        post.plan(Op::Send, Mishap::CrashAfter);
        crash(post.deliver(&notice));
        post.clock.advance(TERMS.lease);
        let doubtful = post.deliver(&notice).await;
        assert!(
            matches!(doubtful, Err(DeliverError::Doubtful(_))),
            "{doubtful:?}"
        );
        hears(&post, &notice, report).await;
        let settled = post.deliver(&notice).await.expect("settled");
        assert_eq!(settled, Delivered::Already);
        assert_eq!(post.mailer.times(&notice), 1);
        post.tells_everyone_else().await;
    }
}

#[tokio::test]
async fn a_report_that_is_faster_than_the_record_or_comes_twice_changes_nothing() {
    let post = Post::after_a_submission().await;
    let notice = post.notice();
    let (other, its_notice) = (post.clone(), notice.clone());
    post.plan(
        Op::Record,
        Mishap::meanwhile(async move {
            for _ in 0..2 {
                hears(&other, &its_notice, Reported::Delivered).await;
                hears(&other, &its_notice, Reported::Sent).await;
            }
        }),
    );
    assert_eq!(post.deliver(&notice).await.expect("sent"), Delivered::Sent);
    assert_eq!(post.mailer.times(&notice), 1);
    post.tells_everyone_else().await;
}

#[tokio::test]
async fn the_last_report_ends_an_entry_whose_sender_never_came_back() {
    let post = Post::after_a_submission().await;
    for notice in post.notices() {
        post.plan(Op::Record, Mishap::CrashBefore);
        crash(post.deliver(&notice));
    }
    assert!(post.is_due().await);
    for notice in post.notices() {
        hears(&post, &notice, Reported::Sent).await;
    }
    assert!(!post.is_due().await);
}

#[tokio::test]
async fn after_a_hard_bounce_or_a_complaint_an_address_gets_no_more_mail() {
    for (report, suppressed) in [
        (Reported::Bounced { hard: true }, true),
        (Reported::Complained, true),
        (Reported::Bounced { hard: false }, false),
    ] {
        let post = Post::after_a_submission().await;
        let notice = post.notice();
        let before = NoticeId {
            seq: notice.seq - 1,
            ..notice.clone()
        };
        hears(&post, &before, report).await;
        let outcome = post.deliver(&notice).await.expect("an outcome");
        let expected = if suppressed {
            Delivered::Suppressed
        } else {
            Delivered::Sent
        };
        assert_eq!(outcome, expected, "{report:?}");
        assert_eq!(post.mailer.times(&notice), usize::from(!suppressed));
        // For everybody else nothing changed, and nothing is due in the end.
        post.tells_everyone_else().await;
        let records = post.store.notices_of(&notice.review).await;
        let concluded = records.expect("an answer").into_iter();
        assert!(concluded.filter(|record| record.outcome.is_some()).count() >= 4);
    }
}

#[tokio::test]
async fn a_report_that_crashes_on_its_way_is_taken_again() {
    for op in [Op::Suppress, Op::Report, Op::OutboxEntry, Op::Settle] {
        for mishap in [Mishap::CrashBefore, Mishap::CrashAfter] {
            let post = Post::after_a_submission().await;
            let notice = post.notice();
            post.deliver(&notice).await.expect("sent");
            let report = reported(&notice, Reported::Bounced { hard: true });
            post.plan(op, mishap);
            crash(feedback(&post.store, &report));
            hears(&post, &notice, report.what).await;
            let later = NoticeId {
                seq: notice.seq - 1,
                ..notice.clone()
            };
            let outcome = post.deliver(&later).await;
            // The notice before is one to the staff only: the contact is not among its people.
            assert!(matches!(outcome, Err(DeliverError::Unknown)), "{outcome:?}");
            let records = post
                .store
                .notices_of(&notice.review)
                .await
                .expect("an answer");
            let record = records.iter().find(|record| record.notice == notice);
            let bounced = record.and_then(|record| record.bounced);
            assert!(bounced.is_some_and(|bounce| bounce.hard), "{op:?}");
        }
    }
}

#[test]
fn waits_grow_and_end() {
    use workflow::ports::MailError;
    let now = sample::in_window();
    let throttled = DeliverError::Mail(MailError::Throttled {
        code: "Throttling".to_owned(),
    });
    let waits = [1, 2, 3, 5, 10, 11, 100].map(|tries| throttled.wait(now, tries));
    let seconds = [30, 60, 120, 480, 15_360, 21_600, 21_600];
    assert_eq!(waits, seconds.map(|s| Some(SignedDuration::from_secs(s))));
    let later = now + SignedDuration::from_secs(7);
    for error in [DeliverError::Held(later), DeliverError::Doubtful(later)] {
        assert_eq!(error.wait(now, 1), Some(SignedDuration::from_secs(7)));
        assert_eq!(
            error.wait(later + TERMS.lease, 1),
            Some(SignedDuration::ZERO)
        );
    }
    assert_eq!(
        DeliverError::Unknown.wait(now, 50),
        Some(SignedDuration::ZERO)
    );
    assert_eq!(DeliverError::Render(String::new()).wait(now, 1), None);
}
