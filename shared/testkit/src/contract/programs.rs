//! What administrators changed about a year.

use domain::WindowChange;
use jiff::SignedDuration;

use super::{Ports, Probe, Subject};
use crate::sample;

/// Changes come in the order in which they were made, whatever they say, and to their own year only.
pub async fn window_changes_come_in_the_order_in_which_they_were_made<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    let year = sample::year();
    assert_eq!(ports.window_changes(year).await.expect("an answer"), []);
    // More than nine, so that places sorted as text would show; told backwards, so that times would.
    let change = |number: i64| WindowChange {
        known: sample::in_window() - SignedDuration::from_millis(number),
        opens: Some(sample::in_window() - SignedDuration::from_hours(24)),
        closes: (number % 2 == 0).then(|| sample::close() + SignedDuration::from_hours(number)),
        reason: format!("change {number}"),
    };
    let changes: Vec<_> = (1..=12).map(change).collect();
    for change in &changes {
        probe.announce(year, change.clone()).await;
    }
    assert_eq!(
        ports.window_changes(year).await.expect("an answer"),
        changes
    );
    let another = "2023".parse().expect("a year");
    assert_eq!(ports.window_changes(another).await.expect("an answer"), []);
}
