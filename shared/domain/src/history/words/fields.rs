//! The parts of a request, as its form calls them.

use super::series::series;
use crate::Pointer;

/// The fields in words: `the description and the issues`.
pub(super) fn named(fields: &[Pointer]) -> String {
    let mut parts: Vec<&str> = fields.iter().map(|field| part(field)).collect();
    parts.dedup();
    series(&parts)
}

/// A part that this code does not know is one of another version of the form.
pub(super) const UNKNOWN: &str = "another part of the request";

fn part(field: &str) -> &'static str {
    let top = field.trim_start_matches('/').split('/').next();
    match top.unwrap_or_default() {
        "reasons_acknowledged" => "the acknowledgement of the reasons screen",
        "reasons" => "the reasons",
        "application" => "the application type and identifier",
        "party_name" => "the name of the clinician or group",
        "practice" => "the practice",
        "reporting" => "the reporting option",
        "tickets" => "the Service Center tickets",
        "relationship" => "the relationship to the clinician or group",
        "categories" => "the performance categories",
        "issues" => "the issues",
        "follow_ups" => "the answers to the follow-up questions",
        "description" => "the description",
        "contact" => "the contact",
        "staff" => "the additional staff",
        _ => UNKNOWN,
    }
}
