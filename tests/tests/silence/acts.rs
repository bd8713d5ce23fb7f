//! What is played: every story that the doors allow. A new door is met by [`knock`] by itself; a new story is a function here
//! and a line in [`play`].

use scenarios::{Ask, Door, Forger, Stack};
use serde_json::{Value, json};

use crate::markers::{self, HEIR};
use crate::{files, team};

/// Somebody, and the token that must not show up.
pub(crate) struct Person {
    pub(crate) door: Door,
    pub(crate) token: String,
}

/// The cast.
pub(crate) struct Cast {
    pub(crate) filer: Person,
    pub(crate) other: Person,
    pub(crate) reviewer: Person,
    /// Has a marker for an account and one for an address.
    pub(crate) heir: Person,
}

impl Cast {
    pub(crate) fn of(stack: &Stack) -> Self {
        let person = |token: String| Person {
            door: stack.door_with(Some(&token)),
            token,
        };
        let forger = Forger::of(stack, "staff");
        let heir = forger.with_all(&[("sub", json!("gentian")), ("email", json!(HEIR))]);
        Self {
            filer: person(stack.token("filer")),
            other: person(stack.token("other")),
            reviewer: person(stack.token("reviewer")),
            heir: person(heir),
        }
    }

    pub(crate) fn tokens(&self) -> Vec<String> {
        let all = [&self.filer, &self.other, &self.reviewer, &self.heir];
        all.map(|person| person.token.clone()).into()
    }
}

/// The reviews that were played with.
pub(crate) struct Played {
    corrected: String,
    withdrawn: String,
    unreachable: String,
}

impl Played {
    pub(crate) fn reviews(self) -> Vec<String> {
        vec![self.corrected, self.withdrawn, self.unreachable]
    }
}

/// Plays all of it up to a jump of the clock.
pub(crate) fn play(stack: &Stack, cast: &Cast) -> Played {
    let filer = &cast.filer.door;
    filer.accepts();
    cast.heir.door.accepts();
    let group = begun(filer, &markers::group());
    let individual = begun(filer, &markers::individual());
    look_up(filer, &group, &individual);
    faulty(filer, &group);
    corrected_and_handed_over(cast, &group);
    withdrawn_and_copied(stack, cast, &individual);
    let unreachable = unreachable(filer);
    knock(stack, cast, &group);
    Played {
        corrected: group,
        withdrawn: individual,
        unreachable,
    }
}

/// Goes on when all letters so far have been sent, and reported of.
pub(crate) fn go_on(cast: &Cast, played: &Played) {
    let (filer, id) = (&cast.filer.door, &played.unreachable);
    scenarios::until(|| {
        let review = filer.get(format!("/v1/reviews/{id}")).expect(200);
        match review.body["mail_problems"].as_array().map(Vec::len) {
            Some(2..) => Ok(()),
            problems => Err(format!("two mail problems, not {problems:?}")),
        }
    });
    // Now some letters are not sent any more.
    filer.withdraws(id);
    filer.get(format!("/v1/reviews/{id}/notices")).expect(200);
}

/// A complete draft under a name.
fn begun(filer: &Door, form: &Value) -> String {
    let id = filer.begins("Foxglove, second try");
    filer.fills(&id, form);
    filer.names_people(&id, &markers::people());
    id
}

fn revision(door: &Door, id: &str) -> u64 {
    let review = door.get(format!("/v1/reviews/{id}"));
    review.number_at("/form_revision")
}

fn version(door: &Door, id: &str) -> u64 {
    door.get(format!("/v1/reviews/{id}")).number_at("/version")
}

fn post(door: &Door, path: String, body: &Value) -> scenarios::Reply {
    door.ask("POST", path).new_key().json(body).send()
}

/// The look-up has its markers to leak, too.
fn look_up(filer: &Door, group: &str, individual: &str) {
    let look = |id: &str| {
        let reply = filer.get(format!("/v1/reviews/{id}/participation"));
        reply.expect(200).text_at("/outcome").to_owned()
    };
    assert_eq!(look(group), "not_applicable");
    assert_eq!(
        [(), ()].map(|()| look(individual)),
        ["unavailable", "found"]
    );
}

fn corrected_and_handed_over(cast: &Cast, id: &str) {
    let (filer, heir) = (&cast.filer.door, &cast.heir.door);
    let revision = revision(filer, id);
    filer.submits(id, revision, "mallow-submit").expect(200);
    filer.submits(id, revision, "mallow-submit").expect(200);
    let correction = markers::correction(revision);
    post(filer, format!("/v1/reviews/{id}/corrections"), &correction).expect(200);
    filer
        .ask("PATCH", format!("/v1/reviews/{id}"))
        .if_match(version(filer, id))
        .json(&json!({ "name": "Foxglove, corrected" }))
        .send()
        .expect(200);
    heir.sees(id);
    let offer = json!({ "to": HEIR });
    let handover = format!("/v1/reviews/{id}/handover");
    post(filer, handover.clone(), &offer).expect(200);
    post(filer, format!("{handover}/take-back"), &json!({})).expect(200);
    post(filer, handover.clone(), &offer).expect(200);
    post(heir, format!("{handover}/accept"), &json!({})).expect(200);
    filer.get(format!("/v1/reviews/{id}")).expect(404);
    heir.sees(id);
}

fn withdrawn_and_copied(stack: &Stack, cast: &Cast, id: &str) {
    let filer = &cast.filer.door;
    files::evidence(stack, filer, id);
    let revision = revision(filer, id);
    cast.other
        .door
        .get(format!("/v1/reviews/{id}/form"))
        .expect(404);
    filer.submits(id, revision, "mallow-too").expect(200);
    files::comments(filer, id);
    team::works_on(&cast.reviewer.door, id);
    filer.withdraws(id);
    let body = json!({ "name": "Foxglove, third try" });
    post(filer, format!("/v1/reviews/{id}/copy"), &body).expect(201);
}

/// Letters that come back, that are unwanted and that are not taken.
fn unreachable(filer: &Door) -> String {
    let id = filer.begins("Foxglove, unreachable");
    filer.fills(&id, &markers::group());
    filer.names_people(&id, &markers::unreachable_people());
    let revision = revision(filer, &id);
    filer.submits(&id, revision, "mallow-back").expect(200);
    id
}

/// Requests that are refused, each with a marker in what is wrong.
fn faulty(filer: &Door, id: &str) {
    let revision = revision(filer, id);
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
        .json(&markers::group())
        .send()
        .expect(412);
    let people = json!({ "contact": { "email": "columbine", "phone": "866-288-0147-heliotrope" } });
    filer
        .ask("PATCH", format!("/v1/reviews/{id}/people"))
        .if_match(version(filer, id))
        .json(&people)
        .send()
        .expect(422);
    let offer = json!({ "to": "columbine" });
    post(filer, format!("/v1/reviews/{id}/handover"), &offer).expect(422);
    let mut correction = markers::correction(revision);
    correction["field"] = json!("Hollyhock");
    assert_ne!(
        post(filer, format!("/v1/reviews/{id}/corrections"), &correction).status,
        200
    );
}

/// Knocks at every door that the template has, as everybody, with rubbish in path, query, headers and body. What a door does
/// with it is not of interest here; only that it keeps it to itself.
fn knock(stack: &Stack, cast: &Cast, id: &str) {
    let overview = stack.overview();
    let routes = overview["routes"]
        .as_array()
        .expect("the template has routes");
    for route in routes {
        let (method, path) = (text(&route["method"]), text(&route["path"]));
        let wrong = with_parameters(path, "Marigold");
        let right = with_parameters(&path.replace("{id}", id), "Larkspur");
        for path in [wrong, right] {
            for door in [&cast.filer.door, &cast.other.door] {
                let ask = door.ask(known(method), format!("{path}?heliotrope=Hollyhock"));
                rubbish(ask, method != "GET");
            }
        }
    }
}

fn rubbish(ask: Ask<'_>, with_body: bool) {
    let ask = ask.key("mallow-rubbish").header("if-match", "\"gentian\"");
    let ask = ask.header("user-agent", "columbine/1");
    let reply = if with_body {
        ask.json(&markers::rubbish()).send()
    } else {
        ask.send()
    };
    assert!(reply.status < 500, "{}", reply.text);
}

/// A method as the doors take it.
fn known(method: &str) -> &'static str {
    let known = ["GET", "POST", "PATCH", "PUT", "DELETE"];
    let found = known.into_iter().find(|known| *known == method);
    found.unwrap_or_else(|| panic!("this test does not know the method {method}"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A path with something for each parameter.
fn with_parameters(path: &str, word: &str) -> String {
    let parts = path.split('/');
    let parts = parts.map(|part| if part.starts_with('{') { word } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Changes an entry of a history behind everybody's back.
pub(crate) fn tamper(stack: &Stack, id: &str) {
    let mut entry = stack.item(id, "HISTORY#000000000002");
    let body = entry["body"]["S"].as_str().expect("its text");
    entry["body"]["S"] = json!(body.replace("\"owner\"", "\"Marigold\""));
    stack.put_item(&entry);
}

/// Messages that are none of ours, in queues and among their dead letters.
pub(crate) fn poison(stack: &Stack) {
    let report = json!({ "eventType": HEIR, "mail": { "destination": [HEIR] } });
    for (queue, body) in [
        ("Notices", "no notice of ours".to_owned()),
        ("Feedback", format!("{{\"{HEIR}\"}}")),
        ("Feedback", report.to_string()),
        ("Ticks", r#"{"type": "SweepNothingV1"}"#.to_owned()),
        ("Objects", "no object of ours".to_owned()),
        ("Commands", "no command of ours".to_owned()),
    ] {
        stack.put(&format!("{queue}Queue"), &body);
        stack.put(&format!("{queue}DeadLetters"), &body);
    }
}
