//! Lists of objects and of versions, by prefix, in pages.

use std::sync::Arc;

use s3s::dto::{
    DeleteMarkerEntry, ETag, ListObjectVersionsInput, ListObjectVersionsOutput, ListObjectsV2Input,
    ListObjectsV2Output, Object, ObjectStorageClass, ObjectVersion, ObjectVersionStorageClass,
};
use s3s::{S3Result, s3_error};

use super::door::refuse;
use super::read::{http_time, signed};
use super::store::Store;
use super::version::Version;

/// The most entries of a page, as S3 has it.
const PAGE: usize = 1_000;

fn page(asked: Option<i32>) -> S3Result<usize> {
    match usize::try_from(asked.unwrap_or(1_000)) {
        Ok(asked) => Ok(asked.min(PAGE)),
        Err(_) => Err(s3_error!(InvalidArgument, "max-keys must not be negative")),
    }
}

fn told(size: usize) -> i32 {
    i32::try_from(size).unwrap_or(i32::MAX)
}

/// ListObjectsV2. Its token is the last key of the page before.
pub(super) fn objects(store: &Store, input: ListObjectsV2Input) -> S3Result<ListObjectsV2Output> {
    refuse(&[
        ("delimiter", input.delimiter.is_some()),
        ("encoding-type", input.encoding_type.is_some()),
    ])?;
    let size = page(input.max_keys)?;
    let after = input
        .continuation_token
        .as_ref()
        .or(input.start_after.as_ref());
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let listed = store.list(&input.bucket, prefix).into_iter();
    let newest = listed.filter_map(|mut versions| versions.pop());
    let mut newest: Vec<_> = newest
        .filter(|version| version.content.is_some())
        .filter(|version| after.is_none_or(|after| version.key > *after))
        .collect();
    let more = newest.len() > size;
    newest.truncate(size);
    let next = newest.last().filter(|_| more).map(|last| last.key.clone());
    Ok(ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: input.prefix,
        max_keys: Some(told(size)),
        key_count: Some(told(newest.len())),
        is_truncated: Some(more),
        continuation_token: input.continuation_token,
        next_continuation_token: next,
        start_after: input.start_after,
        contents: Some(newest.iter().map(|version| object(version)).collect()),
        ..ListObjectsV2Output::default()
    })
}

fn object(version: &Version) -> Object {
    let content = version.content.as_ref();
    Object {
        key: Some(version.key.clone()),
        e_tag: content.map(|content| ETag::Strong(content.etag.clone())),
        size: content.map(|content| signed(content.size)),
        last_modified: Some(http_time(version.at)),
        storage_class: Some(ObjectStorageClass::from_static(
            ObjectStorageClass::STANDARD,
        )),
        ..Object::default()
    }
}

/// ListObjectVersions: by key, the newest of each first.
pub(super) fn versions(
    store: &Store,
    input: ListObjectVersionsInput,
) -> S3Result<ListObjectVersionsOutput> {
    refuse(&[
        ("delimiter", input.delimiter.is_some()),
        ("encoding-type", input.encoding_type.is_some()),
    ])?;
    let size = page(input.max_keys)?;
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let listed = store.list(&input.bucket, prefix).into_iter();
    let all = listed.flat_map(|versions| {
        let newest = versions.len().saturating_sub(1);
        let entries = versions.into_iter().enumerate().rev();
        entries.map(move |(at, version)| (version, at == newest))
    });
    let all: Vec<_> = all.collect();
    let rest = &all[position(&all, &input)..];
    let (shown, more) = match rest.len() > size {
        true => (&rest[..size], true),
        false => (rest, false),
    };
    let last = shown.last().filter(|_| more).map(|(version, _)| version);
    let (mut versions, mut markers) = (Vec::new(), Vec::new());
    for (version, newest) in shown {
        match &version.content {
            Some(content) => versions.push(ObjectVersion {
                e_tag: Some(ETag::Strong(content.etag.clone())),
                is_latest: Some(*newest),
                key: Some(version.key.clone()),
                last_modified: Some(http_time(version.at)),
                size: Some(signed(content.size)),
                storage_class: Some(ObjectVersionStorageClass::from_static(
                    ObjectVersionStorageClass::STANDARD,
                )),
                version_id: Some(version.id.clone()),
                ..ObjectVersion::default()
            }),
            None => markers.push(DeleteMarkerEntry {
                is_latest: Some(*newest),
                key: Some(version.key.clone()),
                last_modified: Some(http_time(version.at)),
                version_id: Some(version.id.clone()),
                ..DeleteMarkerEntry::default()
            }),
        }
    }
    Ok(ListObjectVersionsOutput {
        next_key_marker: last.map(|version| version.key.clone()),
        next_version_id_marker: last.map(|version| version.id.clone()),
        name: Some(input.bucket),
        prefix: input.prefix,
        key_marker: input.key_marker,
        version_id_marker: input.version_id_marker,
        max_keys: Some(told(size)),
        is_truncated: Some(more),
        versions: Some(versions),
        delete_markers: Some(markers),
        ..ListObjectVersionsOutput::default()
    })
}

/// Where the page begins: behind the marked version, or behind all of the marked key.
fn position(all: &[(Arc<Version>, bool)], input: &ListObjectVersionsInput) -> usize {
    let Some(key) = &input.key_marker else {
        return 0;
    };
    let marked = input.version_id_marker.as_ref().and_then(|id| {
        let mut entries = all.iter();
        entries.position(|(version, _)| version.key == *key && version.id == *id)
    });
    match marked {
        Some(marked) => marked + 1,
        None => all
            .iter()
            .take_while(|(version, _)| version.key <= *key)
            .count(),
    }
}
