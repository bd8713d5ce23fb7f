//! One version of an object, as the store keeps it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A version: an object's bytes, or a marker that says it was deleted.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Version {
    /// Also the name of the file that holds the bytes.
    pub(super) id: String,
    pub(super) bucket: String,
    pub(super) key: String,
    /// When it was kept, by the set clock, in whole seconds, as HTTP tells it.
    pub(super) at: Timestamp,
    /// Its place among all versions of all objects.
    pub(super) sequence: u64,
    /// None: a delete marker.
    pub(super) content: Option<Content>,
}

/// What is known of the bytes.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Content {
    pub(super) size: u64,
    /// MD5 in hex, without the quotes that HTTP puts around it.
    pub(super) etag: String,
    #[serde(default)]
    pub(super) headers: Headers,
    #[serde(default)]
    pub(super) checksums: Checksums,
}

/// Headers that come back as they were sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Headers {
    pub(super) content_type: Option<String>,
    pub(super) content_disposition: Option<String>,
    pub(super) content_encoding: Option<String>,
    pub(super) content_language: Option<String>,
    pub(super) cache_control: Option<String>,
    /// `x-amz-meta-…`, without that.
    pub(super) metadata: Option<BTreeMap<String, String>>,
}

/// Checksums that the sender asked for, in base64, all verified.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Checksums {
    pub(super) crc32: Option<String>,
    pub(super) crc32c: Option<String>,
    pub(super) crc64nvme: Option<String>,
    pub(super) sha1: Option<String>,
    pub(super) sha256: Option<String>,
}

/// One object as people see it on the page: its newest version.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectSummary {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// When it came, by the set clock.
    pub at: Timestamp,
    /// How many versions there are, with this one and delete markers.
    pub versions: usize,
}
