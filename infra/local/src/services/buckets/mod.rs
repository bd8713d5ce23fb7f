//! S3 on one machine, the events that it sends, and what looks at every object for malware.
//!
//! s3s speaks the protocol and checks signatures (also of presigned URLs, with their expiry by the machine's clock); the
//! store behind it is ours. The file store that comes with s3s keeps an object before it has verified its checksum,
//! takes objects for buckets that are not there, lets two first writes both win, and knows neither versions nor events,
//! so that nothing of it would be left.
//!
//! Every bucket is versioned, because every deployed one is, and as far as evidence needs it: a PUT makes a version, a
//! DELETE a marker, a DELETE of a version erases it for good; GET, HEAD and ListObjectVersions know them all. There are no
//! multipart uploads, copies, tags, locks or lists of things to delete: those answer `NotImplemented`. What is
//! presigned is asked for in the name of whoever signed it, when it is used.
//!
//! An object's time is the set clock's, in whole seconds, the same in its Last-Modified and in its event. An answer to a
//! PUT means that object and event survive `kill -9`; see `store` for how.

mod cors;
mod door;
mod event;
mod half;
mod http;
mod list;
mod read;
mod reporter;
mod scanner;
mod store;
mod upload;
mod version;

use std::sync::Arc;

use self::scanner::Scans;
pub use self::scanner::{Mood, Scanner};
use self::store::Store;
pub use self::version::ObjectSummary;
use self::{door::Door, reporter::Reporter};
use super::bus::Bus;
use super::server::{self, Server};
use super::{BucketsPlan, ServiceError};
use crate::clock::SetClock;
use crate::data::DataFolder;
use crate::permissions::Roles;

/// A handle on the buckets.
#[derive(Clone, Debug)]
pub struct Buckets {
    store: Arc<Store>,
    scanner: Scanner,
    endpoint: Arc<str>,
}

impl Buckets {
    pub(super) async fn start(
        data: &DataFolder,
        clock: &SetClock,
        roles: &Roles,
        bus: Bus,
        plan: BucketsPlan,
    ) -> Result<(Self, Server), ServiceError> {
        let (store, left_over) = Store::open(&data.path().join("buckets"), clock.clone())?;
        let (store, bus) = (Arc::new(store), Arc::new(bus));
        let (listener, endpoint) = server::bind("buckets").await?;
        let scanner = Scanner::new(plan.mood);
        let scans = Scans::start(
            Arc::clone(&store),
            Arc::clone(&bus),
            clock.clone(),
            plan.scans,
            &scanner,
        );
        let told_of = plan.buckets.iter().filter(|bucket| bucket.event_bridge);
        let told_of = told_of.map(|bucket| bucket.name.clone()).collect();
        let reporter = Reporter::start(Arc::clone(&store), bus, told_of, scans, left_over);
        let named = plan.buckets.into_iter().map(|one| (one.name.clone(), one));
        let door = Door {
            store: Arc::clone(&store),
            reporter,
            buckets: named.collect(),
            roles: roles.clone(),
        };
        let server = Server::route("buckets", listener, http::router(door));
        let buckets = Self {
            store,
            scanner,
            endpoint: endpoint.into(),
        };
        Ok((buckets, server))
    }

    /// The URL under which the S3 API answers; buckets are the first part of the path.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// All objects as they are now, the newest first.
    #[must_use]
    pub fn list(&self) -> Vec<ObjectSummary> {
        self.store.summaries()
    }

    /// What looks for malware.
    #[must_use]
    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }
}
