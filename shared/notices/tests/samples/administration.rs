//! Events about what administrators do with a review's people and files, with invented facts.

use domain::{
    ContactReplacedV1, DocumentsRequestedV1, EntrustedV1, Event, Party, SentAnewV1, StatusName,
    WrongPatientDecidedV1,
};

use super::frozen::{at, due, items};

/// What an administrator did about people and files.
pub(super) fn events(party: &Party) -> Vec<(&'static str, Event)> {
    let party = || party.clone();
    let entrusted = |to: &str, opened| {
        Event::EntrustedV1(EntrustedV1 {
            party: party(),
            to: to.parse().expect("an address"),
            opened,
        })
    };
    let replaced = |missed, sent_anew| {
        Event::ContactReplacedV1(ContactReplacedV1 {
            party: party(),
            missed,
            sent_anew,
        })
    };
    let decided = |erased| {
        Event::WrongPatientDecidedV1(WrongPatientDecidedV1 {
            party: party(),
            granted_at: at("2025-11-17T15:00:00Z"),
            erased,
        })
    };
    let asked = Event::DocumentsRequestedV1(DocumentsRequestedV1 {
        party: party(),
        items: items(),
        due: due(),
        amended: false,
    });
    vec![
        ("entrusted", entrusted("colleague@example.org", false)),
        ("entrusted-to-staff", entrusted("filer@example.org", true)),
        ("contact-replaced", replaced(3, 2)),
        ("contact-replaced-late", replaced(1, 0)),
        (
            "sent-anew",
            Event::SentAnewV1(SentAnewV1 {
                at: at("2025-11-17T15:00:00Z"),
                status: Some(StatusName::AwaitingDocuments),
                event: Box::new(asked),
            }),
        ),
        ("wrong-patient-erased", decided(true)),
        ("wrong-patient-unlocked", decided(false)),
    ]
}
