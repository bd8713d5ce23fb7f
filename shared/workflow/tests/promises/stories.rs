//! What the tests do again and again.

use domain::{Command, EventKind, Review, ReviewId};
use testkit::{MemoryStore, Op, Probe as _, Story, command, sample};
use workflow::ports::{Histories as _, Outbox as _, ReviewsOfPerson as _};
use workflow::{Answer, Failure, IdempotencyKey, begin, change};

/// Every operation that changing a review takes, in order.
pub(crate) const CHANGE: [Op; 5] = [
    Op::Key,
    Op::Load,
    Op::Acceptance,
    Op::WindowChanges,
    Op::Commit,
];

/// Every operation that beginning one takes, in order.
pub(crate) const BEGIN: [Op; 4] = [Op::Key, Op::Acceptance, Op::WindowChanges, Op::Commit];

/// An owner who has accepted the statement of truth, in front of an empty store.
pub(crate) async fn owner() -> Story<MemoryStore> {
    Story::accepted(MemoryStore::default()).await
}

pub(crate) async fn begins(
    story: &Story<MemoryStore>,
    key: &IdempotencyKey,
) -> Result<Answer, Failure> {
    begin(
        &story.ports,
        &story.filer.inbound(),
        key,
        sample::year(),
        None,
    )
    .await
}

pub(crate) async fn submits(
    story: &Story<MemoryStore>,
    review: &Review,
    key: &str,
) -> Result<Answer, Failure> {
    does(
        story,
        review,
        key,
        command::submit(review, sample::certification()),
    )
    .await
}

pub(crate) async fn does(
    story: &Story<MemoryStore>,
    review: &Review,
    key: &str,
    command: Command,
) -> Result<Answer, Failure> {
    let id = &review.outline.id;
    let key = story.key(&format!("{:?} {id}", command.name()), key);
    change(&story.ports, &story.filer.inbound(), &key, id, &command).await
}

/// How many commits the stored review counts, which its history and what is due must bear out.
pub(crate) async fn commits_of(story: &Story<MemoryStore>, review: &Review) -> u64 {
    let stored = story.review(&review.outline.id).await;
    let entries = story.ports.entries(&review.outline.id).await;
    let entries = entries.expect("an answer");
    let verdict = domain::verify(&stored.outline.id, &entries, stored.outline.head);
    assert_eq!(verdict, Ok(()));
    assert_eq!(stored.outline.version, entries.len() as u64);
    stored.outline.version
}

/// Every review of theirs, in the order of their ids.
pub(crate) async fn listed(story: &Story<MemoryStore>) -> Vec<ReviewId> {
    let found = story.ports.listed(&story.filer.lists()).await;
    let found = found.expect("an answer").into_iter();
    found.map(|outline| outline.id).collect()
}

/// How many events wait to be told, besides the access that staff were given while the draft was filled in.
pub(crate) async fn due(story: &Story<MemoryStore>) -> usize {
    let mut waiting = 0;
    for (review, seq) in story.ports.due_outbox().await {
        let entry = story.ports.entry(&review, seq).await;
        let entry = entry.expect("an answer").expect("what is due is there");
        waiting += usize::from(entry.event.kind() != EventKind::AccessChanged);
    }
    waiting
}
