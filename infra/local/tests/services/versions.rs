//! Versions of objects: what is deleted is still there, what is erased is not.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_s3::primitives::ByteStream;

use crate::place::{BUCKET, Place};

const KEY: &str = "reviews/a/1";

async fn put(s3: &Client, key: &str, bytes: &'static [u8]) -> String {
    let put = s3.put_object().bucket(BUCKET).key(key);
    let kept = put
        .body(ByteStream::from_static(bytes))
        .send()
        .await
        .expect("kept");
    kept.version_id.expect("a version")
}

/// Bytes of a version, or of the newest.
async fn get(s3: &Client, key: &str, version: Option<&str>) -> Result<Vec<u8>, String> {
    let get = s3.get_object().bucket(BUCKET).key(key);
    let got = get.set_version_id(version.map(str::to_owned)).send().await;
    let got = got.map_err(|error| code(&error))?;
    Ok(got.body.collect().await.expect("whole").to_vec())
}

fn code<E: aws_sdk_s3::error::ProvideErrorMetadata>(error: &SdkError<E>) -> String {
    error.code().unwrap_or("none").to_owned()
}

#[tokio::test]
async fn deleted_is_marked_and_erased_is_gone() {
    let place = Place::new().await;
    let s3 = place.s3();
    let first = put(&s3, KEY, b"first").await;
    let second = put(&s3, KEY, b"second").await;
    assert_eq!(get(&s3, KEY, None).await.expect("there"), b"second");
    assert_eq!(get(&s3, KEY, Some(&first)).await.expect("there"), b"first");

    let deleted = s3
        .delete_object()
        .bucket(BUCKET)
        .key(KEY)
        .send()
        .await
        .expect("marked");
    let marker = deleted.version_id().expect("a version").to_owned();
    assert_eq!(deleted.delete_marker(), Some(true));
    assert_eq!(get(&s3, KEY, None).await.expect_err("deleted"), "NoSuchKey");
    assert_eq!(
        get(&s3, KEY, Some(&marker)).await.expect_err("a marker"),
        "MethodNotAllowed"
    );
    let head = s3.head_object().bucket(BUCKET).key(KEY).send().await;
    assert!(
        head.expect_err("deleted")
            .into_service_error()
            .is_not_found()
    );
    assert_eq!(
        get(&s3, KEY, Some(&second)).await.expect("there"),
        b"second"
    );

    // Over a kill all of that is as it was.
    let next = place.killed().await;
    let s3 = next.s3();
    let listed = s3
        .list_object_versions()
        .bucket(BUCKET)
        .prefix("reviews/a/");
    let listed = listed.send().await.expect("lists");
    let ids: Vec<_> = listed
        .versions()
        .iter()
        .filter_map(|one| one.version_id())
        .collect();
    assert_eq!(ids, [&second, &first]);
    assert_eq!(
        listed.delete_markers()[0].version_id(),
        Some(marker.as_str())
    );
    assert_eq!(listed.delete_markers()[0].is_latest(), Some(true));

    for version in [&marker, &second, &first] {
        let erase = s3
            .delete_object()
            .bucket(BUCKET)
            .key(KEY)
            .version_id(version);
        erase.send().await.expect("erased");
        assert_eq!(
            get(&s3, KEY, Some(version)).await.expect_err("erased"),
            "NoSuchVersion"
        );
    }
    let bodies = next.data.path().join("buckets/bodies");
    assert_eq!(std::fs::read_dir(bodies).expect("lists").count(), 0);
    // Whoever erases twice is not told off, as with S3.
    let again = s3
        .delete_object()
        .bucket(BUCKET)
        .key(KEY)
        .version_id(&first);
    again.send().await.expect("nothing to do");
    let last = next.killed().await;
    assert!(last.services.buckets.list().is_empty());
}

#[tokio::test]
async fn lists_go_by_prefix_in_pages() {
    let place = Place::new().await;
    let s3 = place.s3();
    for key in [
        "reviews/b/1",
        "reviews/a/2",
        "reviews/a/1",
        "reviews/a/3",
        "other",
    ] {
        put(&s3, key, b"x").await;
    }
    s3.delete_object()
        .bucket(BUCKET)
        .key("reviews/a/2")
        .send()
        .await
        .expect("marked");
    let list = s3.list_objects_v2().bucket(BUCKET).prefix("reviews/a/");
    let page = list.clone().max_keys(1).send().await.expect("lists");
    let keys = |page: &aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output| {
        let keys = page.contents().iter().filter_map(|object| object.key());
        keys.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(keys(&page), ["reviews/a/1"]);
    let next = list.set_continuation_token(page.next_continuation_token);
    let rest = next.send().await.expect("lists");
    assert_eq!(
        (keys(&rest), rest.is_truncated()),
        (vec!["reviews/a/3".to_owned()], Some(false))
    );

    let mut pages = Vec::new();
    let (mut key, mut version) = (None, None);
    loop {
        let list = s3
            .list_object_versions()
            .bucket(BUCKET)
            .prefix("reviews/")
            .max_keys(2);
        let list = list.set_key_marker(key).set_version_id_marker(version);
        let page = list.send().await.expect("lists");
        pages.push(page.versions().len() + page.delete_markers().len());
        if page.is_truncated() != Some(true) {
            break;
        }
        (key, version) = (page.next_key_marker, page.next_version_id_marker);
    }
    assert_eq!(pages, [2, 2, 1], "four objects and a marker");
}
