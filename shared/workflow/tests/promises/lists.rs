//! "My requests": filters, sorts and counts (domain.md #47).

use std::collections::BTreeMap;

use domain::{ApplicationType, Command, ReviewId, StatusName, WindowChange};
use jiff::SignedDuration;
use testkit::{Filer, MemoryStore, Probe as _, Story, sample};
use workflow::{Cursor, Due, Mine, Sort, Wanted, begin, mine, preflight};

use crate::stories::{does, owner};

fn wanted(sort: Sort, descending: bool, limit: usize) -> Wanted {
    Wanted {
        year: None,
        kind: None,
        statuses: Vec::new(),
        hide_withdrawn: false,
        sort,
        descending,
        after: None,
        limit,
    }
}

async fn page(story: &Story<MemoryStore>, wanted: &Wanted) -> Mine {
    let found = mine(&story.ports, &story.filer.inbound(), wanted).await;
    found.expect("an answer")
}

fn ids(page: &Mine) -> Vec<ReviewId> {
    let reviews = page.reviews.iter();
    reviews.map(|listed| listed.outline.id.clone()).collect()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A draft, a complete one, a withdrawn one and a submitted one, begun in this order an hour apart and
/// changed last in this order; and a draft of another year.
async fn five() -> (Story<MemoryStore>, Vec<ReviewId>) {
    let story = owner().await;
    let at = |hour| story.at(sample::in_window() + hours(hour));
    let draft = at(0).draft("draft").await.outline.id;
    let complete = at(1).complete("complete").await.outline.id;
    let withdrawn = at(2).draft("withdrawn").await;
    let (submitted, _) = at(3).submitted("submitted").await;
    does(&at(4), &withdrawn, "key", Command::Withdraw)
        .await
        .expect("withdrawn");
    let year = "2017".parse().expect("a year");
    let before_it_closed = story.at("2018-10-01T12:00:00Z".parse().expect("an instant"));
    let (inbound, key) = (before_it_closed.filer.inbound(), story.key("begin", "2017"));
    let old = begin(&story.ports, &inbound, &key, year, None).await;
    let ids = [
        draft,
        complete,
        withdrawn.outline.id,
        submitted.outline.id,
        old.expect("it is open then").id,
    ];
    (story.at(sample::in_window() + hours(5)), ids.to_vec())
}

#[tokio::test]
async fn sorted_by_any_of_three_both_ways_and_whole_whatever_the_pages() {
    let (story, all) = five().await;
    let [draft, complete, withdrawn, submitted, old] = &all[..] else {
        panic!("there are five")
    };
    let by_id = |mut some: Vec<ReviewId>| {
        some.sort();
        some
    };
    let chosen = |some: &[&ReviewId]| some.iter().map(|id| (*id).clone()).collect::<Vec<_>>();
    let drafts = by_id(chosen(&[draft, complete]));
    let without_due = by_id(chosen(&[withdrawn, submitted, old]));
    let cases = [
        (
            Sort::Created,
            false,
            chosen(&[old, draft, complete, withdrawn, submitted]),
        ),
        (
            Sort::Created,
            true,
            chosen(&[submitted, withdrawn, complete, draft, old]),
        ),
        (
            Sort::Updated,
            false,
            chosen(&[old, draft, complete, submitted, withdrawn]),
        ),
        (
            Sort::Updated,
            true,
            chosen(&[withdrawn, submitted, complete, draft, old]),
        ),
        (
            Sort::Due,
            false,
            [drafts.clone(), without_due.clone()].concat(),
        ),
        (Sort::Due, true, [drafts, without_due].concat()),
    ];
    for (sort, descending, expected) in cases {
        for limit in [1, 2, 3, 5, 50] {
            let mut wanted = wanted(sort, descending, limit);
            let mut found = Vec::new();
            loop {
                let page = page(&story, &wanted).await;
                assert_eq!(page.count, 5);
                assert!(page.reviews.len() <= limit);
                found.extend(ids(&page));
                let Some(next) = page.next else { break };
                let text = next.to_string();
                assert_eq!(text.parse::<Cursor>().as_ref(), Ok(&next));
                wanted.after = Some(next);
            }
            assert_eq!(found, expected, "{sort:?} {descending} {limit}");
        }
    }
    for wrong in ["", "~", "x~2024-AAAA-AAAA", "1", "1~x"] {
        assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn filters_count_what_they_hide() {
    let (story, all) = five().await;
    let any = wanted(Sort::Created, false, 50);
    let everything = page(&story, &any).await;
    let by_status = BTreeMap::from([
        (StatusName::Draft, 3),
        (StatusName::InReview, 1),
        (StatusName::Withdrawn, 1),
    ]);
    assert_eq!(
        (everything.withdrawn, &everything.by_status),
        (1, &by_status)
    );

    let hidden = Wanted {
        hide_withdrawn: true,
        ..any.clone()
    };
    let hidden = page(&story, &hidden).await;
    assert_eq!((hidden.count, hidden.withdrawn), (4, 1));
    assert_eq!(hidden.by_status, by_status);

    let of_year = Wanted {
        year: "2017".parse().ok(),
        ..any.clone()
    };
    let of_year = page(&story, &of_year).await;
    assert_eq!(
        (ids(&of_year), of_year.withdrawn),
        (vec![all[4].clone()], 0)
    );

    let individuals = Wanted {
        kind: Some(ApplicationType::Individual),
        statuses: vec![StatusName::InReview, StatusName::Approved],
        ..any.clone()
    };
    let individuals = page(&story, &individuals).await;
    assert_eq!(ids(&individuals), [all[3].clone()]);
    assert_eq!(individuals.by_status.values().sum::<usize>(), 2);

    let groups = Wanted {
        kind: Some(ApplicationType::Group),
        ..any
    };
    assert_eq!(page(&story, &groups).await.count, 0);
}

#[tokio::test]
async fn a_draft_is_due_at_the_close_as_it_is_known() {
    let story = owner().await;
    story.draft("draft").await;
    let due = async |story: &Story<MemoryStore>| {
        let page = page(story, &wanted(Sort::Due, false, 1)).await;
        page.reviews[0].due
    };
    assert_eq!(due(&story).await, Some(Due::Submission(sample::close())));
    let later = sample::close() + hours(48);
    let extension = WindowChange {
        known: sample::in_window() + hours(1),
        opens: Some(sample::in_window()),
        closes: Some(later),
        reason: "a storm".to_owned(),
    };
    story.ports.announce(sample::year(), extension).await;
    let now = story.at(sample::in_window() + hours(2));
    assert_eq!(due(&now).await, Some(Due::Submission(later)));
    assert_eq!(due(&story.at(later)).await, None);
}

#[tokio::test]
async fn another_request_of_mine_for_the_same_party_is_advice_and_nobody_elses_is() {
    let story = owner().await;
    let first = story.complete("first").await;
    let other = Filer::new(sample::other(), 2);
    let other = Story::accepted_by(story.ports.clone(), other).await;
    let theirs = other.complete("theirs").await;
    let advice = async |story: &Story<MemoryStore>, id: &ReviewId| {
        let found = preflight(&story.ports, &story.filer.inbound(), id).await;
        let (_, found) = found.expect("an answer");
        assert!(found.is_ready());
        let advice = found.advice.into_iter();
        let twins = advice.filter(|advice| advice.code == "possible_duplicate");
        twins.map(|advice| advice.message).collect::<Vec<_>>()
    };
    assert_eq!(advice(&story, &first.outline.id).await.len(), 0);
    assert_eq!(advice(&other, &theirs.outline.id).await.len(), 0);
    let second = story.complete("second").await;
    let told = advice(&story, &second.outline.id).await;
    assert!(told[0].contains(first.outline.id.as_str()), "{told:?}");
}
