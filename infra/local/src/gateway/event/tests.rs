use axum::http::Request;

use super::*;

fn event(request: Request<()>, body: &[u8], claims: Option<Claims>) -> Value {
    let (head, ()) = request.into_parts();
    let path = decoded(head.uri.path());
    Received {
        head: &head,
        path: &path,
        body,
        parameters: [("id".to_owned(), "a b".to_owned())].into(),
        claims,
        route_key: "PATCH /v1/reviews/{id}",
        id: "request-1",
        at: "2025-11-15T00:59:59.999Z".parse().expect("a timestamp"),
        peer: SocketAddr::from(([127, 0, 0, 1], 50_000)),
    }
    .event()
}

#[test]
fn a_request_becomes_the_event_that_the_gateway_makes_of_it() {
    let request = Request::patch("/v1/reviews/a%20b?tag=x&tag=y%20z&empty=")
        .header("Host", "127.0.0.1:3000")
        .header("User-Agent", "curl/8")
        .header(
            "Content-Type",
            "application/merge-patch+json; charset=utf-8",
        )
        .header("Accept", "text/html")
        .header("Accept", "application/json")
        .header("Cookie", "a=1; b=2")
        .body(())
        .expect("a request");
    let claims = [
        ("sub", "ada"),
        ("email_verified", "true"),
        ("roles", "[reviewer administrator]"),
    ];
    let claims = claims
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let expected = json!({
        "version": "2.0",
        "routeKey": "PATCH /v1/reviews/{id}",
        "rawPath": "/v1/reviews/a b",
        "rawQueryString": "tag=x&tag=y%20z&empty=",
        "cookies": ["a=1", "b=2"],
        "headers": {
            "accept": "text/html,application/json",
            "content-type": "application/merge-patch+json; charset=utf-8",
            "host": "127.0.0.1:3000",
            "user-agent": "curl/8",
            "x-forwarded-for": "127.0.0.1",
            "x-forwarded-proto": "http",
        },
        "queryStringParameters": { "tag": "x,y z", "empty": "" },
        "pathParameters": { "id": "a b" },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "authorizer": {
                "jwt": {
                    "claims": {
                        "email_verified": "true",
                        "roles": "[reviewer administrator]",
                        "sub": "ada",
                    },
                    "scopes": null,
                },
            },
            "domainName": "127.0.0.1:3000",
            "domainPrefix": "127",
            "http": {
                "method": "PATCH",
                "path": "/v1/reviews/a b",
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "curl/8",
            },
            "requestId": "request-1",
            "routeKey": "PATCH /v1/reviews/{id}",
            "stage": "$default",
            "time": "15/Nov/2025:00:59:59 +0000",
            "timeEpoch": 1_763_168_399_999_i64,
        },
        "body": r#"{"a": 1}"#,
        "isBase64Encoded": false,
    });
    assert_eq!(event(request, br#"{"a": 1}"#, Some(claims)), expected);
}

#[test]
fn a_body_that_is_no_text_is_handed_on_in_base64() {
    let table: [(&str, &[u8], bool); 7] = [
        ("application/json", b"{}", false),
        ("text/csv", b"a,b", false),
        ("application/problem+json", b"{}", false),
        ("application/json", &[0xff, 0xfe], true),
        ("application/pdf", b"%PDF", true),
        ("application/x-www-form-urlencoded", b"a=b", true),
        ("", b"a", true),
    ];
    for (media, body, encoded) in table {
        let request = Request::post("/x")
            .header("content-type", media)
            .body(())
            .expect("a request");
        let event = event(request, body, None);
        assert_eq!(event["isBase64Encoded"], encoded, "{media}");
        let read = event["body"].as_str().expect("there is a body");
        let expected = if encoded {
            STANDARD.encode(body)
        } else {
            String::from_utf8_lossy(body).into_owned()
        };
        assert_eq!(read, expected, "{media}");
    }
}

#[test]
fn what_a_request_does_not_have_is_absent() {
    let event = event(Request::get("/x").body(()).expect("a request"), b"", None);
    for name in ["body", "cookies", "queryStringParameters"] {
        assert!(event.get(name).is_none(), "{name}");
    }
    assert!(event["requestContext"].get("authorizer").is_none());
}
