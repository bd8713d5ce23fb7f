//! A document on its way when its request runs out: the clock may come between any two of its steps, and never denies
//! (promise P3, domain.md #18, #19).

use domain::{
    Actor, AttachmentKind, EventKind, FileState, Job, NewFile, Place, Review, StatusName,
};
use jiff::{SignedDuration, Timestamp};
use testkit::MemoryBucket;
use workflow::ports::ObjectPlace;
use workflow::{Scan, ScanVerdict, Watch};

use super::stage::{Stage, due, ripe};
use crate::files::{file, grants};
use crate::watch::{SOUND, inspect};

const TICK: SignedDuration = SignedDuration::from_mins(5);

/// What is done with the document, in the order in which it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Put,
    Event,
    Verdict,
}

struct Arrival {
    stage: Stage,
    bucket: MemoryBucket,
    review: Review,
    place: ObjectPlace,
}

impl Arrival {
    async fn granted(at: Timestamp) -> Self {
        let (mut stage, bucket) = (Stage::new().await, MemoryBucket::default());
        let review = stage.waiting("waiting").await;
        stage.story = stage.story.at(at);
        let answer = NewFile {
            kind: AttachmentKind::EhrExtract,
            place: Place::Request { item: Some(1) },
            ..file(SOUND)
        };
        let granted = grants(&stage.story, &bucket, &review, "file", &answer).await;
        let place = ObjectPlace {
            review: review.outline.id.clone(),
            file: granted.expect("it is granted").answer.file,
        };
        Self {
            stage,
            bucket,
            review,
            place,
        }
    }

    /// Does the step at `at`; what is put arrives at `arrived`.
    async fn does(&self, step: Step, arrived: Timestamp, at: Timestamp) {
        if step == Step::Put {
            self.bucket.place(&self.place, SOUND, arrived);
            return;
        }
        let clean = ScanVerdict {
            scan: Scan::Clean,
            version: None,
        };
        let verdict = (step == Step::Verdict).then_some(&clean);
        let job = testkit::Filer::new(Actor::job(Job::FileWatch), 8).at(at);
        let (watch, inbound) = (self.watch(), job.inbound());
        let looked = watch.look_at(&inbound, &self.place, verdict).await;
        looked.expect("nothing fails");
    }

    fn watch(&self) -> Watch<'_, testkit::MemoryStore, MemoryBucket> {
        Watch {
            ports: self.stage.store(),
            store: &self.bucket,
            inspect,
        }
    }

    /// A tick: its commands, and its looks at files, in this order or the other.
    async fn ticks(&self, at: Timestamp, files_first: bool) {
        self.stage.looks(&super::stage::tick(at)).await;
        if files_first {
            self.looks().await;
        }
        for command in self.stage.queue.take_commands() {
            self.stage.carries_out(&command).await.expect("an answer");
        }
        self.looks().await;
    }

    async fn looks(&self) {
        for (review, at) in self.stage.files.take() {
            let job = testkit::Filer::new(Actor::job(Job::FileWatch), 8).at(at);
            let looked = self.watch().look_at_all(&job.inbound(), &review).await;
            looked.expect("nothing fails");
        }
    }
}

#[tokio::test]
async fn wherever_the_clock_comes_between_grant_and_verdict_nobody_is_denied() {
    let steps = [Step::Put, Step::Event, Step::Verdict];
    let second = SignedDuration::from_secs(1);
    // The last second, the end itself and a second later, by leave that was given before.
    for offset in [-second, SignedDuration::ZERO, second] {
        // So many steps are done when the clock comes. What was put is in the store by then.
        for done in 1..=steps.len() {
            for files_first in [true, false] {
                let what = format!("{offset}, {done}, {files_first}");
                let arrival = Arrival::granted(due() - second * 2).await;
                let arrived = due() + offset;
                let (before, after) = steps.split_at(done);
                for step in before {
                    arrival.does(*step, arrived, arrived).await;
                }
                arrival.ticks(ripe(), files_first).await;
                arrival.ticks(ripe() + TICK, files_first).await;
                for step in after {
                    arrival.does(*step, arrived, ripe() + TICK * 2).await;
                }
                for ticks in 3..10 {
                    arrival.ticks(ripe() + TICK * ticks, files_first).await;
                }
                let (stage, review) = (&arrival.stage, &arrival.review);
                assert_eq!(stage.status(review).await, StatusName::InReview, "{what}");
                assert_eq!(stage.told(review, EventKind::Outcome).await, 0, "{what}");
                let stored = stage.review(&review.outline.id).await;
                let file = stored
                    .dossier
                    .file(&arrival.place.file)
                    .expect("it is there");
                assert!(matches!(file.state, FileState::Clean { .. }), "{what}");
                stage.is_sound(review).await;
            }
        }
    }
}

#[tokio::test]
async fn leave_that_nobody_used_saves_nobody() {
    for files_first in [true, false] {
        let arrival = Arrival::granted(due() - SignedDuration::from_secs(2)).await;
        for ticks in 0..7 {
            arrival.ticks(ripe() + TICK * ticks, files_first).await;
        }
        let (stage, review) = (&arrival.stage, &arrival.review);
        assert_eq!(stage.status(review).await, StatusName::Denied);
        assert_eq!(stage.told(review, EventKind::Outcome).await, 1);
        stage.is_sound(review).await;
    }
}
