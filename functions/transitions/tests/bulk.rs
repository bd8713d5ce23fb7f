//! A thousand reviews that the clock denied by mistake are taken back by one order, every message through the real
//! worker, which is handed each batch twice (domain.md #23).

use std::sync::Arc;
use std::time::Instant;

use aws::sweeps::{Errand, write_command};
use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use domain::{Command, DocumentAsk, DocumentStep, EventKind, Outcome, Review, StatusName};
use jiff::Timestamp;
use testkit::{CountingEntropy, Filer, MemoryLooks, MemoryStore, MemorySweeps, Story, sample};
use transitions::Clerk;
use workflow::clock::{Bounds, Queues, Run, Sweep, sweep};
use workflow::orders::{OrderWish, Wanted, dry_run, place};
use workflow::ports::{Claims as _, Commits as _, Correspondence as _, Reports as _};

const MANY: usize = 1_000;
/// As the function's queue hands on.
const BATCH: usize = 10;

fn night() -> Timestamp {
    "2025-11-05T05:20:00Z".parse().expect("an instant")
}

/// A submitted request whose reviewer has asked for a document, and whose people were told.
async fn waiting(story: &Story<MemoryStore>, name: &str) -> Review {
    let (review, _) = story.submitted(name).await;
    let what = "The EHR extract of 2024".parse().expect("a line");
    let ask = DocumentStep::Request {
        items: vec![DocumentAsk { what, kind: None }],
        message: None,
        last_day: None,
    };
    let reviewer = Filer::new(sample::reviewer(), 4);
    let commit = reviewer.does(&review, Command::Documents(ask));
    let store = &story.ports;
    store.commit(&commit).await.expect("an answer");
    let id = &review.outline.id;
    for entry in store.entries_of(id).await.expect("an answer") {
        for notice in entry.notices() {
            let outcome = Outcome::Sent {
                at: entry.at,
                message_id: "id-1".to_owned(),
            };
            store.record(&notice, &outcome).await.expect("an answer");
        }
    }
    commit.change.review
}

/// Hands the errands to the worker, ten at a time, each batch twice; how many messages that were.
async fn works(clerk: &Clerk<MemoryStore>, errands: &[Errand]) -> usize {
    let mut messages = 0;
    for batch in errands.chunks(BATCH) {
        for _ in 0..2 {
            let mut event = SqsEvent::default();
            event.records = batch.iter().map(message).collect();
            messages += event.records.len();
            let reply = clerk.handle(event).await;
            assert_eq!(reply.batch_item_failures.len(), 0);
        }
    }
    messages
}

fn message(errand: &Errand) -> SqsMessage {
    let mut message = SqsMessage::default();
    message.message_id = Some("message".to_owned());
    message.body = Some(write_command(errand));
    message
}

#[tokio::test]
async fn a_thousand_are_denied_by_mistake_and_taken_back_by_one_order() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    let mut reviews = Vec::new();
    for number in 0..MANY {
        reviews.push(waiting(&story, &format!("waiting-{number}")).await);
    }
    let clerk = Clerk {
        store: store.clone(),
        entropy: Arc::new(CountingEntropy::new(9)),
        hash_key: sample::hash_key(),
    };
    let queue = MemorySweeps::following(&store.plan);
    let looks = MemoryLooks::following(&store.plan);
    let run = Run {
        sweep: Sweep::Nightly,
        as_of: night(),
    };
    let queues = Queues {
        commands: &queue,
        looks: &looks,
        own: &queue,
    };
    let bounds = Bounds {
        page: 100,
        commands: 1_000,
    };
    let counts = sweep(&store, &queues, &run, None, bounds).await;
    assert_eq!(counts.expect("an answer").considered as usize, MANY);
    let commands = queue.take_commands().into_iter().map(Errand::MoveOn);
    let began = Instant::now();
    let denying = works(&clerk, &commands.collect::<Vec<_>>()).await;
    let denied = began.elapsed();
    let [report] = &store.runs(9).await.expect("an answer")[..] else {
        panic!("one run");
    };
    assert_eq!(report.counts.expired as usize, MANY);

    let administrator = Filer::new(sample::administrator(), 41).at(night());
    let wish = OrderWish {
        wanted: Wanted::Reinstate {
            run: night(),
            year: sample::year(),
        },
        why: "Mail was down all week.".parse().expect("a text"),
    };
    let dry = dry_run(&store, &administrator.inbound(), &wish).await;
    let dry = dry.expect("an answer");
    assert_eq!(dry.reviews.len(), MANY);
    let status = async |review: &Review| story.review(&review.outline.id).await.outline.status;
    assert_eq!(status(&reviews[0]).await.name(), StatusName::Denied);
    let key = administrator.key("orders", "key", "body");
    let inbound = administrator.inbound();
    let cap = Some(1_000);
    let placed = place(&store, &queue, &inbound, &key, &wish, dry.token, cap).await;
    assert_eq!(placed.expect("as shown").reviews.len(), MANY);
    let orders = queue.take_orders().into_iter();
    let orders: Vec<_> = orders.map(|(id, of)| Errand::CarryOut(id, of)).collect();
    let began = Instant::now();
    let reinstating = works(&clerk, &orders).await;
    println!(
        "{denying} messages denied {MANY} reviews in {denied:?}, {reinstating} took them back in {:?}",
        began.elapsed()
    );
    for review in &reviews {
        assert_eq!(status(review).await.name(), StatusName::InReview);
        let entries = store.entries_of(&review.outline.id).await;
        let entries = entries.expect("an answer");
        for kind in [EventKind::Outcome, EventKind::Reinstated] {
            let told = entries.iter().filter(|entry| entry.event.kind() == kind);
            assert_eq!(told.count(), 1, "{kind:?}");
        }
    }
}
