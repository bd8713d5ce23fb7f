//! What tells of another patient is decided by an administrator, and under a legal hold nothing is erased (domain.md #38).

use domain::{AttachmentId, Command, FileState, FileStep, HoldStep, Refused, Review, Unfit, Why};
use testkit::{Filer, MemoryBucket, Mishap, Op, sample};
use workflow::ports::Commits as _;
use workflow::{Answer, Failure, Wish};

use crate::files::{file, grants};
use crate::stories::{owner, submits};
use crate::team::{Memory, gives, of_team};

/// A submitted request with a file that was reported.
async fn reported() -> (Memory, Review, AttachmentId) {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    let draft = story.complete("draft").await;
    let granted = grants(&story, &bucket, &draft, "key", &file(b"bytes")).await;
    let file = granted.expect("it is granted").answer.file;
    let id = &draft.outline.id;
    let job = Filer::new(domain::Actor::job(domain::Job::FileWatch), 7);
    let arrived_at = story.filer.at;
    let steps = [
        (&job, FileStep::Receive { arrived_at }),
        (&job, FileStep::Pass),
        (&story.filer, FileStep::WrongPatient),
    ];
    for (who, step) in steps {
        let step = Command::File {
            id: file.clone(),
            step,
        };
        let commit = who.does(&story.review(id).await, step);
        story.ports.commit(&commit).await.expect("an answer");
    }
    let draft = story.review(id).await;
    submits(&story, &draft, "submit").await.expect("submitted");
    let review = story.review(id).await;
    (story, review, file)
}

async fn decides(
    team: &Memory,
    review: &Review,
    file: &AttachmentId,
    key: &str,
    step: fn(Why) -> FileStep,
) -> Result<Answer, Failure> {
    let why = "Looked at.".parse().expect("a note");
    let wish = Wish::with_reason(&team.filer.inbound(), why, |why| Command::File {
        id: file.clone(),
        step: step(why),
    });
    gives(team, review, key, wish).await
}

async fn holds(team: &Memory, review: &Review) {
    let hold = HoldStep::Put("A court asked.".parse().expect("a text"));
    let put = gives(team, review, "hold", Command::Hold(hold)).await;
    put.expect("it is put");
}

fn assert_held(answer: Result<Answer, Failure>) {
    let Err(Failure::Refused(refused, _)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(refused, Refused::from(Unfit::UnderHold));
}

async fn state(story: &Memory, review: &Review, file: &AttachmentId) -> (FileState, String) {
    let stored = story.review(&review.outline.id).await;
    let file = stored.dossier.file(file).expect("it is there");
    (file.state.clone(), file.file.name.reveal().to_owned())
}

#[tokio::test]
async fn nothing_is_erased_under_a_hold() {
    let (story, review, file) = reported().await;
    let team = of_team(&story, sample::administrator());
    let before = state(&story, &review, &file).await;
    holds(&team, &review).await;
    let erase = FileStep::EraseWrongPatient;
    assert_held(decides(&team, &review, &file, "erase", erase).await);
    assert_eq!(state(&story, &review, &file).await, before);
    let lift = Command::Hold(HoldStep::Lift);
    gives(&team, &review, "lift", lift).await.expect("lifted");
    let erased = decides(&team, &review, &file, "erase-again", erase).await;
    erased.expect("nothing holds it");
    let (after, name) = state(&story, &review, &file).await;
    assert!(matches!(after, FileState::Erased { .. }), "{after:?}");
    assert_eq!(name, "erased.pdf");
}

#[tokio::test]
async fn a_hold_that_comes_at_the_same_moment_keeps_the_file() {
    let (story, review, file) = reported().await;
    let team = of_team(&story, sample::administrator());
    let (other, its_review) = (
        of_team(&story, sample::second_administrator()),
        review.clone(),
    );
    let hold = Mishap::meanwhile(async move { holds(&other, &its_review).await });
    story.ports.plan.next(Op::Commit, hold);
    assert_held(decides(&team, &review, &file, "erase", FileStep::EraseWrongPatient).await);
    assert!(story.ports.plan.is_over());
    let (after, name) = state(&story, &review, &file).await;
    assert!(matches!(after, FileState::WrongPatient { .. }), "{after:?}");
    assert_eq!(name, "Jane Sample.pdf");
    // A hold erases nothing, and locks nothing away either.
    let unlocked = decides(&team, &review, &file, "unlock", FileStep::Unlock).await;
    unlocked.expect("it may be evidence");
    let (after, _) = state(&story, &review, &file).await;
    assert!(matches!(after, FileState::Clean { .. }), "{after:?}");
}
