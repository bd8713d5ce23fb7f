//! Hands an object out, or what is known of it.

use std::io::SeekFrom;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use s3s::dto::{
    ChecksumMode, ETag, ETagCondition, GetObjectInput, GetObjectOutput, HeadObjectInput,
    HeadObjectOutput, ServerSideEncryption, StreamingBlob,
};
use s3s::{S3Error, S3Result, s3_error};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::door::{internal, refuse};
use super::store::Store;
use super::version::{Checksums, Content, Version};
use crate::data::DataError;

/// What is read of the disk at once.
const CHUNK: usize = 64 * 1024;
const MARKER: &str = "x-amz-delete-marker";

/// GetObject.
pub(super) async fn get(store: &Store, input: GetObjectInput) -> S3Result<GetObjectOutput> {
    refuse(&[("partNumber", input.part_number.is_some())])?;
    let version = find(
        store,
        &input.bucket,
        &input.key,
        input.version_id.as_deref(),
    )?;
    let content = content(&version)?;
    let conditions = Conditions {
        if_match: input.if_match.as_ref(),
        if_none_match: input.if_none_match.as_ref(),
        if_modified_since: input.if_modified_since.as_ref(),
        if_unmodified_since: input.if_unmodified_since.as_ref(),
    };
    conditions.hold(&version, content)?;
    let whole = 0..content.size;
    let part = match &input.range {
        None => None,
        Some(range) => Some(
            range
                .check(content.size)
                .map_err(|_| s3_error!(InvalidRange, "The requested range is not satisfiable"))?,
        ),
    };
    let bytes = part.clone().unwrap_or(whole);
    let path = store.body_of(&version);
    let failed = |source| {
        let (what, path) = ("read", path.clone());
        internal(DataError::Io { what, path, source }.into())
    };
    let mut file = tokio::fs::File::open(&path).await.map_err(failed)?;
    file.seek(SeekFrom::Start(bytes.start))
        .await
        .map_err(failed)?;
    let length = bytes.end - bytes.start;
    let stream = ReaderStream::with_capacity(file.take(length), CHUNK);
    let checksums = checksums(content, input.checksum_mode.as_ref(), part.is_some());
    let headers = content.headers.clone();
    Ok(GetObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        body: Some(StreamingBlob::wrap(stream)),
        content_length: Some(signed(length)),
        content_range: part
            .map(|part| format!("bytes {}-{}/{}", part.start, part.end - 1, content.size)),
        e_tag: Some(ETag::Strong(content.etag.clone())),
        last_modified: Some(http_time(version.at)),
        version_id: Some(version.id.clone()),
        content_type: headers.content_type,
        content_disposition: headers.content_disposition,
        content_encoding: headers.content_encoding,
        content_language: headers.content_language,
        cache_control: headers.cache_control,
        metadata: headers
            .metadata
            .map(|metadata| metadata.into_iter().collect()),
        checksum_crc32: checksums.crc32,
        checksum_crc32c: checksums.crc32c,
        checksum_crc64nvme: checksums.crc64nvme,
        checksum_sha1: checksums.sha1,
        checksum_sha256: checksums.sha256,
        server_side_encryption: Some(encryption()),
        ..GetObjectOutput::default()
    })
}

/// HeadObject.
pub(super) fn head(store: &Store, input: &HeadObjectInput) -> S3Result<HeadObjectOutput> {
    refuse(&[
        ("partNumber", input.part_number.is_some()),
        ("Range", input.range.is_some()),
    ])?;
    let version = find(
        store,
        &input.bucket,
        &input.key,
        input.version_id.as_deref(),
    )?;
    let content = content(&version)?;
    let conditions = Conditions {
        if_match: input.if_match.as_ref(),
        if_none_match: input.if_none_match.as_ref(),
        if_modified_since: input.if_modified_since.as_ref(),
        if_unmodified_since: input.if_unmodified_since.as_ref(),
    };
    conditions.hold(&version, content)?;
    let checksums = checksums(content, input.checksum_mode.as_ref(), false);
    let headers = content.headers.clone();
    Ok(HeadObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: Some(signed(content.size)),
        e_tag: Some(ETag::Strong(content.etag.clone())),
        last_modified: Some(http_time(version.at)),
        version_id: Some(version.id.clone()),
        content_type: headers.content_type,
        content_disposition: headers.content_disposition,
        content_encoding: headers.content_encoding,
        content_language: headers.content_language,
        cache_control: headers.cache_control,
        metadata: headers
            .metadata
            .map(|metadata| metadata.into_iter().collect()),
        checksum_crc32: checksums.crc32,
        checksum_crc32c: checksums.crc32c,
        checksum_crc64nvme: checksums.crc64nvme,
        checksum_sha1: checksums.sha1,
        checksum_sha256: checksums.sha256,
        server_side_encryption: Some(encryption()),
        ..HeadObjectOutput::default()
    })
}

/// The version that a request means: the newest, or the one that it names.
fn find(store: &Store, bucket: &str, key: &str, id: Option<&str>) -> S3Result<Arc<Version>> {
    let mut versions = store.versions(bucket, key);
    match id {
        None => match versions.pop() {
            Some(newest) if newest.content.is_some() => Ok(newest),
            Some(marker) => Err(with_marker(no_such_key(), &marker)),
            None => Err(no_such_key()),
        },
        Some(id) => match versions.into_iter().find(|version| version.id == id) {
            Some(version) if version.content.is_some() => Ok(version),
            Some(marker) => {
                let refused = s3_error!(
                    MethodNotAllowed,
                    "The specified method is not allowed against this resource."
                );
                Err(with_marker(refused, &marker))
            }
            None => Err(s3_error!(
                NoSuchVersion,
                "The specified version does not exist."
            )),
        },
    }
}

fn no_such_key() -> S3Error {
    s3_error!(NoSuchKey, "The specified key does not exist.")
}

fn with_marker(mut refused: S3Error, marker: &Version) -> S3Error {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};
    let mut headers = HeaderMap::new();
    headers.insert(
        HeaderName::from_static(MARKER),
        HeaderValue::from_static("true"),
    );
    if let Ok(id) = HeaderValue::from_str(&marker.id) {
        headers.insert(HeaderName::from_static("x-amz-version-id"), id);
    }
    refused.set_headers(headers);
    refused
}

fn content(version: &Version) -> S3Result<&Content> {
    version.content.as_ref().ok_or_else(no_such_key)
}

/// What a request makes its answer depend on.
struct Conditions<'a> {
    if_match: Option<&'a ETagCondition>,
    if_none_match: Option<&'a ETagCondition>,
    if_modified_since: Option<&'a s3s::dto::Timestamp>,
    if_unmodified_since: Option<&'a s3s::dto::Timestamp>,
}

impl Conditions<'_> {
    /// RFC 9110 §13.2.2: an ETag takes precedence over the time beside it.
    fn hold(&self, version: &Version, content: &Content) -> S3Result<()> {
        let is = |condition: &ETagCondition| match condition {
            ETagCondition::Any => true,
            ETagCondition::ETag(etag) => etag.value() == content.etag,
        };
        let at = http_time(version.at);
        let unchanged = match (self.if_match, self.if_unmodified_since) {
            (Some(condition), _) => is(condition),
            (None, Some(since)) => at <= *since,
            (None, None) => true,
        };
        if !unchanged {
            return Err(s3_error!(
                PreconditionFailed,
                "At least one of the pre-conditions you specified did not hold"
            ));
        }
        let known = match (self.if_none_match, self.if_modified_since) {
            (Some(condition), _) => is(condition),
            (None, Some(since)) => at <= *since,
            (None, None) => false,
        };
        if known {
            return Err(s3_error!(NotModified));
        }
        Ok(())
    }
}

/// Checksums are told to whoever asks for them, of whole objects.
fn checksums(content: &Content, mode: Option<&ChecksumMode>, part: bool) -> Checksums {
    let asked = mode.is_some_and(|mode| mode.as_str() == ChecksumMode::ENABLED);
    if asked && !part {
        content.checksums.clone()
    } else {
        Checksums::default()
    }
}

fn encryption() -> ServerSideEncryption {
    ServerSideEncryption::from_static(ServerSideEncryption::AES256)
}

pub(super) fn http_time(at: Timestamp) -> s3s::dto::Timestamp {
    SystemTime::from(at).into()
}

pub(super) fn signed(length: u64) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
