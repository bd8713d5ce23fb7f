//! The facts that a letter lists: each a label and a value, in the order in which people look for them.

use domain::{ApplicationType, DocumentItem, Party, StatusName, civil_text, last_minute};
use jiff::Timestamp;

use crate::quoted::quoted;

/// One fact, shown alike by text and HTML.
#[derive(Debug)]
pub(crate) struct Fact {
    /// What it is.
    pub(crate) label: &'static str,
    /// What it says; one line.
    pub(crate) value: String,
    /// What it is good for, where the label does not say so.
    pub(crate) note: Option<&'static str>,
}

impl Fact {
    /// A fact that explains itself.
    pub(crate) fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self {
            label,
            value: value.into(),
            note: None,
        }
    }

    /// Where the review stood after the event; entries from before it was frozen do not say it.
    pub(crate) fn status(status: Option<StatusName>) -> Self {
        let value = status.map_or("Shown after you sign in", StatusName::label);
        Self::new("Status", value)
    }

    /// A deadline, which is half-open: its last minute as people read it, and the exact instant.
    pub(crate) fn deadline(label: &'static str, end: Timestamp) -> Self {
        Self::new(label, format!("{} (before {end})", last_minute(end)))
    }

    /// A document that is asked for.
    pub(crate) fn document(item: &DocumentItem) -> Self {
        let value = format!("{}. {}", item.number, quoted(item.ask.what.as_str()));
        let note = item
            .received_at
            .map(|_| "A reviewer has marked it as received.");
        Self {
            note,
            ..Self::new("Document", value)
        }
    }

    /// An instant, as people in the program read it and exactly.
    pub(crate) fn moment(label: &'static str, at: Timestamp) -> Self {
        Self::new(label, format!("{} ({at})", civil_text(at)))
    }

    /// The same fact with a sentence about it.
    pub(crate) fn explained(self, note: &'static str) -> Self {
        Self {
            note: Some(note),
            ..self
        }
    }
}

/// Whom the review is about (domain.md #52); what has not been filled in is left out. The owner's label
/// is left out always: it is free text for the owner's own list.
pub(crate) fn of_party(party: &Party) -> Vec<Fact> {
    let name = match party.application {
        Some(ApplicationType::Individual) => "Clinician",
        Some(ApplicationType::Group) => "Group",
        Some(ApplicationType::VirtualGroup) => "Virtual group",
        Some(ApplicationType::ApmEntity) => "APM Entity",
        Some(ApplicationType::Subgroup) => "Subgroup",
        Some(ApplicationType::Unknown) | None => "Name",
    };
    let typed = |text: &Option<String>| text.as_deref().map(quoted);
    let identifier = typed(&party.identifier);
    // A group's identifier is its TIN: once is enough.
    let tin = typed(&party.tin).filter(|tin| {
        !identifier
            .as_ref()
            .is_some_and(|identifier| identifier.ends_with(tin.as_str()))
    });
    let label = |kind: ApplicationType| kind.label().to_owned();
    [
        ("Application type", party.application.map(label)),
        (
            name,
            party.party_name.as_ref().map(|name| quoted(name.as_str())),
        ),
        ("Identifier", identifier),
        ("Practice", typed(&party.practice)),
        ("TIN, last four digits", tin),
        ("Performance year", Some(party.year.to_string())),
        ("Payment year", Some(party.year.payment_year().to_string())),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some(Fact::new(label, value.filter(|value| !value.is_empty())?)))
    .collect()
}
