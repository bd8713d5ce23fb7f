//! What administrators order, and the windows that they change.

use domain::WindowChange;
use jiff::SignedDuration;
use workflow::orders::{Among, OrderWish, Wanted, dry_run, place};
use workflow::ports::Committed;

use super::{Ports, Probe, Subject, done};
use crate::{Filer, MemorySweeps, sample};

/// An order is kept as it was given, and a second one under the same id changes nothing.
pub async fn an_order_stands_as_it_was_given<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::new(sample::administrator(), 5);
    let wish = |why: &str| OrderWish {
        wanted: Wanted::Extend {
            last_day: "2025-12-01".parse().expect("a day"),
            among: Among::default(),
        },
        why: why.parse().expect("a text"),
    };
    let (queue, key) = (MemorySweeps::default(), filer.key("orders", "key", "body"));
    let dry = dry_run(&ports, &filer.inbound(), &wish("a storm")).await;
    let token = dry.expect("an answer").token;
    let placed = place(
        &ports,
        &queue,
        &filer.inbound(),
        &key,
        &wish("a storm"),
        token,
        None,
    )
    .await;
    let id = placed.expect("an answer").id.expect("it is a real one");
    let order = ports
        .order(&id)
        .await
        .expect("an answer")
        .expect("it is there");
    assert_eq!((&order.wish, order.at), (&wish("a storm"), filer.at));
    let mut other = order.clone();
    other.wish = wish("another storm");
    ports.put_order(&other).await.expect("an answer");
    let stands = ports.order(&id).await.expect("an answer");
    assert_eq!(stands, Some(order));
    let again = place(
        &ports,
        &queue,
        &filer.inbound(),
        &key,
        &other.wish,
        token,
        None,
    )
    .await;
    assert!(again.is_err(), "another order under the same key");
}

/// The hearts of reviews are found by id, each once; unknown ids are left out.
pub async fn outlines_are_found_by_their_ids<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let mut outlines = Vec::new();
    for _ in 0..3 {
        outlines.push(done(&ports, &filer.begins()).await.outline);
    }
    outlines.sort_by(|one, other| one.id.cmp(&other.id));
    let mut ids: Vec<_> = outlines
        .iter()
        .rev()
        .map(|outline| outline.id.clone())
        .collect();
    ids.push(ids[0].clone());
    ids.push(domain::ReviewId::from_random(sample::year(), 1));
    let found = ports.outlines(&ids).await.expect("an answer");
    assert_eq!(found, outlines);
    assert_eq!(ports.outlines(&[]).await.expect("an answer"), []);
}

/// Of two changes of a window for one place, one is made; a key in force keeps a change out.
pub async fn a_window_is_changed_in_its_place_once<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (year, filer) = (sample::year(), Filer::new(sample::administrator(), 5));
    let change = |hours| WindowChange {
        known: filer.at + SignedDuration::from_hours(hours),
        opens: None,
        closes: Some(sample::close() + SignedDuration::from_hours(hours)),
        reason: format!("storm {hours}"),
    };
    let key = |name| filer.record("window", name, "body");
    let put = async |place, hours, name| {
        let put = ports
            .put_window(year, place, &change(hours), &key(name))
            .await;
        put.expect("an answer")
    };
    assert_eq!(put(0, 1, "one").await, Committed::Done);
    assert_eq!(put(0, 2, "two").await, Committed::Raced);
    assert_eq!(put(1, 2, "one").await, Committed::Raced);
    assert_eq!(put(1, 3, "two").await, Committed::Done);
    let changes = ports.window_changes(year).await.expect("an answer");
    assert_eq!(changes, [change(1), change(3)]);
    let answer = ports.key(&filer.key_name("window", "one")).await;
    assert_eq!(answer.expect("an answer"), Some(key("one")));
}
