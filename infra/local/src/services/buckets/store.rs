//! The kept versions: one file of bytes each, and a journal that alone says what there is.
//!
//! Bytes are written to a file among the halves, which is renamed when it is whole; only then comes the journal's line,
//! and the answer after it. So a kill leaves half a file that nobody knows of, and a start removes it. The line of a
//! version is its own outbox: until another line says that its event was sent, a start finds it unsent.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::half::Half;
use super::version::{Content, ObjectSummary, Version};
use crate::clock::SetClock;
use crate::data::DataError;
use crate::services::ServiceError;
use crate::services::lines::{self, Lines};

/// The store.
#[derive(Debug)]
pub(super) struct Store {
    bodies: PathBuf,
    halves: PathBuf,
    clock: SetClock,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    lines: Lines<Line>,
    /// By bucket and key, the newest version last.
    objects: BTreeMap<(String, String), Vec<Arc<Version>>>,
    next: u64,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Kept(Version),
    Erased(String),
    /// Its event is in every queue.
    Told(String),
    /// There is nothing more to say about its scan.
    Scanned(String),
}

/// What an earlier run had not finished, the oldest first.
#[derive(Debug, Default)]
pub(super) struct LeftOver {
    pub(super) untold: Vec<Arc<Version>>,
    pub(super) unscanned: Vec<Arc<Version>>,
}

/// Why a version was not kept.
#[derive(Debug)]
pub(super) enum NotKept {
    /// There is an object under that key, and there was not to be one.
    Taken,
    Failed(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for NotKept {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Store {
    /// Reads the journal, writes it anew without what is gone, and removes files that no version has.
    pub(super) fn open(folder: &Path, clock: SetClock) -> Result<(Self, LeftOver), ServiceError> {
        let (bodies, halves) = (folder.join("bodies"), folder.join("halves"));
        for folder in [&bodies, &halves] {
            std::fs::create_dir_all(folder).map_err(io("make", folder))?;
        }
        let path = folder.join("journal.jsonl");
        let read = Read::of(lines::read(&path)?);
        let lines = Lines::begin(&path, read.worth_keeping().iter())?;
        let alive: HashSet<_> = read.alive().map(|version| version.id.clone()).collect();
        remove_all_but(&bodies, &alive)?;
        remove_all_but(&halves, &HashSet::new())?;
        let left_over = read.left_over();
        let mut objects: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for version in read.alive() {
            let place = (version.bucket.clone(), version.key.clone());
            objects.entry(place).or_default().push(Arc::clone(version));
        }
        let next = read.kept.iter().map(|version| version.sequence + 1).max();
        let state = State {
            lines,
            objects,
            next: next.unwrap_or(1),
        };
        let store = Self {
            bodies,
            halves,
            clock,
            state: Mutex::new(state),
        };
        Ok((store, left_over))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file for bytes that are on their way.
    pub(super) async fn half(&self) -> Result<Half, ServiceError> {
        let path = self.halves.join(Uuid::new_v4().simple().to_string());
        Half::create(path).await
    }

    /// Keeps the bytes as the newest version of an object; they are there after `kill -9` when this returns.
    pub(super) fn keep(
        &self,
        bucket: &str,
        key: &str,
        half: Half,
        content: Content,
        only_first: bool,
    ) -> Result<Arc<Version>, NotKept> {
        let mut state = self.state();
        if only_first && state.newest(bucket, key).is_some() {
            return Err(NotKept::Taken);
        }
        let version = self.draft(&state, bucket, key, Some(content))?;
        half.become_file(&self.body_of(&version))?;
        Ok(state.keep(version)?)
    }

    /// Puts a delete marker in front of an object's versions.
    pub(super) fn mark_deleted(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<Arc<Version>, ServiceError> {
        let mut state = self.state();
        let marker = self.draft(&state, bucket, key, None)?;
        state.keep(marker)
    }

    fn draft(
        &self,
        state: &State,
        bucket: &str,
        key: &str,
        content: Option<Content>,
    ) -> Result<Version, DataError> {
        let now = self.clock.now();
        Ok(Version {
            id: Uuid::new_v4().simple().to_string(),
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            at: Timestamp::from_second(now.as_second()).unwrap_or(now),
            sequence: state.next,
            content,
        })
    }

    /// Takes one version away for good. None: there was none of that id.
    pub(super) fn erase(
        &self,
        bucket: &str,
        key: &str,
        id: &str,
    ) -> Result<Option<Arc<Version>>, ServiceError> {
        let mut state = self.state();
        let place = (bucket.to_owned(), key.to_owned());
        let Some(versions) = state.objects.get_mut(&place) else {
            return Ok(None);
        };
        let Some(at) = versions.iter().position(|version| version.id == id) else {
            return Ok(None);
        };
        let erased = Arc::clone(&versions[at]);
        state.lines.push(&Line::Erased(id.to_owned()))?;
        if let Some(versions) = state.objects.get_mut(&place) {
            versions.remove(at);
            if versions.is_empty() {
                state.objects.remove(&place);
            }
        }
        if erased.content.is_some() {
            let body = self.body_of(&erased);
            std::fs::remove_file(&body).map_err(io("remove", &body))?;
        }
        Ok(Some(erased))
    }

    /// All versions of one object, the newest last.
    pub(super) fn versions(&self, bucket: &str, key: &str) -> Vec<Arc<Version>> {
        let place = (bucket.to_owned(), key.to_owned());
        self.state()
            .objects
            .get(&place)
            .cloned()
            .unwrap_or_default()
    }

    /// All objects of a bucket whose keys begin with `prefix`, in the order of their keys, each with all its versions.
    pub(super) fn list(&self, bucket: &str, prefix: &str) -> Vec<Vec<Arc<Version>>> {
        let state = self.state();
        let from = (bucket.to_owned(), prefix.to_owned());
        let objects = state.objects.range(from..);
        let objects = objects.take_while(|((of, key), _)| of == bucket && key.starts_with(prefix));
        objects.map(|(_, versions)| versions.clone()).collect()
    }

    /// What there is, for people, the newest first.
    pub(super) fn summaries(&self) -> Vec<ObjectSummary> {
        let state = self.state();
        let newest = state.objects.values().filter_map(|versions| {
            let newest = versions.last()?;
            Some((newest, newest.content.as_ref()?, versions.len()))
        });
        let mut newest: Vec<_> = newest.collect();
        newest.sort_by_key(|(version, ..)| std::cmp::Reverse(version.sequence));
        let summary =
            |(version, content, versions): (&Arc<Version>, &Content, usize)| ObjectSummary {
                bucket: version.bucket.clone(),
                key: version.key.clone(),
                size: content.size,
                at: version.at,
                versions,
            };
        newest.into_iter().map(summary).collect()
    }

    /// Where the bytes of a version are.
    pub(super) fn body_of(&self, version: &Version) -> PathBuf {
        self.bodies.join(&version.id)
    }

    /// Whether the version is still there.
    pub(super) fn has(&self, version: &Version) -> bool {
        let versions = self.versions(&version.bucket, &version.key);
        versions.iter().any(|one| one.id == version.id)
    }

    /// Its event is in every queue.
    pub(super) fn told(&self, version: &Version) -> Result<(), ServiceError> {
        self.state().lines.push(&Line::Told(version.id.clone()))
    }

    /// There is nothing more to say about its scan.
    pub(super) fn scanned(&self, version: &Version) -> Result<(), ServiceError> {
        self.state().lines.push(&Line::Scanned(version.id.clone()))
    }
}

impl State {
    /// The object as it is now; None: it is not there, or was deleted.
    fn newest(&self, bucket: &str, key: &str) -> Option<&Arc<Version>> {
        let versions = self.objects.get(&(bucket.to_owned(), key.to_owned()))?;
        versions.last().filter(|newest| newest.content.is_some())
    }

    fn keep(&mut self, version: Version) -> Result<Arc<Version>, ServiceError> {
        let line = Line::Kept(version);
        self.lines.push(&line)?;
        let Line::Kept(version) = line else {
            unreachable!("it was made two lines above");
        };
        let version = Arc::new(version);
        self.next += 1;
        let place = (version.bucket.clone(), version.key.clone());
        let versions = self.objects.entry(place).or_default();
        versions.push(Arc::clone(&version));
        Ok(version)
    }
}

/// What the lines of an earlier run amount to.
struct Read {
    kept: Vec<Arc<Version>>,
    erased: HashSet<String>,
    told: HashSet<String>,
    scanned: HashSet<String>,
}

impl Read {
    fn of(lines: Vec<Line>) -> Self {
        let mut read = Self {
            kept: Vec::new(),
            erased: HashSet::new(),
            told: HashSet::new(),
            scanned: HashSet::new(),
        };
        for line in lines {
            match line {
                Line::Kept(version) => read.kept.push(Arc::new(version)),
                Line::Erased(id) => drop(read.erased.insert(id)),
                Line::Told(id) => drop(read.told.insert(id)),
                Line::Scanned(id) => drop(read.scanned.insert(id)),
            }
        }
        read
    }

    fn alive(&self) -> impl Iterator<Item = &Arc<Version>> {
        let erased = &self.erased;
        self.kept.iter().filter(|one| !erased.contains(&one.id))
    }

    fn is_untold(&self, version: &Version) -> bool {
        version.content.is_some() && !self.told.contains(&version.id)
    }

    /// What was erased is still told of, since it did come; but there is nothing left of it to scan.
    fn left_over(&self) -> LeftOver {
        let untold = self.kept.iter().filter(|one| self.is_untold(one));
        let unscanned = self.alive().filter(|one| {
            let done = self.scanned.contains(&one.id) || self.is_untold(one);
            one.content.is_some() && !done
        });
        LeftOver {
            untold: untold.cloned().collect(),
            unscanned: unscanned.cloned().collect(),
        }
    }

    fn worth_keeping(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for version in &self.kept {
            let erased = self.erased.contains(&version.id);
            if erased && !self.is_untold(version) {
                continue;
            }
            lines.push(Line::Kept(Version::clone(version)));
            let facts: [(_, fn(String) -> Line); 3] = [
                (&self.erased, Line::Erased),
                (&self.told, Line::Told),
                (&self.scanned, Line::Scanned),
            ];
            let facts = facts.iter().filter(|(ids, _)| ids.contains(&version.id));
            lines.extend(facts.map(|(_, line)| line(version.id.clone())));
        }
        lines
    }
}

fn remove_all_but(folder: &Path, names: &HashSet<String>) -> Result<(), ServiceError> {
    for entry in std::fs::read_dir(folder).map_err(io("list", folder))? {
        let entry = entry.map_err(io("list", folder))?;
        let known = entry
            .file_name()
            .to_str()
            .is_some_and(|name| names.contains(name));
        if !known {
            std::fs::remove_file(entry.path()).map_err(io("remove", &entry.path()))?;
        }
    }
    Ok(())
}

fn io<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> ServiceError + 'a {
    move |source| {
        let path = path.to_owned();
        DataError::Io { what, path, source }.into()
    }
}
