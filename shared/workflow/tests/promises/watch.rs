//! Object events, verdicts, expiry and silence, in every order and number: the same state in the end, whatever crashes.

use domain::{
    Actor, Command, FileFault, FileName, FileState, FileStep, Job, NewFile, Review, UNUSED_LIMIT,
};
use jiff::{SignedDuration, Timestamp};
use testkit::{Filer, MemoryBucket, MemoryStore, Mishap, Op, Story, crash};
use workflow::ports::{Commits as _, ObjectPlace};
use workflow::{Failure, Scan, ScanVerdict, Watch, Watched};

use crate::files::{file, grants};
use crate::stories::owner;

pub(crate) const SOUND: &[u8] = b"sound bytes";
pub(crate) const BAD: &[u8] = b"bad bytes";

/// Stands for the real look: what begins with "bad" holds macros.
pub(crate) fn inspect(_: &FileName, bytes: &[u8]) -> Result<(), FileFault> {
    if bytes.starts_with(b"bad") {
        Err(FileFault::Macros)
    } else {
        Ok(())
    }
}

/// Something that is told of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The store has an object.
    Object,
    /// The malware check says this.
    Verdict(Scan),
    /// Nothing was told for a day.
    Silence,
}

use Told::{Object, Silence, Verdict};

const CLEAN: Told = Verdict(Scan::Clean);
const INFECTED: Told = Verdict(Scan::Infected);
const UNKNOWN: Told = Verdict(Scan::Unscannable);

/// A file on its way, and all that it is a part of.
pub(crate) struct World {
    pub(crate) story: Story<MemoryStore>,
    pub(crate) bucket: MemoryBucket,
    pub(crate) place: ObjectPlace,
}

impl World {
    /// A draft with a granted file of these bytes, which may be in the store.
    pub(crate) async fn with(bytes: &[u8], is_there: bool) -> Self {
        let story = owner().await;
        let draft = story.complete("draft").await;
        Self::of(story, &draft, &file(bytes), is_there.then_some(bytes)).await
    }

    pub(crate) async fn of(
        story: Story<MemoryStore>,
        review: &Review,
        announced: &NewFile,
        there: Option<&[u8]>,
    ) -> Self {
        let bucket = MemoryBucket::following(&story.ports.plan);
        let granted = grants(&story, &bucket, review, "file", announced).await;
        let place = ObjectPlace {
            review: review.outline.id.clone(),
            file: granted.expect("it is granted").answer.file,
        };
        if let Some(bytes) = there {
            let at = story.filer.at + SignedDuration::from_secs(1);
            bucket.place(&place, bytes, at);
        }
        Self {
            story,
            bucket,
            place,
        }
    }

    /// When it is told.
    fn at(&self, told: Told) -> Timestamp {
        let soon = self.story.filer.at + SignedDuration::from_secs(5);
        match told {
            Object | Verdict(_) => soon,
            Silence => soon + UNUSED_LIMIT,
        }
    }

    pub(crate) async fn hears(&self, told: Told) -> Result<(), Failure> {
        let job = Filer::new(Actor::job(Job::FileWatch), 3).at(self.at(told));
        let inbound = job.inbound();
        let watch = Watch {
            ports: &self.story.ports,
            store: &self.bucket,
            inspect,
        };
        match told {
            Object => {
                watch.look_at(&inbound, &self.place, None).await?;
            }
            Verdict(scan) => {
                let there = self.bucket.there(&self.place);
                let version = there.map(|stored| stored.version);
                let verdict = ScanVerdict { scan, version };
                watch.look_at(&inbound, &self.place, Some(&verdict)).await?;
            }
            Silence => {
                watch.look_at_all(&inbound, &self.place.review).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn state(&self) -> FileState {
        let review = self.story.review(&self.place.review).await;
        let file = review.dossier.file(&self.place.file);
        file.expect("it is on record").state.clone()
    }

    pub(crate) async fn hears_all(&self, all: &[Told]) -> &'static str {
        for told in all {
            self.hears(*told).await.expect("nothing fails");
        }
        self.state().await.name()
    }

    async fn commits(&self) -> u64 {
        let review = self.story.review(&self.place.review).await;
        review.outline.version
    }
}

/// Every sequence of `told` in which each occurs, up to `most` long.
fn sequences(told: &[Told], most: usize) -> Vec<Vec<Told>> {
    let mut all = Vec::new();
    let mut longest = vec![Vec::new()];
    for _ in 0..most {
        let longer = longest.iter().flat_map(|sequence: &Vec<Told>| {
            let and = |next: &Told| sequence.iter().chain([next]).copied().collect();
            told.iter().map(and).collect::<Vec<_>>()
        });
        longest = longer.collect();
        all.extend(longest.iter().cloned());
    }
    all.retain(|sequence: &Vec<Told>| told.iter().all(|one| sequence.contains(one)));
    all
}

#[tokio::test]
async fn every_order_and_number_of_reports_ends_in_the_same_state() {
    let cases: [(&[u8], &[Told], &str); 16] = [
        (SOUND, &[Object], "received"),
        (SOUND, &[Object, CLEAN], "clean"),
        (SOUND, &[CLEAN], "clean"),
        (SOUND, &[Object, INFECTED], "infected"),
        (SOUND, &[Object, UNKNOWN], "unscannable"),
        (SOUND, &[Object, Silence], "unscannable"),
        (SOUND, &[Silence], "unscannable"),
        (SOUND, &[Object, CLEAN, Silence], "clean"),
        (SOUND, &[CLEAN, Silence], "clean"),
        (SOUND, &[Object, INFECTED, Silence], "infected"),
        (SOUND, &[Object, UNKNOWN, Silence], "unscannable"),
        (SOUND, &[CLEAN, INFECTED, Silence], "infected"),
        (SOUND, &[UNKNOWN, CLEAN, Object], "clean"),
        (BAD, &[Object], "rejected"),
        (BAD, &[Object, CLEAN, Silence], "rejected"),
        (BAD, &[INFECTED, Silence], "rejected"),
    ];
    let mut tried = 0;
    for (bytes, told, expected) in cases {
        let most = if told.len() == 3 { 5 } else { 4 };
        for sequence in sequences(told, most) {
            let world = World::with(bytes, true).await;
            let before = world.commits().await;
            let state = world.hears_all(&sequence).await;
            assert_eq!(state, expected, "{sequence:?}");
            let is_there = world.bucket.there(&world.place).is_some();
            let is_kept = !["infected", "rejected"].contains(&expected);
            assert_eq!(is_there, is_kept, "{sequence:?}");
            let commits = world.commits().await - before;
            assert!(commits <= 4, "{sequence:?}: nothing changes twice");
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[tokio::test]
async fn a_grant_that_nobody_uses_expires_however_often_that_is_found() {
    for sequence in sequences(&[Silence], 3) {
        let world = World::with(SOUND, false).await;
        assert_eq!(world.hears_all(&sequence).await, "expired");
    }
    // A store that says late what it has had all along is believed.
    let world = World::with(SOUND, false).await;
    world.hears(Silence).await.expect("nothing fails");
    let arrived_at = world.story.filer.at;
    world.bucket.place(&world.place, SOUND, arrived_at);
    assert_eq!(world.hears_all(&[Object, CLEAN]).await, "clean");
}

#[tokio::test]
async fn content_is_read_once_on_the_whole_way() {
    let world = World::with(SOUND, true).await;
    let told = [Object, Object, CLEAN, Object, Silence];
    assert_eq!(world.hears_all(&told).await, "clean");
    assert_eq!(world.bucket.reads(), 1);
}

#[tokio::test]
async fn a_crash_between_any_two_steps_is_gone_on_from_by_the_same_report() {
    use Op::{Commit, Erase, Load, Read, Stored, WindowChanges};
    const ARRIVAL: &[Op] = &[Load, Stored, Read, WindowChanges, Commit];
    const VERDICT: &[Op] = &[Load, Stored, WindowChanges, Commit];
    const REFUSAL: &[Op] = &[Load, Stored, Read, WindowChanges, Commit, Erase];
    const ERASING: &[Op] = &[Load, Stored, WindowChanges, Commit, Erase];
    type Case = (
        &'static [u8],
        &'static [Told],
        Told,
        &'static [Op],
        &'static str,
    );
    let cases: [Case; 6] = [
        (SOUND, &[], Object, ARRIVAL, "received"),
        (BAD, &[], Object, REFUSAL, "rejected"),
        (SOUND, &[], CLEAN, ARRIVAL, "clean"),
        (SOUND, &[Object], CLEAN, VERDICT, "clean"),
        (SOUND, &[Object], INFECTED, ERASING, "infected"),
        (SOUND, &[], Silence, ARRIVAL, "unscannable"),
    ];
    for (bytes, before, told, steps, expected) in cases {
        for step in steps {
            for end in [|| Mishap::CrashBefore, || Mishap::CrashAfter] {
                let world = World::with(bytes, true).await;
                let begun = world.commits().await;
                world.hears_all(before).await;
                world.story.ports.plan.next(*step, end());
                crash(world.hears(told));
                let state = world.hears_all(&[told]).await;
                assert_eq!(state, expected, "{told:?} after {step:?}");
                let is_there = world.bucket.there(&world.place).is_some();
                let is_kept = !["infected", "rejected"].contains(&expected);
                assert_eq!(is_there, is_kept, "{told:?} after {step:?}");
                let commits = world.commits().await - begun;
                assert!(commits <= 2, "{told:?} after {step:?}: nothing twice");
            }
        }
    }
}

#[tokio::test]
async fn who_is_faster_is_decided_on_again() {
    let world = World::with(SOUND, true).await;
    let (story, id) = (world.story.clone(), world.place.review.clone());
    let file = world.place.file.clone();
    let removed = async move {
        let review = story.review(&id).await;
        let step = FileStep::Remove;
        let commit = story.filer.does(&review, Command::File { id: file, step });
        story.ports.commit(&commit).await.expect("an answer");
    };
    let plan = &world.story.ports.plan;
    plan.next(Op::WindowChanges, Mishap::meanwhile(removed));
    assert_eq!(world.hears_all(&[Object]).await, "removed");
    assert_eq!(world.bucket.count(), 0, "its bytes are gone with it");
    let FileState::Removed { erased_at, .. } = world.state().await else {
        panic!("it was removed");
    };
    assert!(erased_at.is_some());
    // An upload that arrives after that goes as well.
    let arrived_at = world.story.filer.at;
    world.bucket.place(&world.place, SOUND, arrived_at);
    assert_eq!(world.hears_all(&[Object, CLEAN]).await, "removed");
    assert_eq!(world.bucket.count(), 0);
}

#[tokio::test]
async fn what_is_not_on_record_is_swept() {
    let world = World::with(SOUND, true).await;
    let stray = ObjectPlace {
        file: domain::AttachmentId::from_random([5; 16]),
        ..world.place.clone()
    };
    let lost = ObjectPlace {
        review: domain::ReviewId::from_random(testkit::sample::year(), 99),
        ..world.place.clone()
    };
    let job = Filer::new(Actor::job(Job::FileWatch), 3);
    for place in [stray, lost] {
        world.bucket.place(&place, SOUND, world.story.filer.at);
        let watch = Watch {
            ports: &world.story.ports,
            store: &world.bucket,
            inspect,
        };
        let looked = watch.look_at(&job.inbound(), &place, None).await;
        assert_eq!(looked.expect("nothing fails"), Watched::Swept);
    }
    assert_eq!(world.bucket.count(), 1, "what is on record stays");
}
