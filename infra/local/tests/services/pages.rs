//! The pages, over a stack with nothing but services: what a browser and `curl` get.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use local::identity::Issuer;
use local::pages::{FunctionView, PagesState, QueueView, RouteView, StackView, router};
use local::schedules::{Expression, Input, SchedulePlan, Schedules};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::mail::send;
use crate::place::Place;

struct Small;

impl StackView for Small {
    fn routes(&self) -> Vec<RouteView> {
        let (method, path) = ("GET".to_owned(), "/v1/reviews/{id}".to_owned());
        vec![RouteView {
            method,
            path,
            function: "Intake".to_owned(),
            auth: true,
        }]
    }

    fn functions(&self) -> Vec<FunctionView> {
        vec![FunctionView {
            name: "Intake".to_owned(),
            binary: "intake".to_owned(),
            triggers: vec!["GET /v1/reviews/{id}".to_owned()],
            invocations: 3,
            errors: 1,
            running: 1,
        }]
    }

    fn logs(&self, function: &str, lines: usize) -> Vec<String> {
        let log = ["first", "<script>alert(1)</script>"];
        if function == "Intake" {
            log.iter().take(lines).map(ToString::to_string).collect()
        } else {
            Vec::new()
        }
    }

    fn queues(&self) -> Vec<QueueView> {
        vec![QueueView {
            name: "notices-dead".to_owned(),
            visible: 1,
            in_flight: 0,
            dead_letter: true,
        }]
    }
}

fn pages(place: &Place) -> (Router, Issuer) {
    let issuer = Issuer::open(&place.data, "http://127.0.0.1:3000").expect("opens");
    let (clock, mail) = (place.clock.clone(), place.services.mail.clone());
    let sweep = SchedulePlan {
        name: "Sweep".to_owned(),
        arn: "arn:local".to_owned(),
        expression: Expression::parse("rate(1 day)", "UTC").expect("an expression"),
        queue: "feedback".to_owned(),
        input: Input::parse("{}").expect("no places"),
        enabled: true,
    };
    let queues = &place.services.queues;
    let schedules = Schedules::open(&place.data, &clock, queues, vec![sweep]).expect("opens");
    (
        router(PagesState {
            clock,
            schedules,
            mail,
            buckets: place.services.buckets.clone(),
            issuer: issuer.clone(),
            view: Arc::new(Small),
        }),
        issuer,
    )
}

async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = router
        .clone()
        .oneshot(request)
        .await
        .expect("answers")
        .into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("whole");
    (
        parts.status,
        parts.headers,
        String::from_utf8(body.to_vec()).expect("text"),
    )
}

async fn get(router: &Router, path: &str) -> (StatusCode, HeaderMap, String) {
    ask(
        router,
        Request::get(path)
            .header("host", "localhost:3000")
            .body(Body::empty())
            .expect("a request"),
    )
    .await
}

async fn get_json(router: &Router, path: &str) -> Value {
    let request = Request::get(path)
        .header("accept", "application/json")
        .body(Body::empty())
        .expect("a request");
    let (status, _, body) = ask(router, request).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    serde_json::from_str(&body).expect("JSON")
}

#[tokio::test]
async fn the_page_shows_the_stack_and_escapes_what_it_shows() {
    let place = Place::new().await;
    let (router, _) = pages(&place);
    send(&place, "review@example.org", "notices")
        .await
        .expect("taken");
    let (status, headers, body) = get(&router, "/").await;
    assert_eq!(status, StatusCode::OK);
    for shown in [
        "Frankie Filer",
        "2025-10-20 10:",
        "Reçu",
        "Intake",
        "notices-dead",
        "GET /v1/reviews/{id}",
        "rate(1 day) UTC",
        "2025-10-21 10:00:00 ET",
        "Delivery",
    ] {
        assert!(body.contains(shown), "{shown} is not on the page");
    }
    assert!(!body.contains("<script>alert"), "log lines are escaped");
    let policy = headers["content-security-policy"].to_str().expect("text");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    for asset in ["page.css", "page.js"] {
        assert_eq!(
            get(&router, &format!("/_local/assets/{asset}")).await.0,
            StatusCode::OK
        );
    }
    let data = get_json(&router, "/").await;
    assert_eq!(data["functions"][0]["errors"], 1);
    assert_eq!(data["people"][0]["name"], "filer");
    assert_eq!(data["schedules"][0]["next"], "2025-10-21T14:00:00Z");
}

#[tokio::test]
async fn a_token_is_plain_text_and_an_unknown_name_lists_the_known() {
    let place = Place::new().await;
    let (router, issuer) = pages(&place);
    let (status, headers, token) = get(&router, "/_local/token?as=staff").await;
    assert_eq!(
        (status, headers["content-type"].to_str().expect("text")),
        (StatusCode::OK, "text/plain")
    );
    let audiences = [issuer.audience().to_owned()];
    let header = format!("Bearer {token}");
    let claims = issuer
        .verify(
            Some(&header),
            &issuer.issuer_url(),
            &audiences,
            place.clock.now(),
        )
        .expect("let in");
    assert_eq!(claims["email"], "staff@example.org");
    for wrong in ["/_local/token?as=nobody", "/_local/token"] {
        let (status, _, body) = get(&router, wrong).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(body.contains("second-reviewer"), "{body}");
    }
    let keys = get_json(&router, "/_local/oidc/jwks.json").await;
    assert_eq!(keys["keys"][0]["alg"], "RS256");
    let discovery = get_json(&router, "/_local/oidc/.well-known/openid-configuration").await;
    assert_eq!(discovery["issuer"], issuer.issuer_url());
}

#[tokio::test]
async fn the_mailbox_shows_a_mail_in_all_its_forms() {
    let place = Place::new().await;
    let (router, _) = pages(&place);
    let id = send(&place, "review@example.org", "notices")
        .await
        .expect("taken")
        .message_id;
    assert!(get(&router, "/_local/mail").await.2.contains("Reçu"));
    assert_eq!(
        get_json(&router, "/_local/mail?to=FILER@example.org").await[0]["id"],
        id.as_str()
    );
    assert_eq!(
        get_json(&router, "/_local/mail?to=staff@example.org").await,
        Value::Array(Vec::new())
    );
    let (_, _, letter) = get(&router, &format!("/_local/mail/{id}")).await;
    assert!(
        letter.contains("01J-3-abc") && letter.contains("It is in."),
        "{letter}"
    );
    assert!(
        !letter.contains("<iframe"),
        "there is no HTML part to frame"
    );
    assert_eq!(
        get_json(&router, &format!("/_local/mail/{id}")).await["summary"]["subject"],
        "Reçu"
    );
    let became = &get_json(&router, "/_local/mail").await[0]["became"];
    assert_eq!(became[1]["event"], "Delivery");
    let (_, headers, raw) = get(&router, &format!("/_local/mail/{id}/raw")).await;
    assert_eq!(headers["content-type"], "message/rfc822");
    assert!(raw.starts_with("From: Targeted Review"));
    assert_eq!(
        get(&router, &format!("/_local/mail/{id}/html")).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        get(&router, "/_local/mail/..%2Fclock").await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn logs_are_text_and_the_clock_moves_forward_only() {
    let place = Place::new().await;
    let (router, _) = pages(&place);
    assert!(
        get(&router, "/_local/logs/Intake")
            .await
            .2
            .starts_with("first\n")
    );
    let (status, _, body) = get(&router, "/_local/logs/Nowhere").await;
    assert!(
        status == StatusCode::NOT_FOUND && body.contains("Intake"),
        "{body}"
    );

    let forward = |to: &str| {
        let body = Body::from(format!("{{\"to\":\"{to}\"}}"));
        Request::post("/_local/clock")
            .header("content-type", "application/json")
            .body(body)
            .expect("a request")
    };
    let (status, _, body) = ask(&router, forward("2025-11-15T01:00:00Z")).await;
    assert_eq!(status, StatusCode::OK);
    let moved: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(moved["fired"], 25, "one for each day");
    let clock = get_json(&router, "/_local/clock").await;
    assert!(
        clock["new_york"]
            .as_str()
            .expect("text")
            .starts_with("2025-11-14 20:00:"),
        "{clock}"
    );
    let (status, _, body) = ask(&router, forward("2025-11-15T01:00:00Z")).await;
    assert!(
        status == StatusCode::CONFLICT && body.contains("forward"),
        "{body}"
    );
}

#[tokio::test]
async fn a_foreign_name_gets_nothing() {
    let place = Place::new().await;
    let (router, _) = pages(&place);
    let request = Request::get("/_local/token?as=admin").header("host", "rebound.example.com:3000");
    let (status, _, body) = ask(&router, request.body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!body.contains('.') || body.len() < 100, "{body}");
}

#[tokio::test]
async fn objects_are_shown_and_the_scanner_takes_another_mood() {
    let place = Place::new().await;
    let put = place.s3().put_object().bucket(crate::place::BUCKET);
    let put = put.key("reviews/<b>/1").body(b"12345".to_vec().into());
    put.send().await.expect("kept");
    let (router, _) = pages(&place);
    let (_, _, page) = get(&router, "/").await;
    assert!(
        page.contains("reviews/&#60;b&#62;/1") || page.contains("reviews/&lt;b&gt;/1"),
        "{page}"
    );
    let told = get_json(&router, "/").await;
    assert_eq!(
        (&told["objects"][0]["size"], &told["scanner"]),
        (&5.into(), &"well".into())
    );

    let turn = |kind: &str, body: &'static str| {
        let request = Request::post("/_local/scanner").header("host", "localhost:3000");
        let request = request.header("content-type", kind);
        request.body(Body::from(body)).expect("a request")
    };
    let json = "application/json";
    let (status, _, text) = ask(&router, turn(json, r#"{"mood": "silent"}"#)).await;
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::OK, r#"{"mood":"silent"}"#)
    );
    assert_eq!(get_json(&router, "/_local/scanner").await["mood"], "silent");
    // No foreign form can send JSON, and nobody a mood that it does not have.
    let (status, ..) = ask(&router, turn("text/plain", r#"{"mood": "late"}"#)).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, ..) = ask(&router, turn(json, r#"{"mood": "grumpy"}"#)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
