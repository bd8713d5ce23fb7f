//! The review team's side: who is let in, and what is kept of what it does.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{
    Actor, CaseStep, Command, DecisionStep, DenialReason, Finding, Issue, Review, RevisedScores,
    Role, Ruling, StatusName, Verdict, Version, verify,
};
use testkit::{Filer, MemoryStore, Op, Story, sample};
use workflow::ports::{Comments as _, Histories as _, Keys as _, Notes as _};
use workflow::{
    Answer, Failure, Wish, change, notes, reveal_tin, team_change, team_comments,
    team_correspondence, team_history, team_view,
};

use crate::stories::{does, owner};

/// Nobody takes ids of somebody else's.
static SEED: AtomicU32 = AtomicU32::new(50);

pub(crate) type Memory = Story<MemoryStore>;

pub(crate) fn of_team(story: &Memory, actor: Actor) -> Memory {
    Story {
        ports: story.ports.clone(),
        filer: Filer::new(actor, SEED.fetch_add(1, Ordering::Relaxed)),
    }
}

pub(crate) async fn gives(
    team: &Memory,
    review: &Review,
    key: &str,
    wish: impl Into<Wish>,
) -> Result<Answer, Failure> {
    let id = &review.outline.id;
    let key = team.key(&format!("team {id}"), key);
    team_change(&team.ports, &team.filer.inbound(), &key, id, wish).await
}

pub(crate) fn take() -> Command {
    Command::Case(CaseStep::Take)
}

pub(crate) fn rule(version: Version, granted: bool) -> Command {
    let verdict = if granted {
        Verdict::Granted
    } else {
        Verdict::NotGranted {
            reason: DenialReason::NotShown,
        }
    };
    Command::Decide(DecisionStep::Rule {
        version,
        ruling: Ruling {
            findings: vec![Finding {
                issue: Issue::EligibilitySpecialStatus,
                verdict,
                sentence: None,
            }],
            explanation: "What was found.".parse().expect("a text"),
            scores: RevisedScores::None,
        },
        second_person: false,
    })
}

pub(crate) async fn submitted() -> (Memory, Review) {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    (story, review)
}

/// The acts of a review's history, which verifies, without their versions.
pub(crate) async fn acts(story: &Memory, review: &Review) -> Vec<String> {
    let id = &review.outline.id;
    let entries = story.ports.entries(id).await.expect("an answer");
    let head = story.review(id).await.outline.head;
    assert_eq!(verify(id, &entries, head), Ok(()));
    let act = |entry: &domain::SealedEntry| {
        let entry: domain::Entry = serde_json::from_str(&entry.body).expect("an entry");
        entry.act.name()
    };
    entries.iter().map(act).collect()
}

/// What somebody hears who tries all that the team can do.
async fn everything(team: &Memory, review: &Review) -> Vec<Failure> {
    let (ports, inbound, id) = (&team.ports, team.filer.inbound(), &review.outline.id);
    let note = Wish::note(&inbound, "Between us.".parse().expect("a note"));
    let heard = [
        team_view(ports, &inbound, id).await.err(),
        notes(ports, &inbound, id).await.err(),
        team_comments(ports, &inbound, id).await.err(),
        team_history(ports, &inbound, id).await.err(),
        team_correspondence(ports, &inbound, id).await.err(),
        reveal_tin(ports, &inbound, &team.key("tin", "key"), id)
            .await
            .err(),
        gives(team, review, "take", take()).await.err(),
        gives(team, review, "note", note).await.err(),
        gives(team, review, "rule", rule(review.outline.version, true))
            .await
            .err(),
    ];
    heard
        .into_iter()
        .map(|failure| failure.expect("nothing is done"))
        .collect()
}

#[tokio::test]
async fn whoever_is_not_of_the_team_to_a_review_hears_of_none() {
    let (story, review) = submitted().await;
    let with = |actor: Actor| Actor {
        roles: vec![Role::Reviewer, Role::Administrator],
        ..actor
    };
    let contact = Actor {
        email: Some("Front.Desk@example.org".parse().expect("an address")),
        ..sample::reviewer()
    };
    let nobody = [
        sample::owner(),
        sample::staff(),
        sample::other(),
        sample::machine(),
        // A role does not outweigh an interest.
        with(sample::owner()),
        with(sample::staff()),
        contact,
    ];
    let before = story.review(&review.outline.id).await;
    for actor in nobody {
        for failure in everything(&of_team(&story, actor.clone()), &review).await {
            assert!(
                matches!(failure, Failure::NotFound),
                "{actor:?}: {failure:?}"
            );
        }
    }
    let draft = story.draft("another").await;
    for failure in everything(&of_team(&story, sample::reviewer()), &draft).await {
        assert!(matches!(failure, Failure::NotFound), "{failure:?}");
    }
    assert_eq!(story.review(&review.outline.id).await, before);
}

#[tokio::test]
async fn a_declared_conflict_shuts_every_door() {
    let (story, review) = submitted().await;
    let reviewer = of_team(&story, sample::reviewer());
    let declare = Command::Case(CaseStep::DeclareConflict);
    gives(&reviewer, &review, "conflict", declare)
        .await
        .expect("it is on record");
    for failure in everything(&reviewer, &review).await {
        assert!(matches!(failure, Failure::NotFound), "{failure:?}");
    }
    let other = of_team(&story, sample::second_reviewer());
    gives(&other, &review, "take", take())
        .await
        .expect("another goes on");
}

#[tokio::test]
async fn nobody_of_the_team_accepts_the_statement_of_truth() {
    let (story, review) = submitted().await;
    let reviewer = of_team(&story, sample::reviewer());
    story.ports.plan.fail(Op::Acceptance, 1);
    gives(&reviewer, &review, "take", take())
        .await
        .expect("nothing was asked of acceptances");
    assert!(!story.ports.plan.is_over());
}

#[tokio::test]
async fn a_note_is_kept_with_its_hash_on_record_and_is_no_comment() {
    let (story, review) = submitted().await;
    let reviewer = of_team(&story, sample::reviewer());
    let inbound = reviewer.filer.inbound();
    let note = Wish::note(&inbound, "Between us.".parse().expect("a note"));
    let first = gives(&reviewer, &review, "note", note.clone()).await;
    let again = gives(&reviewer, &review, "note", note).await;
    assert_eq!(first.expect("on record"), again.expect("the same answer"));
    let id = &review.outline.id;
    let kept = notes(&story.ports, &inbound, id).await.expect("the notes");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].text.reveal(), "Between us.");
    assert_eq!(story.review(id).await.outline.casework.notes, 1);
    assert_eq!(story.ports.comments(id).await.expect("an answer"), []);
    let entries = story.ports.entries(id).await.expect("an answer");
    let entry = entries.last().expect("an entry");
    assert_eq!(entry.seq, kept[0].seq);
    let hash = domain::Note::hash(&kept[0].text).to_string();
    assert!(entry.body.contains(&hash) && !entry.body.contains("Between us"));
}

#[tokio::test]
async fn what_filers_wrote_on_a_draft_is_their_own() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let id = &draft.outline.id;
    let writes = async |key: &str, text: &str| {
        let inbound = story.filer.inbound();
        let comment = Wish::comment(&inbound, text.parse().expect("a comment"));
        let key = story.key("comment", key);
        let written = change(&story.ports, &inbound, &key, id, comment).await;
        written.expect("it is on record");
    };
    writes("one", "Among us.").await;
    writes("two", "Not sure yet.").await;
    let submit = testkit::command::submit(&story.review(id).await, sample::certification());
    does(&story, &draft, "submit", submit)
        .await
        .expect("it is complete");
    writes("three", "For you all.").await;
    let reviewer = of_team(&story, sample::reviewer());
    let inbound = reviewer.filer.inbound();
    let seen = team_comments(&story.ports, &inbound, id)
        .await
        .expect("an answer");
    let texts: Vec<_> = seen.iter().map(|one| one.text.reveal()).collect();
    assert_eq!(texts, ["For you all."]);
    assert_eq!(story.ports.comments(id).await.expect("an answer").len(), 3);
    assert_eq!(story.ports.notes(id).await.expect("an answer"), []);
}

#[tokio::test]
async fn a_request_brings_its_message_along_as_a_comment() {
    let (story, review) = submitted().await;
    let reviewer = of_team(&story, sample::reviewer());
    let inbound = reviewer.filer.inbound();
    let items = vec![domain::DocumentAsk {
        what: "The EHR extract".parse().expect("a line"),
        kind: None,
    }];
    let message = Some("Please mark the pages.".parse().expect("a comment"));
    let ask = Wish::documents(&inbound, items, message, None);
    let answer = gives(&reviewer, &review, "ask", ask).await.expect("asked");
    assert_eq!(answer.status, StatusName::AwaitingDocuments);
    let kept = story.ports.comments(&review.outline.id).await;
    let kept = kept.expect("an answer");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].text.reveal(), "Please mark the pages.");
    assert_eq!(kept[0].by.side(), domain::Side::Team);
}

#[tokio::test]
async fn a_tin_is_shown_once_on_record_and_kept_nowhere() {
    let (story, review) = submitted().await;
    let reviewer = of_team(&story, sample::reviewer());
    let (inbound, key) = (reviewer.filer.inbound(), reviewer.key("tin", "key"));
    let id = &review.outline.id;
    for _ in 0..2 {
        let revealed = reveal_tin(&story.ports, &inbound, &key, id).await;
        let revealed = revealed.expect("it is shown");
        let tins: Vec<_> = revealed
            .tins
            .iter()
            .map(|(place, tin)| (*place, tin.reveal()))
            .collect();
        assert_eq!(tins, [("/practice/tin", "000045100")]);
    }
    let record = story
        .ports
        .key(&reviewer.filer.key_name("tin", "key"))
        .await;
    let record = record.expect("an answer").expect("a record");
    assert!(!record.answer.contains("000045100"), "{}", record.answer);
    let acts = acts(&story, &review).await;
    assert_eq!(acts.iter().filter(|act| *act == "TinRevealedV1").count(), 1);
    // An old key opens nothing for somebody who stepped aside.
    let declare = Command::Case(CaseStep::DeclareConflict);
    gives(&reviewer, &review, "conflict", declare)
        .await
        .expect("on record");
    let after = reveal_tin(&story.ports, &inbound, &key, id).await;
    assert!(matches!(after.err(), Some(Failure::NotFound)));
}
