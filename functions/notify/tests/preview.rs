//! What a reviewer is shown before deciding is what people get: byte for byte, reader by reader.

use aws::queue::write_message;
use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use domain::{
    Account, Actor, Command, CommentId, DecisionStep, DenialReason, Detail, Digest, DocumentAsk,
    DocumentStep, Finding, Issue, Review, RevisedScores, Role, Ruling, Side, Verdict,
};
use jiff::SignedDuration;
use notices::{Letter, Links, render};
use notify::Desk;
use testkit::{Filer, MemoryMailer, MemoryQueue, MemoryStore, SetClock, Story, sample};
use workflow::ports::{ClaimTerms, Commits as _, Committed, Mail, Reviews as _};
use workflow::{Failure, Previewed, preview};

type Worker = Desk<MemoryStore, MemoryMailer, SetClock, MemoryQueue>;

fn worker(store: MemoryStore) -> Worker {
    Desk {
        store,
        mailer: MemoryMailer::default(),
        clock: SetClock::at(sample::in_window()),
        terms: ClaimTerms {
            lease: SignedDuration::from_mins(2),
            doubt: SignedDuration::from_mins(15),
        },
        queue: MemoryQueue::default(),
        links: Links {
            sign_in: "https://reviews.example.org".to_owned(),
        },
    }
}

fn of_team(subject: &str, role: Role) -> Filer {
    let actor = Actor {
        account: Account {
            issuer: "https://identity.example.org".to_owned(),
            subject: subject.to_owned(),
        },
        email: format!("{subject}@cms.example.org").parse().ok(),
        roles: vec![role],
        organization: None,
    };
    Filer::new(actor, 9)
}

async fn shown(
    desk: &Worker,
    who: &Filer,
    review: &Review,
    command: &Command,
) -> Result<Vec<Previewed<Letter>>, Failure> {
    let write = |entry: &_, recipient: &_| render(entry, recipient, &desk.links).expect("a letter");
    preview(
        &desk.store,
        &who.inbound(),
        &review.outline.id,
        command,
        write,
    )
    .await
}

/// Commits the command and delivers every notice of it.
async fn given(
    desk: &Worker,
    who: &Filer,
    review: &Review,
    command: Command,
) -> (Review, Vec<Mail>) {
    let commit = who.does(review, command);
    let done = desk
        .store
        .commit(&commit)
        .await
        .expect("the store is there");
    assert_eq!(done, Committed::Done);
    let before = desk.mailer.sent().len();
    for notice in commit.outbox.iter().flat_map(|entry| entry.notices()) {
        let mut message = SqsMessage::default();
        message.message_id = Some(notice.to_string());
        message.receipt_handle = Some(notice.to_string());
        message.body = Some(write_message(&notice));
        let mut event = SqsEvent::default();
        event.records = vec![message];
        let reply = desk.handle(event).await;
        assert!(reply.batch_item_failures.is_empty(), "{reply:?}");
    }
    let review = desk.store.load(&review.outline.id).await;
    let review = review
        .expect("the store is there")
        .expect("the review is there");
    (review, desk.mailer.sent()[before..].to_vec())
}

fn same(previewed: &Previewed<Letter>, sent: &Mail) -> bool {
    let letter = &previewed.letter;
    let calendar = letter.calendar.as_ref();
    let calendar = calendar.map(|file| (file.name, file.media_type, &*file.text));
    let enclosed = sent.enclosed.as_ref();
    let enclosed = enclosed.map(|file| (file.name, file.media_type, &*file.text));
    (&letter.subject, &letter.text, &letter.html) == (&sent.subject, &sent.text, &sent.html)
        && calendar == enclosed
        && previewed.to == sent.to.masked()
}

fn ask(what: &str) -> Command {
    Command::Documents(DocumentStep::Request {
        items: vec![DocumentAsk {
            what: what.parse().expect("a line"),
            kind: None,
        }],
        last_day: None,
        message: None,
    })
}

fn rule(review: &Review, verdict: Verdict) -> Command {
    let scores = match verdict {
        Verdict::Granted => RevisedScores::Pending,
        Verdict::NotGranted { .. } => RevisedScores::None,
    };
    Command::Decide(DecisionStep::Rule {
        ruling: Ruling {
            findings: vec![Finding {
                issue: Issue::EligibilitySpecialStatus,
                verdict,
                sentence: None,
            }],
            explanation: "What was found.".parse().expect("a text"),
            scores,
        },
        second_person: false,
        version: review.outline.version,
    })
}

/// Each of these is looked at first, by the review team, and given then, on the review that the one before left.
fn story() -> [fn(&Review) -> Command; 5] {
    [
        |_| Command::Case(domain::CaseStep::Take),
        |_| Command::Comment {
            id: CommentId::from_random([5; 16]),
            sha256: Digest::of(&[b"words"]),
        },
        |_| ask("The EHR extract <b>&amp; \"all\" of TIN 00-0045100"),
        |_| Command::Documents(DocumentStep::Return),
        |review| {
            let reason = DenialReason::NotShown;
            rule(review, Verdict::NotGranted { reason })
        },
    ]
}

#[tokio::test]
async fn what_is_shown_is_what_is_sent() {
    let desk = worker(MemoryStore::default());
    let filer = Story::accepted(desk.store.clone()).await;
    let (mut review, _) = filer.submitted("once").await;
    let reviewer = of_team("reviewer", Role::Reviewer);
    let mut letters = 0;
    for command in story() {
        let command = command(&review);
        let shown = shown(&desk, &reviewer, &review, &command)
            .await
            .expect("it may be given");
        let unchanged = desk
            .store
            .load(&review.outline.id)
            .await
            .expect("the store is there");
        assert_eq!(
            unchanged.as_ref(),
            Some(&review),
            "looking ahead changes nothing"
        );
        let (after, sent) = given(&desk, &reviewer, &review, command).await;
        assert_eq!(shown.len(), sent.len());
        for (shown, sent) in shown.iter().zip(&sent) {
            assert!(same(shown, sent), "{}", shown.letter.subject);
            let of_team = sent.to.reveal().ends_with("@cms.example.org");
            assert_eq!(shown.side == Side::Team, of_team);
            assert_eq!(
                shown.detail == Detail::Brief,
                shown.letter.text.contains("nothing but")
            );
            assert!(!shown.to.contains(sent.to.reveal()), "addresses are masked");
        }
        letters += sent.len();
        review = after;
    }
    // Four people of the filer's side are told of four things; the reviewer of the end of the request.
    assert_eq!(letters, 4 * 4 + 1);
}

#[tokio::test]
async fn an_approval_is_shown_as_it_is_sent() {
    let desk = worker(MemoryStore::default());
    let filer = Story::accepted(desk.store.clone()).await;
    let (review, _) = filer.submitted("once").await;
    let administrator = of_team("administrator", Role::Administrator);
    let command = rule(&review, Verdict::Granted);
    let shown = shown(&desk, &administrator, &review, &command)
        .await
        .expect("it may be given");
    let (_, sent) = given(&desk, &administrator, &review, command).await;
    assert!(!sent.is_empty() && shown.len() == sent.len());
    assert!(
        shown
            .iter()
            .zip(&sent)
            .all(|(shown, sent)| same(shown, sent))
    );
}

#[tokio::test]
async fn only_the_review_team_looks_ahead_and_refusals_are_the_commands_own() {
    let desk = worker(MemoryStore::default());
    let filer = Story::accepted(desk.store.clone()).await;
    let (review, _) = filer.submitted("once").await;
    let grant = rule(&review, Verdict::Granted);
    for nobody in [Filer::owner(), Filer::new(sample::other(), 3)] {
        let answer = shown(&desk, &nobody, &review, &grant).await;
        assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    }
    let draft = filer.draft("another").await;
    let reviewer = of_team("reviewer", Role::Reviewer);
    let answer = shown(&desk, &reviewer, &draft, &grant).await;
    assert!(
        matches!(answer, Err(Failure::NotFound)),
        "a draft is the filers' own: {answer:?}"
    );
    let answer = shown(
        &desk,
        &reviewer,
        &review,
        &Command::Documents(DocumentStep::Return),
    )
    .await;
    assert!(matches!(answer, Err(Failure::Refused(..))), "{answer:?}");
}
