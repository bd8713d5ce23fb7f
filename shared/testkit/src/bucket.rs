//! The bytes of files, in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use domain::{Digest, FileName, NewFile, ReviewId};
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{
    DownloadUrl, Downloads, ObjectPlace, Objects, ObjectsOfReview, PortError, Stored, Take, Upload,
    Uploads,
};

use crate::contract::StoreProbe;
use crate::mishap::{Op, Plan, unavailable};
use crate::sample;

/// A bucket that takes what it gave leave for, once. A clone is the same bucket.
#[derive(Debug, Clone, Default)]
pub struct MemoryBucket {
    /// What goes wrong.
    pub plan: Plan,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    objects: BTreeMap<ObjectPlace, (Stored, Vec<u8>)>,
    leave: BTreeMap<String, (ObjectPlace, NewFile)>,
    signed: u64,
    versions: u64,
    reads: u32,
    now: Option<Timestamp>,
}

impl MemoryBucket {
    /// One that follows `plan`, which other ports may follow as well.
    #[must_use]
    pub fn following(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            ..Self::default()
        }
    }

    /// Puts an object there as if it had been uploaded at `at`, whatever was announced or is there.
    pub fn place(&self, place: &ObjectPlace, bytes: &[u8], at: Timestamp) {
        let mut state = self.lock();
        state.versions += 1;
        let stored = Stored {
            arrived_at: Timestamp::from_second(at.as_second()).expect("a second is an instant"),
            length: bytes.len() as u64,
            version: format!("version-{}", state.versions),
        };
        state
            .objects
            .insert(place.clone(), (stored, bytes.to_vec()));
    }

    /// What lies there.
    #[must_use]
    pub fn there(&self, place: &ObjectPlace) -> Option<Stored> {
        self.lock()
            .objects
            .get(place)
            .map(|(stored, _)| stored.clone())
    }

    /// How often an object was read since this was asked last.
    #[must_use]
    pub fn reads(&self) -> u32 {
        std::mem::take(&mut self.lock().reads)
    }

    /// How many objects there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().objects.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("nothing panics while it is locked")
    }

    async fn call<T: Send>(
        &self,
        op: Op,
        work: impl FnOnce(&mut State) -> T + Send,
    ) -> Result<T, PortError> {
        let work = || work(&mut self.lock());
        self.plan.around(op, work).await.or_unavailable()
    }
}

#[async_trait]
impl Uploads for MemoryBucket {
    async fn upload(
        &self,
        place: &ObjectPlace,
        announced: &NewFile,
        life: SignedDuration,
    ) -> Result<Upload, PortError> {
        self.call(Op::Upload, |state| {
            state.signed += 1;
            let url = format!(
                "memory://upload/{}?seconds={}",
                state.signed,
                life.as_secs()
            );
            state
                .leave
                .insert(url.clone(), (place.clone(), announced.clone()));
            let headers = [
                ("content-length", announced.size.to_string()),
                (
                    "content-type",
                    announced.name.format().media_type().to_owned(),
                ),
                ("if-none-match", "*".to_owned()),
            ];
            let headers = headers.map(|(name, value)| (name.to_owned(), value)).into();
            Upload { url, headers }
        })
        .await
    }
}

#[async_trait]
impl Downloads for MemoryBucket {
    async fn download(
        &self,
        place: &ObjectPlace,
        name: &FileName,
        life: SignedDuration,
    ) -> Result<DownloadUrl, PortError> {
        let extension = name.extension();
        let url = format!(
            "memory://download/{place}?as={extension}&seconds={}",
            life.as_secs()
        );
        self.call(Op::Download, |_| DownloadUrl(url)).await
    }
}

#[async_trait]
impl Objects for MemoryBucket {
    async fn stored(&self, place: &ObjectPlace) -> Result<Option<Stored>, PortError> {
        self.call(Op::Stored, |state| {
            state.objects.get(place).map(|(stored, _)| stored.clone())
        })
        .await
    }

    async fn read(
        &self,
        place: &ObjectPlace,
        stored: &Stored,
        take: &mut Take<'_>,
    ) -> Result<(), PortError> {
        let bytes = self
            .call(Op::Read, |state| {
                state.reads += 1;
                let found = state.objects.get(place);
                let found = found.filter(|(there, _)| there.version == stored.version);
                found.map(|(_, bytes)| bytes.clone())
            })
            .await?;
        // Gone, or another by now.
        for piece in bytes.ok_or_else(unavailable)?.chunks(64 * 1024) {
            take(piece);
        }
        Ok(())
    }

    async fn erase(&self, place: &ObjectPlace) -> Result<(), PortError> {
        self.call(Op::Erase, |state| {
            state.objects.remove(place);
        })
        .await
    }
}

#[async_trait]
impl ObjectsOfReview for MemoryBucket {
    async fn erase_all(&self, review: &ReviewId) -> Result<(), PortError> {
        self.call(Op::EraseAll, |state| {
            state.objects.retain(|place, _| place.review != *review);
        })
        .await
    }
}

#[async_trait]
impl StoreProbe for MemoryBucket {
    async fn put(&self, upload: &Upload, bytes: &[u8]) -> bool {
        let (leave, now) = {
            let state = self.lock();
            (state.leave.get(&upload.url).cloned(), state.now)
        };
        let Some((place, announced)) = leave else {
            return false;
        };
        let is_announced = bytes.len() as u64 == announced.size
            && Digest::of(&[bytes]) == announced.sha256
            && self.there(&place).is_none();
        if is_announced {
            self.place(&place, bytes, now.unwrap_or_else(sample::in_window));
        }
        is_announced
    }

    async fn fetch(&self, url: &DownloadUrl) -> Option<Vec<u8>> {
        let path = url.0.strip_prefix("memory://download/")?;
        let (path, _) = path.split_once('?')?;
        let (review, file) = path.split_once('/')?;
        let place = ObjectPlace {
            review: review.parse().ok()?,
            file: file.parse().ok()?,
        };
        self.lock()
            .objects
            .get(&place)
            .map(|(_, bytes)| bytes.clone())
    }
}
