//! Ports for the bytes of files: what people may send and fetch, and what arrived.
//!
//! A file's bytes lie under its review and its id, never under its name. Nothing is written twice to one place: the
//! store takes one upload, and no other length, type or hash than was announced.

use std::fmt;

use async_trait::async_trait;
use domain::{AccountKey, AttachmentId, FileName, NewFile, ReviewId};
use jiff::{SignedDuration, Timestamp};

use super::PortError;

/// Where the bytes of a file lie.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectPlace {
    /// The review.
    pub review: ReviewId,
    /// The file.
    pub file: AttachmentId,
}

impl fmt::Display for ObjectPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.review, self.file)
    }
}

/// Leave to send a file's bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where to, by PUT. Whoever has it may use it.
    pub url: String,
    /// What must be sent with it, word for word.
    pub headers: Vec<(String, String)>,
}

/// Who reads a log must not be able to upload.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Upload(…)")
    }
}

/// Leave to fetch a file's bytes. Whoever has the address may use it.
#[derive(Clone, PartialEq, Eq)]
pub struct DownloadUrl(pub String);

impl fmt::Debug for DownloadUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DownloadUrl(…)")
    }
}

/// Gives leave to upload.
#[async_trait]
pub trait Uploads: Send + Sync {
    /// Leave to put the announced bytes there, once, within `life` from now.
    async fn upload(
        &self,
        place: &ObjectPlace,
        announced: &NewFile,
        life: SignedDuration,
    ) -> Result<Upload, PortError>;
}

/// Gives leave to download.
#[async_trait]
pub trait Downloads: Send + Sync {
    /// Leave to fetch the bytes within `life` from now, to be kept as a file called `name` and not shown in place.
    async fn download(
        &self,
        place: &ObjectPlace,
        name: &FileName,
        life: SignedDuration,
    ) -> Result<DownloadUrl, PortError>;
}

/// What lies at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The store's own time of arrival, in whole seconds.
    pub arrived_at: Timestamp,
    /// Its length in bytes.
    pub length: u64,
    /// Tells this object from every other that ever lay there.
    pub version: String,
}

/// Takes a piece of bytes after the other.
pub type Take<'a> = dyn for<'p> FnMut(&'p [u8]) + Send + 'a;

/// Looks at what arrived.
#[async_trait]
pub trait Objects: Send + Sync {
    /// What lies there, if anything does.
    async fn stored(&self, place: &ObjectPlace) -> Result<Option<Stored>, PortError>;

    /// Hands the bytes of that very object to `take`, piece by piece. Whatever the object claims to be, no more than its
    /// stated length is handed over.
    async fn read(
        &self,
        place: &ObjectPlace,
        stored: &Stored,
        take: &mut Take<'_>,
    ) -> Result<(), PortError>;

    /// Takes away all that lies there, every version of it; nothing may be there.
    async fn erase(&self, place: &ObjectPlace) -> Result<(), PortError>;
}

/// How many uploads a person is granted within an hour.
pub const GRANTS_AN_HOUR: u32 = 100;

/// Whether one more upload may be granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It is counted.
    Counted,
    /// This hour's are all taken.
    NoneLeft,
}

/// Counts grants, for all functions at once.
#[async_trait]
pub trait GrantCounts: Send + Sync {
    /// Takes one of the person's [`GRANTS_AN_HOUR`] of the clock hour in which `at` lies. One whose answer was lost is
    /// spent: there may be fewer in an hour, and never more.
    async fn count_grant(&self, account: &AccountKey, at: Timestamp) -> Result<Counted, PortError>;
}

/// Takes reviews whose files must be looked at.
#[async_trait]
pub trait LookQueue: Send + Sync {
    /// Enqueues a look at the files of each review, as of that instant.
    ///
    /// # Errors
    /// Some or all were not taken; sending all of them again does no harm.
    async fn enqueue_looks(&self, reviews: &[ReviewId], as_of: Timestamp) -> Result<(), PortError>;
}
