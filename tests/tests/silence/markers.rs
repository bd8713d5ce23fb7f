//! A marker for every personal field, and bodies that are full of them.

use scenarios::{Directory, forms};
use serde_json::{Value, json};

/// A marker, wherever it shows up.
pub(crate) struct Marker {
    pub(crate) of: &'static str,
    pub(crate) text: &'static str,
    /// Whether what SES reports holds it by nature.
    pub(crate) in_reports: bool,
}

const fn marker(of: &'static str, text: &'static str) -> Marker {
    Marker {
        of,
        text,
        in_reports: false,
    }
}

const fn address(of: &'static str, text: &'static str) -> Marker {
    Marker {
        of,
        text,
        in_reports: true,
    }
}

/// One a field: what stands for it in the clear. A new field gets a word of its own here, and a place in a body below.
pub(crate) const MARKERS: [Marker; 24] = [
    marker("the group's TIN", "918273645"),
    marker("the practice's TIN", "827364519"),
    marker("a wrong TIN", "73645-1982"),
    marker("an NPI", "1987654320"),
    marker("a wrong NPI", "19876543"),
    marker("a phone", "8662880147"),
    marker("a phone as it is printed", "288-0147"),
    marker("a party's name", "Marigold"),
    marker("a practice's name", "Larkspur"),
    marker("a description", "heliotrope"),
    marker("a relationship", "snapdragon"),
    marker("a label", "Foxglove"),
    address("an address", "periwinkle"),
    marker("a wrong address", "columbine"),
    marker("a clinician's name", "Hollyhock"),
    marker("a correction", "delphinium"),
    marker("why it was corrected", "edelweiss"),
    marker("an account", "gentian"),
    marker("an idempotency key", "mallow"),
    marker("a private note", "verbena"),
    marker("an internal label", "jacaranda"),
    marker("a file's name", "Honeysuckle"),
    marker("leave to send or fetch", "X-Amz-Signature"),
    marker("a comment", "oleander"),
];

/// The mailbox of somebody who is asked to take a review over.
pub(crate) const HEIR: &str = "periwinkle.one@example.org";

pub(crate) fn group() -> Value {
    let mut form = forms::group();
    form["application"]["tin"] = json!("918273645");
    form["party_name"] = json!("Marigold Family Practice");
    form["relationship"] = json!({ "kind": "other", "description": "the snapdragon of the house" });
    form["description"] = json!("The heliotrope was counted twice.");
    form
}

pub(crate) fn individual() -> Value {
    let mut form = forms::individual();
    form["application"]["npi"] = json!("1987654320");
    form["party_name"] = json!("Dr. Marigold");
    form["practice"] =
        json!({ "choice": "not_listed", "tin": "827364519", "name": "Larkspur Practice" });
    form["description"] = json!("The heliotrope was not counted.");
    form
}

/// A contact and two of the staff.
pub(crate) fn people() -> Value {
    json!({
        "contact": { "phone": "866-288-0147", "email": "periwinkle@example.org" },
        "staff": [HEIR, "periwinkle.two@example.org"],
    })
}

/// Whose mail comes back, or is not wanted.
pub(crate) fn unreachable_people() -> Value {
    json!({
        "contact": { "phone": "866-288-0147", "email": "bounce.periwinkle@example.org" },
        "staff": ["complaint.periwinkle@example.org", "reject.periwinkle@example.org"],
    })
}

pub(crate) fn correction(revision: u64) -> Value {
    json!({
        "field": "description",
        "new": "The delphinium was counted twice.",
        "why": "It was an edelweiss.",
        "certification": forms::submission(revision)["certification"],
    })
}

/// What no door expects: every marker as a field and as a value.
pub(crate) fn rubbish() -> Value {
    let fields = MARKERS
        .iter()
        .map(|marker| (marker.text.to_owned(), json!(marker.text)));
    Value::Object(fields.collect())
}

/// A participation look-up that first says something that cannot be read, and then whom it lists.
pub(crate) fn directory() -> Directory {
    let practice = json!({ "TIN": "XXXXX4519", "prvdrOrgName": "Larkspur Practice" });
    let listed = json!({ "data": {
        "npi": "1987654320", "firstName": "Hollyhock", "lastName": "Marigold", "organizations": [practice],
    }});
    let unreadable = r#"{"data": {"npi": "1987654320", "firstName": "Hollyhock", "heliotrope"#;
    Directory::answering([
        ("200 OK", unreadable.to_owned()),
        ("200 OK", listed.to_string()),
    ])
}
