//! No person in a log, a queue or on the terminal (promise P6): a full run with a marker in every personal field, faulty
//! requests included, at the loudest level, and then a look at everything that was written.

use scenarios::{Directory, Door, Launch, Stack, forms, until};
use serde_json::{Value, json};

/// One marker a field: what stands for it in the clear, wherever it shows up.
const MARKERS: [(&str, &str); 15] = [
    ("the group's TIN", "918273645"),
    ("the practice's TIN", "827364519"),
    ("a wrong TIN", "73645-1982"),
    ("an NPI", "1987654320"),
    ("a wrong NPI", "19876543"),
    ("a phone", "8662880147"),
    ("a phone as it is printed", "288-0147"),
    ("a party's name", "Marigold"),
    ("a practice's name", "Larkspur"),
    ("a description", "heliotrope"),
    ("a relationship", "snapdragon"),
    ("a label", "Foxglove"),
    ("an address", "periwinkle"),
    ("a wrong address", "columbine"),
    ("a clinician's name", "Hollyhock"),
];

fn group() -> Value {
    let mut form = forms::group();
    form["application"]["tin"] = json!("918273645");
    form["party_name"] = json!("Marigold Family Practice");
    form["relationship"] = json!({ "kind": "other", "description": "the snapdragon of the house" });
    form["description"] = json!("The heliotrope was counted twice.");
    form
}

fn individual() -> Value {
    let mut form = forms::individual();
    form["application"]["npi"] = json!("1987654320");
    form["party_name"] = json!("Dr. Marigold");
    form["practice"] =
        json!({ "choice": "not_listed", "tin": "827364519", "name": "Larkspur Practice" });
    form["description"] = json!("The heliotrope was not counted.");
    form
}

fn people() -> Value {
    json!({
        "contact": { "phone": "866-288-0147", "email": "periwinkle@example.org" },
        "staff": ["periwinkle.one@example.org", "periwinkle.two@example.org"],
    })
}

/// A participation look-up that first says something that cannot be read, and then whom it lists.
fn directory() -> Directory {
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

/// Requests that are refused, each with a marker in what is wrong.
fn faulty(filer: &Door, id: &str, revision: u64) {
    let form = |body: Value| {
        filer
            .ask("PATCH", format!("/v1/reviews/{id}/form"))
            .if_match(revision)
            .json(&body)
            .send()
    };
    form(json!({ "application": { "tin": "73645-1982" } })).expect(422);
    form(json!({ "application": { "npi": "19876543" } })).expect(422);
    form(json!({ "Marigold": "heliotrope" })).expect(422);
    form(json!({ "description": ["heliotrope"] })).expect(422);
    filer
        .ask("PATCH", format!("/v1/reviews/{id}/form"))
        .if_match(revision - 1)
        .json(&group())
        .send()
        .expect(412);
    filer
        .ask("PATCH", format!("/v1/reviews/{id}/form"))
        .if_match(revision)
        .text("{\"heliotrope\": ")
        .send()
        .expect(400);
    let version = filer.get(format!("/v1/reviews/{id}")).number_at("/version");
    let people = json!({ "contact": { "email": "columbine", "phone": "866-288-0147-heliotrope" } });
    filer
        .ask("PATCH", format!("/v1/reviews/{id}/people"))
        .if_match(version)
        .json(&people)
        .send()
        .expect(422);
    filer.get("/v1/reviews/Marigold").expect(404);
    filer.get("/v1/reviews?cursor=Marigold").expect(400);
    filer
        .ask("POST", format!("/v1/reviews/{id}/submit"))
        .new_key()
        .json(&json!({ "heliotrope": "Marigold" }))
        .send()
        .expect(422);
}

/// Two reviews submitted and withdrawn again, with what went wrong on the way; ten letters for each, those to new staff included.
fn a_full_run(stack: &Stack) -> Vec<String> {
    let (filer, other) = (stack.door("filer"), stack.door("other"));
    filer.accepts();
    let mut told = Vec::new();
    for form in [group(), individual()] {
        let id = filer.begins("Foxglove, second try");
        filer.fills(&id, &form);
        filer.names_people(&id, &people());
        let revision = filer
            .get(format!("/v1/reviews/{id}"))
            .number_at("/form_revision");
        faulty(&filer, &id, revision);
        let looked_up = [(), ()].map(|()| {
            filer
                .get(format!("/v1/reviews/{id}/participation"))
                .expect(200)
        });
        told.push(looked_up.map(|reply| reply.text_at("/outcome").to_owned()));
        other.get(format!("/v1/reviews/{id}/form")).expect(404);
        filer
            .submits(&id, revision, &format!("submit-{id}"))
            .expect(200);
        filer.sees(&id);
        filer.withdraws(&id);
    }
    assert_eq!(
        told,
        [["not_applicable"; 2], ["unavailable", "found"]],
        "the look-up had its markers to leak, too"
    );
    let letters = stack.letters(20);
    assert!(
        letters
            .iter()
            .any(|letter| letter.text.contains("Marigold")),
        "the markers were there to be leaked"
    );
    // Poison, too, is read by a function.
    stack.put("NoticesQueue", "no notice of ours");
    stack.put("FeedbackQueue", "{\"periwinkle.one@example.org\"}");
    stack.put(
        "TicksQueue",
        r#"{"type": "SweepOutboxV1", "as_of": "2025-10-20T16:00:00Z"}"#,
    );
    // A draft that nobody submits is closed; and poison.
    let left = filer.begins("Foxglove, left");
    filer.fills(&left, &group());
    filer.names_people(&left, &people());
    stack.put(
        "TicksQueue",
        r#"{"type": "SweepV1", "sweep": "tick", "as_of": "2025-11-15T01:15:00Z"}"#,
    );
    stack.put("CommandsQueue", "no command of ours");
    vec![stack.token("filer"), stack.token("other")]
}

/// A line of the queues' journal about what SES reports.
const FEEDBACK: &str = "\"queue\":\"Feedback";

/// Fails with the line in which a marker stands.
fn assert_silent(place: &str, text: &str, secrets: &[String]) {
    let markers = MARKERS.iter().map(|(what, marker)| (*what, *marker));
    // A token's three parts; the head is the same for all, and no secret.
    let parts = secrets
        .iter()
        .flat_map(|token| token.split('.').skip(1))
        .map(|part| ("a token", &part[..40]));
    for (what, marker) in markers.chain(parts) {
        if let Some(line) = text.lines().find(|line| line.contains(marker)) {
            let begin: String = line.chars().take(2_000).collect();
            panic!("{what} ({marker}) stands in {place}: {begin}");
        }
    }
}

#[test]
fn nothing_that_is_written_holds_a_person() {
    for level in ["info", "trace"] {
        let directory = directory();
        let mut stack = Launch::default()
            .parameter(&format!("LogLevel={level}"))
            .parameter(&format!("ParticipationUrl={}", directory.url()))
            .start();
        let secrets = a_full_run(&stack);
        assert_eq!(directory.asked().len(), 2);
        for (function, least) in [
            ("IntakeFunction", 4),
            ("RelayFunction", 4),
            ("NotifyFunction", 4),
            ("FeedbackFunction", 4),
            ("DeadlinesFunction", 1),
            ("CommandsFunction", 1),
        ] {
            let log = until(|| {
                let log = stack.log(function);
                let lines = log.lines().count();
                if lines >= least {
                    Ok(log)
                } else {
                    Err(format!("{function} wrote {lines} lines at {level}"))
                }
            });
            assert_silent(&format!("the log of {function} at {level}"), &log, &secrets);
        }
        stack.kill();
        assert_silent("the terminal", &stack.terminal(), &secrets);
        // The mailbox and the table hold people by nature; everything else that is kept does not.
        let files = stack.files();
        let mut looked_at = Vec::new();
        for (path, bytes) in files {
            let name = path
                .strip_prefix(stack.data())
                .expect("it is in there")
                .to_string_lossy()
                .into_owned();
            if !(name.starts_with("mail/") || name.starts_with("tables.sqlite")) {
                let text = String::from_utf8_lossy(&bytes);
                // What SES reports carries addresses by nature: that queue and its dead letters only.
                let ours = text.lines().filter(|line| !line.contains(FEEDBACK));
                assert_silent(&name, &ours.collect::<Vec<_>>().join("\n"), &secrets);
                looked_at.push(name);
            }
        }
        assert!(
            looked_at.contains(&"queues.journal".to_owned()),
            "where are the queues? {looked_at:?}"
        );
    }
}
