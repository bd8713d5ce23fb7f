//! Which web pages may use a bucket: what the rules say, and nothing without them.

use crate::grants::{Answer, Ready, upload};
use crate::place::{BUCKET, ORIGIN, Place};

const KEY: &str = "reviews/a/1";
const ALLOWED: &str = "access-control-allow-origin";

async fn preflight(place: &Place, origin: &str, method: &str, headers: &str) -> Answer {
    let url = format!("{}/{BUCKET}/{KEY}", place.services.buckets.endpoint());
    let asked = Ready::new("OPTIONS", url)
        .with("origin", origin)
        .with("access-control-request-method", method);
    let asked = match headers {
        "" => asked,
        headers => asked.with("access-control-request-headers", headers),
    };
    asked.send().await
}

#[tokio::test]
async fn a_page_that_the_rules_name_may_upload() {
    let place = Place::new().await;
    let answer = preflight(&place, ORIGIN, "PUT", "content-type, X-Amz-Checksum-Sha256").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.headers[ALLOWED], ORIGIN);
    assert_eq!(answer.headers["access-control-allow-methods"], "GET, PUT");
    let names = &answer.headers["access-control-allow-headers"];
    assert_eq!(names, "content-type, x-amz-checksum-sha256");
    assert_eq!(answer.headers["access-control-max-age"], "600");

    let granted = upload(&place, KEY, b"x").await.with("origin", ORIGIN);
    let answer = granted.clone().send().await;
    assert_eq!(
        (answer.status, answer.headers[ALLOWED].as_str()),
        (200, ORIGIN)
    );
    assert_eq!(answer.headers["access-control-expose-headers"], "ETag");
    // A refusal, too, can be read by the page.
    let answer = granted.send().await;
    assert_eq!(
        (answer.status, answer.headers[ALLOWED].as_str()),
        (412, ORIGIN)
    );
}

#[tokio::test]
async fn any_other_page_may_not() {
    let place = Place::new().await;
    for (origin, method, headers) in [
        ("https://elsewhere.example.org", "PUT", "content-type"),
        (ORIGIN, "DELETE", ""),
        (ORIGIN, "PUT", "content-type, x-other"),
        ("null", "PUT", ""),
    ] {
        let answer = preflight(&place, origin, method, headers).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (403, "AccessForbidden"),
            "{origin}"
        );
        assert!(!answer.headers.contains_key(ALLOWED));
    }
    let granted = upload(&place, KEY, b"x")
        .await
        .with("origin", "https://elsewhere.example.org");
    let answer = granted.send().await;
    assert_eq!(
        answer.status, 200,
        "the signature alone decides; the page only cannot read it"
    );
    assert!(!answer.headers.contains_key(ALLOWED));
}
