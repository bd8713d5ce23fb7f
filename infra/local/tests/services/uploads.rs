//! What a bucket keeps, and what it refuses: each refusal as S3 says it, and with nothing left behind.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ChecksumMode;

use crate::grants::{Ready, download, expired, sha256, upload, upload_on};
use crate::place::{BUCKET, Place};

const KEY: &str = "reviews/2024-K7M2-QXW5/01JAAAAAAAAAAAAAAAAAAAAAAA";
const BYTES: &[u8] = b"%PDF-1.7 not much of one";

/// Neither an object nor a half of one.
fn nothing_is_left(place: &Place) {
    assert!(place.services.buckets.list().is_empty());
    for folder in ["bodies", "halves"] {
        let folder = place.data.path().join("buckets").join(folder);
        let left = std::fs::read_dir(folder).expect("lists").count();
        assert_eq!(left, 0);
    }
}

#[tokio::test]
async fn a_granted_upload_is_kept_as_it_was_sent() {
    let place = Place::new().await;
    let before = place.clock.now();
    let answer = upload(&place, KEY, BYTES).await.send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let s3 = place.s3();
    let head = s3.head_object().bucket(BUCKET).key(KEY);
    let head = head
        .checksum_mode(ChecksumMode::Enabled)
        .send()
        .await
        .expect("there");
    assert_eq!(
        head.content_length(),
        Some(i64::try_from(BYTES.len()).expect("small"))
    );
    assert_eq!(head.content_type(), Some("application/pdf"));
    assert_eq!(head.checksum_sha256(), Some(sha256(BYTES).as_str()));
    assert_eq!(head.e_tag(), Some(answer.headers["etag"].as_str()));
    assert_eq!(
        head.version_id(),
        Some(answer.headers["x-amz-version-id"].as_str())
    );
    // By the set clock, which is far from the machine's.
    let at = head.last_modified().expect("a time").secs();
    assert!(
        (before.as_second()..=place.clock.now().as_second()).contains(&at),
        "{at}"
    );
    let got = s3
        .get_object()
        .bucket(BUCKET)
        .key(KEY)
        .send()
        .await
        .expect("there");
    assert_eq!(got.last_modified().expect("a time").secs(), at);
    assert_eq!(got.body.collect().await.expect("whole").to_vec(), BYTES);
}

#[tokio::test]
async fn what_was_not_granted_is_refused_and_leaves_nothing() {
    let place = Place::new().await;
    let granted = upload(&place, KEY, BYTES).await;
    let with_body = |body: &[u8]| Ready {
        body: body.to_vec(),
        ..granted.clone()
    };
    let without = |name: &str| {
        let mut request = granted.clone();
        request.headers.remove(name).expect("it is signed");
        request
    };
    let at = |from: &str, to: &str| Ready {
        url: granted.url.replace(from, to),
        ..granted.clone()
    };
    let by = |method: &str| Ready {
        method: method.to_owned(),
        ..granted.clone()
    };
    let unsigned = granted.url.split('?').next().expect("a path").to_owned();
    let elsewhere = place.s3().put_object().bucket("nowhere").key(KEY);
    let elsewhere = elsewhere.body(ByteStream::from_static(BYTES)).send().await;
    assert_eq!(
        elsewhere
            .expect_err("no bucket")
            .into_service_error()
            .code(),
        Some("NoSuchBucket")
    );
    let late = upload_on(&place, KEY, BYTES, expired()).await;
    let refusals = [
        (
            "longer",
            with_body(b"%PDF-1.7 not much of one, but longer"),
            403,
            "SignatureDoesNotMatch",
        ),
        (
            "shorter",
            with_body(b"%PDF-1.7"),
            403,
            "SignatureDoesNotMatch",
        ),
        ("empty", with_body(b""), 403, "SignatureDoesNotMatch"),
        (
            "other bytes",
            with_body(b"%PDF-1.7 not much of two"),
            400,
            "BadDigest",
        ),
        (
            "other checksum",
            granted
                .clone()
                .with("x-amz-checksum-sha256", &sha256(b"other")),
            403,
            "SignatureDoesNotMatch",
        ),
        (
            "no checksum",
            without("x-amz-checksum-sha256"),
            403,
            "SignatureDoesNotMatch",
        ),
        (
            "other type",
            granted.clone().with("content-type", "text/html"),
            403,
            "SignatureDoesNotMatch",
        ),
        (
            "over another",
            without("if-none-match"),
            403,
            "SignatureDoesNotMatch",
        ),
        (
            "another's key",
            at("QXW5", "QXW6"),
            403,
            "SignatureDoesNotMatch",
        ),
        (
            "a longer grant",
            at("X-Amz-Expires=600", "X-Amz-Expires=6000"),
            403,
            "SignatureDoesNotMatch",
        ),
        ("another way", by("GET"), 403, "SignatureDoesNotMatch"),
        ("taking away", by("DELETE"), 403, "SignatureDoesNotMatch"),
        ("too late", late, 403, "AccessDenied"),
        (
            "unsigned",
            Ready {
                url: unsigned,
                ..granted.clone()
            },
            403,
            "AccessDenied",
        ),
    ];
    for (why, request, status, code) in refusals {
        let answer = request.send().await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{why}: {answer:?}"
        );
        nothing_is_left(&place);
    }
    // The grant itself is as good as before.
    assert_eq!(granted.send().await.status, 200);
}

#[tokio::test]
async fn an_object_is_written_once() {
    let place = Place::new().await;
    let granted = upload(&place, KEY, BYTES).await;
    let answers = futures::future::join_all((0..8).map(|_| granted.clone().send())).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412, 412, 412, 412, 412]);
    let refused = granted.send().await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (412, "PreconditionFailed")
    );
    assert_eq!(place.services.buckets.list()[0].versions, 1);
}

#[tokio::test]
async fn an_upload_that_is_cut_leaves_nothing() {
    let place = Place::new().await;
    let granted = upload(&place, KEY, BYTES).await;
    let (host, path) = granted.url["http://".len()..]
        .split_once('/')
        .expect("a path");
    let mut head = format!(
        "PUT /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n",
        BYTES.len()
    );
    for (name, value) in granted.headers.iter().filter(|(name, _)| *name != "host") {
        head += &format!("{name}: {value}\r\n");
    }
    let cut = |sent: usize| {
        let (host, head) = (host.to_owned(), head.clone());
        tokio::task::spawn_blocking(move || {
            let mut connection = TcpStream::connect(host).expect("connects");
            connection.write_all(head.as_bytes()).expect("sends");
            connection.write_all(b"\r\n").expect("sends");
            connection.write_all(&BYTES[..sent]).expect("sends");
            connection
                .shutdown(std::net::Shutdown::Write)
                .expect("ends");
            let mut answer = String::new();
            drop(connection.read_to_string(&mut answer)); // the other side may only hang up
            answer
        })
    };
    for sent in [0, 1, BYTES.len() - 1] {
        let answer = cut(sent).await.expect("no panic");
        assert!(!answer.starts_with("HTTP/1.1 200"), "{sent}: {answer}");
        assert!(place.services.buckets.list().is_empty(), "{sent}");
    }
    // What a kill in the middle leaves is removed by the next start.
    let next = place
        .killed_after(|data| {
            let buckets = data.join("buckets");
            std::fs::write(buckets.join("halves/half"), &BYTES[..5]).expect("written");
            std::fs::write(buckets.join("bodies/unknown"), BYTES).expect("written");
        })
        .await;
    nothing_is_left(&next);
    let answer = upload(&next, KEY, BYTES).await.send().await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn twenty_five_megabytes_go_in_and_out() {
    let place = Place::new().await;
    let bytes: Vec<u8> = (0..25 * 1024 * 1024_u32)
        .map(|at| (at >> 8) as u8 ^ at as u8)
        .collect();
    let answer = upload(&place, KEY, &bytes).await.send().await;
    assert_eq!(answer.status, 200, "{}", answer.code());
    // The SDK verifies the checksum that comes with it.
    let got = place
        .s3()
        .get_object()
        .bucket(BUCKET)
        .key(KEY)
        .send()
        .await
        .expect("there");
    assert!(got.body.collect().await.expect("whole").to_vec() == bytes);
}

#[tokio::test]
async fn a_granted_download_comes_with_the_headers_that_it_names() {
    let place = Place::new().await;
    upload(&place, KEY, BYTES).await.send().await;
    let disposition = "attachment; filename=\"evidence.pdf\"; filename*=UTF-8''evid%C3%A9nce.pdf";
    let granted = download(&place, KEY, disposition).await;
    let whole = granted.clone().send().await;
    assert_eq!(whole.status, 200);
    assert_eq!(whole.body, BYTES);
    assert_eq!(whole.headers["content-disposition"], disposition);
    assert_eq!(whole.headers["content-type"], "application/octet-stream");
    let part = granted.clone().with("range", "bytes=1-3").send().await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"PDF"[..]));
    assert_eq!(
        part.headers["content-range"],
        format!("bytes 1-3/{}", BYTES.len())
    );
    let behind = granted.clone().with("range", "bytes=-3").send().await;
    assert_eq!((behind.status, behind.body.as_slice()), (206, &b"one"[..]));
    let none = granted.clone().with("range", "bytes=100-").send().await;
    assert_eq!((none.status, none.code().as_str()), (416, "InvalidRange"));
    let known = granted
        .clone()
        .with("if-none-match", &whole.headers["etag"])
        .send()
        .await;
    assert_eq!(known.status, 304);
    let renamed = Ready {
        url: granted.url.replace("evidence.pdf", "evidence.exe"),
        ..granted
    };
    assert_eq!(renamed.send().await.code(), "SignatureDoesNotMatch");
}

#[tokio::test]
async fn what_has_no_effect_here_is_refused_by_name() {
    let place = Place::new().await;
    let put = place.s3().put_object().bucket(BUCKET).key(KEY);
    let put = put.body(ByteStream::from_static(BYTES)).tagging("a=b");
    let refused = put
        .send()
        .await
        .expect_err("no tags here")
        .into_service_error();
    assert_eq!(refused.code(), Some("NotImplemented"));
    assert!(
        refused
            .message()
            .is_some_and(|text| text.contains("x-amz-tagging")),
        "{refused:?}"
    );
    let tags = place
        .s3()
        .get_object_tagging()
        .bucket(BUCKET)
        .key(KEY)
        .send()
        .await;
    let refused = tags.expect_err("no tags here").into_service_error();
    assert_eq!(refused.meta().code(), Some("NotImplemented"));
    nothing_is_left(&place);
}
