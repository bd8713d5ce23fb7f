//! The matrix of the team's doors.

use std::collections::BTreeSet;

use domain::ReviewId;
use scenarios::{Door, Forger, Launch, Reply, Stack, decision, forms};
use serde_json::{Value, json};

use crate::team_doors::{DOORS, For, Row, State, correction};

/// Everybody who is nobody of the team to a review: its own people first, then strangers, with the roles of filers.
const OUTSIDERS: [&str; 5] = ["filer", "staff", "other", "registry", "unverified"];

pub(crate) struct Cast {
    pub(crate) stack: Stack,
    pub(crate) owner: Door,
    pub(crate) reviewer: Door,
    pub(crate) second: Door,
    pub(crate) admin: Door,
    pub(crate) second_admin: Door,
}

impl Cast {
    pub(crate) fn new() -> Self {
        let stack = Launch::default().start();
        let cast = Self {
            owner: stack.door("filer"),
            reviewer: stack.door("reviewer"),
            second: stack.door("second-reviewer"),
            admin: stack.door("admin"),
            second_admin: stack.door("second-admin"),
            stack,
        };
        cast.owner.accepts();
        cast
    }

    /// A review of the owner's in that state.
    pub(crate) fn review(&self, state: State) -> String {
        let people = forms::people("front.desk@example.org", &["staff@example.org"]);
        let (id, revision) = self.owner.completes(&forms::group(), &people);
        self.owner
            .submits(&id, revision, &format!("submit-{id}"))
            .expect(200);
        let rules = |second_person| {
            let seen = self.second.team_version(&id);
            let body = decision("submission", true, second_person);
            let decided = self.second.team_decides(&id, "/decision", seen, &body);
            decided.expect(200);
        };
        let does = |door: &Door, verb: &str, body: Value| {
            door.team_does(&id, verb, &body).expect(200);
        };
        match state {
            State::InReview => {}
            State::Assigned => does(&self.reviewer, "/take", json!({})),
            State::Labelled => {
                let label = json!({ "name": "a label", "audience": "internal" });
                does(&self.second, "/labels", label);
            }
            State::Waiting => {
                let items = json!({ "items": [{ "what": "The extract" }] });
                does(&self.second, "/documents", items);
            }
            State::Proposed => rules(true),
            State::Approved => rules(false),
            State::Corrected => {
                rules(false);
                does(&self.second_admin, "/decision/correction", correction());
            }
            State::Held => {
                let why = json!({ "why": "A court asked." });
                does(&self.second_admin, "/hold", why);
            }
        }
        id
    }

    /// Tries `row` as `door` on `id`, at the version that the team sees.
    pub(crate) fn tries(&self, row: &Row, door: &Door, id: &str) -> Reply {
        let known = id != unknown();
        let version = if known {
            self.second_admin.team_version(id)
        } else {
            1
        };
        row.ask(door, id, version).send()
    }
}

/// An id that is well formed, and nobody's.
pub(crate) fn unknown() -> String {
    ReviewId::from_random("2024".parse().expect("a year"), 7).to_string()
}

#[test]
fn every_route_of_the_template_is_in_the_matrix() {
    let stack = Launch::default().start();
    let overview = stack.overview();
    let routes = overview["routes"].as_array().expect("routes").iter();
    let route = |route: &Value| {
        let text = |name: &str| route[name].as_str().unwrap_or_default().to_owned();
        (text("method"), text("path"))
    };
    let deployed: BTreeSet<_> = routes
        .map(route)
        .filter(|(_, path)| path.starts_with("/v1/team/"))
        .collect();
    let tried: BTreeSet<_> = DOORS
        .iter()
        .map(|row| (row.method.to_owned(), row.template()))
        .collect();
    assert_eq!(deployed, tried);
}

#[test]
fn without_a_sound_token_every_door_of_the_team_is_shut() {
    let stack = Launch::default().start();
    let forger = Forger::of(&stack, "admin");
    let tokens = [
        ("no token", None),
        (
            "expired",
            Some(forger.with("exp", json!(forger.issued_at() - 1))),
        ),
        ("forged with none", Some(forger.unsigned())),
    ];
    for (what, token) in &tokens {
        let door = stack.door_with(token.as_deref());
        for row in &DOORS {
            let reply = row.ask(&door, &unknown(), 1).send();
            assert_eq!(reply.status, 401, "{what}: {} {}", row.method, row.path);
        }
    }
}

#[test]
fn reviewers_and_administrators_do_what_is_theirs_and_hear_what_is_not() {
    let cast = Cast::new();
    for row in &DOORS {
        let place = format!("{} {}", row.method, row.path);
        for (door, may) in [
            (&cast.reviewer, row.of != For::Administrator),
            (&cast.admin, true),
        ] {
            let id = cast.review(row.state);
            let before = cast.second_admin.team_sees(&id, "").expect(200).text;
            let reply = cast.tries(row, door, &id);
            if may {
                assert_eq!(reply.status, row.well, "{place}: {}", reply.text);
            } else {
                assert_eq!(reply.status, 403, "{place}: {}", reply.text);
                assert!(reply.text_at("/type").ends_with(":not-allowed"), "{place}");
                let after = cast.second_admin.team_sees(&id, "").expect(200).text;
                assert_eq!(after, before, "{place}");
            }
        }
    }
}

#[test]
fn to_everybody_else_the_team_has_no_such_review_and_nothing_changes() {
    let (cast, nobodys) = (Cast::new(), unknown());
    let outsiders = OUTSIDERS.map(|name| (name, cast.stack.door(name)));
    for row in &DOORS {
        let id = cast.review(row.state);
        let before = cast.second_admin.team_sees(&id, "").expect(200).text;
        for (name, outsider) in &outsiders {
            let place = format!("{name}: {} {}", row.method, row.path);
            let reply = cast.tries(row, outsider, &id);
            assert_eq!(reply.status, 404, "{place}: {}", reply.text);
            let unknown = cast.tries(row, outsider, &nobodys);
            assert_eq!(unknown.status, 404, "{place}");
            let told = reply.text.replace(&id, &nobodys);
            assert_eq!(told, unknown.text, "{place}: it tells that it is there");
        }
        let after = cast.second_admin.team_sees(&id, "").expect(200).text;
        assert_eq!(after, before, "{} {}", row.method, row.path);
    }
}
