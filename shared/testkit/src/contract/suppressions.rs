//! Addresses that get no more mail.

use domain::{PersonKey, Suppression, SuppressionCause};
use jiff::SignedDuration;

use super::{Ports, Probe, Subject};
use crate::sample;

/// Of any number of people those are named who are suppressed, each with its first cause.
pub async fn a_suppression_stands_for_its_person_alone<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let person = |number: usize| {
        let address = format!("{number}@example.org").parse();
        PersonKey::of(&sample::hash_key(), &address.expect("an address"))
    };
    let people: Vec<_> = (0..23).map(person).collect();
    let nobody = ports.suppressed(&people).await.expect("an answer");
    assert_eq!(nobody, []);
    assert_eq!(ports.suppressed(&[]).await.expect("an answer"), []);
    let first = Suppression {
        since: sample::in_window(),
        cause: SuppressionCause::Bounced,
    };
    let second = Suppression {
        since: sample::in_window() + SignedDuration::from_hours(1),
        cause: SuppressionCause::Complained,
    };
    for (number, why) in [(3, first), (3, second), (17, second)] {
        let suppressed = ports.suppress(&people[number], why).await;
        suppressed.expect("an answer");
    }
    let mut found = ports.suppressed(&people).await.expect("an answer");
    found.sort_by_key(|(_, why)| why.since);
    let expected = [(people[3].clone(), first), (people[17].clone(), second)];
    assert_eq!(found, expected);
}
