//! What the team keeps to itself: no reply at a filer's door and no letter holds a private note, an internal label, what
//! waits for a second person, or who of the team it was. Every door of the matrix is walked, whatever it answers.

use scenarios::{Door, decision};
use serde_json::json;

use crate::doors::DOORS;
use crate::team_doors::State;
use crate::team_matrix::Cast;

/// What stands in notes, internal labels, reasons and waiting rulings, and what tells a person of the team.
const HIDDEN: [(&str, &str); 7] = [
    ("a private note", "quokka"),
    ("an internal label", "wombat"),
    ("why there is a legal hold", "numbat"),
    ("a ruling that waits", "bandicoot"),
    ("why a decision is corrected", "dunnart"),
    ("a reviewer's address", "reviewer@example.org"),
    ("an administrator's address", "admin@example.org"),
];

/// Keeps to itself on `id` whatever it can, in this status.
fn keeps(cast: &Cast, id: &str) {
    let does = |door: &Door, verb: &str, body| {
        door.team_does(id, verb, &body).expect(200);
    };
    for door in [&cast.reviewer, &cast.second, &cast.admin] {
        does(
            door,
            "/notes",
            json!({ "text": "The quokka called about it." }),
        );
    }
    does(
        &cast.reviewer,
        "/labels",
        json!({ "name": "wombat", "audience": "internal" }),
    );
    does(
        &cast.reviewer,
        "/labels",
        json!({ "name": "echidna", "audience": "public" }),
    );
    does(
        &cast.admin,
        "/hold",
        json!({ "why": "The numbat's lawyer asked." }),
    );
    let to = json!({ "subject": "sample-second-reviewer", "email": "second-reviewer@example.org" });
    does(&cast.admin, "/assign", to);
}

fn ruling(words: &str, granted: bool) -> serde_json::Value {
    let mut body = decision("submission", granted, true);
    body["explanation"] = json!(words);
    body
}

/// A review in each status that has something to hide; the names tell them apart in a failure.
fn reviews(cast: &Cast) -> Vec<(&'static str, String)> {
    let kept = || {
        let id = cast.review(State::InReview);
        keeps(cast, &id);
        id
    };
    let decides = |door: &Door, id: &str, verb: &str, body| {
        let seen = cast.admin.team_version(id);
        door.team_decides(id, verb, seen, &body).expect(200);
    };
    let waiting = kept();
    let items =
        json!({ "items": [{ "what": "The extract" }], "message": "Please mark the pages." });
    cast.second
        .team_does(&waiting, "/documents", &items)
        .expect(200);
    let proposed = kept();
    decides(
        &cast.second,
        &proposed,
        "/decision",
        ruling("As the bandicoot said.", true),
    );
    let sent_back = kept();
    decides(
        &cast.second,
        &sent_back,
        "/decision",
        ruling("As the bandicoot said.", true),
    );
    cast.admin
        .team_does(&sent_back, "/decision/send-back", &json!({}))
        .expect(200);
    let approved = kept();
    decides(
        &cast.second,
        &approved,
        "/decision",
        ruling("What was found.", true),
    );
    decides(&cast.admin, &approved, "/decision/confirm", json!({}));
    let mut correction = crate::team_doors::correction();
    correction["explanation"] = json!("As the bandicoot corrected.");
    correction["why"] = json!("The dunnart found it.");
    cast.admin
        .team_does(&approved, "/decision/correction", &correction)
        .expect(200);
    let withdrawn = kept();
    cast.owner.withdraws(&withdrawn);
    vec![
        ("in review", kept()),
        ("waiting for documents", waiting),
        ("waiting for a second person", proposed),
        ("sent back", sent_back),
        ("approved, and being corrected", approved),
        ("withdrawn", withdrawn),
    ]
}

#[test]
fn no_door_of_the_filers_shows_what_the_team_keeps_to_itself() {
    let cast = Cast::new();
    let staff = cast.stack.door("staff");
    staff.accepts();
    for (what, id) in reviews(&cast) {
        let shows = |place: &str, text: &str| {
            for (hidden, marker) in HIDDEN {
                assert!(
                    !text.contains(marker),
                    "{place} of a review {what} shows {hidden}: {text}"
                );
            }
        };
        // What changes something comes last; and a withdrawal is the end of the walk.
        let (reads, writes): (Vec<_>, Vec<_>) = DOORS.iter().partition(|row| row.method == "GET");
        let (ends, writes): (Vec<_>, Vec<_>) = writes
            .into_iter()
            .partition(|row| row.path.ends_with("/withdraw"));
        for row in reads.iter().chain(&writes).chain(&ends) {
            for door in [&cast.owner, &staff] {
                let review = cast.owner.get(format!("/v1/reviews/{id}")).expect(200);
                let version = review.number_at("/version");
                let revision = review.number_at("/form_revision");
                let reply = row.ask(door, &id, version, revision).send();
                assert_ne!(reply.status, 404, "{} {}", row.method, row.path);
                shows(&format!("{} {}", row.method, row.path), &reply.text);
            }
        }
        // The public label is there: what is hidden is not hidden by showing nothing.
        let review = cast.owner.get(format!("/v1/reviews/{id}")).expect(200);
        assert_eq!(review.body["labels"], json!(["echidna"]), "{what}");
    }
    // Nor a letter to anybody, the team's own included: notes and labels are no news.
    let told = cast.stack.envelopes().len();
    assert!(told > 0);
    for letter in cast.stack.every_letter() {
        for (hidden, marker) in &HIDDEN[..5] {
            assert!(
                !letter.raw.contains(marker),
                "a letter tells {hidden}: {}",
                letter.raw
            );
        }
    }
}
