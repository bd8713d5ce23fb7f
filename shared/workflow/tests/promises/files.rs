//! Uploads are granted once under their key, to those who may, as often as an hour takes; and fetched by those who may read.

use domain::{
    AttachmentId, AttachmentKind, Command, Digest, FileState, FileStep, GRANT_LIFE, NewFile, Place,
    Refused, Review, Unfit,
};
use jiff::SignedDuration;
use testkit::{Filer, MemoryBucket, MemoryStore, Mishap, Op, Story, crash, sample};
use workflow::ports::{Commits as _, GRANTS_AN_HOUR, ObjectPlace};
use workflow::{
    Download, Failure, Granted, change_by_either_side, download, grant_upload, preflight,
    view_by_either_side,
};

use crate::stories::owner;

/// A file of the form, as it is announced.
pub(crate) fn file(bytes: &[u8]) -> NewFile {
    NewFile {
        kind: AttachmentKind::EhrExtract,
        name: "Jane Sample.pdf".parse().expect("a name"),
        size: bytes.len() as u64,
        sha256: Digest::of(&[bytes]),
        place: Place::Form,
    }
}

/// Asks for an upload.
pub(crate) async fn grants(
    story: &Story<MemoryStore>,
    bucket: &MemoryBucket,
    review: &Review,
    key: &str,
    file: &NewFile,
) -> Result<Granted, Failure> {
    let id = &review.outline.id;
    let key = story.key(&format!("grant {id}"), key);
    grant_upload(&story.ports, bucket, &story.filer.inbound(), &key, id, file).await
}

fn on_file(id: &AttachmentId, step: FileStep) -> Command {
    Command::File {
        id: id.clone(),
        step,
    }
}

#[tokio::test]
async fn a_grant_that_is_asked_for_again_is_the_same_with_the_time_that_is_left() {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let draft = story.draft("draft").await;
    let first = grants(&story, &bucket, &draft, "key", &file(b"bytes")).await;
    let first = first.expect("it is granted");
    let begun = first.upload.expect("leave").url;
    assert!(begun.contains("seconds=590"), "{begun}");
    let ends = first.answer.ends_at();
    let waits = [
        (0, Some(590)),
        (60, Some(530)),
        (589, Some(1)),
        (590, None),
        (86_399, None),
    ];
    for (later, seconds) in waits {
        let later = story.at(story.filer.at + SignedDuration::from_secs(later));
        let again = grants(&later, &bucket, &draft, "key", &file(b"bytes")).await;
        let again = again.expect("the same answer");
        assert_eq!(
            (&again.answer, again.answer.ends_at()),
            (&first.answer, ends)
        );
        let leave = again.upload.map(|upload| upload.url);
        match seconds {
            Some(seconds) => {
                let leave = leave.expect("there is time left");
                assert!(leave.contains(&format!("seconds={seconds}")), "{leave}");
                assert_ne!(leave, begun, "signed anew");
            }
            None => assert_eq!(leave, None),
        }
    }
    let stored = story.review(&draft.outline.id).await;
    assert_eq!(stored.dossier.files.len(), 1);
    let end = first.answer.granted_at + GRANT_LIFE;
    assert!(ends < end, "what the store takes is within the grant");
}

#[tokio::test]
async fn a_crash_at_any_step_leaves_one_grant_for_whoever_asks_again() {
    let steps = [
        Op::Key,
        Op::Load,
        Op::Acceptance,
        Op::WindowChanges,
        Op::CountGrant,
        Op::Commit,
        Op::Upload,
    ];
    for step in steps {
        for end in [|| Mishap::CrashBefore, || Mishap::CrashAfter] {
            let story = owner().await;
            let bucket = MemoryBucket::following(&story.ports.plan);
            let draft = story.draft("draft").await;
            let file = file(b"bytes");
            story.ports.plan.next(step, end());
            crash(grants(&story, &bucket, &draft, "key", &file));
            let granted = grants(&story, &bucket, &draft, "key", &file).await;
            assert!(granted.expect("again").upload.is_some(), "{step:?}");
            let stored = story.review(&draft.outline.id).await;
            assert_eq!(stored.dossier.files.len(), 1, "{step:?}");
        }
    }
}

#[tokio::test]
async fn an_hour_has_a_hundred_grants_and_a_refused_one_costs_none() {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let too_large = NewFile {
        size: domain::MAX_FILE_SIZE + 1,
        ..file(b"bytes")
    };
    let mut draft = story.draft("draft").await;
    for asked in 0..GRANTS_AN_HOUR {
        if asked % 20 == 0 {
            draft = story.draft(&format!("draft-{asked}")).await;
            let refused = grants(&story, &bucket, &draft, "large", &too_large).await;
            assert!(matches!(
                refused,
                Err(Failure::Refused(Refused::Faulty(_), _))
            ));
        }
        let key = format!("key-{asked}");
        let granted = grants(&story, &bucket, &draft, &key, &file(b"bytes")).await;
        granted.expect("within the hour");
    }
    let full = grants(&story, &bucket, &draft, "one", &file(b"bytes")).await;
    let Err(Failure::Refused(refused, _)) = full else {
        panic!("{full:?}");
    };
    assert_eq!(refused, Refused::from(Unfit::TooMany), "the 21st of a form");
    let another = story.draft("another").await;
    let refused = grants(&story, &bucket, &another, "one", &file(b"bytes")).await;
    let Err(Failure::TooManyGrants(wait)) = refused else {
        panic!("{refused:?}");
    };
    let full_hour = SignedDuration::from_hours(1);
    assert_eq!(wait, full_hour, "it was asked at the full hour");
    let next = story.at(story.filer.at + wait);
    let granted = grants(&next, &bucket, &another, "two", &file(b"bytes")).await;
    granted.expect("the next hour");
}

#[tokio::test]
async fn what_cannot_be_counted_is_not_granted() {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let draft = story.draft("draft").await;
    story.ports.plan.fail(Op::CountGrant, 1);
    let failed = grants(&story, &bucket, &draft, "key", &file(b"bytes")).await;
    assert!(matches!(failed, Err(Failure::Port(_))), "{failed:?}");
    assert_eq!(story.review(&draft.outline.id).await, draft);
    let granted = grants(&story, &bucket, &draft, "key", &file(b"bytes")).await;
    granted.expect("it is back");
}

#[tokio::test]
async fn both_sides_come_in_through_the_same_doors_and_strangers_through_none() {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let (submitted, _) = story.submitted("draft").await;
    let id = &submitted.outline.id;
    let comment = NewFile {
        place: Place::Comment {
            comment: domain::CommentId::from_random([9; 16]),
        },
        ..file(b"bytes")
    };
    let draft = story.draft("another").await;
    for (actor, is_theirs) in [(sample::reviewer(), true), (sample::other(), false)] {
        let mut them = story.clone();
        them.filer = Filer::new(actor, 5);
        if !is_theirs {
            them = Story::accepted_by(story.ports.clone(), them.filer).await;
        }
        let inbound = them.filer.inbound();
        let seen = view_by_either_side(&story.ports, &inbound, id).await;
        assert_eq!(seen.is_ok(), is_theirs);
        // The review team states no truth: it files nothing.
        match grants(&them, &bucket, &submitted, "key", &comment).await {
            Ok(granted) => assert!(is_theirs && granted.upload.is_some()),
            Err(failure) => assert!(!is_theirs && matches!(failure, Failure::NotFound)),
        }
        for asked in [
            grants(&them, &bucket, &draft, "key", &comment).await.err(),
            view_by_either_side(&story.ports, &inbound, &draft.outline.id)
                .await
                .err(),
        ] {
            assert!(matches!(asked, Some(Failure::NotFound)), "{asked:?}");
        }
    }
}

#[tokio::test]
async fn only_what_is_clean_is_fetched_and_only_by_those_who_may_read() {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let draft = story.complete("draft").await;
    let granted = grants(&story, &bucket, &draft, "key", &file(b"bytes")).await;
    let file = granted.expect("it is granted").answer.file;
    let id = &draft.outline.id;
    let now = story.filer.at;
    let wants = async |who: &Filer| {
        let inbound = who.inbound();
        download(&story.ports, &bucket, &inbound, id, &file).await
    };
    let job = Filer::new(domain::Actor::job(domain::Job::FileWatch), 7);
    for step in [FileStep::Receive { arrived_at: now }, FileStep::Pass] {
        let locked = wants(&story.filer).await.expect("an answer");
        assert!(matches!(locked, Download::Locked(_)), "{locked:?}");
        let review = story.review(id).await;
        let commit = job.does(&review, on_file(&file, step));
        story.ports.commit(&commit).await.expect("an answer");
    }
    for who in [story.filer.clone(), Filer::new(sample::staff(), 8)] {
        let fetched = wants(&who).await.expect("an answer");
        let Download::Granted(url) = fetched else {
            panic!("{fetched:?}");
        };
        assert!(url.0.contains("seconds=60"), "{}", url.0);
    }
    for who in [sample::other(), sample::reviewer()] {
        let refused = wants(&Filer::new(who, 9)).await;
        assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
    }
    let unknown = AttachmentId::from_random([3; 16]);
    let inbound = story.filer.inbound();
    let none = download(&story.ports, &bucket, &inbound, id, &unknown).await;
    assert_eq!(none.expect("an answer"), Download::NoSuchFile);
    // Reported as somebody else's, it is locked at once.
    let key = story.key("wrong", "wrong");
    let wish = on_file(&file, FileStep::WrongPatient);
    let report = change_by_either_side(&story.ports, &inbound, &key, id, &wish).await;
    report.expect("its sender may");
    assert!(matches!(wants(&story.filer).await, Ok(Download::Locked(_))));
}

#[tokio::test]
async fn a_file_that_is_not_there_yet_is_told_before_the_submission_and_blocks_nothing() {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let draft = story.complete("draft").await;
    let granted = grants(&story, &bucket, &draft, "key", &file(b"bytes")).await;
    granted.expect("it is granted");
    let id = &draft.outline.id;
    let found = preflight(&story.ports, &story.filer.inbound(), id).await;
    let (_, found) = found.expect("an answer");
    assert!(found.is_ready());
    let mut codes = found.advice.iter().map(|advice| advice.code);
    assert!(codes.any(|code| code == "file_not_arrived"));
    let stored = story.review(id).await;
    assert_eq!(stored.dossier.files[0].state, FileState::Granted);
    let place = ObjectPlace {
        review: id.clone(),
        file: stored.dossier.files[0].id.clone(),
    };
    assert_eq!(bucket.there(&place), None);
}
