//! Takes an object in: its bytes go to the disk as they come, and only a whole and true one is kept.
//!
//! Memory does not grow with the object: what is held of it is a chunk of the network's and the file's buffer.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt as _;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::{
    Checksum, ChecksumAlgorithm, ETag, ETagCondition, PutObjectInput, PutObjectOutput,
    ServerSideEncryption, StorageClass, StreamingBlob,
};
use s3s::{S3Request, S3Result, TrailingHeaders, s3_error};

use super::door::{internal, refuse};
use super::half::Half;
use super::store::{NotKept, Store};
use super::version::{Checksums, Content, Headers, Version};

/// The largest object that S3 takes in one request: 5 GiB.
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;

/// Keeps the object of a request.
pub(super) async fn take(
    store: &Store,
    request: S3Request<PutObjectInput>,
) -> S3Result<Arc<Version>> {
    let S3Request {
        mut input,
        trailing_headers,
        ..
    } = request;
    refuse_without_effect(&input)?;
    let only_first = match &input.if_none_match {
        None => false,
        Some(ETagCondition::Any) => true,
        Some(ETagCondition::ETag(_)) => {
            return Err(s3_error!(
                NotImplemented,
                "If-None-Match takes * only, as with S3"
            ));
        }
    };
    let newest = store.versions(&input.bucket, &input.key).pop();
    if only_first && newest.is_some_and(|newest| newest.content.is_some()) {
        return Err(taken_already());
    }
    let announced = input
        .content_length
        .and_then(|length| u64::try_from(length).ok())
        .ok_or_else(|| {
            s3_error!(
                MissingContentLength,
                "You must provide the Content-Length HTTP header."
            )
        })?;
    if announced > LARGEST {
        return Err(s3_error!(
            EntityTooLarge,
            "Your proposed upload exceeds the maximum allowed size"
        ));
    }
    let mut half = store.half().await.map_err(internal)?;
    let mut sums = Sums::of(&input)?;
    if let Some(body) = input.body.take() {
        write(body, announced, &mut half, &mut sums).await?;
    } else if announced > 0 {
        return Err(incomplete());
    }
    half.finish().await.map_err(internal)?;
    let content = Content {
        size: announced,
        etag: sums.verified_md5(input.content_md5.as_deref())?,
        checksums: verified(sums.checksums.finalize(), &input, trailing_headers)?,
        headers: headers(&mut input),
    };
    let kept = store.keep(&input.bucket, &input.key, half, content, only_first);
    kept.map_err(|refused| match refused {
        NotKept::Taken => taken_already(),
        NotKept::Failed(error) => internal(error),
    })
}

/// The answer to a request whose object was kept.
pub(super) fn taken(version: &Version) -> PutObjectOutput {
    let content = version.content.as_ref();
    let checksums = content.map(|content| content.checksums.clone());
    let checksums = checksums.unwrap_or_default();
    PutObjectOutput {
        e_tag: content.map(|content| ETag::Strong(content.etag.clone())),
        version_id: Some(version.id.clone()),
        checksum_crc32: checksums.crc32,
        checksum_crc32c: checksums.crc32c,
        checksum_crc64nvme: checksums.crc64nvme,
        checksum_sha1: checksums.sha1,
        checksum_sha256: checksums.sha256,
        server_side_encryption: Some(ServerSideEncryption::from_static(
            ServerSideEncryption::AES256,
        )),
        ..PutObjectOutput::default()
    }
}

fn refuse_without_effect(input: &PutObjectInput) -> S3Result<()> {
    let is = |value: Option<&str>, usual: &str| value.is_none_or(|value| value == usual);
    let encryption = input.server_side_encryption.as_ref();
    let encryption = encryption.map(ServerSideEncryption::as_str);
    let class = input.storage_class.as_ref().map(StorageClass::as_str);
    refuse(&[
        ("If-Match", input.if_match.is_some()),
        ("x-amz-acl", input.acl.is_some()),
        ("x-amz-tagging", input.tagging.is_some()),
        ("x-amz-storage-class", !is(class, StorageClass::STANDARD)),
        (
            "x-amz-server-side-encryption",
            !is(encryption, ServerSideEncryption::AES256),
        ),
        (
            "x-amz-server-side-encryption-customer-key",
            input.sse_customer_key.is_some(),
        ),
        ("x-amz-object-lock-mode", input.object_lock_mode.is_some()),
        (
            "x-amz-object-lock-legal-hold",
            input.object_lock_legal_hold_status.is_some(),
        ),
        ("Expires", input.expires.is_some()),
        (
            "x-amz-website-redirect-location",
            input.website_redirect_location.is_some(),
        ),
        (
            "x-amz-write-offset-bytes",
            input.write_offset_bytes.is_some(),
        ),
    ])
}

/// Writes the body, which must have exactly the announced length.
async fn write(
    mut body: StreamingBlob,
    announced: u64,
    half: &mut Half,
    sums: &mut Sums,
) -> S3Result<()> {
    let mut size = 0;
    while let Some(chunk) = body.next().await {
        // The connection ended, or the bytes are not those that were signed.
        let chunk = chunk.map_err(|_| incomplete())?;
        size += chunk.len() as u64;
        if size > announced {
            return Err(incomplete());
        }
        sums.update(&chunk);
        half.write(&chunk).await.map_err(internal)?;
    }
    if size < announced {
        return Err(incomplete());
    }
    Ok(())
}

fn incomplete() -> s3s::S3Error {
    s3_error!(
        IncompleteBody,
        "You did not provide the number of bytes specified by the Content-Length HTTP header, or not the bytes that were \
         signed"
    )
}

fn taken_already() -> s3s::S3Error {
    s3_error!(
        PreconditionFailed,
        "At least one of the pre-conditions you specified did not hold"
    )
}

struct Sums {
    md5: Md5,
    checksums: ChecksumHasher,
}

impl Sums {
    /// Those that the request asks for.
    fn of(input: &PutObjectInput) -> S3Result<Self> {
        let algorithm = input.checksum_algorithm.as_ref();
        let algorithm = algorithm.map(ChecksumAlgorithm::as_str);
        let known = [
            ChecksumAlgorithm::CRC32,
            ChecksumAlgorithm::CRC32C,
            ChecksumAlgorithm::CRC64NVME,
            ChecksumAlgorithm::SHA1,
            ChecksumAlgorithm::SHA256,
        ];
        if algorithm.is_some_and(|name| !known.contains(&name)) {
            return Err(s3_error!(
                InvalidRequest,
                "The algorithm type you specified is invalid"
            ));
        }
        let asked = |value: &Option<String>, name| value.is_some() || algorithm == Some(name);
        let checksums = ChecksumHasher {
            crc32: asked(&input.checksum_crc32, ChecksumAlgorithm::CRC32).then(Default::default),
            crc32c: asked(&input.checksum_crc32c, ChecksumAlgorithm::CRC32C).then(Default::default),
            crc64nvme: asked(&input.checksum_crc64nvme, ChecksumAlgorithm::CRC64NVME)
                .then(Default::default),
            sha1: asked(&input.checksum_sha1, ChecksumAlgorithm::SHA1).then(Default::default),
            sha256: asked(&input.checksum_sha256, ChecksumAlgorithm::SHA256).then(Default::default),
        };
        Ok(Self {
            md5: Md5::new(),
            checksums,
        })
    }

    fn update(&mut self, chunk: &[u8]) {
        self.md5.update(chunk);
        self.checksums.update(chunk);
    }

    /// MD5 in hex, which is what the header said, if there was one.
    fn verified_md5(&mut self, announced: Option<&str>) -> S3Result<String> {
        use base64::Engine as _;
        let sum = std::mem::replace(&mut self.md5, Md5::new()).finalize();
        let sum: &[u8] = sum.as_ref();
        let text = base64::engine::general_purpose::STANDARD.encode(sum);
        if announced.is_some_and(|announced| announced != text) {
            return Err(bad_digest("Content-MD5"));
        }
        Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn bad_digest(which: &str) -> s3s::S3Error {
    s3_error!(
        BadDigest,
        "The {which} you specified did not match the calculated checksum."
    )
}

/// The calculated checksums, each as it was announced by a header or behind the body.
fn verified(
    calculated: Checksum,
    input: &PutObjectInput,
    trailing: Option<TrailingHeaders>,
) -> S3Result<Checksums> {
    let trailing = trailing
        .and_then(|headers| headers.take())
        .unwrap_or_default();
    let check = |name: &str, calculated: Option<String>, announced: &Option<String>| {
        let header = format!("x-amz-checksum-{}", name.to_ascii_lowercase());
        let behind = trailing.get(header).and_then(|value| value.to_str().ok());
        match announced.as_deref().or(behind) {
            Some(announced) if calculated.as_deref() != Some(announced) => Err(bad_digest(name)),
            Some(_) | None => Ok(calculated),
        }
    };
    Ok(Checksums {
        crc32: check("CRC32", calculated.checksum_crc32, &input.checksum_crc32)?,
        crc32c: check("CRC32C", calculated.checksum_crc32c, &input.checksum_crc32c)?,
        crc64nvme: check(
            "CRC64NVME",
            calculated.checksum_crc64nvme,
            &input.checksum_crc64nvme,
        )?,
        sha1: check("SHA1", calculated.checksum_sha1, &input.checksum_sha1)?,
        sha256: check("SHA256", calculated.checksum_sha256, &input.checksum_sha256)?,
    })
}

fn headers(input: &mut PutObjectInput) -> Headers {
    Headers {
        content_type: input.content_type.take(),
        content_disposition: input.content_disposition.take(),
        content_encoding: input.content_encoding.take(),
        content_language: input.content_language.take(),
        cache_control: input.cache_control.take(),
        metadata: input
            .metadata
            .take()
            .map(|metadata| metadata.into_iter().collect::<BTreeMap<_, _>>()),
    }
}
