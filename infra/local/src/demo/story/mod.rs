//! The story: Frankie, who works in a practice, asks for a review for its clinician (docs/domain.md E).
//!
//! The samples are those of the public guide of performance year 2024: its NPI, whose check digit is wrong and which
//! its form accepted all the same, its ticket and its phone number. What a later part of the service adds goes on from
//! here, as a chapter of its own.

mod deciding;
mod evidence;
mod filing;
mod submitting;
mod withdrawing;
pub(super) mod year;

use super::step::Step;

/// All steps, in order.
pub(super) fn steps() -> Vec<Step> {
    let mut steps = filing::steps();
    steps.extend(evidence::steps());
    steps.extend(submitting::steps());
    steps.extend(deciding::steps());
    steps.extend(withdrawing::steps());
    steps
}
