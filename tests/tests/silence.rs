//! No person in a log, a queue or on the terminal (promise P6): a full run with a marker in every personal field, faulty
//! requests included, at the loudest level, and then a look at everything that was written.

use scenarios::{Directory, Door, Launch, Stack, forms, until};
use serde_json::{Value, json};
use testkit::files::LETTER_PDF;

/// One marker a field: what stands for it in the clear, wherever it shows up.
const MARKERS: [(&str, &str); 20] = [
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
    ("a file's name", "Honeysuckle"),
    ("leave to send or fetch", "X-Amz-Signature"),
    ("a private note", "verbena"),
    ("an internal label", "jacaranda"),
    ("a comment", "snapdragon"),
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
    let program = Door::announcement("Honeysuckle.exe", b"bytes");
    filer.announces(id, &program).expect(422);
    let version = filer.get(format!("/v1/reviews/{id}")).number_at("/version");
    let people = json!({ "contact": { "email": "columbine", "phone": "866-288-0147-heliotrope" } });
    filer
        .ask("PATCH", format!("/v1/reviews/{id}/people"))
        .if_match(version)
        .json(&people)
        .send()
        .expect(422);
    for (words, status) in [
        (
            json!({ "html": "<p>The <b>snapdragon</b> said so.</p>" }),
            201,
        ),
        (json!({ "html": "snapdragon", "text": "snapdragon" }), 422),
    ] {
        let comment = filer.ask("POST", format!("/v1/reviews/{id}/comments"));
        comment.new_key().json(&words).send().expect(status);
    }
    filer.get(format!("/v1/reviews/{id}/comments")).expect(200);
    filer.get("/v1/reviews/Marigold").expect(404);
    filer.get("/v1/reviews?cursor=Marigold").expect(400);
    filer
        .ask("POST", format!("/v1/reviews/{id}/submit"))
        .new_key()
        .json(&json!({ "heliotrope": "Marigold" }))
        .send()
        .expect(422);
}

/// What the team does with a request that tells no letter: it looks, notes, labels, and is shown the full TIN.
fn the_team(reviewer: &Door, id: &str) {
    reviewer.team_sees(id, "").expect(200);
    let note = json!({ "text": "The verbena called about 918273645." });
    reviewer.team_does(id, "/notes", &note).expect(200);
    let label = json!({ "name": "jacaranda", "audience": "internal" });
    reviewer.team_does(id, "/labels", &label).expect(200);
    let revealed = reviewer.team_does(id, "/tin", &json!({})).expect(200);
    let tin = revealed.text_at("/tins/0/tin");
    assert!(["918273645", "827364519"].contains(&tin), "{tin}");
    for part in ["/notes", "/comments", "/history", "/notices"] {
        reviewer.team_sees(id, part).expect(200);
    }
    let wrong = json!({ "items": [{ "what": "The heliotrope", "kind": "Marigold" }] });
    reviewer.team_does(id, "/documents", &wrong).expect(422);
    let wrong = json!({ "subject": "Marigold", "email": "columbine" });
    reviewer.team_does(id, "/assign", &wrong).expect(422);
}

/// Two reviews submitted and withdrawn again, with what went wrong on the way; ten letters for each, those to new staff included.
fn a_full_run(stack: &Stack) -> Vec<String> {
    let (filer, other) = (stack.door("filer"), stack.door("other"));
    let reviewer = stack.door("reviewer");
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
        let file = filer.uploads(&id, "Honeysuckle 1970.pdf", LETTER_PDF);
        filer.sees_file(stack, &id, &file, "clean");
        let leads = filer.asks_for(&id, &file).expect(302);
        assert!(leads.header("location").contains("Honeysuckle"));
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
        the_team(&reviewer, &id);
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
    stack.put("ObjectsQueue", "no object of ours");
    stack.put(
        "TicksQueue",
        r#"{"type": "SweepOutboxV1", "as_of": "2025-10-20T16:00:00Z"}"#,
    );
    ["filer", "other", "reviewer"]
        .map(|name| stack.token(name))
        .into()
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
            ("AttachmentsFunction", 4),
            ("ObjectsFunction", 4),
            ("TransitionsFunction", 4),
            ("RelayFunction", 4),
            ("NotifyFunction", 4),
            ("FeedbackFunction", 4),
            ("DeadlinesFunction", 1),
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
