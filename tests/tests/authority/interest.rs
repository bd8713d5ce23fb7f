//! Nobody decides in their own matter (domain.md #51): whoever owns a request, works on it as staff or is its contact, and
//! whoever declared a conflict, meets no review at any of the team's doors, whatever roles the token has.

use scenarios::{Door, Forger, decision, forms};
use serde_json::json;

use crate::team_doors::{DOORS, State};
use crate::team_matrix::{Cast, unknown};

/// Every door of the team answers `door` as it answers for an unknown id.
fn shut(cast: &Cast, what: &str, door: &Door, id: &str) {
    let (before, nobodys) = (cast.second_admin.team_version(id), unknown());
    for row in &DOORS {
        let reply = row.ask(door, id, before).send();
        let place = format!("{what}: {} {}", row.method, row.path);
        assert_eq!(reply.status, 404, "{place}: {}", reply.text);
        let unknown = row.ask(door, &nobodys, before).send();
        assert_eq!(reply.text.replace(id, &nobodys), unknown.text, "{place}");
    }
    assert_eq!(cast.second_admin.team_version(id), before, "{what}");
}

#[test]
fn a_role_does_not_outweigh_an_interest() {
    let cast = Cast::new();
    // A reviewer who files for themselves.
    cast.reviewer.accepts();
    let people = forms::people("front.desk@example.org", &[]);
    let (own, revision) = cast.reviewer.completes(&forms::group(), &people);
    cast.reviewer.submits(&own, revision, "own").expect(200);
    shut(&cast, "the owner", &cast.reviewer, &own);
    cast.reviewer.get(format!("/v1/reviews/{own}")).expect(200);

    // One who is the contact, one who is of the staff; letters in another case change nothing.
    let people = forms::people(
        "Reviewer@example.org",
        &["Second-Reviewer@example.org", "admin@example.org"],
    );
    let (id, revision) = cast.owner.completes(&forms::group(), &people);
    cast.owner.submits(&id, revision, "theirs").expect(200);
    shut(&cast, "the contact", &cast.reviewer, &id);
    shut(&cast, "staff who never opened it", &cast.second, &id);
    shut(&cast, "an administrator of the staff", &cast.admin, &id);
    cast.second.get(format!("/v1/reviews/{id}")).expect(200);
    shut(&cast, "staff who opened it", &cast.second, &id);
    // Nor can it be given to one of them.
    for (subject, email) in [
        ("sample-second-reviewer", "second-reviewer@example.org"),
        ("somebody", "reviewer@example.org"),
        ("sample-filer", "filer@example.org"),
    ] {
        let to = json!({ "subject": subject, "email": email });
        let refused = cast.second_admin.team_does(&id, "/assign", &to).expect(409);
        assert!(
            refused.text_at("/detail").contains("interest"),
            "{}",
            refused.text
        );
    }
    // A person who holds both roles is no less the owner.
    let forger = Forger::of(&cast.stack, "filer");
    let token = forger.with("roles", json!(["reviewer", "administrator"]));
    let both = cast.stack.door_with(Some(&token));
    shut(&cast, "the owner with roles", &both, &id);
}

#[test]
fn a_declared_conflict_shuts_the_doors_for_good() {
    let cast = Cast::new();
    let id = cast.review(State::InReview);
    cast.reviewer
        .team_does(&id, "/take", &json!({}))
        .expect(200);
    cast.reviewer
        .team_does(&id, "/conflict", &json!({}))
        .expect(200);
    shut(&cast, "one with a conflict", &cast.reviewer, &id);
    let back = json!({ "subject": "sample-reviewer" });
    cast.admin.team_does(&id, "/assign", &back).expect(409);
    // Administrators step aside too, and their other role does not let them back in.
    cast.admin
        .team_does(&id, "/conflict", &json!({}))
        .expect(200);
    shut(&cast, "an administrator with a conflict", &cast.admin, &id);
    cast.second.team_does(&id, "/take", &json!({})).expect(200);
}

#[test]
fn the_second_person_is_another_than_the_first() {
    let cast = Cast::new();
    let id = cast.review(State::Proposed);
    let confirm = |door: &Door, verb: &str| {
        let seen = cast.admin.team_version(&id);
        door.team_decides(&id, verb, seen, &json!({}))
    };
    let refused = confirm(&cast.second, "/decision/confirm").expect(409);
    assert!(
        refused
            .text_at("/detail")
            .contains("another than the first")
    );
    assert_eq!(refused.text_at("/review_status"), "in_review");
    confirm(&cast.reviewer, "/decision/confirm").expect(200);
    let correction = crate::team_doors::correction();
    cast.admin
        .team_does(&id, "/decision/correction", &correction)
        .expect(200);
    confirm(&cast.admin, "/decision/correction/confirm").expect(409);
    confirm(&cast.second, "/decision/correction/confirm").expect(200);
    // Decided is decided.
    let again = decision("submission", false, false);
    let seen = cast.reviewer.team_version(&id);
    let refused = cast
        .reviewer
        .team_decides(&id, "/decision", seen, &again)
        .expect(409);
    assert_eq!(refused.text_at("/review_status"), "approved");
}
