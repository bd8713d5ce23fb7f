//! What the gateway says by itself, in its own shape: nobody without a sound token reaches a function.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use scenarios::{Launch, Reply, Stack};
use serde_json::{Value, json};

/// The stack's own issuer, in wrong hands.
struct Forger {
    /// A token as it should be.
    sound: String,
    claims: Value,
    key: EncodingKey,
    /// What anybody can fetch.
    public_key: String,
}

impl Forger {
    fn at(stack: &Stack) -> Self {
        let sound = stack.token("filer");
        let claims = sound.split('.').nth(1).expect("a token has three parts");
        let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
        let pem = std::fs::read(stack.data().join("secrets/identity-key.pem"))
            .expect("the issuer keeps its key");
        let keys = scenarios::get_json(&format!("{}/_local/oidc/jwks.json", stack.url()));
        Self {
            sound,
            claims: serde_json::from_slice(&claims).expect("claims are JSON"),
            key: EncodingKey::from_rsa_pem(&pem).expect("a key"),
            public_key: keys["keys"][0]["n"].as_str().expect("a modulus").to_owned(),
        }
    }

    /// Signed by the issuer's own key, with one claim changed.
    fn with(&self, claim: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[claim] = value;
        encode(&Header::new(Algorithm::RS256), &claims, &self.key).expect("it can be signed")
    }

    fn without(&self, claim: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().expect("an object").remove(claim);
        encode(&Header::new(Algorithm::RS256), &claims, &self.key).expect("it can be signed")
    }

    /// The sound token with another head, body or signature.
    fn patched(&self, place: usize, part: &str) -> String {
        let mut parts: Vec<&str> = self.sound.split('.').collect();
        parts[place] = part;
        parts.join(".")
    }
}

fn assert_own(what: &str, reply: &Reply, status: u16, message: &str) {
    assert_eq!(reply.status, status, "{what}: {}", reply.text);
    assert_eq!(reply.body, json!({ "message": message }), "{what}");
    assert_ne!(reply.header("apigw-requestid"), "", "{what}");
}

#[test]
fn a_token_that_is_not_sound_opens_nothing() {
    let stack = Launch::default().start();
    let forger = Forger::at(&stack);
    let now = forger.claims["iat"].as_i64().expect("seconds");
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let someone = URL_SAFE_NO_PAD
        .encode(json!({ "sub": "sample-admin", "iss": forger.claims["iss"] }).to_string());
    // The classic: the public key, which anybody has, taken as a shared secret.
    let shared = EncodingKey::from_secret(forger.public_key.as_bytes());
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
        ("of the kind none", format!("{none}.{someone}.")),
        ("of the kind none, still signed", forger.patched(0, &none)),
        (
            "of the kind HS256",
            encode(&Header::new(Algorithm::HS256), &forger.claims, &shared)
                .expect("it can be signed"),
        ),
        ("cut", forger.sound[..forger.sound.len() - 4].to_owned()),
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
        .door_with(Some(&forger.sound))
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
