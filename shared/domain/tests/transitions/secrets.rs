//! What ends in a log through `Debug`, or in the history for good, tells nothing personal (promises P6, P7).

use std::fmt::Debug;

use domain::{
    Command, CommandName, FormPatch, OutboxEntry, PersonHashKey, Review, Status, StatusName,
    transition,
};
use serde_json::json;

use crate::cast::{administrator, give, job, reviewer, second_reviewer, staff};
use crate::moves::{command, moment, prepared};
use crate::sample::{
    IN_WINDOW, at, complete, contact_and_staff, decide, edit_form, edit_people, in_review,
    individual, owner, submit, withdrawn,
};

/// Planted in the samples. The last four digits of a TIN may be shown.
const PLANTED: [&str; 20] = [
    "1234567893",
    "000045100",
    "00-0045100",
    "hospital-based",
    "Zoë",
    "Sample Family",
    "8662888292",
    "288-8292",
    "front.desk",
    "billing@",
    "Owner@",
    "owner@",
    "https://identity",
    "Jane Sample",
    "until June",
    "What was found",
    "A reason",
    "EHR extract",
    "urgent",
    "reviewer@",
];

fn tells_nothing(what: &(impl Debug + ?Sized)) {
    for printed in [format!("{what:?}"), format!("{what:#?}")] {
        for secret in PLANTED {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    }
}

fn outbox_entry(review: &Review, command: Command) -> OutboxEntry {
    let change = decide(at(IN_WINDOW), &[], 5, |context| {
        transition(review, command, context)
    })
    .expect("the sample is sound");
    tells_nothing(&change);
    let entries = OutboxEntry::of(
        Some(review),
        &change,
        at(IN_WINDOW),
        &PersonHashKey::new(*b"key"),
    );
    entries.into_iter().next().expect("an event")
}

#[test]
fn debug_output_tells_nothing() {
    for review in [complete(), in_review(), withdrawn()] {
        tells_nothing(&review);
        tells_nothing(&review.outline);
        tells_nothing(&review.form);
        tells_nothing(&review.people);
    }
    let draft = complete();
    tells_nothing(&edit_form(&draft, individual()));
    tells_nothing(&edit_people(&draft, contact_and_staff()));
    tells_nothing(&submit(&draft));
    tells_nothing(&owner());
    let group =
        FormPatch(json!({"application": {"type": "group", "npi": null, "tin": "000045100"}}));
    let group = crate::sample::after(&draft, edit_form(&draft, group));
    for review in [&draft, &group] {
        tells_nothing(&outbox_entry(review, submit(review)));
        tells_nothing(&outbox_entry(review, Command::Withdraw));
    }
}

#[test]
fn no_command_change_or_entry_of_the_table_tells_anything() {
    for status in StatusName::ALL {
        for name in CommandName::ALL {
            let before = prepared(status, name);
            let wish = command(name, &before);
            tells_nothing(&wish);
            for actor in [
                owner(),
                staff(),
                reviewer(),
                second_reviewer(),
                administrator(),
                job(),
            ] {
                let outcome = give(&before, &actor, moment(status, name), wish.clone());
                tells_nothing(&outcome);
                for entry in outcome.into_iter().flat_map(|change| change.entries) {
                    for secret in PLANTED {
                        assert!(!entry.body.contains(secret), "{secret} in {}", entry.body);
                    }
                }
            }
        }
    }
}

#[test]
fn a_refusal_names_places_not_what_was_typed() {
    let draft = complete();
    let wrong = FormPatch(json!({
        "application": {"npi": "12345678931234567893"},
        "practice": {"tin": "000045100000045100"},
        "description": "hospital-based".repeat(1_000),
        "party_name": "Zoë\nZoë",
    }));
    let refused = decide(at(IN_WINDOW), &[], 6, |context| {
        transition(&draft, edit_form(&draft, wrong), context)
    })
    .expect_err("nothing of it is right");
    tells_nothing(&refused);
    tells_nothing(&refused.to_string());
}

#[test]
fn the_history_keeps_nothing_that_was_typed() {
    let first = complete();
    let edited = decide(at(IN_WINDOW), &[], 7, |context| {
        let patch =
            FormPatch(json!({"description": "Not hospital-based any more.", "party_name": null}));
        transition(&first, edit_form(&first, patch), context)
    });
    let people = decide(at(IN_WINDOW), &[], 8, |context| {
        let patch = FormPatch(json!({"staff": ["third.billing@example.org"]}));
        transition(&first, edit_people(&first, patch), context)
    });
    let submitted = decide(at(IN_WINDOW), &[], 9, |context| {
        transition(&first, submit(&first), context)
    });
    for change in [edited, people, submitted] {
        for entry in change.expect("the sample is sound").entries {
            for secret in PLANTED {
                assert!(!entry.body.contains(secret), "{secret} in {}", entry.body);
            }
        }
    }
}

#[test]
fn what_is_stored_still_tells_all() {
    // Masking is for people who look over a shoulder, not for the form that was signed.
    let review = in_review();
    assert!(review.form.to_bytes().contains("\"000045100\""));
    let Status::InReview(submission) = &review.outline.status else {
        panic!("{review:?}");
    };
    assert_eq!(submission.submission.form_sha256, review.form.sha256());
}
