//! Several act on one review at once: one wins, the others are told how it stands, and history and letters
//! tell one story. Each race is played at every step that a change takes.

use domain::{
    Actor, AttachmentId, AttachmentKind, Command, FileStep, Job, NewFile, Place, Refused, Review,
    StatusName, Unfit,
};
use testkit::{Filer, Mishap, Op, sample};
use workflow::ports::{Commits as _, Outbox as _};
use workflow::{Answer, Failure, Wish};

use crate::stories::does;
use crate::team::{Memory, acts, gives, of_team, rule, submitted};

/// The steps of a change by the team.
const STEPS: [Op; 4] = [Op::Key, Op::Load, Op::WindowChanges, Op::Commit];

/// The refusal, with the status that the loser is told.
fn lost(outcome: Result<Answer, Failure>) -> (Refused, StatusName) {
    match outcome {
        Err(Failure::Refused(refused, Some(review))) => (refused, review.outline.status.name()),
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn of_two_reviewers_who_decide_at_once_one_decides() {
    for step in STEPS {
        let (story, review) = submitted().await;
        let first = of_team(&story, sample::reviewer());
        let second = of_team(&story, sample::second_reviewer());
        let (faster, its_review) = (second.clone(), review.clone());
        let seen = review.outline.version;
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let denied = gives(&faster, &its_review, "rule", rule(seen, false)).await;
                assert_eq!(denied.expect("the faster one").status, StatusName::Denied);
            }),
        );
        let (refused, status) = lost(gives(&first, &review, "rule", rule(seen, true)).await);
        assert!(
            matches!(refused, Refused::NotInStatus(_, StatusName::Denied)),
            "{step:?}"
        );
        assert_eq!(status, StatusName::Denied);
        one_story(&story, &review, "DecidedV1", "OutcomeV1").await;
        assert!(story.ports.plan.is_over());
    }
}

#[tokio::test]
async fn a_withdrawal_and_an_approval_at_once_are_one_of_them() {
    for step in STEPS {
        let (story, review) = submitted().await;
        let reviewer = of_team(&story, sample::reviewer());
        let seen = review.outline.version;
        let (filer, its_review) = (story.clone(), review.clone());
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let withdrawn = does(&filer, &its_review, "withdraw", Command::Withdraw).await;
                withdrawn.expect("the faster one");
            }),
        );
        let (_, status) = lost(gives(&reviewer, &review, "rule", rule(seen, true)).await);
        assert_eq!(status, StatusName::Withdrawn, "{step:?}");
        one_story(&story, &review, "WithdrawnV1", "ReviewWithdrawnV1").await;

        let (story, review) = submitted().await;
        let (reviewer, its_review) = (of_team(&story, sample::reviewer()), review.clone());
        let seen = review.outline.version;
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let approved = gives(&reviewer, &its_review, "rule", rule(seen, true)).await;
                approved.expect("the faster one");
            }),
        );
        let (_, status) = lost(does(&story, &review, "withdraw", Command::Withdraw).await);
        assert_eq!(status, StatusName::Approved, "{step:?}");
        one_story(&story, &review, "DecidedV1", "OutcomeV1").await;
    }
}

/// History and outbox tell one end, and the same one.
async fn one_story(story: &Memory, review: &Review, act: &str, event: &str) {
    let acts = acts(story, review).await;
    let ends = ["DecidedV1", "WithdrawnV1"];
    let ended: Vec<_> = acts
        .iter()
        .filter(|one| ends.contains(&one.as_str()))
        .collect();
    assert_eq!(ended, [act]);
    let id = &review.outline.id;
    let mut told = Vec::new();
    for seq in 1..=acts.len() as u64 {
        if let Some(entry) = story.ports.entry(id, seq).await.expect("an answer") {
            let stored = serde_json::to_value(&entry.event).expect("JSON");
            told.push(stored["type"].as_str().expect("a type").to_owned());
        }
    }
    let ends = ["OutcomeV1", "ReviewWithdrawnV1"];
    let ended: Vec<_> = told
        .iter()
        .filter(|one| ends.contains(&one.as_str()))
        .collect();
    assert_eq!(ended, [event]);
}

/// A file of the owner's that was granted with the form, and what its arrival is.
async fn granted(story: &Memory, review: &Review) -> AttachmentId {
    let id = AttachmentId::from_random([7; 16]);
    let file = NewFile {
        kind: AttachmentKind::EhrExtract,
        name: "extract.pdf".parse().expect("a name"),
        size: 1_000,
        sha256: domain::Digest::of(&[b"bytes"]),
        place: Place::Request { item: None },
    };
    let grant = Command::File {
        id: id.clone(),
        step: FileStep::Grant(file),
    };
    does(story, review, "grant", grant).await.expect("granted");
    id
}

/// The store's report, committed as the job that brings it does.
async fn arrives(story: &Memory, review: &Review, id: &AttachmentId) -> bool {
    let job = Filer::new(Actor::job(Job::FileWatch), 90);
    let now = story.review(&review.outline.id).await;
    if now.outline.status.name().is_terminal() {
        return false;
    }
    let receive = Command::File {
        id: id.clone(),
        step: FileStep::Receive { arrived_at: job.at },
    };
    let commit = job.does(&now, receive);
    let committed = story.ports.commit(&commit).await.expect("an answer");
    committed == workflow::ports::Committed::Done
}

#[tokio::test]
async fn a_document_that_arrives_while_a_reviewer_denies_is_seen_or_comes_too_late() {
    for step in STEPS {
        let (story, review) = submitted().await;
        let reviewer = of_team(&story, sample::reviewer());
        let inbound = reviewer.filer.inbound();
        let items = vec![domain::DocumentAsk {
            what: "The EHR extract".parse().expect("a line"),
            kind: None,
        }];
        let ask = Wish::documents(&inbound, items, None, None);
        gives(&reviewer, &review, "ask", ask).await.expect("asked");
        let file = granted(&story, &review).await;
        let back = Command::Documents(domain::DocumentStep::Return);
        let seen = gives(&reviewer, &review, "back", back)
            .await
            .expect("back")
            .version;
        let (world, its_review, its_file) = (story.clone(), review.clone(), file.clone());
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                assert!(arrives(&world, &its_review, &its_file).await);
            }),
        );
        // Nobody denies what nobody has looked at.
        let (refused, status) = lost(gives(&reviewer, &review, "rule", rule(seen, false)).await);
        assert_eq!(refused, Refused::Unfit(Unfit::FilesPending), "{step:?}");
        assert_eq!(status, StatusName::InReview);
        // Checked meanwhile, it still is another picture than the one that was decided on.
        let job = Filer::new(Actor::job(Job::FileWatch), 91);
        let now = story.review(&review.outline.id).await;
        let pass = Command::File {
            id: file.clone(),
            step: FileStep::Pass,
        };
        let passed = story.ports.commit(&job.does(&now, pass)).await;
        passed.expect("an answer");
        let (refused, _) = lost(gives(&reviewer, &review, "again", rule(seen, false)).await);
        assert!(matches!(refused, Refused::StaleReview(..)), "{refused:?}");
        let now = story.review(&review.outline.id).await.outline.version;
        let denied = gives(&reviewer, &review, "looked", rule(now, false)).await;
        assert_eq!(denied.expect("it was seen").status, StatusName::Denied);
        assert!(
            !arrives(&story, &review, &file).await,
            "what has ended stays"
        );
    }
}
