//! What the clocks of performance year 2024 do, from a fortnight before the close (docs/domain.md #16 to #23).
//!
//! The schedules of the template fire in between, in order: the story only turns the clock, and waits for letters.

mod ending;
mod filed;
mod orders;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::json;

use crate::demo::step::{Ask, Jump, Letter, Letters, Step};

/// Thursday, October 30, 2025, 9 am in New York: what is asked for on this day is due as the day of the close ends.
pub(in crate::demo) fn begins() -> Timestamp {
    const BEGINS: i64 = 1_761_829_200;
    Timestamp::from_second(BEGINS).unwrap_or_default()
}

/// All steps, in order.
pub(in crate::demo) fn steps() -> Vec<Step> {
    let mut steps = begun();
    steps.extend(filed::steps());
    steps.extend(orders::steps());
    steps.extend(ending::steps());
    steps
}

/// The clock goes forward, and what falls due is done before the story goes on.
fn jump(title: &'static str, told: &'static str, to: &'static str) -> Step {
    Step::Clock(Jump {
        title,
        told,
        to,
        rests: true,
    })
}

/// The one letter of that subject about the review, to Frankie.
fn told(
    title: &'static str,
    review: &'static str,
    subject: &'static str,
    says: &'static [&'static str],
) -> Step {
    Step::Letters(Letters {
        title,
        told: "",
        review,
        subject,
        each: vec![Letter {
            to: "filer@example.org",
            says,
            hides: &[],
        }],
    })
}

fn begun() -> Vec<Step> {
    vec![
        Ask::get(
            "Frankie reads the statement of truth",
            "",
            "/v1/texts/statement-of-truth",
        )
        .keeps("statement", "/reference")
        .into(),
        Ask::post(
            "Frankie accepts it",
            "",
            "/v1/statement/acceptances",
            "statement",
            json!({"text": "{statement}"}),
        )
        .into(),
        Ask::get("The reasons screen", "", "/v1/texts/reasons?year=2024")
            .keeps("reasons", "/reference")
            .into(),
        Ask::get("The disclosures", "", "/v1/texts/disclosures?year=2024")
            .keeps("disclosures", "/reference")
            .into(),
        Ask::get(
            "What Frankie will sign",
            "",
            "/v1/texts/certification-on-behalf?year=2024",
        )
        .keeps("certification", "/reference")
        .into(),
        Ask::post(
            "Frankie begins a draft, and forgets it",
            "",
            "/v1/reviews",
            "forgotten",
            json!({"year": 2024, "name": "Forgotten"}),
        )
        .answers(StatusCode::CREATED)
        .keeps("forgotten", "/id")
        .into(),
    ]
}
