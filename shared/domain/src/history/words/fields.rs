//! The parts of a request, as its form calls them.

use super::series::series;
use crate::Pointer;

/// The parts and their fields, in the order of the form.
const PARTS: [(&str, &str); 14] = [
    (
        "/reasons_acknowledged",
        "the acknowledgement of the reasons screen",
    ),
    ("/reasons", "the reasons"),
    ("/application", "the application type and identifier"),
    ("/party_name", "the name of the clinician or group"),
    ("/practice", "the practice"),
    ("/reporting", "the reporting option"),
    ("/tickets", "the Service Center tickets"),
    (
        "/relationship",
        "the relationship to the clinician or group",
    ),
    ("/categories", "the performance categories"),
    ("/issues", "the issues"),
    ("/follow_ups", "the answers to the follow-up questions"),
    ("/description", "the description"),
    ("/contact", "the contact"),
    ("/staff", "the additional staff"),
];

/// A field that this code does not know is one of another version of the form.
pub(super) const UNKNOWN: &str = "another part of the request";

/// The fields in words, in the order of the form: `the issues and the description`.
pub(super) fn named(fields: &[Pointer]) -> String {
    let known = |field: &Pointer| PARTS.iter().any(|(pointer, _)| pointer == field);
    let named = PARTS
        .iter()
        .filter(|(pointer, _)| fields.iter().any(|field| field == pointer))
        .map(|(_, words)| *words);
    let unknown = fields.iter().any(|field| !known(field)).then_some(UNKNOWN);
    series(&named.chain(unknown).collect::<Vec<_>>())
}
