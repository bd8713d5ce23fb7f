//! The right to send a notice is one's at a time, and what became of it stands.

use domain::{Bounce, NoticeId, NoticeRecord, Outcome, PersonKey, Report, Reported, ReviewId};
use futures::future::join;
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Claim, ClaimId, ClaimTerms};

use super::{Ports, Probe, Subject};
use crate::sample;

/// A minute held, a quarter of an hour in doubt.
pub(super) const TERMS: ClaimTerms = ClaimTerms {
    lease: SignedDuration::from_secs(60),
    doubt: SignedDuration::from_mins(15),
};
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

/// A notice to `address`. Claims do not ask whether its entry is there.
fn notice(address: &str) -> NoticeId {
    NoticeId {
        review: ReviewId::from_random(sample::year(), 7),
        seq: 12,
        person: PersonKey::of(&sample::hash_key(), &address.parse().expect("an address")),
    }
}

async fn claims(ports: &impl Ports, notice: &NoticeId, at: Timestamp) -> Claim {
    ports.claim(notice, at, TERMS).await.expect("an answer")
}

/// Claims what nobody holds, without a doubt.
async fn granted(ports: &impl Ports, notice: &NoticeId, at: Timestamp) -> ClaimId {
    let claim = claims(ports, notice, at).await;
    let Claim::Granted(claim) = claim else {
        panic!("{claim:?}");
    };
    claim
}

fn sent(at: Timestamp, message_id: &str) -> Outcome {
    let message_id = message_id.to_owned();
    Outcome::Sent { at, message_id }
}

fn reported(notice: &NoticeId, at: Timestamp, what: Reported) -> Report {
    Report {
        notice: notice.clone(),
        message_id: "id-1".to_owned(),
        at,
        what,
    }
}

async fn on_record(ports: &impl Ports, notice: &NoticeId) -> NoticeRecord {
    let records = ports.notices_of(&notice.review).await.expect("an answer");
    let mut records = records.into_iter();
    let found = records.find(|record| record.notice == *notice);
    found.expect("it is on record")
}

/// A claim is held to the end of its lease, and in doubt for the wait after it; who comes then has it in
/// doubt, with a lease of its own.
pub async fn a_claim_is_held_until_its_lease_ends<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (notice, now) = (notice("one@example.org"), sample::in_window());
    granted(&ports, &notice, now).await;
    let mut since = now;
    for _ in 0..2 {
        let end = since + TERMS.lease;
        let sure = end + TERMS.doubt;
        for (at, expected) in [
            (since, Claim::Held(end)),
            (end - MILLISECOND, Claim::Held(end)),
            (end, Claim::Doubtful(sure)),
            (sure - MILLISECOND, Claim::Doubtful(sure)),
        ] {
            assert_eq!(claims(&ports, &notice, at).await, expected, "at {at}");
        }
        let again = claims(&ports, &notice, sure).await;
        assert!(matches!(again, Claim::InDoubt(_)), "{again:?}");
        since = sure;
    }
}

/// A claim that was given back is granted again at once, without a doubt; another's is not touched, nor is
/// one that came after it.
pub async fn a_released_claim_is_granted_again<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let now = sample::in_window();
    let (one, two) = (notice("one@example.org"), notice("two@example.org"));
    let first = granted(&ports, &one, now).await;
    let others = granted(&ports, &two, now).await;
    assert_ne!(first, others);
    for _ in 0..2 {
        ports.release(&one, &first).await.expect("an answer");
    }
    granted(&ports, &one, now).await;
    // Who comes late with a claim of before takes nothing away.
    for (notice, claim) in [(&one, &first), (&two, &first), (&one, &others)] {
        ports.release(notice, claim).await.expect("an answer");
        let held = claims(&ports, notice, now).await;
        assert_eq!(held, Claim::Held(now + TERMS.lease));
    }
}

/// A notice that has its outcome is settled for good: past its lease, recorded twice, or released by
/// someone who came late. The first outcome stands.
pub async fn a_notice_that_was_sent_stays_settled<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let now = sample::in_window();
    let outcomes = [
        sent(now, "id-1"),
        Outcome::Suppressed { at: now },
        Outcome::Failed {
            at: now,
            code: "MessageRejected".to_owned(),
        },
    ];
    for (number, outcome) in outcomes.iter().enumerate() {
        let notice = notice(&format!("{number}@example.org"));
        let claim = granted(&ports, &notice, now).await;
        for recorded in [outcome, &sent(now + MILLISECOND, "id-2")] {
            ports.record(&notice, recorded).await.expect("an answer");
        }
        for at in [now, now + TERMS.lease + TERMS.doubt] {
            assert_eq!(claims(&ports, &notice, at).await, Claim::Settled);
            ports.release(&notice, &claim).await.expect("an answer");
        }
        assert_eq!(claims(&ports, &notice, now).await, Claim::Settled);
        let record = on_record(&ports, &notice).await;
        assert_eq!(record.outcome.as_ref(), Some(outcome));
    }
}

/// Of two who claim at once one is granted it, at first and when a doubt has ended.
pub async fn of_two_claims_at_once_one_is_granted<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (notice, now) = (notice("one@example.org"), sample::in_window());
    for at in [now, now + TERMS.lease + TERMS.doubt] {
        let (one, two) = join(
            ports.claim(&notice, at, TERMS),
            ports.claim(&notice, at, TERMS),
        )
        .await;
        let both = [one.expect("an answer"), two.expect("an answer")];
        let ours = |claim: &&Claim| matches!(claim, Claim::Granted(_) | Claim::InDoubt(_));
        assert_eq!(both.iter().filter(ours).count(), 1, "{both:?}");
        assert!(both.contains(&Claim::Held(at + TERMS.lease)), "{both:?}");
    }
}

/// A report of the mail service settles a claim, before its holder has recorded anything or instead of it,
/// and whatever is reported is kept once, in any order.
pub async fn a_report_settles_and_is_kept_in_any_order<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let now = sample::in_window();
    let later = now + TERMS.lease;
    let bounce = Bounce {
        at: later,
        hard: true,
    };
    let orders = [
        [
            Reported::Sent,
            Reported::Delivered,
            Reported::Bounced { hard: true },
            Reported::Complained,
        ],
        [
            Reported::Complained,
            Reported::Bounced { hard: true },
            Reported::Delivered,
            Reported::Sent,
        ],
    ];
    for (number, order) in orders.into_iter().enumerate() {
        let notice = notice(&format!("{number}@example.org"));
        granted(&ports, &notice, now).await;
        for what in order {
            for at in [later, later + MILLISECOND] {
                let report = reported(&notice, at, what);
                ports.report(&report).await.expect("an answer");
                assert_eq!(claims(&ports, &notice, now).await, Claim::Settled);
            }
        }
        // The holder comes late.
        ports
            .record(&notice, &sent(now, "id-1"))
            .await
            .expect("an answer");
        let expected = NoticeRecord {
            notice: notice.clone(),
            outcome: Some(sent(later, "id-1")),
            held_until: None,
            delivered_at: Some(later),
            bounced: Some(bounce),
            complained_at: Some(later),
        };
        assert_eq!(on_record(&ports, &notice).await, expected);
    }
    let rejected = notice("rejected@example.org");
    ports
        .record(&rejected, &sent(now, "id-1"))
        .await
        .expect("an answer");
    let report = reported(&rejected, later, Reported::Rejected);
    ports.report(&report).await.expect("an answer");
    let failed = on_record(&ports, &rejected).await.outcome;
    assert!(matches!(failed, Some(Outcome::Failed { .. })), "{failed:?}");
}
