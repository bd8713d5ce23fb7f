//! An outbox entry is kept as it was frozen, and is due until everyone has been told.

use domain::{Command, OutboxEntry, Outcome, Review};

use jiff::{SignedDuration, Timestamp};
use workflow::OUTBOX_DUE;
use workflow::ports::Overdue;

use super::claims::TERMS;
use super::{Ports, Probe, Subject, done};
use crate::filer::command;
use crate::{Filer, sample};

/// Commits a complete draft of someone, up to its submission, and returns it with the submission's entry.
pub(super) async fn submitted(ports: &impl Ports, filer: &Filer) -> (Review, OutboxEntry) {
    let mut review = done(ports, &filer.begins()).await;
    let edit = command::edit_form(&review, sample::group());
    review = done(ports, &filer.does(&review, edit)).await;
    let edit = command::edit_people(&review, sample::contact_and_staff());
    review = done(ports, &filer.does(&review, edit)).await;
    let submit = command::submit(&review, sample::certification());
    let mut commit = filer.does(&review, submit);
    done(ports, &commit).await;
    let entry = commit.outbox.pop().expect("a submission is an event");
    (commit.change.review, entry)
}

/// Every kind of entry reads as it was written, at its own place, and is due.
pub async fn an_entry_is_found_as_it_was_written<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    let filer = Filer::owner();
    let (review, submission) = submitted(&ports, &filer).await;
    let id = &review.outline.id;
    let commit = filer.does(&review, Command::Withdraw);
    done(&ports, &commit).await;
    for entry in commit.outbox.iter().chain([&submission]) {
        let found = ports.entry(id, entry.seq).await.expect("an answer");
        assert_eq!(found.as_ref(), Some(entry));
    }
    let after = ports.entry(id, submission.seq + 2).await;
    assert_eq!(after.expect("an answer"), None);
    // The staff were told of their access when they were added, right before the submission.
    let due = [-1, 0, 1].map(|step| (id.clone(), submission.seq.saturating_add_signed(step)));
    assert_eq!(probe.due_outbox().await, due);
}

/// An entry stays due, however often it is settled, until each of its notices has an outcome; a claim is
/// none, and other entries stay as they are.
pub async fn an_entry_is_settled_once_every_notice_has_its_outcome<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    let (_, entry) = submitted(&ports, &Filer::owner()).await;
    let (_, other) = submitted(&ports, &Filer::new(sample::other(), 2)).await;
    let place = |entry: &OutboxEntry| (entry.review.clone(), entry.seq);
    let now = sample::in_window();
    let mut others = probe.due_outbox().await;
    others.retain(|due| *due != place(&entry));
    assert!(others.contains(&place(&other)));
    for (told, notice) in entry.notices().enumerate() {
        let waiting = ports.settle(&entry).await.expect("an answer");
        let not_told: Vec<_> = entry.notices().skip(told).collect();
        assert_eq!(waiting, not_told);
        assert!(probe.due_outbox().await.contains(&place(&entry)));
        ports.claim(&notice, now, TERMS).await.expect("an answer");
        ports.settle(&entry).await.expect("an answer");
        assert!(probe.due_outbox().await.contains(&place(&entry)));
        let message_id = "id-1".to_owned();
        let outcome = Outcome::Sent {
            at: now,
            message_id,
        };
        ports.record(&notice, &outcome).await.expect("an answer");
    }
    for _ in 0..2 {
        assert_eq!(ports.settle(&entry).await.expect("an answer"), []);
        assert_eq!(probe.due_outbox().await, others);
    }
    let found = ports.entry(&entry.review, entry.seq).await;
    assert_eq!(found.expect("an answer").as_ref(), Some(&entry));
    let kept = ports.entries_of(&entry.review).await.expect("an answer");
    let seqs: Vec<_> = kept.iter().map(|kept| kept.seq).collect();
    assert_eq!(seqs, [entry.seq - 1, entry.seq]);
    assert_eq!(kept.last(), Some(&entry));
}

/// An entry that concerns nobody is kept, but nobody waits for it.
pub async fn an_entry_without_people_is_never_due<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    let filer = Filer::new(sample::owner_without_email(), 1);
    let draft = done(&ports, &filer.begins()).await;
    let commit = filer.does(&draft, Command::Withdraw);
    done(&ports, &commit).await;
    let [entry] = commit.outbox.as_slice() else {
        panic!("a withdrawal is one event: {:?}", commit.outbox);
    };
    assert!(entry.recipients.is_empty());
    let found = ports.entry(&entry.review, entry.seq).await;
    assert_eq!(found.expect("an answer").as_ref(), Some(entry));
    assert_eq!(probe.due_outbox().await, []);
}

/// Every entry that is due.
async fn overdue(ports: &impl Ports, at: Timestamp) -> Vec<Overdue> {
    let mut found = Vec::new();
    for shard in 0..ports.shards() {
        let some = ports.overdue(shard, at, 100).await.expect("an answer");
        assert!(some.is_sorted_by_key(|overdue| overdue.due_at));
        found.extend(some);
    }
    found.sort_by_key(|overdue| (overdue.review.clone(), overdue.seq));
    found
}

/// An entry is overdue from a quarter of an hour after its event on, until it is moved on by one who saw
/// since when, or settled.
pub async fn an_overdue_entry_is_found_and_moved_on_by_one<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    submitted(&ports, &Filer::owner()).await;
    submitted(&ports, &Filer::new(sample::other(), 2)).await;
    let millisecond = SignedDuration::from_millis(1);
    let due_at = sample::in_window() + OUTBOX_DUE;
    assert_eq!(overdue(&ports, due_at - millisecond).await, []);
    let found = overdue(&ports, due_at).await;
    let places = found.iter().map(|it| (it.review.clone(), it.seq));
    assert_eq!(places.collect::<Vec<_>>(), probe.due_outbox().await);
    assert!(found.iter().all(|overdue| overdue.due_at == due_at));

    let next = due_at + OUTBOX_DUE;
    let first = &found[0];
    let moved = [
        ports.move_on(first, next).await.expect("an answer"),
        ports
            .move_on(first, next + millisecond)
            .await
            .expect("an answer"),
    ];
    assert_eq!(moved, [true, false], "one who saw it");
    assert_eq!(overdue(&ports, due_at).await, found[1..]);
    let again = overdue(&ports, next).await;
    assert_eq!(again.len(), found.len());
    assert_eq!(again[0].due_at, next);
    let gone = Overdue {
        seq: 999,
        ..first.clone()
    };
    assert!(!ports.move_on(&gone, next).await.expect("an answer"));
    for shard in 0..ports.shards() {
        let one = ports.overdue(shard, next, 1).await.expect("an answer");
        assert!(one.len() <= 1);
    }
}
