//! The right to send a notice is one person's at a time.

use domain::{NoticeId, PersonKey, ReviewId};
use futures::future::join;
use jiff::SignedDuration;
use workflow::ports::Claim;

use super::{Ports, Probe, Subject};
use crate::sample;

const LEASE: SignedDuration = SignedDuration::from_secs(60);
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

/// A notice to `address`. Claims do not ask whether its entry is there.
fn notice(address: &str) -> NoticeId {
    NoticeId {
        review: ReviewId::from_random(sample::year(), 7),
        seq: 12,
        person: PersonKey::of(&sample::hash_key(), &address.parse().expect("an address")),
    }
}

/// A claim is held to the end of its lease; who comes then has it in doubt, with a lease of its own.
pub async fn a_claim_is_held_until_its_lease_ends<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (notice, now) = (notice("one@example.org"), sample::in_window());
    let end = now + LEASE;
    let second_end = end + LEASE;
    let expected = [
        (now, Claim::Granted),
        (now, Claim::Held(end)),
        (end - MILLISECOND, Claim::Held(end)),
        (end, Claim::InDoubt),
        (second_end - MILLISECOND, Claim::Held(second_end)),
        (second_end + MILLISECOND, Claim::InDoubt),
    ];
    for (at, expected) in expected {
        let claim = ports.claim(&notice, at, LEASE).await.expect("an answer");
        assert_eq!(claim, expected, "at {at}");
    }
}

/// A claim that was given back is granted again at once, without a doubt; another's is not touched.
pub async fn a_released_claim_is_granted_again<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let now = sample::in_window();
    let (one, two) = (notice("one@example.org"), notice("two@example.org"));
    for notice in [&one, &two] {
        let claim = ports.claim(notice, now, LEASE).await.expect("an answer");
        assert_eq!(claim, Claim::Granted);
    }
    for _ in 0..2 {
        ports.release(&one).await.expect("an answer");
    }
    let claim = ports.claim(&one, now, LEASE).await.expect("an answer");
    assert_eq!(claim, Claim::Granted);
    let held = ports.claim(&two, now, LEASE).await.expect("an answer");
    assert_eq!(held, Claim::Held(now + LEASE));
}

/// A notice whose mail was taken is settled for good: past its lease, recorded twice, or released by
/// someone who came late.
pub async fn a_notice_that_was_sent_stays_settled<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (notice, now) = (notice("one@example.org"), sample::in_window());
    ports.claim(&notice, now, LEASE).await.expect("an answer");
    for message_id in ["id-1", "id-2"] {
        let recorded = ports.record_sent(&notice, now, message_id).await;
        recorded.expect("an answer");
    }
    for at in [now, now + LEASE + LEASE] {
        let claim = ports.claim(&notice, at, LEASE).await.expect("an answer");
        assert_eq!(claim, Claim::Settled);
        ports.release(&notice).await.expect("an answer");
    }
    let claim = ports.claim(&notice, now, LEASE).await.expect("an answer");
    assert_eq!(claim, Claim::Settled);
}

/// Of two who claim at once one is granted it, at first and when a lease has run out.
pub async fn of_two_claims_at_once_one_is_granted<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (notice, now) = (notice("one@example.org"), sample::in_window());
    for (at, granted) in [(now, Claim::Granted), (now + LEASE, Claim::InDoubt)] {
        let (one, two) = join(
            ports.claim(&notice, at, LEASE),
            ports.claim(&notice, at, LEASE),
        )
        .await;
        let both = [one.expect("an answer"), two.expect("an answer")];
        assert!(both.contains(&granted), "{both:?}");
        assert!(both.contains(&Claim::Held(at + LEASE)), "{both:?}");
    }
}
