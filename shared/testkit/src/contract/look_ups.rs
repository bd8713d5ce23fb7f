//! What the participation look-up said is remembered for a while, and it is not asked too often.

use domain::Clinician;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use workflow::ports::Turn;
use workflow::{LookUpKey, Remembered};

use super::{Ports, Probe, Subject};
use crate::sample;

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn key(npi: &str, year: &str) -> LookUpKey {
    let (npi, year) = (npi.parse(), year.parse());
    LookUpKey::of(
        &sample::hash_key(),
        year.expect("a year"),
        &npi.expect("ten digits"),
    )
}

async fn remembered(ports: &impl Ports, key: &LookUpKey, at: Timestamp) -> Option<Remembered> {
    ports.remembered(key, at).await.expect("an answer")
}

/// An answer reads as it was written, with everything or nothing in it; another NPI and another year have
/// their own.
pub async fn a_look_up_is_remembered_whole_and_by_its_whole_key<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let now = sample::in_window();
    let answers = [
        (key("1234567893", "2024"), Some(sample::clinician())),
        (key("0162474486", "2024"), Some(Clinician::default())),
        (key("1234567893", "2023"), None),
    ];
    for (key, clinician) in &answers {
        assert_eq!(remembered(&ports, key, now).await, None);
        let answer = Remembered::new(clinician.clone(), now);
        ports.remember(key, &answer).await.expect("an answer");
    }
    for (key, clinician) in answers {
        let expected = Remembered::new(clinician, now);
        assert_eq!(remembered(&ports, &key, now).await, Some(expected));
    }
}

/// From the instant of its expiry on an answer does not count, and a new one takes its place; so does one
/// that comes earlier.
pub async fn a_look_up_is_remembered_until_it_expires<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (key, now) = (key("1234567893", "2024"), sample::in_window());
    let nobody = Remembered::new(None, now);
    ports.remember(&key, &nobody).await.expect("an answer");
    let end = nobody.expires_at;
    let before = remembered(&ports, &key, end - MILLISECOND).await;
    assert_eq!(before, Some(nobody));
    assert_eq!(remembered(&ports, &key, end).await, None);
    for at in [end, end + SECOND] {
        let somebody = Remembered::new(Some(sample::clinician()), at);
        ports.remember(&key, &somebody).await.expect("an answer");
        assert_eq!(remembered(&ports, &key, at).await, Some(somebody));
    }
}

/// A second has four turns, from its first to its last millisecond; the next one has its own.
pub async fn of_nine_turns_in_a_second_four_are_taken<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let begin = sample::in_window();
    for second in [begin, begin + SECOND, begin - SECOND] {
        let mut taken = Vec::new();
        for place in 0..9 {
            let at = second + SignedDuration::from_millis(place * 999 / 8);
            taken.push(ports.take_turn(at).await.expect("an answer"));
        }
        let expected = [[Turn::Taken; 4].as_slice(), &[Turn::NoneLeft; 5]].concat();
        assert_eq!(taken, expected, "at {second}");
    }
}

/// It makes no difference that they come at once.
pub async fn of_nine_turns_at_once_four_are_taken<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let at = sample::in_window();
    let turns = join_all((0..9).map(|_| ports.take_turn(at))).await;
    let taken = turns
        .into_iter()
        .filter(|turn| *turn.as_ref().expect("an answer") == Turn::Taken);
    assert_eq!(taken.count(), 4);
}
