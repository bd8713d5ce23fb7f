//! A commit is written whole, once, and only on the version that was decided on.

use domain::{Command, ListKey, OutboxEntry, Outline, Review, ReviewId, SealedEntry};
use futures::future::join;
use workflow::KeyRecord;
use workflow::ports::{Commit, Committed};

use super::{Ports, Probe, Subject, done, stored};
use crate::filer::command;
use crate::{Filer, sample};

/// All that can be seen of a review, and of what a commit on it would bring along.
#[derive(Debug, PartialEq)]
struct Seen {
    review: Option<Review>,
    listed: Vec<Outline>,
    history: Vec<SealedEntry>,
    outbox: Vec<OutboxEntry>,
    due: Vec<(ReviewId, u64)>,
    key: Option<KeyRecord>,
}

async fn seen<P: Ports, Q: Probe>(subject: &Subject<P, Q>, commit: &Commit) -> Seen {
    let ports = &subject.ports;
    let outline = &commit.change.review.outline;
    let mut outbox = Vec::new();
    for seq in 0..=outline.head.count + 2 {
        outbox.extend(ports.entry(&outline.id, seq).await.expect("an answer"));
    }
    let listed = ports
        .listed(&[ListKey::Account(outline.owner.account.clone())])
        .await;
    Seen {
        review: ports.load(&outline.id).await.expect("an answer"),
        listed: listed.expect("an answer"),
        history: ports.entries(&outline.id).await.expect("an answer"),
        outbox,
        due: subject.probe.due_outbox().await,
        key: match &commit.key {
            Some(key) => ports.key(&key.name).await.expect("an answer"),
            None => None,
        },
    }
}

/// A commit on a version that has gone, or is not there yet, is `Raced`; review, history, outbox and key stay as they are.
pub async fn a_stale_commit_changes_nothing<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let subject = make().await;
    let ports = &subject.ports;
    let filer = Filer::owner();
    let draft = done(ports, &filer.begins()).await;
    let stale = Commit {
        key: Some(filer.record("withdraw", "key", "body")),
        ..filer.does(&draft, Command::Withdraw)
    };
    let edit = command::edit_form(&draft, sample::individual());
    done(ports, &filer.does(&draft, edit)).await;

    let before = seen(&subject, &stale).await;
    assert_eq!(
        ports.commit(&stale).await.expect("an answer"),
        Committed::Raced
    );
    assert_eq!(seen(&subject, &stale).await, before);
    // Nor on a version that is still to come, nor on a review that is not there at all.
    let present = stored(ports, &draft.outline.id).await;
    let next = filer.does(
        &present,
        command::edit_people(&present, sample::contact_and_staff()),
    );
    let ahead = filer.does(&next.change.review, Command::Withdraw);
    let nowhere = filer.does(&filer.begins().change.review, Command::Withdraw);
    for commit in [ahead, nowhere] {
        let committed = ports.commit(&commit).await.expect("an answer");
        assert_eq!(committed, Committed::Raced);
        assert_eq!(seen(&subject, &stale).await, before);
        let entry = ports.entry(&commit.change.review.outline.id, commit.outbox[0].seq);
        assert_eq!(entry.await.expect("an answer"), None);
    }
}

/// Beginning a review under an id that is taken is `Raced`; the one that has it stays as it is.
pub async fn a_review_that_exists_is_not_begun_again<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let subject = make().await;
    // The same seed gives the same id; another account begins, so that an overwrite would show.
    let first = Filer::owner().begins();
    let second = Filer::new(sample::other(), 1).begins();
    assert_eq!(
        first.change.review.outline.id,
        second.change.review.outline.id
    );
    let second = Commit {
        id: domain::CommitId::from_random([9; 16]),
        key: Some(Filer::new(sample::other(), 1).record("begin", "key", "body")),
        ..recommitted(second)
    };
    done(&subject.ports, &first).await;
    let before = (seen(&subject, &first).await, seen(&subject, &second).await);
    let again = subject.ports.commit(&second).await.expect("an answer");
    assert_eq!(again, Committed::Raced);
    assert_eq!(
        (seen(&subject, &first).await, seen(&subject, &second).await),
        before
    );
}

/// The commit with entries that carry another commit's id.
fn recommitted(commit: Commit) -> Commit {
    let mut commit = commit;
    for entry in &mut commit.change.entries {
        entry.commit = domain::CommitId::from_random([9; 16]);
    }
    commit
}

/// A commit that is repeated, because its answer was lost, is `Done` and written once: right away, and
/// when others have followed.
pub async fn a_repeated_commit_is_written_once<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let subject = make().await;
    let ports = &subject.ports;
    let filer = Filer::owner();
    let begun = Commit {
        key: Some(filer.record("begin", "key", "body")),
        ..filer.begins()
    };
    let draft = done(ports, &begun).await;
    let people = command::edit_people(&draft, sample::contact_and_staff());
    let told = filer.does(
        &done(ports, &filer.does(&draft, people)).await,
        Command::Withdraw,
    );
    let withdrawn = Commit {
        key: Some(filer.record("withdraw", "key", "body")),
        ..told
    };
    done(ports, &withdrawn).await;

    let before = seen(&subject, &withdrawn).await;
    done(ports, &withdrawn).await;
    done(ports, &begun).await;
    assert_eq!(seen(&subject, &withdrawn).await, before);
    assert_eq!(
        stored(ports, &draft.outline.id).await,
        withdrawn.change.review
    );
}

/// Of two commits on one version exactly one is `Done`, and all that is stored is that one's.
pub async fn of_two_commits_at_once_one_is_done<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let subject = make().await;
    let ports = &subject.ports;
    let filer = Filer::owner();
    let draft = done(ports, &filer.begins()).await;
    let one = filer.does(&draft, command::edit_form(&draft, sample::individual()));
    let two = filer.does(&draft, command::edit_form(&draft, sample::group()));
    let (first, second) = join(ports.commit(&one), ports.commit(&two)).await;
    let winner = match (first.expect("an answer"), second.expect("an answer")) {
        (Committed::Done, Committed::Raced) => &one,
        (Committed::Raced, Committed::Done) => &two,
        both => panic!("{both:?}"),
    };
    let seen = seen(&subject, winner).await;
    assert_eq!(seen.review.as_ref(), Some(&winner.change.review));
    assert_eq!(seen.history.last(), winner.change.entries.last());
    assert_eq!(seen.history.len(), 2);
}
