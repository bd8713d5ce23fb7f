//! Where sweeps look, and what is on record of them.

use domain::{Actor, Command, DocumentAsk, DocumentStep, Job, Review, TimeStep, next_look};
use jiff::{SignedDuration, Timestamp};
use workflow::clock::{Counts, Report, Run, Sweep, places};
use workflow::ports::{Place, Placed};

use super::{Ports, Probe, Subject, done};
use crate::filer::command;
use crate::{Filer, sample};

/// Everything in a place, read in pages of `limit`.
async fn all(ports: &impl Ports, place: Place, until: Timestamp, limit: u32) -> Vec<Placed> {
    let mut found = Vec::new();
    for shard in 0..ports.clock_shards() {
        let mut after: Option<Placed> = None;
        loop {
            let page = ports.placed(place, shard, until, after.as_ref(), limit);
            let page = page.await.expect("an answer");
            assert!(page.len() <= limit as usize);
            assert!(page.is_sorted_by_key(|placed| placed.at));
            after = page.last().cloned();
            let last = page.len() < limit as usize;
            found.extend(page);
            if last {
                break;
            }
        }
    }
    found.sort_by_key(|placed| placed.review.clone());
    found
}

/// Whether the review stands in exactly the places that its status says.
async fn stands(ports: &impl Ports, review: &Review) {
    let year = review.outline.year;
    let expected = places(review);
    for place in [
        Place::Due,
        Place::Drafts(year),
        Place::NotSubmitted(year),
        Place::Expired(year),
    ] {
        let found = all(ports, place, Timestamp::MAX, 100).await;
        let found: Vec<_> = found
            .into_iter()
            .filter(|placed| placed.review == review.outline.id)
            .map(|placed| (place, placed))
            .collect();
        let here = expected.iter().filter(|(of, _)| *of == place);
        assert_eq!(found, here.cloned().collect::<Vec<_>>(), "{place:?}");
    }
}

/// A review stands in the places that follow from its status, and leaves them with the commit that ends it.
pub async fn a_review_stands_where_its_status_says<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let draft = done(&ports, &filer.begins()).await;
    assert_eq!(places(&draft).len(), 1);
    stands(&ports, &draft).await;

    let clock = Filer::new(Actor::job(Job::WindowSweep), 2);
    let morning = "2025-10-31T13:00:00Z".parse().expect("an instant");
    let sweep = clock.clone().at(morning);
    let reminded = done(&ports, &sweep.does(&draft, Command::Remind)).await;
    stands(&ports, &reminded).await;

    let closing = clock
        .clone()
        .at(sample::close() + SignedDuration::from_hours(1));
    let closed = done(
        &ports,
        &closing.does(&reminded, Command::Time(TimeStep::Close)),
    )
    .await;
    assert_eq!(places(&closed).len(), 1);
    stands(&ports, &closed).await;

    let submitted = submitted(&ports, &filer).await;
    assert_eq!(places(&submitted), []);
    stands(&ports, &submitted).await;
    let reviewer = Filer::new(sample::reviewer(), 3);
    let what = "The EHR extract of 2024".parse().expect("a line");
    let ask = Command::Documents(DocumentStep::Request {
        items: vec![DocumentAsk { what, kind: None }],
        message: None,
        last_day: None,
    });
    let waiting = done(&ports, &reviewer.does(&submitted, ask)).await;
    let look = next_look(&waiting).expect("it waits");
    stands(&ports, &waiting).await;
    let early = all(&ports, Place::Due, look - SignedDuration::from_millis(1), 9).await;
    assert_eq!(early, []);
    assert_eq!(all(&ports, Place::Due, look, 9).await.len(), 1);

    let clock =
        Filer::new(Actor::job(Job::DocumentClock), 4).at(look + SignedDuration::from_hours(400));
    let settle = Command::Documents(DocumentStep::Settle { reached: true });
    let denied = done(&ports, &clock.does(&waiting, settle)).await;
    assert_eq!(places(&denied).len(), 1);
    stands(&ports, &denied).await;
}

async fn submitted(ports: &impl Ports, filer: &Filer) -> Review {
    let mut review = done(ports, &filer.begins()).await;
    let edit = command::edit_form(&review, sample::individual());
    review = done(ports, &filer.does(&review, edit)).await;
    let edit = command::edit_people(&review, sample::contact_and_staff());
    review = done(ports, &filer.does(&review, edit)).await;
    let submit = command::submit(&review, sample::certification());
    done(ports, &filer.does(&review, submit)).await
}

/// Pages of any size make the same whole, in every shard.
pub async fn a_place_is_paged_through_whole<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    for _ in 0..23 {
        done(&ports, &filer.begins()).await;
    }
    let drafts = Place::Drafts(sample::year());
    let whole = all(&ports, drafts, Timestamp::MAX, 100).await;
    assert_eq!(whole.len(), 23);
    for limit in [1, 2, 3, 23] {
        assert_eq!(all(&ports, drafts, Timestamp::MAX, limit).await, whole);
    }
    let another = Place::Drafts("2023".parse().expect("a year"));
    assert_eq!(all(&ports, another, Timestamp::MAX, 9).await, []);
}

/// What is counted of a run adds up, and the latest runs come first.
pub async fn counts_of_a_run_add_up<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let run = |sweep, hours| Run {
        sweep,
        as_of: sample::in_window() + SignedDuration::from_hours(hours),
    };
    let one = Counts {
        considered: 3,
        closed: 1,
        expired: 2,
        oldest: Some(SignedDuration::from_mins(20)),
        ..Counts::default()
    };
    let other = Counts {
        held: 1,
        reminded: 4,
        raced: 5,
        failed: 6,
        told: 7,
        returned: 8,
        oldest: Some(SignedDuration::from_mins(10)),
        ..Counts::default()
    };
    let night = run(Sweep::Nightly, 24);
    for counts in [
        &one,
        &other,
        &Counts {
            considered: 2,
            ..Counts::default()
        },
    ] {
        ports.tally(&night, counts).await.expect("an answer");
    }
    ports
        .tally(&run(Sweep::Tick, 1), &one)
        .await
        .expect("an answer");
    let sum = Counts {
        considered: 5,
        closed: 1,
        expired: 2,
        oldest: one.oldest,
        ..other
    };
    let report = |run, counts| Report { run, counts };
    let expected = [report(night, sum), report(run(Sweep::Tick, 1), one)];
    assert_eq!(ports.runs(9).await.expect("an answer"), expected);
    assert_eq!(ports.runs(1).await.expect("an answer"), expected[..1]);
}
