//! Words are kept beside the history, in the transaction of their commit, each kind apart from the other.

use domain::{Comment, Digest, Note, Readers, ReviewId};
use workflow::ports::{Commit, Committed, Words};

use super::{Ports, Probe, Subject, done};
use crate::{Filer, sample};

async fn comments(ports: &impl Ports, id: &ReviewId) -> Vec<Comment> {
    ports.comments(id).await.expect("an answer")
}

async fn notes(ports: &impl Ports, id: &ReviewId) -> Vec<Note> {
    ports.notes(id).await.expect("an answer")
}

fn comment(commit: &Commit) -> Comment {
    match &commit.words {
        Some(Words::Comment(comment)) => comment.clone(),
        words => panic!("{words:?}"),
    }
}

fn note(commit: &Commit) -> Note {
    match &commit.words {
        Some(Words::Note(note)) => note.clone(),
        words => panic!("{words:?}"),
    }
}

/// Comments come back word for word, in the order of the history, and only those of the review asked for;
/// one on a draft is for the filers alone.
pub async fn words_are_kept_in_order_and_apart_from_those_of_others<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let other = done(&ports, &filer.begins()).await;
    let on_other = filer.comments(&other, "of another request");
    done(&ports, &on_other).await;

    let begun = filer.begins();
    let mut review = done(&ports, &begun).await;
    let mut written = Vec::new();
    // More than nine, so that an order by digits would show.
    for number in 1..=12 {
        let commit = filer.comments(&review, &format!("Line {number}\n\t\u{e9} <b>&amp;"));
        written.push(comment(&commit));
        review = done(&ports, &commit).await;
    }
    assert_eq!(comments(&ports, &review.outline.id).await, written);
    assert!(written.iter().all(|one| one.readers == Readers::Filers));
    assert_eq!(
        comments(&ports, &other.outline.id).await,
        [comment(&on_other)]
    );
    // What the history holds is the hash of what was read.
    let entries = ports.entries(&review.outline.id).await.expect("an answer");
    for one in &written {
        let entry = entries.iter().find(|entry| entry.seq == one.seq);
        let hash = Digest::of(&[one.text.reveal().as_bytes()]).to_string();
        assert!(entry.expect("its entry").body.contains(&hash));
    }
}

/// No reading of comments comes upon a note, and none of notes upon a comment.
pub async fn a_note_is_no_comment<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let mut review = None;
    for commit in Filer::owner().submits() {
        review = Some(done(&ports, &commit).await);
    }
    let review = review.expect("a request");
    let reviewer = Filer::new(sample::reviewer(), 2);
    let noted = reviewer.notes(&review, "Between us.");
    let commented = reviewer.comments(&done(&ports, &noted).await, "To all.");
    done(&ports, &commented).await;
    let id = &review.outline.id;
    assert_eq!(notes(&ports, id).await, [note(&noted)]);
    assert_eq!(comments(&ports, id).await, [comment(&commented)]);
    assert_eq!(comment(&commented).readers, Readers::BothSides);
}

/// A commit that raced leaves no words behind; one that is repeated leaves them once.
pub async fn words_are_written_with_their_commit_or_not_at_all<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let draft = done(&ports, &filer.begins()).await;
    let first = filer.comments(&draft, "first");
    let second = filer.comments(&draft, "second");
    done(&ports, &first).await;
    let raced = ports.commit(&second).await.expect("an answer");
    assert_eq!(raced, Committed::Raced);
    done(&ports, &first).await;
    let id = &draft.outline.id;
    assert_eq!(comments(&ports, id).await, [comment(&first)]);
}
