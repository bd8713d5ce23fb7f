//! The review team's queue, and finding what was submitted (domain.md #51).

use domain::{
    CaseStep, Command, FormPatch, Label, LabelAudience, Outline, ReviewId, SearchKey, SearchKind,
    StatusName,
};
use jiff::SignedDuration;
use serde_json::json;
use testkit::{Filer, MemoryStore, Mishap, Op, Story, command, sample};
use workflow::ports::{Commits as _, Committed, Correspondence as _, Findable as _};
use workflow::{
    Assigned, QueueWanted, Sought, make_findable, queue, queue_counts, same_party, search,
};

use crate::stories::owner;

fn reviewer() -> Filer {
    Filer::new(sample::reviewer(), 9)
}

fn wanted(limit: usize) -> QueueWanted {
    QueueWanted {
        year: None,
        status: StatusName::InReview,
        before_payment_year: false,
        assigned: None,
        label: None,
        before: None,
        descending: false,
        after: None,
        limit,
    }
}

fn ids(outlines: &[Outline]) -> Vec<ReviewId> {
    outlines.iter().map(|outline| outline.id.clone()).collect()
}

/// Every page of the queue, one after the other, and how many there were.
async fn pages(store: &MemoryStore, wanted: &QueueWanted) -> (Vec<ReviewId>, usize) {
    let reviewer = reviewer();
    let (mut found, mut pages, mut wanted) = (Vec::new(), 0, wanted.clone());
    loop {
        let page = queue(store, &reviewer.inbound(), &wanted).await;
        let page = page.expect("an answer");
        assert!(page.cases.len() <= wanted.limit);
        found.extend(ids(&page.cases));
        pages += 1;
        assert!(pages < 100, "it does not end");
        match page.next {
            Some(place) => wanted.after = Some(place),
            None => return (found, pages),
        }
    }
}

/// Submitted an hour apart, in this order.
async fn submitted(story: &Story<MemoryStore>, many: usize) -> Vec<ReviewId> {
    let mut ids = Vec::new();
    for number in 0..many {
        let hour = i64::try_from(number).expect("a few");
        let then = story.at(sample::in_window() + SignedDuration::from_hours(hour));
        let (review, _) = then.submitted(&format!("review-{number}")).await;
        ids.push(review.outline.id);
    }
    ids
}

async fn team(store: &MemoryStore, id: &ReviewId, step: CaseStep) {
    let review = domain_review(store, id).await;
    let commit = reviewer().does(&review, Command::Case(step));
    assert_eq!(
        store.commit(&commit).await.expect("it is answered"),
        Committed::Done
    );
}

async fn domain_review(store: &MemoryStore, id: &ReviewId) -> domain::Review {
    use workflow::ports::Reviews as _;
    let review = store.load(id).await.expect("an answer");
    review.expect("it is there")
}

#[tokio::test]
async fn the_oldest_comes_first_in_pages_of_any_size_and_drafts_never() {
    let story = owner().await;
    story.complete("a-draft").await;
    let mut expected = submitted(&story, 7).await;
    for limit in [1, 2, 3, 7, 100] {
        let (found, _) = pages(&story.ports, &wanted(limit)).await;
        assert_eq!(found, expected, "limit {limit}");
    }
    expected.reverse();
    let latest = QueueWanted {
        descending: true,
        ..wanted(2)
    };
    assert_eq!(pages(&story.ports, &latest).await.0, expected);
    let before = QueueWanted {
        before: Some(sample::in_window() + SignedDuration::from_hours(2)),
        ..wanted(10)
    };
    expected.reverse();
    assert_eq!(pages(&story.ports, &before).await.0, expected[..2]);
}

#[tokio::test]
async fn filters_by_year_lane_assignee_and_label() {
    let story = owner().await;
    let all = submitted(&story, 4).await;
    team(&story.ports, &all[1], CaseStep::Take).await;
    let label = Label {
        name: "urgent".parse().expect("a label"),
        audience: LabelAudience::Internal,
    };
    team(&story.ports, &all[2], CaseStep::AddLabel(label.clone())).await;
    let me = sample::reviewer().account.key();
    let cases = [
        (
            QueueWanted {
                assigned: Some(Assigned::To(me)),
                ..wanted(2)
            },
            vec![1],
        ),
        (
            QueueWanted {
                assigned: Some(Assigned::Nobody),
                ..wanted(2)
            },
            vec![0, 2, 3],
        ),
        (
            QueueWanted {
                label: Some(label.name),
                ..wanted(2)
            },
            vec![2],
        ),
        (
            QueueWanted {
                before_payment_year: true,
                ..wanted(2)
            },
            vec![0, 1, 2, 3],
        ),
        (
            QueueWanted {
                year: "2024".parse().ok(),
                ..wanted(2)
            },
            vec![0, 1, 2, 3],
        ),
        (
            QueueWanted {
                year: "2023".parse().ok(),
                ..wanted(2)
            },
            vec![],
        ),
        (
            QueueWanted {
                status: StatusName::Approved,
                ..wanted(2)
            },
            vec![],
        ),
    ];
    for (wanted, expected) in cases {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|place: usize| all[place].clone())
            .collect();
        assert_eq!(pages(&story.ports, &wanted).await.0, expected, "{wanted:?}");
    }
    // In the payment year itself, deciding comes too late to be early.
    let late =
        Filer::new(sample::reviewer(), 9).at("2026-01-01T05:00:00Z".parse().expect("an instant"));
    let lane = QueueWanted {
        before_payment_year: true,
        ..wanted(9)
    };
    let page = queue(&story.ports, &late.inbound(), &lane)
        .await
        .expect("an answer");
    assert!(page.cases.is_empty());
    let counts = queue_counts(&story.ports).await.expect("an answer");
    assert_eq!(counts[&sample::year()][&StatusName::InReview], 4);
    assert_eq!(counts[&sample::year()][&StatusName::Denied], 0);
}

#[tokio::test]
async fn what_moved_on_since_the_index_was_read_is_not_shown() {
    let story = owner().await;
    let all = submitted(&story, 3).await;
    let withdrawn = domain_review(&story.ports, &all[1]).await;
    let commit = story.filer.does(&withdrawn, Command::Withdraw);
    let store = story.ports.clone();
    story.ports.plan.next(
        Op::Cases,
        Mishap::meanwhile(async move {
            assert_eq!(
                store.commit(&commit).await.expect("it is answered"),
                Committed::Done
            );
        }),
    );
    let (found, _) = pages(&story.ports, &wanted(10)).await;
    assert_eq!(found, [all[0].clone(), all[2].clone()]);
    assert!(story.ports.plan.is_over());
}

/// A reviewer who is staff, contact or owner of a request never meets it, whatever the way.
#[tokio::test]
async fn nobody_meets_their_own_request_in_queue_or_search() {
    let story = owner().await;
    let complete = story.complete("their-own").await;
    let add = FormPatch(json!({"staff": ["reviewer@example.org"]}));
    let commit = story
        .filer
        .does(&complete, command::edit_people(&complete, add));
    story.ports.commit(&commit).await.expect("it is answered");
    let complete = domain_review(&story.ports, &complete.outline.id).await;
    let commit = story.filer.does(
        &complete,
        command::submit(&complete, sample::certification()),
    );
    story.ports.commit(&commit).await.expect("it is answered");
    let id = complete.outline.id;
    let others = submitted(&story, 1).await;
    relay_all(&story.ports, &id).await;
    relay_all(&story.ports, &others[0]).await;

    assert_eq!(pages(&story.ports, &wanted(10)).await.0, others);
    let reviewer = reviewer();
    for sought in [Sought::Review(id.clone()), Sought::About(npi())] {
        let found = search(&story.ports, &reviewer.inbound(), &sought).await;
        assert!(!ids(&found.expect("an answer")).contains(&id), "{sought:?}");
    }
    let beside = same_party(&story.ports, &reviewer.inbound(), &others[0]).await;
    assert!(beside.expect("an answer").is_empty());
    assert!(
        same_party(&story.ports, &reviewer.inbound(), &id)
            .await
            .is_err()
    );
}

fn npi() -> SearchKey {
    SearchKey::of(&sample::hash_key(), SearchKind::Npi, "1234567893")
}

/// What relaying every entry of the review's outbox makes of it.
async fn relay_all(store: &MemoryStore, id: &ReviewId) -> usize {
    let mut identifiers = 0;
    for entry in store.entries_of(id).await.expect("an answer") {
        let made = make_findable(store, &sample::hash_key(), &entry).await;
        identifiers += made.expect("it is written");
    }
    identifiers
}

#[tokio::test]
async fn what_was_submitted_is_found_by_each_identifier_and_beside_the_same_party() {
    let story = owner().await;
    let all = submitted(&story, 2).await;
    let draft = story.complete("a-draft").await.outline.id;
    assert_eq!(
        relay_all(&story.ports, &draft).await,
        0,
        "a draft is its people's own"
    );
    let reviewer = reviewer();
    let found = search(&story.ports, &reviewer.inbound(), &Sought::About(npi())).await;
    assert!(
        found.expect("an answer").is_empty(),
        "not before it is relayed"
    );
    for id in &all {
        assert!(relay_all(&story.ports, id).await > 0);
        assert!(relay_all(&story.ports, id).await > 0, "twice is once");
    }
    let mut sorted = all.clone();
    sorted.sort();
    let found = search(&story.ports, &reviewer.inbound(), &Sought::About(npi())).await;
    assert_eq!(ids(&found.expect("an answer")), sorted);
    let found = search(
        &story.ports,
        &reviewer.inbound(),
        &Sought::Review(all[0].clone()),
    )
    .await;
    assert_eq!(ids(&found.expect("an answer")), all[..1]);
    for unseen in [draft, ReviewId::from_random(sample::year(), 77)] {
        let found = search(&story.ports, &reviewer.inbound(), &Sought::Review(unseen)).await;
        assert!(found.expect("an answer").is_empty());
    }
    let beside = same_party(&story.ports, &reviewer.inbound(), &all[0]).await;
    assert_eq!(ids(&beside.expect("an answer")), all[1..]);
    // A pointer whose review has left names nobody.
    let gone = ReviewId::from_random(sample::year(), 78);
    story
        .ports
        .make_findable(&gone, &[npi()])
        .await
        .expect("it is written");
    let found = search(&story.ports, &reviewer.inbound(), &Sought::About(npi())).await;
    assert_eq!(ids(&found.expect("an answer")), sorted);
}

/// A page looks at a bounded number, and its cursor goes on behind them: a rare label is found over short pages.
#[tokio::test]
async fn a_rare_label_is_found_over_short_pages() {
    let story = owner().await;
    let all = submitted(&story, 6).await;
    let label = Label {
        name: "rare".parse().expect("a label"),
        audience: LabelAudience::Public,
    };
    team(&story.ports, &all[5], CaseStep::AddLabel(label.clone())).await;
    let rare = QueueWanted {
        label: Some(label.name),
        ..wanted(1)
    };
    let (found, pages) = pages(&story.ports, &rare).await;
    assert_eq!(found, all[5..]);
    assert!(pages <= 2, "{pages}");
}
