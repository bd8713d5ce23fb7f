//! The review team's queues, and finding requests.

use domain::{
    Assignee, CaseQueue, CaseStep, Command, QueuePlace, ReviewId, SearchKey, SearchKind,
    StatusName, queued,
};
use jiff::SignedDuration;
use workflow::ports::{Case, Places};

use super::{Ports, Probe, Subject, done};
use crate::filer::command;
use crate::{Filer, sample};

/// A complete draft of `filer`, submitted.
async fn submitted(ports: &impl Ports, filer: &Filer) -> domain::Review {
    let review = done(ports, &filer.begins()).await;
    let edit = command::edit_form(&review, sample::individual());
    let review = done(ports, &filer.does(&review, edit)).await;
    let edit = command::edit_people(&review, sample::contact_and_staff());
    let review = done(ports, &filer.does(&review, edit)).await;
    let submit = command::submit(&review, sample::certification());
    done(ports, &filer.does(&review, submit)).await
}

fn in_review() -> CaseQueue {
    CaseQueue {
        year: sample::year(),
        status: StatusName::InReview,
    }
}

/// Each part of the queue, read to its end in pages of `limit`.
async fn parts(ports: &impl Ports, range: &Places) -> Vec<QueuePlace> {
    let mut all = Vec::new();
    for part in 0..ports.parts() {
        let mut range = range.clone();
        loop {
            let places = ports.places(in_review(), part, &range).await;
            let places = places.expect("an answer");
            assert!(places.len() <= range.limit as usize);
            let mut sorted = places.clone();
            sorted.sort();
            if range.descending {
                sorted.reverse();
            }
            assert_eq!(places, sorted, "a part is read in its order");
            let Some(last) = places.last() else { break };
            range.after = Some(last.clone());
            all.extend(places);
        }
    }
    all.sort();
    all
}

/// Submitted reviews stand in the queue of their year and status, each once, whatever the pages and the direction; a review
/// that moves on leaves it, and drafts were never in it.
pub async fn a_queue_is_read_in_its_order_and_in_parts<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    done(&ports, &filer.begins()).await;
    let mut places = Vec::new();
    let mut last = None;
    for minute in [3, 1, 2, 1, 0] {
        let later = filer.at + SignedDuration::from_mins(minute);
        let review = submitted(&ports, &filer.clone().at(later)).await;
        let (queue, place) = queued(&review.outline).expect("it stands in a queue");
        assert_eq!(queue, in_review());
        places.push(place);
        last = Some(review);
    }
    places.sort();
    for limit in [1, 2, 100] {
        for descending in [false, true] {
            let range = Places {
                after: None,
                before: None,
                descending,
                limit,
            };
            assert_eq!(parts(&ports, &range).await, places, "{range:?}");
        }
    }
    let early = Places {
        after: None,
        before: Some(places[3].at),
        descending: true,
        limit: 2,
    };
    assert_eq!(parts(&ports, &early).await, places[..3]);
    assert_eq!(ports.count(in_review()).await.expect("an answer"), 5);

    let last = last.expect("one was submitted");
    done(&ports, &filer.does(&last, Command::Withdraw)).await;
    assert_eq!(ports.count(in_review()).await.expect("an answer"), 4);
    let withdrawn = CaseQueue {
        status: StatusName::Withdrawn,
        ..in_review()
    };
    assert_eq!(ports.count(withdrawn).await.expect("an answer"), 1);
}

/// What a list of the team shows is what the review shows, and who its people are.
pub async fn cases_are_as_present_as_their_reviews<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let one = submitted(&ports, &filer).await;
    let other = done(&ports, &filer.begins()).await;
    let nobody = ReviewId::from_random(sample::year(), 7);
    let ids = [&one, &other].map(|review| review.outline.id.clone());
    let asked = [ids[1].clone(), nobody, ids[0].clone()];
    let mut cases = ports.cases(&asked).await.expect("an answer");
    let mut expected: Vec<_> = [one, other]
        .map(|review| Case {
            outline: review.outline,
            people: review.people,
        })
        .into();
    for cases in [&mut cases, &mut expected] {
        cases.sort_by(|one, other| one.outline.id.cmp(&other.outline.id));
    }
    assert_eq!(cases, expected);
    assert_eq!(ports.cases(&[]).await.expect("an answer"), []);
}

/// By each of its identifiers, kind and value, and by nothing else; twice is once.
pub async fn a_request_is_found_by_what_it_was_made_findable_by<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let key = |kind, value| SearchKey::of(&sample::hash_key(), kind, value);
    let npi = key(SearchKind::Npi, "1234567893");
    let ticket = key(SearchKind::Ticket, "CS0606124");
    let mut ids: Vec<_> = (1..=3)
        .map(|number| ReviewId::from_random(sample::year(), number))
        .collect();
    ids.sort();
    let both = [npi.clone(), ticket.clone()];
    for id in [&ids[0], &ids[0], &ids[2]] {
        let made = ports.make_findable(id, &both).await;
        made.expect("it is written");
    }
    let made = ports.make_findable(&ids[1], &both[..1]).await;
    made.expect("it is written");
    let missing = ports.unfindable(&ids[1], &both).await;
    assert_eq!(missing.expect("an answer"), both[1..]);
    let missing = ports.unfindable(&ids[2], &both).await;
    assert_eq!(missing.expect("an answer"), []);
    let found = async |key: &SearchKey| {
        let mut found = ports.found(key).await.expect("an answer");
        found.sort();
        found
    };
    assert_eq!(found(&npi).await, ids);
    assert_eq!(found(&ticket).await, [ids[0].clone(), ids[2].clone()]);
    let other = key(SearchKind::Entity, "1234567893");
    assert_eq!(found(&other).await, []);
}

/// The reviewer's own list changes with the commit that assigns the review, and with the one that ends it.
pub async fn what_a_reviewer_works_on_is_listed_until_it_ends<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let reviewer = Filer::new(sample::reviewer(), 2);
    let list = [domain::ListKey::Assigned(reviewer.actor.account.key())];
    let ids = async || {
        let found = ports.listed(&list).await.expect("an answer");
        found
            .into_iter()
            .map(|outline| outline.id)
            .collect::<Vec<_>>()
    };
    let review = submitted(&ports, &filer).await;
    let id = review.outline.id.clone();
    assert_eq!(ids().await, []);
    let review = done(
        &ports,
        &reviewer.does(&review, Command::Case(CaseStep::Take)),
    )
    .await;
    assert_eq!(
        review.outline.casework.assignee,
        Some(Assignee::of(&reviewer.actor))
    );
    assert_eq!(ids().await, std::slice::from_ref(&id));
    let release = Command::Case(CaseStep::Release);
    let review = done(&ports, &reviewer.does(&review, release)).await;
    assert_eq!(ids().await, []);
    let review = done(
        &ports,
        &reviewer.does(&review, Command::Case(CaseStep::Take)),
    )
    .await;
    assert_eq!(ids().await, [id]);
    done(&ports, &filer.does(&review, Command::Withdraw)).await;
    assert_eq!(ids().await, []);
}
