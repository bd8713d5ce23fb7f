//! The matrix.

use std::collections::BTreeSet;

use domain::ReviewId;

use scenarios::{Door, Forger, Launch, Reply, Stack, forms};
use serde_json::{Value, json};
use testkit::files::LETTER_PDF;

use crate::administrators;
use crate::at::{At, commented};
use crate::doors::{DOORS, For, Row, State};

/// Somebody who is nobody to the review.
const STRANGERS: [&str; 6] = [
    "unverified",
    "namesake",
    "other",
    "registry",
    "reviewer",
    "admin",
];

/// The review team, strangers to the doors of filers alone.
const TEAM: [&str; 2] = ["reviewer", "admin"];

struct Cast {
    stack: Stack,
    owner: Door,
    staff: Door,
}

impl Cast {
    fn new() -> Self {
        let stack = Launch::default().start();
        let (owner, staff) = (stack.door("filer"), stack.door("staff"));
        let cast = Self {
            owner,
            staff,
            stack,
        };
        for door in [&cast.owner, &cast.staff] {
            door.accepts();
        }
        for stranger in STRANGERS {
            cast.stranger(stranger).accepts();
        }
        cast
    }

    /// A sample person, or the staff member's verified address on another account.
    fn stranger(&self, name: &str) -> Door {
        if name == "namesake" {
            let forger = Forger::of(&self.stack, "staff");
            let token = forger.with("sub", json!("sample-namesake"));
            self.stack.door_with(Some(&token))
        } else {
            self.stack.door(name)
        }
    }

    /// A review of the owner's in that state; the staff member has opened it.
    fn review(&self, state: State) -> String {
        let people = forms::people("front.desk@example.org", &["staff@example.org"]);
        let (id, revision) = self.owner.completes(&forms::group(), &people);
        self.staff.get(format!("/v1/reviews/{id}")).expect(200);
        match state {
            State::None => {}
            State::Draft => {
                let offer = json!({ "to": "staff@example.org" });
                let path = format!("/v1/reviews/{id}/handover");
                let offered = self.owner.ask("POST", path).new_key().json(&offer).send();
                offered.expect(200);
            }
            State::InReview => {
                let key = format!("submit-{id}");
                self.owner.submits(&id, revision, &key).expect(200);
            }
            State::Waiting => {
                let key = format!("submit-{id}");
                self.owner.submits(&id, revision, &key).expect(200);
                let items = json!({ "items": [{ "what": "The extract" }] });
                let team = self.stack.door("second-reviewer");
                team.team_does(&id, "/documents", &items).expect(200);
            }
            State::Withdrawn => {
                self.owner.withdraws(&id);
            }
            State::DraftWithFile => {
                self.with_file(&id);
            }
            State::WithFile => {
                self.with_file(&id);
                let key = format!("submit-{id}");
                self.owner.submits(&id, revision, &key).expect(200);
            }
        }
        id
    }

    /// Lets the owner upload a file, and waits until it is clean.
    fn with_file(&self, id: &str) {
        let file = self.owner.uploads(id, "letter.pdf", LETTER_PDF);
        self.owner.sees_file(&self.stack, id, &file, "clean");
    }

    /// The file of a review, if it has one.
    fn file(&self, id: &str) -> String {
        let list = self.owner.get(format!("/v1/reviews/{id}/attachments"));
        let file = list.body["attachments"][0]["id"].as_str();
        file.unwrap_or(At::unknown(id).file).to_owned()
    }

    /// Tries `row` as `door` on `id`, with the numbers that the owner sees.
    fn tries(&self, row: &Row, door: &Door, id: &str) -> Reply {
        let file = self.file(id);
        let comment = if row.method == "POST" && row.path.ends_with("/attachments") {
            commented(door, id)
        } else {
            At::unknown(id).comment.to_owned()
        };
        let (version, revision) = self.numbers(row, id);
        let at = At {
            id,
            file: &file,
            comment: &comment,
            version,
            revision,
        };
        row.ask(door, &at).send()
    }

    fn numbers(&self, row: &Row, id: &str) -> (u64, u64) {
        if row.state == State::None || id == unknown() {
            return (1, 1);
        }
        let review = self.owner.get(format!("/v1/reviews/{id}")).expect(200);
        (
            review.number_at("/version"),
            review.number_at("/form_revision"),
        )
    }
}

/// An id that is well formed, and nobody's.
fn unknown() -> String {
    ReviewId::from_random("2024".parse().expect("a year"), 7).to_string()
}

#[test]
fn every_route_is_in_the_matrix() {
    let stack = Launch::default().start();
    let document = stack.door_with(None).get("/v1/openapi.json").expect(200);
    let paths = document.body["paths"].as_object().expect("paths");
    // The team's have a matrix of their own, and administrators' a test.
    let of_filers = paths
        .iter()
        .filter(|(path, _)| !path.starts_with("/v1/team/"));
    let described: BTreeSet<_> = of_filers
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods").keys();
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let tried: BTreeSet<_> = DOORS
        .iter()
        .map(|row| (row.method, row.path))
        .chain(administrators::DOORS)
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .collect();
    assert_eq!(described, tried);
}

#[test]
fn without_a_sound_token_every_door_is_shut() {
    let stack = Launch::default().start();
    let forger = Forger::of(&stack, "admin");
    let now = forger.issued_at();
    let tokens = [
        ("no token", None),
        ("expired", Some(forger.with("exp", json!(now - 1)))),
        (
            "wrong issuer",
            Some(forger.with("iss", json!("https://identity.example.com"))),
        ),
        (
            "wrong audience",
            Some(forger.with("aud", json!("another-service"))),
        ),
        ("forged with none", Some(forger.unsigned())),
        (
            "forged with HS256",
            Some(forger.signed_with_the_public_key()),
        ),
    ];
    for (what, token) in &tokens {
        let door = stack.door_with(token.as_deref());
        for row in &DOORS {
            let reply = row.ask(&door, &At::unknown(&unknown())).send();
            let place = format!("{what}: {} {}", row.method, row.path);
            if row.of == For::TheWorld {
                assert_eq!(reply.status, row.well, "{place}");
            } else {
                assert_eq!(reply.status, 401, "{place}");
                assert_eq!(reply.body, json!({ "message": "Unauthorized" }), "{place}");
            }
        }
    }
}

#[test]
fn owner_and_staff_do_what_is_theirs_and_hear_what_is_not() {
    let cast = Cast::new();
    for row in &DOORS {
        let place = format!("{} {}", row.method, row.path);
        for (door, own) in [(&cast.owner, For::Owner), (&cast.staff, For::Staff)] {
            let id = cast.review(row.state);
            let before = cast.owner.sees(&id);
            let reply = cast.tries(row, door, &id);
            let may = match row.of {
                For::TheWorld | For::Everyone | For::Filers | For::FilersSeen | For::BothSides => {
                    true
                }
                For::Owner | For::Staff => row.of == own,
                For::Team => false,
            };
            if may {
                assert_eq!(reply.status, row.well, "{place}: {}", reply.text);
            } else {
                assert_eq!(reply.status, 403, "{place}: {}", reply.text);
                assert!(reply.text_at("/type").ends_with(":not-allowed"), "{place}");
                assert_eq!(cast.owner.sees(&id), before, "{place}");
            }
        }
    }
}

#[test]
fn to_everybody_else_there_is_no_such_review_and_nothing_changes() {
    let (cast, nobodys) = (Cast::new(), unknown());
    let strangers = STRANGERS.map(|name| (name, cast.stranger(name)));
    for row in &DOORS {
        let id = cast.review(row.state);
        let before = cast.owner.sees(&id);
        for (name, stranger) in &strangers {
            let place = format!("{name}: {} {}", row.method, row.path);
            if matches!(row.of, For::BothSides | For::Team) && TEAM.contains(name) {
                continue;
            }
            let reply = cast.tries(row, stranger, &id);
            match row.of {
                For::TheWorld | For::Everyone => {
                    assert_eq!(reply.status, row.well, "{place}: {}", reply.text);
                    assert!(!reply.text.contains(&id), "{place}: {}", reply.text);
                }
                For::FilersSeen if *name == "admin" => {
                    assert_eq!(reply.status, 403, "{place}: {}", reply.text);
                    assert!(reply.text_at("/type").ends_with(":not-allowed"), "{place}");
                }
                For::Filers
                | For::Owner
                | For::Staff
                | For::FilersSeen
                | For::BothSides
                | For::Team => {
                    assert_eq!(reply.status, 404, "{place}: {}", reply.text);
                    let unknown = cast.tries(row, stranger, &nobodys);
                    assert_eq!(unknown.status, 404, "{place}");
                    let told = reply.text.replace(&id, &nobodys);
                    assert_eq!(told, unknown.text, "{place}: it tells that it is there");
                }
            }
        }
        assert_eq!(cast.owner.sees(&id), before, "{} {}", row.method, row.path);
    }
}

#[test]
fn the_review_team_comes_in_through_the_doors_of_both_sides_and_of_its_own() {
    let cast = Cast::new();
    let theirs = |row: &&Row| matches!(row.of, For::BothSides | For::Team);
    for row in DOORS.iter().filter(theirs) {
        for name in TEAM {
            let id = cast.review(row.state);
            let reply = cast.tries(row, &cast.stranger(name), &id);
            let place = format!("{name}: {} {}", row.method, row.path);
            assert_eq!(reply.status, row.well, "{place}: {}", reply.text);
        }
    }
    // Nobody of the team who has an interest in the request is of the team to it.
    let people = forms::people("reviewer@example.org", &["staff@example.org"]);
    let (id, revision) = cast.owner.completes(&forms::group(), &people);
    cast.owner.submits(&id, revision, &id).expect(200);
    let interested = cast.stranger("reviewer");
    interested
        .get(format!("/v1/reviews/{id}/attachments"))
        .expect(404);
}

#[test]
fn staff_come_and_go() {
    let cast = Cast::new();
    let listed = |door: &Door| -> Vec<Value> {
        let list = door.get("/v1/reviews").expect(200);
        list.body["reviews"].as_array().expect("a list").clone()
    };
    let people = forms::people("front.desk@example.org", &["Staff@example.org"]);
    let (id, _) = cast.owner.completes(&forms::group(), &people);
    // Added, and not yet opened: both accounts with that address find it, until one has opened it.
    let namesake = cast.stranger("namesake");
    for door in [&cast.staff, &namesake] {
        assert_eq!(listed(door)[0]["id"], json!(id));
        assert_eq!(listed(door)[0]["relation"], "staff");
    }
    cast.staff.get(format!("/v1/reviews/{id}")).expect(200);
    assert_eq!(listed(&namesake), [] as [Value; 0]);
    assert_eq!(listed(&cast.staff).len(), 1);

    // Taken over: the staff member owns it, and who owned it knows it no more.
    let post = |door: &Door, path: &str, body: Value| {
        let ask = door.ask("POST", format!("/v1/reviews/{id}/{path}"));
        ask.new_key().json(&body).send()
    };
    post(
        &cast.owner,
        "handover",
        json!({ "to": "staff@example.org" }),
    )
    .expect(200);
    post(&cast.staff, "handover/accept", json!({})).expect(200);
    assert_eq!(listed(&cast.staff)[0]["relation"], "owner");
    assert_eq!(listed(&cast.owner), [] as [Value; 0]);
    cast.owner.get(format!("/v1/reviews/{id}")).expect(404);
    post(&cast.owner, "withdraw", json!({})).expect(404);

    // And added by the new owner, until removed.
    cast.staff
        .names_people(&id, &json!({ "staff": ["filer@example.org"] }));
    assert_eq!(listed(&cast.owner)[0]["relation"], "staff");
    cast.owner.get(format!("/v1/reviews/{id}/form")).expect(200);
    cast.staff.names_people(&id, &json!({ "staff": null }));
    assert_eq!(listed(&cast.owner), [] as [Value; 0]);
    cast.owner.get(format!("/v1/reviews/{id}/form")).expect(404);
}
