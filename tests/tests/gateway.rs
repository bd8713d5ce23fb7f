//! What the gateway says by itself, in its own shape: nobody without a sound token reaches a function.

use scenarios::{Forger, Launch, Reply};
use serde_json::json;

fn assert_own(what: &str, reply: &Reply, status: u16, message: &str) {
    assert_eq!(reply.status, status, "{what}: {}", reply.text);
    assert_eq!(reply.body, json!({ "message": message }), "{what}");
    assert_ne!(reply.header("apigw-requestid"), "", "{what}");
}

#[test]
fn a_token_that_is_not_sound_opens_nothing() {
    let stack = Launch::default().start();
    let forger = Forger::of(&stack, "filer");
    let now = forger.issued_at();
    let someone =
        Forger::part(&json!({ "sub": "sample-admin", "iss": "https://identity.example.org" }));
    let cases = [
        ("expired", forger.with("exp", json!(now - 1))),
        ("without an end", forger.without("exp")),
        ("not yet valid", forger.with("nbf", json!(now + 86_400))),
        (
            "of another issuer",
            forger.with("iss", json!("https://identity.example.com")),
        ),
        ("without an issuer", forger.without("iss")),
        (
            "for another audience",
            forger.with("aud", json!("another-service")),
        ),
        ("without an audience", forger.without("aud")),
        ("with other claims", forger.patched(1, &someone)),
        ("without a signature", forger.patched(2, "")),
        ("of the kind none", forger.unsigned()),
        (
            "of the kind none, still signed",
            forger.patched(0, &Forger::none()),
        ),
        ("of the kind HS256", forger.signed_with_the_public_key()),
        ("cut", forger.sound()[..forger.sound().len() - 4].to_owned()),
        ("no token", "not.a.token".to_owned()),
        ("empty", String::new()),
    ];
    for (what, token) in cases {
        assert_own(
            what,
            &stack.door_with(Some(&token)).get("/v1/reviews"),
            401,
            "Unauthorized",
        );
    }
    assert_own(
        "missing",
        &stack.door_with(None).get("/v1/reviews"),
        401,
        "Unauthorized",
    );
    let basic = stack
        .door_with(None)
        .ask("GET", "/v1/reviews")
        .header("authorization", "Basic ZmlsZXI6cGFzcw==")
        .send();
    assert_own("another scheme", &basic, 401, "Unauthorized");
    assert_eq!(
        stack.function("IntakeFunction")["invocations"],
        0,
        "no function was asked"
    );
    stack
        .door_with(Some(forger.sound()))
        .get("/v1/reviews")
        .expect(200);
}

#[test]
fn a_token_ends_by_the_set_clock() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.get("/v1/reviews").expect(200);
    stack.advance_clock("2025-10-21T14:00:00Z").expect(200);
    assert_own(
        "a day later",
        &filer.get("/v1/reviews"),
        401,
        "Unauthorized",
    );
    stack.door("filer").get("/v1/reviews").expect(200);
}

#[test]
fn routes_and_sizes_that_the_gateway_does_not_take_never_reach_a_function() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    assert_own("no such path", &filer.get("/v1/nothing"), 404, "Not Found");
    assert_own(
        "no such method",
        &filer.ask("DELETE", "/v1/reviews").send(),
        404,
        "Not Found",
    );
    let large = "x".repeat(10 * 1024 * 1024 + 1);
    let reply = filer
        .ask("POST", "/v1/reviews")
        .new_key()
        .text(large)
        .send();
    assert_own("over 10 MB", &reply, 413, "Request Entity Too Large");
    assert_eq!(
        stack.function("IntakeFunction")["invocations"],
        0,
        "no function was asked"
    );
}
