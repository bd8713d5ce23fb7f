//! Comments both ways: who reads them, who is told, and what files hang on them.

use scenarios::{Door, Grant, until};
use serde_json::{Value, json};
use testkit::files::LETTER_PDF;

use crate::Cast;

fn texts(comments: &[Value]) -> Vec<&str> {
    let text = |one: &'_ Value| one["text"].as_str().is_some();
    assert!(comments.iter().all(text), "{comments:?}");
    comments
        .iter()
        .filter_map(|one| one["text"].as_str())
        .collect()
}

/// Waits for a letter to `to` whose subject holds `part`, and returns all of it.
fn letter(cast: &Cast, to: &str, part: &str) -> String {
    until(|| {
        let letters = cast.stack.all_letters();
        let found = letters
            .iter()
            .find(|one| one.to == to && one.subject.to_lowercase().contains(part));
        found.map(|one| one.raw.clone()).ok_or_else(|| {
            let told: Vec<_> = letters.iter().map(|one| (&one.to, &one.subject)).collect();
            format!(
                "a letter to {to} about {part}; there are {told:?}\n{}",
                cast.stack.complaints()
            )
        })
    })
}

#[test]
fn a_draft_is_talked_about_among_its_filers_and_a_request_with_both_sides() {
    let cast = Cast::new();
    let id = &cast.id;
    let first = cast
        .says(
            &cast.filer,
            &json!({ "html": "<p>Is the <b>TIN</b> right?</p>" }),
        )
        .expect(201);
    cast.says(&cast.staff, &json!({ "text": "Not sure yet." }))
        .expect(201);
    assert_eq!(
        texts(&cast.reads(&cast.staff)),
        ["Is the TIN right?", "Not sure yet."]
    );
    let read = cast.reads(&cast.filer);
    assert_eq!(read[0]["html"], "<p>Is the <strong>TIN</strong> right?</p>");
    assert_eq!(read[0]["readers"], "filers");
    assert_eq!(read[0]["who"]["label"], "You");
    assert_eq!(read[1]["who"]["label"], "staff member staff@example.org");
    // A file that hangs on it stays with it.
    let mut announcement = Door::announcement("letter.pdf", LETTER_PDF);
    announcement["place"] = json!({ "with": "comment", "comment": first.text_at("/comment") });
    let grant = Grant::of(&cast.filer.announces(id, &announcement).expect(201));
    grant.put(LETTER_PDF).expect(200);
    cast.filer.sees_file(&cast.stack, id, &grant.file, "clean");
    assert_eq!(
        cast.reads(&cast.staff)[0]["files"][0]["id"],
        json!(grant.file)
    );

    cast.submits();
    cast.reviewer.team_does(id, "/take", &json!({})).expect(200);
    assert_eq!(cast.team_reads(), [] as [Value; 0]);
    let files = cast
        .reviewer
        .get(format!("/v1/reviews/{id}/attachments"))
        .expect(200);
    assert_eq!(files.body["attachments"], json!([]));
    cast.reviewer.asks_for(id, &grant.file).expect(404);
    let seen = cast.reviewer.team_sees(id, "").expect(200);
    assert!(!seen.text.contains("letter.pdf"), "{}", seen.text);
    let late = cast.filer.announces(id, &announcement).expect(422);
    assert_eq!(late.fault_pointers(), ["/place/comment"]);

    // From now on both sides read, and the other one is told, without a word of it.
    cast.says(&cast.staff, &json!({ "text": "Dear wallaby" }))
        .expect(201);
    let told = letter(&cast, "reviewer@example.org", "comment");
    assert!(!told.contains("wallaby"), "{told}");
    let body = json!({ "html": "<h3>Thank you</h3><ul><li>bilby</li></ul>" });
    let theirs = cast.reviewer.team_does(id, "/comments", &body).expect(201);
    for to in [
        "filer@example.org",
        "front.desk@example.org",
        "staff@example.org",
    ] {
        let told = letter(&cast, to, "comment");
        assert!(!told.contains("bilby"), "{told}");
    }
    assert_eq!(texts(&cast.team_reads()).len(), 2);
    let read = cast.reads(&cast.filer);
    assert_eq!(read.len(), 4);
    assert_eq!(
        read[3]["who"],
        json!({ "as": "review_team", "you": false, "label": "the review team" })
    );
    assert_eq!(read[3]["html"], "<h3>Thank you</h3><ul><li>bilby</li></ul>");
    // A file of the team hangs on the team's comment.
    announcement["place"] = json!({ "with": "comment", "comment": theirs.text_at("/comment") });
    cast.filer.announces(id, &announcement).expect(422);
    let grant = Grant::of(&cast.reviewer.announces(id, &announcement).expect(201));
    grant.put(LETTER_PDF).expect(200);
    cast.filer.sees_file(&cast.stack, id, &grant.file, "clean");
    cast.filer.asks_for(id, &grant.file).expect(302);

    // After the end it is read, and nothing is added.
    cast.filer.withdraws(id);
    cast.says(&cast.filer, &json!({ "text": "Late." }))
        .expect(409);
    cast.reviewer
        .team_does(id, "/comments", &json!({ "text": "Late." }))
        .expect(409);
    assert_eq!(cast.reads(&cast.filer), {
        let mut as_before = read;
        as_before[3]["files"] = cast.reads(&cast.filer)[3]["files"].clone();
        as_before
    });
    assert_eq!(cast.filer.verifies(id)["verified"], json!(true));
}
