//! What is told of objects in, the review's files and the function's replies out. Each case is a file in `events/objects`.

use attachments::Watcher;
use aws_lambda_events::event::sqs::SqsEvent;
use domain::{AttachmentId, AttachmentKind, Command, Digest, FileStep, NewFile, Place};
use testkit::{CountingEntropy, MemoryBucket, MemoryStore, Story, sample};
use workflow::ports::{Commits as _, ObjectPlace};

type Worker = Watcher<MemoryStore, MemoryBucket, CountingEntropy>;

fn event(case: &str) -> SqsEvent {
    let path = format!(
        "{}/../../events/objects/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A worker, and a draft with a granted file whose letter lies in the store.
async fn granted() -> (Worker, Story<MemoryStore>, ObjectPlace) {
    let (store, objects) = (MemoryStore::default(), MemoryBucket::default());
    let story = Story::accepted(store.clone()).await;
    let draft = story.draft("draft").await;
    let bytes = testkit::files::LETTER_PDF;
    let id = AttachmentId::from_random([9; 16]);
    let file = NewFile {
        kind: AttachmentKind::Other,
        name: "letter.pdf".parse().expect("a name"),
        size: bytes.len() as u64,
        sha256: Digest::of(&[bytes]),
        place: Place::Form,
    };
    let step = FileStep::Grant(file);
    let grant = story.filer.does(
        &draft,
        Command::File {
            id: id.clone(),
            step,
        },
    );
    store.commit(&grant).await.expect("an answer");
    let place = ObjectPlace {
        review: draft.outline.id,
        file: id,
    };
    objects.place(&place, bytes, sample::in_window());
    let worker = Watcher {
        store,
        objects,
        inspect: inspection::inspect,
        entropy: CountingEntropy::new(31),
        hash_key: sample::hash_key(),
    };
    (worker, story, place)
}

async fn state(story: &Story<MemoryStore>, place: &ObjectPlace) -> &'static str {
    let review = story.review(&place.review).await;
    let file = review.dossier.file(&place.file);
    file.expect("it is on record").state.name()
}

/// The messages that go back.
async fn handled(worker: &Worker, case: &str) -> Vec<String> {
    let reply = worker.handle(event(case)).await;
    let failures = reply.batch_item_failures.into_iter();
    failures.map(|failure| failure.item_identifier).collect()
}

#[tokio::test]
async fn an_object_is_received_and_its_verdict_recorded() {
    let (worker, story, place) = granted().await;
    assert!(handled(&worker, "created").await.is_empty());
    assert_eq!(state(&story, &place).await, "received");
    assert!(handled(&worker, "clean").await.is_empty());
    assert_eq!(state(&story, &place).await, "clean");
    assert!(handled(&worker, "threats").await.is_empty());
    assert_eq!(state(&story, &place).await, "infected");
}

#[tokio::test]
async fn a_verdict_alone_is_enough() {
    for (case, expected) in [
        ("clean", "clean"),
        ("threats", "infected"),
        ("failed", "unscannable"),
        ("look-a-day-later", "unscannable"),
    ] {
        let (worker, story, place) = granted().await;
        assert!(handled(&worker, case).await.is_empty(), "{case}");
        assert_eq!(state(&story, &place).await, expected, "{case}");
    }
}

#[tokio::test]
async fn poison_goes_back_alone() {
    let (worker, story, place) = granted().await;
    let back = handled(&worker, "created-among-poison").await;
    assert_eq!(back, ["poison", "stranger"]);
    assert_eq!(state(&story, &place).await, "received");
}
