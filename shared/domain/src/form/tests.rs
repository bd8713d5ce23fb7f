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
        ..People::default()
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

#[test]
fn each_type_of_application_has_its_own_identifier() {
    let year = |year: &str| rule_set(year.parse().expect("a year")).expect("a rule set");
    let form = |rules: &RuleSet, application: Value| {
        Form::default().patched(&FormPatch(json!({"application": application})), rules)
    };
    for (of, application, shown) in [
        (
            "2017",
            json!({"type": "individual", "npi": "0162474486"}),
            "NPI 0162474486",
        ),
        (
            "2017",
            json!({"type": "group", "tin": "000045100"}),
            "TIN *****5100",
        ),
        (
            "2019",
            json!({"type": "virtual_group", "virtual_group_id": "x12345"}),
            "Virtual group ID x12345",
        ),
        (
            "2019",
            json!({"type": "unknown", "title": "Sample Clinic", "npi": null}),
            "Sample Clinic",
        ),
        (
            "2020",
            json!({"type": "unknown", "title": "x", "npi": "1234567893"}),
            "NPI 1234567893",
        ),
        (
            "2020",
            json!({"type": "apm_entity", "apm_entity_id": "ar0437"}),
            "APM Entity ID AR0437",
        ),
        (
            "2023",
            json!({"type": "subgroup", "subgroup_id": "sg-00000001"}),
            "Subgroup ID SG-00000001",
        ),
    ] {
        let form = form(year(of), application).expect(shown);
        let identifier = form
            .application
            .and_then(|application| application.identifier());
        assert_eq!(identifier.as_deref(), Some(shown));
    }
    for (of, application) in [
        (
            "2017",
            json!({"type": "virtual_group", "virtual_group_id": "x12345"}),
        ),
        (
            "2020",
            json!({"type": "subgroup", "subgroup_id": "SG-00000001"}),
        ),
        ("2024", json!({"type": "unknown", "title": "Sample Clinic"})),
    ] {
        assert_eq!(
            pointers(form(year(of), application)),
            ["/application/type not_allowed"]
        );
    }
    let two = json!({"type": "subgroup", "subgroup_id": "SG-00000001", "apm_entity_id": "A1", "title": "x"});
    assert_eq!(
        pointers(form(year("2024"), two)),
        [
            "/application/apm_entity_id not_allowed",
            "/application/title not_allowed"
        ]
    );
}

#[test]
fn a_year_without_reporting_options_takes_none() {
    let py2019 = rule_set("2019".parse().expect("a year")).expect("a rule set");
    let patch = FormPatch(json!({"reporting": {"option": "mvp", "name": "G0053"}}));
    let refused = Form::default().patched(&patch, py2019);
    assert_eq!(pointers(refused), ["/reporting/option not_allowed"]);
}

#[test]
fn an_mvp_is_known_by_its_title_or_its_id() {
    let id = |name: &str| {
        let name = name.parse().expect("a line");
        Reporting::Mvp { name }
            .mvp_id(rules())
            .map(|id| id.to_string())
    };
    assert_eq!(
        id("advancing rheumatology patient care").as_deref(),
        Some("G0053")
    );
    assert_eq!(id("Rheumatology, g0053").as_deref(), Some("G0053"));
    assert_eq!(id("Our pathway"), None);
}

#[test]
fn advice_names_the_reason_that_triggered_it_and_the_level() {
    let mut document = complete();
    document["reasons"] = json!(["wrong_tin_npi", "historical_benchmark"]);
    document["application"] = json!({"type": "subgroup", "subgroup_id": "SG1"});
    document["tickets"] = json!([]);
    document["follow_ups"] = json!({"measure_id": "112", "wrong_npi": "1112223334"});
    let form = patched(&Form::default(), document).expect("a form");
    let found = preflight(&form, &People::default(), rules());
    let advice: Vec<_> = found
        .advice
        .iter()
        .map(|advice| (advice.pointer.as_str(), advice.code))
        .collect();
    assert_eq!(
        advice,
        [
            ("/form/reasons/1", "likely_out_of_scope"),
            ("/form/application/subgroup_id", "subgroup_shape"),
            ("/form/application/type", "level_eligibility"),
            ("/form/follow_ups/wrong_npi", "npi_check_digit"),
            ("/form/follow_ups/measure_id", "follow_up_not_asked"),
            ("/form/follow_ups/wrong_npi", "follow_up_not_asked"),
        ]
    );
    assert!(found.advice[0].message.contains("historical benchmark"));
    let of_form = found
        .faults
        .iter()
        .filter(|fault| fault.pointer.starts_with("/form"));
    assert_eq!(of_form.count(), 0);
}

#[test]
fn a_question_that_must_be_answered_blocks() {
    let mut strict = rules().clone();
    for question in &mut strict.questions {
        question.required = question.code == FollowUp::ExceptionId;
    }
    let mut document = complete();
    document["issues"] = json!(["extreme_circumstances"]);
    let asked = |form: &Form| {
        let faults = preflight(form, &People::default(), &strict).faults;
        faults
            .iter()
            .any(|fault| fault.pointer == "/form/follow_ups/exception_id")
    };
    let open = patched(&Form::default(), document).expect("a form");
    assert!(asked(&open));
    let answered = patched(&open, json!({"follow_ups": {"exception_id": "EX-1"}}));
    assert!(!asked(&answered.expect("a form")));
}
