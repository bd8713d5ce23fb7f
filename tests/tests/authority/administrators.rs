//! The doors of administrators that are about no one review: windows, orders over many reviews, sweeps.

use scenarios::{Door, Forger, Launch, Reply};
use serde_json::{Value, json};

/// Method and path.
pub(crate) const DOORS: [(&str, &str); 3] = [
    ("POST", "/v1/program/{year}/window"),
    ("POST", "/v1/orders"),
    ("GET", "/v1/sweeps"),
];

/// What a door takes, dry.
fn body(path: &str) -> Value {
    if path == "/v1/orders" {
        json!({"what": "extend", "last_day": "2025-12-01", "why": "A storm.", "dry_run": true})
    } else {
        json!({"closes": "2025-11-21T20:00:00-05:00", "reason": "A storm.", "dry_run": true})
    }
}

fn tries(door: &Door, (method, path): (&'static str, &'static str)) -> Reply {
    let ask = door.ask(method, path.replace("{year}", "2024"));
    if method == "GET" {
        ask.send()
    } else {
        ask.new_key().json(&body(path)).send()
    }
}

#[test]
fn only_administrators_touch_windows_and_clocks() {
    let stack = Launch::default().start();
    let unsigned = Forger::of(&stack, "admin").unsigned();
    for door in DOORS {
        for token in [None, Some(&*unsigned)] {
            let reply = tries(&stack.door_with(token), door);
            assert_eq!(reply.status, 401, "{door:?}");
        }
        for name in [
            "filer",
            "other",
            "staff",
            "unverified",
            "registry",
            "reviewer",
            "second-reviewer",
        ] {
            let reply = tries(&stack.door(name), door);
            assert_eq!(reply.status, 403, "{name}: {door:?}: {}", reply.text);
        }
        for name in ["admin", "second-admin"] {
            let reply = tries(&stack.door(name), door);
            assert_eq!(reply.status, 200, "{name}: {door:?}: {}", reply.text);
        }
    }
}
