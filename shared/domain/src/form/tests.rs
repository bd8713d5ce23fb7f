use serde_json::json;

use super::*;
use crate::{Contact, People, rule_set};

fn rules() -> &'static RuleSet {
    rule_set("2024".parse().expect("a year")).expect("a rule set")
}

fn patched(form: &Form, patch: Value) -> Result<Form, Vec<Fault>> {
    form.patched(&FormPatch(patch), rules())
}

fn pointers(result: Result<Form, Vec<Fault>>) -> Vec<String> {
    result
        .expect_err("faults")
        .into_iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code))
        .collect()
}

fn complete() -> Value {
    json!({
        "reasons_acknowledged": "reasons/2024.1",
        "application": {"type": "individual", "npi": "1112223334"},
        "practice": {"choice": "not_listed", "tin": "00-0045100"},
        "reporting": {"option": "traditional_mips"},
        "tickets": ["cs0606124", "INC9"],
        "relationship": {"kind": "practice_staff"},
        "categories": ["promoting_interoperability"],
        "issues": ["eligibility_special_status"],
        "description": "The special status is not reflected.",
    })
}

#[test]
fn a_patch_merges_and_null_takes_away() {
    let form = patched(&Form::default(), complete()).expect("a form");
    let changed = patched(
        &form,
        json!({"description": null, "application": {"npi": "1234567893"}}),
    )
    .expect("a form");
    assert_eq!(changed.description, None);
    assert_eq!(
        changed
            .application
            .as_ref()
            .and_then(Application::identifier)
            .as_deref(),
        Some("NPI 1234567893")
    );
    assert_eq!(form.difference(&changed), ["/application", "/description"]);
    assert_eq!(form.difference(&form), Vec::<String>::new());
}

#[test]
fn what_is_stored_reads_back_to_the_same_bytes() {
    let form = patched(&Form::default(), complete()).expect("a form");
    let read: Form = serde_json::from_str(&form.to_bytes()).expect("a stored form");
    assert_eq!(read, form);
    assert_eq!(read.sha256(), form.sha256());
}

#[test]
fn every_fault_of_a_patch_is_named_and_the_form_stays() {
    let wrong = json!({
        "application": {"type": "individual", "npi": "123", "tin": "000045100"},
        "practice": {"choice": "not_listed", "tin": "1"},
        "categories": ["quality", "quality"],
        "issues": ["rain"],
        "relationship": {"kind": "clinician", "description": "x"},
        "description": "x".repeat(10_001),
        "patient": "Jane",
    });
    assert_eq!(
        pointers(patched(&Form::default(), wrong)),
        [
            "/application/npi invalid",
            "/application/tin not_allowed",
            "/practice/tin invalid",
            "/relationship/description not_allowed",
            "/categories invalid",
            "/issues/0 not_allowed",
            "/description invalid",
            "/patient unknown_field",
        ]
    );
}

#[test]
fn two_identifiers_are_refused_even_when_one_was_stored_before() {
    let form = patched(&Form::default(), complete()).expect("a form");
    let both = json!({"application": {"type": "group", "tin": "000045100"}});
    assert_eq!(
        pointers(patched(&form, both)),
        ["/application/npi not_allowed"]
    );
    let one = json!({"application": {"type": "group", "tin": "000045100", "npi": null}});
    assert!(patched(&form, one).is_ok());
}

#[test]
fn the_pre_flight_blocks_on_what_is_missing_and_advises_on_what_is_doubtful() {
    let nothing = preflight(&Form::default(), &People::default(), rules());
    assert_eq!(nothing.faults.len(), 9);
    let contact = Contact {
        phone: "866-288-2892".parse().ok(),
        extension: None,
        email: "filer@example.org".parse().ok(),
    };
    let people = People {
        contact: Some(contact),
        staff: Vec::new(),
    };
    let found = preflight(
        &patched(&Form::default(), complete()).expect("a form"),
        &people,
        rules(),
    );
    assert!(found.is_ready(), "{found:?}");
    let advice: Vec<_> = found
        .advice
        .iter()
        .map(|advice| (advice.pointer.as_str(), advice.code))
        .collect();
    assert_eq!(
        advice,
        [
            ("/form/application/npi", "npi_check_digit"),
            ("/form/tickets/1", "ticket_shape")
        ]
    );
}

#[test]
fn debug_output_of_a_whole_form_tells_nothing_personal() {
    let form = patched(&Form::default(), complete()).expect("a form");
    let printed = format!("{form:?}{:?}", FormPatch(complete()));
    for secret in ["1112223334", "000045100", "special status"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
