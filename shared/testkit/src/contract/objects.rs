//! A store of bytes takes what was announced, once, and gives it back whole.

use async_trait::async_trait;
use domain::{AttachmentId, AttachmentKind, Digest, NewFile, Place, ReviewId};
use jiff::SignedDuration;
use workflow::ports::{
    DownloadUrl, Downloads, ObjectPlace, Objects, ObjectsOfReview, Upload, Uploads,
};

use crate::sample;

/// Uses leave as anybody can who has it.
#[async_trait]
pub trait StoreProbe: Send + Sync {
    /// Sends the bytes with all that was asked for; whether the store took them.
    async fn put(&self, upload: &Upload, bytes: &[u8]) -> bool;

    /// Fetches the bytes, if the store gives them.
    async fn fetch(&self, url: &DownloadUrl) -> Option<Vec<u8>>;
}

const LIFE: SignedDuration = SignedDuration::from_mins(1);

fn place(number: u8) -> ObjectPlace {
    ObjectPlace {
        review: ReviewId::from_random(sample::year(), 7),
        file: AttachmentId::from_random([number; 16]),
    }
}

fn announced(bytes: &[u8]) -> NewFile {
    NewFile {
        kind: AttachmentKind::Other,
        name: "Zoë \"Sample\".pdf".parse().expect("a name"),
        size: bytes.len() as u64,
        sha256: Digest::of(&[bytes]),
        place: Place::Form,
    }
}

/// Every promise of a store, one after the other, each at a place of its own.
pub async fn every_promise_of_a_store(
    store: &(impl Uploads + Downloads + Objects + ObjectsOfReview),
    probe: &impl StoreProbe,
) {
    what_was_announced_arrives_whole(store, probe).await;
    nothing_else_is_taken(store, probe).await;
    a_second_upload_is_refused(store, probe).await;
    what_is_erased_is_gone(store, probe).await;
    all_of_a_review_goes_at_once(store, probe).await;
}

async fn what_was_announced_arrives_whole(
    store: &(impl Uploads + Downloads + Objects),
    probe: &impl StoreProbe,
) {
    let at = place(1);
    // Several pieces on the wire.
    let bytes: Vec<u8> = (0..300_000u32).map(|byte| byte.to_le_bytes()[0]).collect();
    let file = announced(&bytes);
    assert_eq!(store.stored(&at).await.expect("an answer"), None);
    let upload = store.upload(&at, &file, LIFE).await.expect("leave");
    assert_eq!(store.stored(&at).await.expect("an answer"), None);
    assert!(probe.put(&upload, &bytes).await, "it is as announced");
    let stored = store.stored(&at).await.expect("an answer");
    let stored = stored.expect("it arrived");
    assert_eq!(stored.length, file.size);
    assert_eq!(stored.arrived_at.subsec_nanosecond(), 0, "whole seconds");
    let mut read = Vec::new();
    let take = &mut |piece: &[u8]| read.extend_from_slice(piece);
    store.read(&at, &stored, take).await.expect("it is read");
    assert_eq!(read, bytes);
    let url = store.download(&at, &file.name, LIFE).await.expect("leave");
    assert_eq!(probe.fetch(&url).await, Some(bytes));
}

async fn nothing_else_is_taken(store: &(impl Uploads + Objects), probe: &impl StoreProbe) {
    let at = place(2);
    let file = announced(b"what was announced");
    for other in [
        b"what was not announced".as_slice(),
        b"What was announced",
        b"what was",
        b"",
    ] {
        let upload = store.upload(&at, &file, LIFE).await.expect("leave");
        assert!(!probe.put(&upload, other).await, "{} bytes", other.len());
        assert_eq!(store.stored(&at).await.expect("an answer"), None);
    }
}

async fn a_second_upload_is_refused(store: &(impl Uploads + Objects), probe: &impl StoreProbe) {
    let at = place(3);
    let bytes = b"the first and only";
    let upload = store
        .upload(&at, &announced(bytes), LIFE)
        .await
        .expect("leave");
    assert!(probe.put(&upload, bytes).await);
    let stored = store.stored(&at).await.expect("an answer");
    assert!(!probe.put(&upload, bytes).await, "leave is used up");
    let again = store
        .upload(&at, &announced(bytes), LIFE)
        .await
        .expect("leave");
    assert!(!probe.put(&again, bytes).await, "something is there");
    assert_eq!(store.stored(&at).await.expect("an answer"), stored);
}

async fn what_is_erased_is_gone(store: &(impl Uploads + Objects), probe: &impl StoreProbe) {
    let (at, beside) = (place(4), place(5));
    store
        .erase(&at)
        .await
        .expect("nothing is there, and that is fine");
    let bytes = b"for a while";
    for at in [&at, &beside] {
        let upload = store
            .upload(at, &announced(bytes), LIFE)
            .await
            .expect("leave");
        assert!(probe.put(&upload, bytes).await);
    }
    let stored = store
        .stored(&at)
        .await
        .expect("an answer")
        .expect("it arrived");
    for _ in 0..2 {
        store.erase(&at).await.expect("an answer");
        assert_eq!(store.stored(&at).await.expect("an answer"), None);
    }
    let take = &mut |_: &[u8]| {};
    store
        .read(&at, &stored, take)
        .await
        .expect_err("no version is left");
    assert!(store.stored(&beside).await.expect("an answer").is_some());
}

async fn all_of_a_review_goes_at_once(
    store: &(impl Uploads + Objects + ObjectsOfReview),
    probe: &impl StoreProbe,
) {
    let other = ObjectPlace {
        review: ReviewId::from_random(sample::year(), 8),
        ..place(6)
    };
    let bytes = b"of a review";
    for at in [&place(6), &place(7), &other] {
        let upload = store.upload(at, &announced(bytes), LIFE).await;
        assert!(probe.put(&upload.expect("leave"), bytes).await);
    }
    for _ in 0..2 {
        let erased = store.erase_all(&place(6).review).await;
        erased.expect("an answer");
        for number in 1..8 {
            let stored = store.stored(&place(number)).await;
            assert_eq!(stored.expect("an answer"), None);
        }
    }
    assert!(store.stored(&other).await.expect("an answer").is_some());
}
