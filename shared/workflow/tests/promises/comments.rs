//! What both sides write to each other (domain.md #49): a draft's comments stay with its filers for good, later ones are
//! read by both, each is on record once, and none after the end.

use domain::{
    Actor, AttachmentId, Command, CommentId, Event, FileStep, Job, Place, Readers, Refused, Review,
    Side, StatusName, Unfit,
};
use testkit::{Filer, MemoryBucket, sample};
use workflow::ports::{Commits as _, Outbox as _};
use workflow::{
    CommentAnswer, CommentsPage, Download, Failure, change_by_either_side, comment, comments,
    download, team_comment, team_comments, view, view_by_either_side,
};

use crate::files::{file, grants};
use crate::stories::{owner, submits};
use crate::team::{Memory, gives, of_team, submitted};

pub(crate) async fn says(
    story: &Memory,
    id: &domain::ReviewId,
    key: &str,
    text: &str,
) -> Result<CommentAnswer, Failure> {
    // What a body says and what it hashes to belong together.
    let key = story
        .filer
        .key(&format!("comment {id}"), key, &format!("{key} {text}"));
    let text = text.parse().expect("a comment");
    comment(&story.ports, &story.filer.inbound(), &key, id, text).await
}

async fn team_says(
    team: &Memory,
    id: &domain::ReviewId,
    key: &str,
    text: &str,
) -> Result<CommentAnswer, Failure> {
    let key = team.key(&format!("team comment {id}"), key);
    let text = text.parse().expect("a comment");
    team_comment(&team.ports, &team.filer.inbound(), &key, id, text).await
}

pub(crate) async fn reads(story: &Memory, id: &domain::ReviewId) -> CommentsPage {
    let page = comments(&story.ports, &story.filer.inbound(), id, None).await;
    page.expect("it is theirs")
}

pub(crate) async fn team_reads(team: &Memory, id: &domain::ReviewId) -> CommentsPage {
    let page = team_comments(&team.ports, &team.filer.inbound(), id, None).await;
    page.expect("it is submitted")
}

pub(crate) fn texts(page: &CommentsPage) -> Vec<String> {
    page.comments.iter().map(|one| one.text.text()).collect()
}

/// A file that goes with a comment, granted.
async fn hangs(
    story: &Memory,
    review: &Review,
    key: &str,
    comment: &CommentId,
) -> Result<AttachmentId, Failure> {
    let mut with_comment = file(b"bytes");
    with_comment.place = Place::Comment {
        comment: comment.clone(),
    };
    let bucket = MemoryBucket::default();
    let granted = grants(story, &bucket, review, key, &with_comment).await;
    granted.map(|granted| granted.answer.file)
}

fn pointer(outcome: Result<AttachmentId, Failure>) -> String {
    match outcome {
        Err(Failure::Refused(Refused::Faulty(faults), _)) => faults[0].pointer.to_string(),
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn what_was_written_on_a_draft_stays_with_its_filers_for_good() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let id = &draft.outline.id;
    let mut colleague = story.clone();
    colleague.filer = Filer::new(sample::staff(), 30);
    let colleague = Memory::accepted_by(story.ports.clone(), colleague.filer).await;
    let first = says(&story, id, "one", "Among us.")
        .await
        .expect("on record");
    let by_staff = says(&colleague, id, "two", "Not sure yet.").await;
    by_staff.expect("on record");
    for who in [&story, &colleague] {
        assert_eq!(texts(&reads(who, id).await), ["Among us.", "Not sure yet."]);
    }
    let draft = story.review(id).await;
    let attached = hangs(&story, &draft, "file", &first.comment).await;
    let attached = attached.expect("it is granted");
    let watch = Filer::new(Actor::job(Job::FileWatch), 90);
    for step in [
        FileStep::Receive {
            arrived_at: story.filer.at,
        },
        FileStep::Pass,
    ] {
        let command = Command::File {
            id: attached.clone(),
            step,
        };
        let commit = watch.does(&story.review(id).await, command);
        story.ports.commit(&commit).await.expect("an answer");
    }
    // Nobody was told, and an administrator, who sees that a draft is there, reads nothing.
    let admin = of_team(&story, sample::administrator());
    let page = team_comments(&admin.ports, &admin.filer.inbound(), id, None).await;
    assert!(page.is_ok_and(|page| page.comments.is_empty()));
    let written = first.answer.version;
    let told = story.ports.entry(id, written).await.expect("an answer");
    assert!(told.is_none());

    submits(&story, &story.review(id).await, "submit")
        .await
        .expect("it is complete");
    let later = says(&story, id, "three", "For you all.")
        .await
        .expect("on record");
    let reviewer = of_team(&story, sample::reviewer());
    assert_eq!(texts(&team_reads(&reviewer, id).await), ["For you all."]);
    assert_eq!(texts(&reads(&story, id).await).len(), 3);

    // Nor does the team know of the file, by any way; its filers do.
    let inbound = reviewer.filer.inbound();
    let seen = view_by_either_side(&story.ports, &inbound, id)
        .await
        .expect("theirs");
    assert_eq!(seen.review.dossier.files_for(Side::Team).count(), 0);
    assert_eq!(seen.review.dossier.files_for(Side::Filer).count(), 1);
    let bucket = MemoryBucket::default();
    let fetched = download(&story.ports, &bucket, &inbound, id, &attached).await;
    assert_eq!(fetched.expect("an answer"), Download::NoSuchFile);
    let own = download(&story.ports, &bucket, &story.filer.inbound(), id, &attached).await;
    assert!(matches!(own, Ok(Download::Granted(_))));
    for (key, step) in [
        ("wrong", FileStep::WrongPatient),
        ("not", FileStep::NotRelevant),
    ] {
        let command = Command::File {
            id: attached.clone(),
            step,
        };
        let key = reviewer.key("step", key);
        let stepped = change_by_either_side(&story.ports, &inbound, &key, id, &command).await;
        assert!(
            matches!(
                &stepped,
                Err(Failure::Refused(Refused::Unfit(Unfit::NotThere), _))
            ),
            "{stepped:?}"
        );
    }
    let told = workflow::team_history(&story.ports, &inbound, id)
        .await
        .expect("theirs");
    assert!(
        told.iter()
            .flat_map(|line| &line.told)
            .all(|told| !told.what.contains("Jane Sample"))
    );

    // The draft's comment takes no more files, which would have to be for both sides.
    let review = story.review(id).await;
    assert_eq!(
        pointer(hangs(&story, &review, "late", &first.comment).await),
        "/place/comment"
    );
    let attached = hangs(&story, &review, "now", &later.comment).await;
    let attached = attached.expect("it is granted");
    let page = team_reads(&reviewer, id).await;
    let files: Vec<_> = page.files(&page.comments[0]).map(|file| &file.id).collect();
    assert_eq!(files, [&attached]);
}

#[tokio::test]
async fn after_the_submission_both_sides_read_and_the_other_one_is_told_without_a_word_of_it() {
    let (story, review) = submitted().await;
    let id = &review.outline.id;
    let reviewer = of_team(&story, sample::reviewer());
    let take = Command::Case(domain::CaseStep::Take);
    gives(&reviewer, &review, "take", take)
        .await
        .expect("taken");
    let ours = says(&story, id, "one", "Dear wallaby")
        .await
        .expect("on record");
    let theirs = team_says(&reviewer, id, "two", "Dear bilby")
        .await
        .expect("on record");
    for page in [reads(&story, id).await, team_reads(&reviewer, id).await] {
        assert_eq!(texts(&page), ["Dear wallaby", "Dear bilby"]);
        assert!(
            page.comments
                .iter()
                .all(|one| one.readers == Readers::BothSides)
        );
        let sides: Vec<_> = page.comments.iter().map(domain::Comment::side).collect();
        assert_eq!(sides, [Side::Filer, Side::Team]);
    }
    for (answer, writer, comment) in [
        (ours, Side::Filer, "wallaby"),
        (theirs, Side::Team, "bilby"),
    ] {
        let told = story.ports.entry(id, answer.answer.version).await;
        let told = told.expect("an answer").expect("people are told");
        assert!(matches!(&told.event, Event::CommentedV1(event) if event.by == writer));
        assert!(!told.recipients.is_empty());
        for one in &told.recipients {
            assert_ne!(one.side, writer, "only the other side is told");
        }
        let stored = serde_json::to_string(&told.event).expect("JSON");
        assert!(!stored.contains(comment), "{stored}");
    }
    // What an open side wrote does not answer for the other: strangers and those with an interest read nothing.
    let stranger = of_team(&story, sample::other());
    let inbound = stranger.filer.inbound();
    let read = comments(&story.ports, &inbound, id, None).await;
    assert!(matches!(read, Err(Failure::NotFound)));
    let read = team_comments(&story.ports, &inbound, id, None).await;
    assert!(matches!(read, Err(Failure::NotFound)));
    let inbound = reviewer.filer.inbound();
    let read = comments(&story.ports, &inbound, id, None).await;
    assert!(
        matches!(read, Err(Failure::NotFound)),
        "each side has a door of its own"
    );
}

#[tokio::test]
async fn nothing_is_written_after_the_end_and_what_was_written_stays() {
    let (story, review) = submitted().await;
    let id = &review.outline.id;
    says(&story, id, "before", "Before.")
        .await
        .expect("on record");
    crate::stories::does(&story, &review, "withdraw", Command::Withdraw)
        .await
        .expect("it is theirs");
    let reviewer = of_team(&story, sample::reviewer());
    let late = [
        says(&story, id, "late", "Late.").await,
        team_says(&reviewer, id, "late", "Late.").await,
    ];
    for outcome in late {
        let Err(Failure::Refused(Refused::NotInStatus(_, status), _)) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(status, StatusName::Withdrawn);
    }
    assert_eq!(texts(&reads(&story, id).await), ["Before."]);
    assert_eq!(texts(&team_reads(&reviewer, id).await), ["Before."]);
}

#[tokio::test]
async fn files_hang_on_a_comment_of_ones_own_side_that_is_there() {
    let (story, review) = submitted().await;
    let id = &review.outline.id;
    let reviewer = of_team(&story, sample::reviewer());
    let ours = says(&story, id, "one", "Ours.")
        .await
        .expect("on record")
        .comment;
    let theirs = team_says(&reviewer, id, "two", "Theirs.")
        .await
        .expect("on record")
        .comment;
    let review = story.review(id).await;
    let nobodys = CommentId::from_random([9; 16]);
    for (who, own, other) in [(&story, &ours, &theirs), (&reviewer, &theirs, &ours)] {
        hangs(who, &review, "own", own)
            .await
            .expect("it is granted");
        assert_eq!(
            pointer(hangs(who, &review, "other", other).await),
            "/place/comment"
        );
        assert_eq!(
            pointer(hangs(who, &review, "none", &nobodys).await),
            "/place/comment"
        );
    }
    // A comment of another review is none of this one.
    let another = story.draft("another").await;
    assert_eq!(
        pointer(hangs(&story, &another, "cross", &ours).await),
        "/place/comment"
    );
    let page = reads(&story, id).await;
    let files: Vec<_> = page
        .comments
        .iter()
        .map(|one| page.files(one).count())
        .collect();
    assert_eq!(files, [1, 1]);
    let opened = view(&story.ports, &story.filer.inbound(), id).await;
    assert_eq!(opened.expect("theirs").review.dossier.files.len(), 2);
}

#[tokio::test]
async fn pages_hold_every_comment_once_however_long_they_are() {
    let (story, review) = submitted().await;
    let id = &review.outline.id;
    // Each of a length of which a page takes a hundred and more, but that no page takes so many.
    let long = "word ".repeat(1_900);
    let mut written = Vec::new();
    for number in 0..120 {
        let text = if number % 2 == 0 {
            long.clone()
        } else {
            "short".to_owned()
        };
        let answer = says(&story, id, &format!("key-{number}"), &text).await;
        written.push(answer.expect("on record").comment);
    }
    let (mut read, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = comments(&story.ports, &story.filer.inbound(), id, after).await;
        let page = page.expect("theirs");
        let bytes: usize = page.comments.iter().map(|one| one.text.html().len()).sum();
        assert!(page.comments.len() <= 50 && bytes <= 1024 * 1024);
        read.extend(page.comments.into_iter().map(|one| one.id));
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(read, written);
    assert_eq!(pages, 3);
}
