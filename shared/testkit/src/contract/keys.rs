//! An answer that was given is found again, by those to whom it was given, and keeps a second one out.

use domain::Command;
use futures::future::join;
use jiff::SignedDuration;
use workflow::ports::{Commit, Committed};

use super::{Ports, Probe, Subject, done, stored};
use crate::{Filer, sample};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

/// A record is found by actor, route and key together, and reads as it was written.
pub async fn a_key_is_found_by_its_whole_name<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (owner, other) = (Filer::owner(), Filer::new(sample::other(), 2));
    let record = owner.record("begin", "key", "body");
    let commit = Commit {
        key: Some(record.clone()),
        ..owner.begins()
    };
    done(&ports, &commit).await;
    let found = ports.key(&record.name).await.expect("an answer");
    assert_eq!(found, Some(record));
    for name in [
        other.key_name("begin", "key"),
        owner.key_name("withdraw", "key"),
        owner.key_name("begin", "Key"),
    ] {
        assert_eq!(ports.key(&name).await.expect("an answer"), None);
    }
}

/// While a record is in force, nothing is committed under its key, and the first answer stays.
pub async fn a_key_in_force_refuses_the_whole_commit<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let first = filer.record("begin", "key", "one");
    let begun = Commit {
        key: Some(first.clone()),
        ..filer.begins()
    };
    let draft = done(&ports, &begun).await;
    let last_moment = Filer::owner().at(filer.at + DAY - MILLISECOND);
    let withdrawal = Commit {
        key: Some(last_moment.record("begin", "key", "two")),
        ..last_moment.does(&draft, Command::Withdraw)
    };
    let committed = ports.commit(&withdrawal).await.expect("an answer");
    assert_eq!(committed, Committed::Raced);
    assert_eq!(stored(&ports, &draft.outline.id).await, draft);
    let found = ports.key(&first.name).await.expect("an answer");
    assert_eq!(found, Some(first));
}

/// From the instant of its expiry on a record makes room, though it may still be there.
pub async fn an_expired_key_makes_room<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let first = filer.record("begin", "key", "one");
    let begun = Commit {
        key: Some(first.clone()),
        ..filer.begins()
    };
    let draft = done(&ports, &begun).await;
    let next_day = Filer::owner().at(first.expires_at);
    let second = next_day.record("begin", "key", "two");
    let withdrawal = Commit {
        key: Some(second.clone()),
        ..next_day.does(&draft, Command::Withdraw)
    };
    let withdrawn = done(&ports, &withdrawal).await;
    assert_eq!(stored(&ports, &draft.outline.id).await, withdrawn);
    let found = ports.key(&first.name).await.expect("an answer");
    assert_eq!(found, Some(second));
}

/// One request that arrives twice at once begins one review.
pub async fn of_two_beginnings_with_one_key_one_is_done<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let begin = |body| Commit {
        key: Some(filer.record("begin", "key", body)),
        ..filer.begins()
    };
    let (one, two) = (begin("one"), begin("two"));
    let (first, second) = join(ports.commit(&one), ports.commit(&two)).await;
    let (winner, loser) = match (first.expect("an answer"), second.expect("an answer")) {
        (Committed::Done, Committed::Raced) => (&one, &two),
        (Committed::Raced, Committed::Done) => (&two, &one),
        both => panic!("{both:?}"),
    };
    let name = filer.key_name("begin", "key");
    assert_eq!(ports.key(&name).await.expect("an answer"), winner.key);
    let lost = ports.load(&loser.change.review.outline.id).await;
    assert_eq!(lost.expect("an answer"), None);
}
