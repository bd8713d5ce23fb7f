//! A review with files is due when something about them must be looked at, and grants are counted by person and hour.

use domain::{AttachmentId, AttachmentKind, Command, Digest, FileStep, NewFile, Place, Review};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Counted, GRANTS_AN_HOUR, Place as Where, Placed};

use super::{Ports, Probe, Subject, done, stored};
use crate::{Filer, sample};

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

fn grants(number: u8) -> Command {
    let file = NewFile {
        kind: AttachmentKind::Contract,
        name: "Zoë's contract.pdf".parse().expect("a name"),
        size: 5,
        sha256: Digest::of(&[b"bytes"]),
        place: Place::Form,
    };
    Command::File {
        id: AttachmentId::from_random([number; 16]),
        step: FileStep::Grant(file),
    }
}

async fn due(ports: &impl Ports, at: Timestamp) -> Vec<Placed> {
    let mut found = Vec::new();
    for shard in 0..ports.clock_shards() {
        let some = ports
            .placed(Where::Due, shard, at, None, 100)
            .await
            .expect("an answer");
        assert!(some.is_sorted_by_key(|due| due.at));
        found.extend(some);
    }
    found.sort_by_key(|due| due.review.clone());
    found
}

async fn with_file(ports: &impl Ports, filer: &Filer) -> Review {
    let draft = done(ports, &filer.begins()).await;
    done(ports, &filer.does(&draft, grants(1))).await
}

/// A review is due from the instant on that its files set, and due no more once nothing is open. Outbox entries are never among them, nor it among those.
pub async fn a_review_is_due_while_its_files_are_open<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    let filer = Filer::owner();
    let review = with_file(&ports, &filer).await;
    assert_eq!(stored(&ports, &review.outline.id).await, review);
    let look = domain::next_look(&review).expect("its grant is open");
    assert_eq!(due(&ports, look - MILLISECOND).await, []);
    let found = due(&ports, look).await;
    let expected = Placed {
        review: review.outline.id.clone(),
        at: look,
        reminded: None,
    };
    assert_eq!(found, [expected]);
    assert_eq!(probe.due_outbox().await, []);

    // It is the same review, and can be changed as if nothing had been.
    assert_eq!(stored(&ports, &review.outline.id).await, review);
    let removed = Command::File {
        id: AttachmentId::from_random([1; 16]),
        step: FileStep::Remove,
    };
    let review = done(&ports, &filer.does(&review, removed)).await;
    assert_eq!(
        due(&ports, filer.at).await.len(),
        1,
        "a change sets its own instant"
    );
    done(&ports, &filer.does(&review, Command::Withdraw)).await;
    assert_eq!(
        due(&ports, look).await.len(),
        1,
        "the bytes of what was removed have still to go, whatever ended since"
    );

    // An open grant ends with its draft, and then nothing is left to look at.
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let review = with_file(&ports, &filer).await;
    done(&ports, &filer.does(&review, Command::Withdraw)).await;
    assert_eq!(due(&ports, look).await, []);
}

/// However many come at once, an hour has its number for each person, and each hour its own.
pub async fn an_hour_has_its_number_of_grants_for_each_person<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (one, other) = (sample::owner().account.key(), sample::other().account.key());
    let hour = Timestamp::from_second(sample::in_window().as_second() / 3600 * 3600);
    let hour = hour.expect("an instant");
    let last = hour + SignedDuration::from_hours(1) - MILLISECOND;
    let wanted = (0..GRANTS_AN_HOUR + 5).map(|number| {
        let at = if number % 2 == 0 { hour } else { last };
        ports.count_grant(&one, at)
    });
    let answers = join_all(wanted).await;
    let counted = answers
        .into_iter()
        .filter(|answer| matches!(answer, Ok(Counted::Counted)));
    assert_eq!(counted.count(), GRANTS_AN_HOUR as usize);
    for (account, at, expected) in [
        (&one, last, Counted::NoneLeft),
        (&one, last + MILLISECOND, Counted::Counted),
        (&one, hour - MILLISECOND, Counted::Counted),
        (&other, hour, Counted::Counted),
    ] {
        let answer = ports.count_grant(account, at).await;
        assert_eq!(answer.expect("an answer"), expected);
    }
}
