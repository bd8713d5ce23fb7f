//! What the store and its checks did with a file becomes part of its review (domain.md #18, #38).
//!
//! Reports come in any order, late, twice or never: an object event, a verdict about malware, a look because nothing was
//! heard. None of them is believed to be the first, and all take one way: what the store has is asked of the store, the
//! content is looked at before any verdict counts, and each step is decided on the review as it stands. So every order
//! ends in the same state, and a process that ends anywhere is gone on from by the next report.
//!
//! What the store holds without being on record is taken away, as is what was refused or removed: the history keeps its hash.
//! What could not be checked, and what tells of another patient, stays where it is until a person has decided, and no door
//! leads there: leave to fetch is given for clean files alone.

use domain::{
    Attachment, Command, Denial, Digest, FileFault, FileName, FileState, FileStep, MAX_FILE_SIZE,
    ReinstateCause, Review, ReviewId, Status, arrived_in_time, file_look, relation,
};
use jiff::Timestamp;

use crate::change::{Answer, committed, decide_on, raced};
use crate::ports::{Commits, Committed, ObjectPlace, Objects, Programs, Reviews, Stored};
use crate::{Failure, Inbound};

/// The most steps from a grant to an end, with room for those that others were faster with.
const STEPS: u32 = 12;

/// What a check for malware found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    /// Nothing.
    Clean,
    /// Malware.
    Infected,
    /// It could not be carried out.
    Unscannable,
}

/// A verdict about one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanVerdict {
    /// What was found.
    pub scan: Scan,
    /// In which version of the object, if the check says so.
    pub version: Option<String>,
}

/// Looks at a file's content: whether it is what its name says.
pub type Inspect = fn(&FileName, &[u8]) -> Result<(), FileFault>;

/// What watching over files needs of the world.
pub trait WatchPorts: Commits + Programs + Reviews {}

impl<P: Commits + Programs + Reviews + ?Sized> WatchPorts for P {}

/// The two places where a file is: its review and the store; and how its content is looked at.
#[derive(Clone, Copy)]
pub struct Watch<'a, P: ?Sized, S: ?Sized> {
    /// The reviews.
    pub ports: &'a P,
    /// The bytes.
    pub store: &'a S,
    /// The look at the content.
    pub inspect: Inspect,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// It is as far as it can be for now; so many steps were taken.
    Done(u32),
    /// It is not on record, and was taken away.
    Swept,
}

impl<P: WatchPorts + ?Sized, S: Objects + ?Sized> Watch<'_, P, S> {
    /// Brings the file at `place` as far as what is known of it leads.
    ///
    /// # Errors
    /// [`Failure`] when a step could not be taken; the next report goes on from there.
    pub async fn look_at(
        &self,
        inbound: &Inbound<'_>,
        place: &ObjectPlace,
        verdict: Option<&ScanVerdict>,
    ) -> Result<Watched, Failure> {
        let mut taken = 0;
        for _ in 0..STEPS {
            let review = self.ports.load(&place.review).await?;
            let on_record = review
                .as_ref()
                .and_then(|review| Some((review, review.dossier.file(&place.file)?)));
            let Some((review, file)) = on_record else {
                self.store.erase(place).await?;
                tracing::warn!(object = %place, "an object that is not on record was taken away");
                return Ok(Watched::Swept);
            };
            let at = inbound.received_at;
            let Some(command) = self.next(review, file, place, verdict, at).await? else {
                return Ok(Watched::Done(taken));
            };
            let relation = relation(review, inbound.actor).ok_or(Failure::NotFound)?;
            let step = command.clone();
            let commit = decide_on(self.ports, inbound, review, relation, &command.into()).await?;
            match self.ports.commit(&commit).await? {
                Committed::Done => {
                    taken += 1;
                    committed("watch", Answer::of(&commit.change, inbound));
                    tell(&step);
                }
                Committed::Raced => raced(),
            }
        }
        Err(Failure::Busy)
    }

    /// Looks at every file of the review whose time has come. One that fails does not stop the others.
    ///
    /// # Errors
    /// The first failure.
    pub async fn look_at_all(&self, inbound: &Inbound<'_>, id: &ReviewId) -> Result<u32, Failure> {
        let Some(review) = self.ports.load(id).await? else {
            return Ok(0);
        };
        let is_due = |file: &&Attachment| {
            file_look(&review, file).is_some_and(|look| look <= inbound.received_at)
        };
        let (mut taken, mut failed) = (0, None);
        for file in review.dossier.files.iter().filter(is_due) {
            let place = ObjectPlace {
                review: id.clone(),
                file: file.id.clone(),
            };
            match self.look_at(inbound, &place, None).await {
                Ok(Watched::Done(steps)) => taken += steps,
                Ok(Watched::Swept) => {}
                Err(failure) => {
                    tracing::warn!(object = %place, %failure, "a file could not be looked at");
                    failed.get_or_insert(failure);
                }
            }
        }
        failed.map_or(Ok(taken), Err)
    }

    /// The next step of the file, if there is one.
    async fn next(
        &self,
        review: &Review,
        file: &Attachment,
        place: &ObjectPlace,
        verdict: Option<&ScanVerdict>,
        at: Timestamp,
    ) -> Result<Option<Command>, Failure> {
        if review.outline.status.name().is_terminal() {
            return self.after_the_end(review, file, place).await;
        }
        let is_due = file_look(review, file).is_some_and(|look| look <= at);
        let step = match &file.state {
            FileState::Granted | FileState::Expired => match self.store.stored(place).await? {
                Some(stored) => Some(self.arrival(file, place, &stored).await?),
                None => is_due.then_some(FileStep::Expire),
            },
            FileState::Received { .. } => match self.heard(place, verdict).await? {
                Some(Scan::Clean) => Some(FileStep::Pass),
                Some(Scan::Infected) => Some(FileStep::Infect),
                Some(Scan::Unscannable) => Some(FileStep::GiveUp),
                None => is_due.then_some(FileStep::GiveUp),
            },
            FileState::Clean { .. } => match self.heard(place, verdict).await? {
                Some(Scan::Infected) => Some(FileStep::Infect),
                Some(Scan::Clean | Scan::Unscannable) | None => None,
            },
            FileState::Unscannable { .. } => match self.heard(place, verdict).await? {
                Some(Scan::Clean) => Some(FileStep::Pass),
                Some(Scan::Infected) => Some(FileStep::Infect),
                Some(Scan::Unscannable) | None => None,
            },
            FileState::Rejected { .. } | FileState::Infected { .. } => {
                self.store.erase(place).await?;
                None
            }
            // An upload can arrive after it was removed: it goes as well.
            FileState::Removed { .. } | FileState::Erased { .. } => {
                return self.erasure(review, file, place).await;
            }
            FileState::WrongPatient { .. } => None,
        };
        Ok(step.map(|step| Command::File {
            id: place.file.clone(),
            step,
        }))
    }

    /// What has ended stays as it ended (promise P4), but for a denial by the clock though a document had come in time:
    /// that is taken back, and the document looked at then (domain.md #46). What is to be erased is erased then, too.
    async fn after_the_end(
        &self,
        review: &Review,
        file: &Attachment,
        place: &ObjectPlace,
    ) -> Result<Option<Command>, Failure> {
        if matches!(
            file.state,
            FileState::Removed { .. } | FileState::Erased { .. }
        ) {
            return self.erasure(review, file, place).await;
        }
        let Status::Denied(denied) = &review.outline.status else {
            return Ok(None);
        };
        let Denial::Clock { request, .. } = &denied.denial else {
            return Ok(None);
        };
        if !matches!(file.state, FileState::Granted | FileState::Expired) {
            return Ok(None);
        }
        let stored = self.store.stored(place).await?;
        let in_time = stored
            .map(|stored| stored.arrived_at)
            .filter(|&arrived_at| arrived_in_time(arrived_at, file.granted_at, request.due));
        Ok(in_time.map(|arrived_at| {
            Command::Reinstate(ReinstateCause::InTimeDocument {
                file: place.file.clone(),
                arrived_at,
            })
        }))
    }

    /// Takes the bytes of a removed file out of the store, and then puts that on record: whoever ends in between does both
    /// again. Nothing is taken while a legal hold stands (domain.md #8).
    async fn erasure(
        &self,
        review: &Review,
        file: &Attachment,
        place: &ObjectPlace,
    ) -> Result<Option<Command>, Failure> {
        if review.outline.casework.hold.is_some() {
            return Ok(None);
        }
        self.store.erase(place).await?;
        Ok(file.is_to_be_erased().then(|| Command::File {
            id: place.file.clone(),
            step: FileStep::Erase,
        }))
    }

    /// What was heard of the very object that lies there.
    async fn heard(
        &self,
        place: &ObjectPlace,
        verdict: Option<&ScanVerdict>,
    ) -> Result<Option<Scan>, Failure> {
        let Some(verdict) = verdict else {
            return Ok(None);
        };
        if let Some(version) = &verdict.version {
            let stored = self.store.stored(place).await?;
            if stored.is_none_or(|stored| stored.version != *version) {
                tracing::warn!(object = %place, "a verdict is about another version than the one that is there");
                return Ok(None);
            }
        }
        Ok(Some(verdict.scan))
    }

    /// The step of a file that is there: its content is looked at once, before anything counts.
    async fn arrival(
        &self,
        file: &Attachment,
        place: &ObjectPlace,
        stored: &Stored,
    ) -> Result<FileStep, Failure> {
        let arrived_at = stored.arrived_at;
        Ok(match self.content(file, place, stored).await? {
            Ok(()) => FileStep::Receive { arrived_at },
            Err(why) => FileStep::Reject { arrived_at, why },
        })
    }

    async fn content(
        &self,
        file: &Attachment,
        place: &ObjectPlace,
        stored: &Stored,
    ) -> Result<Result<(), FileFault>, Failure> {
        let announced = &file.file;
        if stored.length != announced.size || stored.length > MAX_FILE_SIZE {
            return Ok(Err(FileFault::NotAsAnnounced));
        }
        // All of it in memory, once: formats are read from their end as well.
        let mut bytes = Vec::with_capacity(usize::try_from(stored.length).unwrap_or_default());
        let take = &mut |piece: &[u8]| bytes.extend_from_slice(piece);
        self.store.read(place, stored, take).await?;
        let is_whole = bytes.len() as u64 == announced.size;
        if !is_whole || Digest::of(&[&bytes]) != announced.sha256 {
            return Ok(Err(FileFault::NotAsAnnounced));
        }
        Ok((self.inspect)(&announced.name, &bytes))
    }
}

/// Counts what operators look out for.
fn tell(command: &Command) {
    let Command::File { step, .. } = command else {
        return;
    };
    match step {
        FileStep::Reject { .. } => tracing::debug!(count.files_rejected = 1, "a file is refused"),
        FileStep::Infect => tracing::debug!(count.files_infected = 1, "malware was found"),
        FileStep::GiveUp => tracing::debug!(count.files_held = 1, "a file could not be checked"),
        FileStep::Grant(_)
        | FileStep::Receive { .. }
        | FileStep::Pass
        | FileStep::Expire
        | FileStep::Remove
        | FileStep::Erase
        | FileStep::WrongPatient
        | FileStep::EraseWrongPatient(_)
        | FileStep::Unlock(_)
        | FileStep::NotRelevant => {}
    }
}
