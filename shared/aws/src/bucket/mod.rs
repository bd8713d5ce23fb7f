//! The bucket of evidence: what people may send and fetch, and what arrived.
//!
//! An object's key is its review and its file, `reviews/<review>/<file>`; what the file is called never stands in it
//! (promise P6). Leave to send is a signed PUT that names length, type, checksum and "only if nothing is there", so that the
//! store itself refuses everything else and a second upload. The tempting alternative, a signed POST form, takes a range of
//! lengths and leaves the checksum to the sender.

mod events;

use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_smithy_types::base64;
use domain::{FileName, NewFile, ReviewId};
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{
    DownloadUrl, Downloads, ObjectPlace, Objects, ObjectsOfReview, PortError, Stored, Take, Upload,
    Uploads,
};

pub use events::{ObjectMessage, ObjectMessageError, read_object_message, write_look};

use crate::Connection;

/// The bucket in S3.
#[derive(Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

impl Bucket {
    /// The bucket called `name`.
    #[must_use]
    pub fn new(connection: &Connection, name: String) -> Self {
        Self {
            client: connection.s3(),
            name,
        }
    }
}

/// What keys begin with.
const OF_REVIEWS: &str = "reviews/";

/// What stands before an ETag where a store keeps no versions.
const ETAG: &str = "etag:";

/// What an upload must be sent with; the bucket's CORS rule takes these from browsers.
const SIGNED: [&str; 4] = [
    "content-length",
    "content-type",
    "if-none-match",
    "x-amz-checksum-sha256",
];

fn key(place: &ObjectPlace) -> String {
    format!("{OF_REVIEWS}{place}")
}

/// The place that a key names, if it is one of ours.
fn place(key: &str) -> Option<ObjectPlace> {
    let (review, file) = key.strip_prefix(OF_REVIEWS)?.split_once('/')?;
    Some(ObjectPlace {
        review: review.parse().ok()?,
        file: file.parse().ok()?,
    })
}

#[async_trait]
impl Uploads for Bucket {
    async fn upload(
        &self,
        place: &ObjectPlace,
        announced: &NewFile,
        life: SignedDuration,
    ) -> Result<Upload, PortError> {
        let length = i64::try_from(announced.size).map_err(|_| unexpected("a length"))?;
        let call = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(key(place))
            .content_length(length)
            .content_type(announced.name.format().media_type())
            .checksum_sha256(base64::encode(announced.sha256.as_bytes()))
            .if_none_match("*");
        let signed = call.presigned(for_a_while(life)?).await;
        let signed = signed.map_err(|error| unavailable(&error))?;
        // Beside what is signed, the SDK hands on what traces this call: that is nobody else's to send.
        let headers = signed.headers().filter(|(name, _)| SIGNED.contains(name));
        let header = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Ok(Upload {
            url: signed.uri().to_owned(),
            headers: headers.map(header).collect(),
        })
    }
}

#[async_trait]
impl Downloads for Bucket {
    async fn download(
        &self,
        place: &ObjectPlace,
        name: &FileName,
        life: SignedDuration,
    ) -> Result<DownloadUrl, PortError> {
        let call = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(key(place))
            .response_content_disposition(kept_as(name))
            .response_content_type(name.format().media_type())
            .response_cache_control("no-store");
        let signed = call.presigned(for_a_while(life)?).await;
        let signed = signed.map_err(|error| unavailable(&error))?;
        Ok(DownloadUrl(signed.uri().to_owned()))
    }
}

#[async_trait]
impl Objects for Bucket {
    async fn stored(&self, place: &ObjectPlace) -> Result<Option<Stored>, PortError> {
        let call = self.client.head_object().bucket(&self.name);
        let head = match call.key(key(place)).send().await {
            Ok(head) => head,
            Err(error) if error.as_service_error().is_some_and(|it| it.is_not_found()) => {
                return Ok(None);
            }
            Err(error) => return Err(unavailable(&error)),
        };
        let arrived_at = head.last_modified().map(|at| at.secs());
        let arrived_at = arrived_at.and_then(|at| Timestamp::from_second(at).ok());
        let length = head.content_length().and_then(|it| u64::try_from(it).ok());
        let version = head.version_id().filter(|id| *id != "null");
        let version = version
            .map(str::to_owned)
            .or_else(|| head.e_tag().map(|etag| format!("{ETAG}{etag}")));
        Ok(Some(Stored {
            arrived_at: arrived_at.ok_or_else(|| unexpected("an object without its time"))?,
            length: length.ok_or_else(|| unexpected("an object without its length"))?,
            version: version.ok_or_else(|| unexpected("an object without version or ETag"))?,
        }))
    }

    async fn read(
        &self,
        place: &ObjectPlace,
        stored: &Stored,
        take: &mut Take<'_>,
    ) -> Result<(), PortError> {
        let call = self.client.get_object().bucket(&self.name).key(key(place));
        let call = match stored.version.strip_prefix(ETAG) {
            Some(etag) => call.if_match(etag),
            None => call.version_id(&stored.version),
        };
        let mut body = call.send().await.map_err(|error| unavailable(&error))?.body;
        let mut left = stored.length;
        while let Some(piece) = body.next().await {
            let piece = piece.map_err(|_| unexpected("an object that breaks off"))?;
            left = left
                .checked_sub(piece.len() as u64)
                .ok_or_else(|| unexpected("an object that is longer than it says"))?;
            take(&piece);
        }
        Ok(())
    }

    async fn erase(&self, place: &ObjectPlace) -> Result<(), PortError> {
        let key = key(place);
        self.erase_versions(&key, |its| its == key).await
    }
}

#[async_trait]
impl ObjectsOfReview for Bucket {
    async fn erase_all(&self, review: &ReviewId) -> Result<(), PortError> {
        self.erase_versions(&format!("{OF_REVIEWS}{review}/"), |_| true)
            .await
    }
}

impl Bucket {
    /// Takes away every version and every delete marker of those objects whose key begins with `prefix` and that are wanted.
    async fn erase_versions(
        &self,
        prefix: &str,
        wanted: impl Fn(&str) -> bool + Send + Sync,
    ) -> Result<(), PortError> {
        loop {
            let call = self.client.list_object_versions().bucket(&self.name);
            let reply = call.prefix(prefix).send().await;
            let reply = reply.map_err(|error| unavailable(&error))?;
            let versions = reply.versions().iter();
            let versions = versions.map(|version| (version.key(), version.version_id()));
            let markers = reply.delete_markers().iter();
            let markers = markers.map(|marker| (marker.key(), marker.version_id()));
            let mut erased = 0;
            for (key, version) in versions.chain(markers) {
                let Some(key) = key.filter(|key| wanted(key)) else {
                    continue;
                };
                let call = self.client.delete_object().bucket(&self.name).key(key);
                let call = call.set_version_id(version.map(str::to_owned));
                call.send().await.map_err(|error| unavailable(&error))?;
                erased += 1;
            }
            if erased == 0 || reply.is_truncated() != Some(true) {
                return Ok(());
            }
        }
    }
}

fn for_a_while(life: SignedDuration) -> Result<PresigningConfig, PortError> {
    let life = Duration::try_from(life).map_err(|_| unexpected("a signature for no time"))?;
    PresigningConfig::expires_in(life).map_err(|_| unexpected("a signature for that long"))
}

/// The header that makes a browser keep the bytes as a file of that name, whatever characters are in it: RFC 6266, with
/// a name in ASCII for those who do not read RFC 8187.
fn kept_as(name: &FileName) -> String {
    use std::fmt::Write as _;
    let plain = |c: char| match c {
        c if c.is_ascii_alphanumeric() || " ._-()".contains(c) => c,
        _ => '_',
    };
    let ascii: String = name.reveal().chars().map(plain).collect();
    let mut encoded = String::new();
    for byte in name.reveal().bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a String cannot fail");
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

/// A call failed; no word of what was stored.
fn unavailable<E, R>(error: &SdkError<E, R>) -> PortError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    let word = match error {
        SdkError::ServiceError(refusal) => {
            refusal.err().code().unwrap_or("service error").to_owned()
        }
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        // The connector's own words are of hosts and sockets, never of what was sent.
        SdkError::DispatchFailure(_) => {
            format!("no connection, or it broke: {}", DisplayErrorContext(error))
        }
        SdkError::ConstructionFailure(_) => "the request could not be built".to_owned(),
        SdkError::ResponseError(_) | _ => "the reply could not be read".to_owned(),
    };
    unexpected(word)
}

fn unexpected(word: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PortError {
    PortError::Unavailable {
        service: "S3",
        source: word.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::{AttachmentId, AttachmentKind, Digest, Place};

    use super::*;

    fn bucket() -> Bucket {
        let connection = Connection::from_variables(|name| match name {
            "AWS_REGION" => Some("us-east-1".to_owned()),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("sample".to_owned()),
            "AWS_ENDPOINT_URL_S3" => Some("http://127.0.0.1:9".to_owned()),
            _ => None,
        });
        Bucket::new(&connection.expect("a connection"), "evidence".to_owned())
    }

    fn sample() -> (ObjectPlace, NewFile) {
        let place = ObjectPlace {
            review: ReviewId::from_random("2024".parse().expect("a year"), 1),
            file: AttachmentId::from_random([7; 16]),
        };
        let file = NewFile {
            kind: AttachmentKind::Other,
            name: "Zoë \"Sample\".pdf".parse().expect("a name"),
            size: 1_000,
            sha256: Digest::of(&[b"bytes"]),
            place: Place::Form,
        };
        (place, file)
    }

    #[tokio::test]
    async fn leave_to_send_signs_all_that_was_announced_and_nothing_that_a_browser_cannot_send() {
        let (at, file) = sample();
        let life = SignedDuration::from_mins(10);
        let upload = bucket()
            .upload(&at, &file, life)
            .await
            .expect("it is signed");
        let headers: BTreeMap<_, _> = upload.headers.iter().cloned().collect();
        let sent: Vec<_> = headers.keys().map(String::as_str).collect();
        assert_eq!(sent, SIGNED);
        assert_eq!(headers["content-length"], "1000");
        assert_eq!(headers["content-type"], "application/pdf");
        assert_eq!(headers["if-none-match"], "*");
        let url = &upload.url;
        let signed = "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bif-none-match%3Bx-amz-checksum-sha256";
        assert!(url.contains(signed), "{url}");
        assert!(url.contains("X-Amz-Expires=600"), "{url}");
        assert!(
            url.starts_with("http://127.0.0.1:9/evidence/reviews/"),
            "{url}"
        );
        assert!(!url.contains("Sample"), "{url}");
    }

    #[tokio::test]
    async fn leave_to_fetch_asks_for_no_header() {
        let (at, file) = sample();
        let life = SignedDuration::from_secs(60);
        let url = bucket()
            .download(&at, &file.name, life)
            .await
            .expect("it is signed");
        assert!(url.0.contains("X-Amz-SignedHeaders=host&"), "{}", url.0);
        assert!(url.0.contains("X-Amz-Expires=60"), "{}", url.0);
        assert!(url.0.contains("response-content-disposition="), "{}", url.0);
    }

    #[test]
    fn a_name_is_kept_whole_and_breaks_out_of_nothing() {
        let (_, file) = sample();
        assert_eq!(
            kept_as(&file.name),
            "attachment; filename=\"Zo_ _Sample_.pdf\"; filename*=UTF-8''Zo%C3%AB%20%22Sample%22.pdf"
        );
    }

    #[test]
    fn only_our_own_keys_are_places() {
        let (at, _) = sample();
        assert_eq!(place(&key(&at)), Some(at));
        for key in [
            "reviews/x/y",
            "reviews/",
            "other/2024-2222-2223/0",
            "reviews",
        ] {
            assert_eq!(place(key), None, "{key}");
        }
    }
}
