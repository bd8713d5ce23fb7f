//! Reminders go out, and an administrator extends one request and stops the clock of another.

use serde_json::{Value, json};

use super::{jump, told};
use crate::demo::step::{Ask, Step};

/// An order: dry first, then as its token says.
fn order(title: &'static str, dry_key: &'static str, key: &'static str, wish: Value) -> [Step; 2] {
    let with = |name: &str, value: Value| {
        let mut wish = wish.clone();
        wish[name] = value;
        wish
    };
    [
        Ask::post(
            title,
            "First dry: it says which reviews it concerns, and changes nothing.",
            "/v1/orders",
            dry_key,
            with("dry_run", true.into()),
        )
        .by("admin")
        .holds("/count", 1)
        .keeps("token", "/token")
        .into(),
        Ask::post(
            "And for real, naming what the dry run answered",
            "",
            "/v1/orders",
            key,
            with("token", "{token}".into()),
        )
        .by("admin")
        .holds("/count", 1)
        .into(),
    ]
}

pub(super) fn steps() -> Vec<Step> {
    let mut steps = vec![
        jump(
            "A fortnight before the close, at nine in the morning",
            "The schedules in between fire in order: every five minutes, every night, every morning.",
            "2025-10-31T13:02:00Z",
        ),
        told(
            "Frankie is reminded of the draft",
            "{forgotten}",
            "Not submitted yet: draft of targeted review {forgotten}",
            &["8:00 pm ET"],
        ),
    ];
    steps.extend(order(
        "Ada gives one of the four another week",
        "extend-dry",
        "extend",
        json!({
            "what": "extend", "last_day": "2025-11-21", "reviews": ["{extended}"], "why": "The archive is closed.",
        }),
    ));
    steps.push(told(
        "Frankie hears of it",
        "{extended}",
        "More time for documents: targeted review {extended}",
        &["November 21, 2025"],
    ));
    steps.extend(order(
        "Ada stops the clock of another for two days",
        "toll-dry",
        "toll",
        json!({
            "what": "toll", "from": "2025-11-11", "through": "2025-11-12", "reviews": ["{tolled}"],
            "why": "An outage.",
        }),
    ));
    steps.push(told(
        "Its last day is two days later",
        "{tolled}",
        "More time for documents: targeted review {tolled}",
        &["November 16, 2025"],
    ));
    steps
}
