//! The acceptance of the statement of truth is on record once (domain.md #26).

use domain::Acceptor;
use jiff::SignedDuration;
use workflow::ports::Committed;

use super::{Ports, Probe, Subject};
use crate::{Filer, sample};

/// The first acceptance is written with its key and stays; a second one, under another key, is `Raced`
/// and leaves nothing. Other versions and other people have their own.
pub async fn an_acceptance_is_recorded_once_with_its_key<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let later = Filer::owner().at(filer.at + SignedDuration::from_hours(1));
    let (first, key) = (filer.acceptance(), filer.record("accept", "one", "body"));
    let account = &first.acceptor();
    let before = ports.acceptance(account, &first.text).await;
    assert_eq!(before.expect("an answer"), None);
    let done = ports.accept(&first, &key).await.expect("an answer");
    assert_eq!(done, Committed::Done);

    let second_key = later.record("accept", "two", "body");
    let raced = ports.accept(&later.acceptance(), &second_key).await;
    assert_eq!(raced.expect("an answer"), Committed::Raced);
    let found = ports.acceptance(account, &first.text).await;
    assert_eq!(found.expect("an answer").as_ref(), Some(&first));
    assert_eq!(ports.key(&key.name).await.expect("an answer"), Some(key));
    let second = ports.key(&second_key.name).await;
    assert_eq!(second.expect("an answer"), None);

    let next_version = "statement-of-truth/2".parse().expect("a text's name");
    let other_account = Acceptor::of(&sample::other());
    let organization = Acceptor::of(&sample::machine());
    for (account, text) in [
        (account, &next_version),
        (&other_account, &first.text),
        (&organization, &first.text),
    ] {
        let none = ports.acceptance(account, text).await;
        assert_eq!(none.expect("an answer"), None);
    }

    // For an organisation it is another record than for the person who accepted.
    let for_organization = domain::Acceptance {
        organization: sample::machine().organization_key(),
        ..first
    };
    assert_eq!(for_organization.acceptor(), organization);
    let third = filer.record("accept", "three", "body");
    let done = ports.accept(&for_organization, &third).await;
    assert_eq!(done.expect("an answer"), Committed::Done);
    let found = ports
        .acceptance(&organization, &for_organization.text)
        .await;
    assert_eq!(found.expect("an answer"), Some(for_organization));
}

/// While a record is in force under the key, nothing is accepted under it.
pub async fn a_key_in_use_keeps_an_acceptance_out<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let key = filer.record("accept", "key", "body");
    let next_version = domain::Acceptance {
        text: "statement-of-truth/2".parse().expect("a text's name"),
        ..filer.acceptance()
    };
    let done = ports.accept(&filer.acceptance(), &key).await;
    assert_eq!(done.expect("an answer"), Committed::Done);
    let raced = ports.accept(&next_version, &key).await;
    assert_eq!(raced.expect("an answer"), Committed::Raced);
    let found = ports
        .acceptance(&next_version.acceptor(), &next_version.text)
        .await;
    assert_eq!(found.expect("an answer"), None);
}
