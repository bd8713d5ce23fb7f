//! Every application type of every performance year, from the empty draft to the receipt, by what the year itself says of
//! its form: as somebody does who has never seen it.

use scenarios::{Door, Launch, Stack, forms};
use serde_json::{Value, json};

/// A year, an instant at which its window is open, and how many types it has.
const YEARS: [(u16, &str, usize); 5] = [
    (2017, "2018-10-12T12:00:00Z", 2),
    (2019, "2020-09-01T12:00:00Z", 5),
    (2020, "2021-11-15T12:00:00Z", 5),
    (2023, "2024-09-15T12:00:00Z", 5),
    (2024, "2025-10-20T14:00:00Z", 5),
];

fn program(door: &Door, year: u16) -> Value {
    door.get(format!("/v1/program/{year}")).expect(200).body
}

/// The reference of the year's text of that name, if it has one.
fn text(program: &Value, name: &str) -> Option<Value> {
    let texts = program["texts"].as_array().expect("a list").iter();
    let prefix = format!("{name}/");
    texts
        .map(|text| &text["reference"])
        .find(|reference| reference.as_str().is_some_and(|it| it.starts_with(&prefix)))
        .cloned()
}

/// A sample identifier for the field that identifies a type (domain.md #59–#61).
fn identifier(field: &str) -> &'static str {
    match field {
        "npi" => "1234567893",
        "tin" => "000045100",
        "virtual_group_id" => "x12345",
        "apm_entity_id" => "AR0437",
        "subgroup_id" => "SG-00000001",
        "title" => "Sample Clinic, somewhere in an APM",
        other => panic!("no sample for {other}"),
    }
}

/// A complete form of that type, by what the year asks.
fn form(program: &Value, kind: &Value) -> Value {
    let guide = &program["form"];
    let first = |list: &str| guide[list][0]["code"].clone();
    let field = kind["identified_by"][0].as_str().expect("a field");
    let mut form = json!({
        "application": { "type": kind["code"], field: identifier(field) },
        "party_name": "Dr. Sample",
        "relationship": { "kind": "practice_staff" },
        "categories": [first("categories")],
        "issues": [first("issues")],
        "description": "It is not what it should be.",
    });
    if kind["code"] == "individual" {
        form["practice"] = json!({ "choice": "not_listed", "tin": "000045100" });
    }
    if guide["reporting_options"][0].is_object() {
        form["reporting"] = json!({ "option": first("reporting_options") });
    }
    if let Some(reasons) = text(program, "reasons") {
        form["reasons_acknowledged"] = reasons;
        form["reasons"] = json!([first("reasons")]);
    }
    form
}

fn submission(program: &Value, revision: u64) -> Value {
    json!({
        "form_revision": revision,
        "certification": {
            "text": text(program, "certification-on-behalf"),
            "disclosures": text(program, "disclosures"),
        },
    })
}

fn label(door: &Door, id: &str) -> String {
    let review = door.get(format!("/v1/reviews/{id}")).expect(200);
    let list = door.get("/v1/reviews").expect(200).body;
    let mut listed = list["reviews"].as_array().expect("a list").iter();
    let listed = listed.find(|listed| listed["id"] == json!(id));
    let listed = listed.expect("it is listed");
    assert_eq!(listed["status_label"], review.body["status_label"]);
    review.text_at("/status_label").to_owned()
}

fn stack_in(at: &str) -> Stack {
    Launch::default().clock(at).start()
}

#[test]
fn a_draft_of_each_type_of_each_year_is_created_and_submitted() {
    for (year, at, types) in YEARS {
        let stack = stack_in(at);
        let filer = stack.door("filer");
        filer.accepts();
        let program = program(&filer, year);
        assert_eq!(program["window"]["state"], "open", "{year}");
        let kinds = program["form"]["application_types"].as_array();
        let kinds = kinds.expect("a list");
        assert_eq!(kinds.len(), types, "{year}");
        for kind in kinds {
            let what = format!("{year} {}", kind["code"]);
            let id = filer.begins_in(year, &what);
            assert!(id.starts_with(&format!("{year}-")), "{id}");
            let revision = filer.fills(&id, &form(&program, kind));
            let draft_in_progress = label(&filer, &id);
            filer.names_people(&id, &forms::people("filer@example.org", &[]));
            let preflight = filer.get(format!("/v1/reviews/{id}/preflight")).expect(200);
            assert_eq!(preflight.body["ready"], true, "{what}: {}", preflight.text);
            let complete = program["form"]["draft_complete"] == true;
            let expected = if complete {
                "Draft Complete"
            } else {
                "Draft in Progress"
            };
            assert_eq!(draft_in_progress, "Draft in Progress", "{what}");
            assert_eq!(label(&filer, &id), expected, "{what}");

            let path = format!("/v1/reviews/{id}/submit");
            let submit = filer.ask("POST", path).new_key();
            let answer = submit
                .json(&submission(&program, revision))
                .send()
                .expect(200);
            assert_eq!(answer.text_at("/status"), "in_review", "{what}");
            assert_eq!(label(&filer, &id), "Submitted – In Review", "{what}");
        }
        let letters = stack.letters(types);
        assert_eq!(letters.len(), types, "{year}: one receipt each");
        let of_type = filer
            .get("/v1/reviews?type=group&status=in_review")
            .expect(200);
        assert_eq!(of_type.number_at("/count"), 1, "{year}");
    }
}

#[test]
fn py2019_drafts_are_told_complete_and_then_incomplete_again() {
    let (year, at, _) = YEARS[1];
    let stack = stack_in(at);
    let filer = stack.door("filer");
    filer.accepts();
    let program = program(&filer, year);
    let unknown = &program["form"]["application_types"][4];
    assert_eq!(unknown["code"], "unknown");
    let id = filer.begins_in(year, "PY2019");
    filer.fills(&id, &form(&program, unknown));
    filer.names_people(&id, &forms::people("filer@example.org", &[]));
    assert_eq!(label(&filer, &id), "Draft Complete");
    filer.fills(&id, &json!({ "description": null }));
    assert_eq!(label(&filer, &id), "Draft in Progress");
    filer.fills(&id, &json!({ "description": "Once more." }));
    filer.names_people(&id, &json!({ "contact": { "phone": null } }));
    assert_eq!(label(&filer, &id), "Draft in Progress");
}

#[test]
fn py2017_keeps_its_own_rules() {
    let (year, at, _) = YEARS[0];
    let stack = stack_in(at);
    let filer = stack.door("filer");
    filer.accepts();
    let program = program(&filer, year);
    assert_eq!(program["documents"]["days_to_answer"], Value::Null);
    assert_eq!(program["form"]["reporting_options"], json!([]));
    assert_eq!(program["form"]["reasons"], json!([]));
    let categories = program["form"]["categories"].to_string();
    assert!(categories.contains("advancing_care_information"));
    assert!(!categories.contains("promoting_interoperability"));
    // The close was extended while it was open: both are on record, and the later one holds.
    let history = program["window_history"].as_array().expect("a list");
    assert!(history.len() >= 2, "{history:?}");
    assert_eq!(
        program["window"]["closes"]["new_york"],
        "Monday, October 15, 2018, 8:00 pm ET"
    );
    assert_eq!(program["window"]["days_left"], 3);

    let id = filer.begins_in(year, "PY2017");
    let path = format!("/v1/reviews/{id}/form");
    for (patch, place) in [
        (
            json!({ "application": { "type": "apm_entity", "apm_entity_id": "A1234" } }),
            "/application/type",
        ),
        (json!({ "reporting": { "option": "app" } }), "/reporting"),
        (
            json!({ "categories": ["promoting_interoperability"] }),
            "/categories/0",
        ),
    ] {
        let refused = filer.ask("PATCH", &path).if_match(0).json(&patch).send();
        let refused = refused.expect(422);
        let pointer = refused.text_at("/errors/0/pointer");
        assert!(pointer.starts_with(place), "{patch}: {}", refused.text);
    }
}

#[test]
fn a_year_tells_where_its_window_stands() {
    let stack = stack_in("2025-10-01T12:00:00Z");
    let filer = stack.door("filer");
    let window = |year: u16| program(&filer, year)["window"].clone();
    assert_eq!(window(2024)["state"], "open");
    assert_eq!(window(2024)["closes"], Value::Null);
    assert_eq!(window(2024).get("days_left"), None);
    assert_eq!(window(2023)["state"], "closed");
    stack.advance_clock("2025-11-15T00:59:00Z").expect(200);
    let filer = stack.door("filer");
    let last_minute = program(&filer, 2024)["window"].clone();
    assert_eq!(last_minute["days_left"], 0);
    assert_eq!(last_minute["closes"]["at"], "2025-11-15T01:00:00Z");
    assert_eq!(
        last_minute["sentence"],
        "The window closes today at 8 pm ET."
    );
    stack.advance_clock("2025-11-15T01:00:00Z").expect(200);
    let filer = stack.door("filer");
    let years = filer.get("/v1/program").expect(200).body;
    let states: Vec<_> = years["years"].as_array().expect("a list").iter().collect();
    assert_eq!(states.len(), YEARS.len());
    assert!(
        states
            .iter()
            .all(|year| year["window"]["state"] == "closed")
    );
    assert_eq!(states[0]["window"].get("days_left"), None);
    filer.get("/v1/program/2016").expect(404);
    filer.get("/v1/program/soon").expect(404);
}
