//! The doors of the team that are about no one review: queue, counts, one's own work, search.

use scenarios::{Door, Forger, Launch, Reply, decision, forms, until};
use serde_json::{Value, json};

/// Method and path.
pub(crate) const LISTS: [(&str, &str); 4] = [
    ("GET", "/v1/team/queue"),
    ("GET", "/v1/team/queue/counts"),
    ("GET", "/v1/team/assigned"),
    ("POST", "/v1/team/search"),
];

fn tries(door: &Door, (method, path): (&'static str, &'static str)) -> Reply {
    let ask = door.ask(method, path);
    if method == "GET" {
        ask.send()
    } else {
        ask.json(&json!({ "by": "tin", "value": "00-0045100" }))
            .send()
    }
}

fn ids(list: &Value) -> Vec<String> {
    let reviews = list["reviews"].as_array().into_iter().flatten();
    let id = |review: &Value| review["id"].as_str().unwrap_or_default().to_owned();
    reviews.map(id).collect()
}

#[test]
fn lists_are_the_teams_and_nobody_meets_their_own_request_in_one() {
    let stack = Launch::default().start();
    let owner = stack.door("filer");
    owner.accepts();
    // One request has the reviewer among its people, the other has not.
    let submitted = |staff: &[&str]| {
        let people = forms::people("front.desk@example.org", staff);
        let (id, revision) = owner.completes(&forms::group(), &people);
        owner
            .submits(&id, revision, &format!("submit-{id}"))
            .expect(200);
        id
    };
    let own = submitted(&["reviewer@example.org"]);
    let other = submitted(&["staff@example.org"]);
    let by_tin = json!({ "by": "tin", "value": "00-0045100" });
    let admin = stack.door("admin");
    // Pointers follow the submission by the stream.
    until(|| {
        let ask = admin.ask("POST", "/v1/team/search").json(&by_tin);
        match ids(&ask.send().expect(200).body).len() {
            2 => Ok(()),
            found => Err(format!("both requests by their TIN, not {found}")),
        }
    });
    let reviewer = stack.door("reviewer");
    let queue = reviewer.get("/v1/team/queue").expect(200);
    assert_eq!(
        ids(&queue.body),
        std::slice::from_ref(&other),
        "{}",
        queue.text
    );
    let found = reviewer.ask("POST", "/v1/team/search").json(&by_tin);
    assert_eq!(
        ids(&found.send().expect(200).body),
        std::slice::from_ref(&other)
    );
    let beside = reviewer.team_sees(&other, "/same-party").expect(200);
    assert_eq!(ids(&beside.body), Vec::<String>::new());
    let beside = admin.team_sees(&other, "/same-party").expect(200);
    assert_eq!(ids(&beside.body), std::slice::from_ref(&own));

    reviewer.team_does(&other, "/take", &json!({})).expect(200);
    let assigned = reviewer.get("/v1/team/assigned").expect(200);
    assert_eq!(ids(&assigned.body), std::slice::from_ref(&other));
    let mine = reviewer.get("/v1/team/queue?assigned=me").expect(200);
    assert_eq!(ids(&mine.body), std::slice::from_ref(&other));
    let counts = reviewer.get("/v1/team/queue/counts").expect(200);
    let years = counts.body["years"].as_array().expect("years");
    let year = years.iter().find(|year| year["year"] == 2024);
    let year = year.expect("PY2024");
    assert_eq!(year["counts"]["in_review"], 2, "{year}");
    assert_eq!(year["days_left"], 73, "{year}");

    // What is shown before deciding is what is sent: subject, text and HTML.
    let seen = reviewer.team_version(&other);
    let body = decision("submission", true, false);
    let preview = reviewer.ask("POST", format!("/v1/team/reviews/{other}/decision/preview"));
    let preview = preview.if_match(seen).json(&body).send().expect(200);
    let letters = preview.body["letters"].as_array().expect("letters").len();
    assert!(letters >= 3, "{}", preview.text);
    assert_eq!(reviewer.team_version(&other), seen, "nothing has changed");
    let decided = reviewer.team_decides(&other, "/decision", seen, &body);
    decided.expect(200);
    until(|| {
        let sent = stack.all_letters();
        let mut shown = preview.body["letters"].as_array().into_iter().flatten();
        let missing = shown.find(|shown| {
            let same = |letter: &scenarios::Mail| shown["subject"] == *letter.subject;
            !sent.iter().any(same)
        });
        missing.map_or(Ok(()), |missing| {
            Err(format!("a letter as it was shown: {missing}"))
        })
    });
    assert_eq!(
        ids(&reviewer.get("/v1/team/assigned").expect(200).body),
        Vec::<String>::new()
    );
}

#[test]
fn to_everybody_else_there_are_no_such_lists() {
    let stack = Launch::default().start();
    let forger = Forger::of(&stack, "admin");
    let unsigned = forger.unsigned();
    for list in LISTS {
        for name in ["filer", "staff", "other", "registry", "unverified"] {
            let reply = tries(&stack.door(name), list);
            assert_eq!(reply.status, 404, "{name}: {list:?}: {}", reply.text);
        }
        for token in [None, Some(&*unsigned)] {
            let reply = tries(&stack.door_with(token), list);
            assert_eq!(reply.status, 401, "{list:?}");
        }
        for name in ["reviewer", "second-reviewer", "admin", "second-admin"] {
            let reply = tries(&stack.door(name), list);
            assert_eq!(reply.status, 200, "{name}: {list:?}: {}", reply.text);
        }
    }
    for (query, status) in [
        ("?status=draft", 400),
        ("?lane=fast", 400),
        ("?colour=red", 400),
        ("?cursor=abc", 400),
        ("?year=2024&status=denied&order=desc&limit=1", 200),
        (
            "?lane=before_payment_year&assigned=nobody&before=2025-11-01T04:00:00Z",
            200,
        ),
    ] {
        let reply = stack.door("reviewer").get(format!("/v1/team/queue{query}"));
        assert_eq!(reply.status, status, "{query}: {}", reply.text);
    }
}
