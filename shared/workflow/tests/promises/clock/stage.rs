//! A store, the queues between sweeps and commands, and the people around them.

use std::sync::Arc;

use domain::{
    Actor, Command, CommentId, Digest, DocumentAsk, DocumentStep, EventKind, Job, OutboxEntry,
    Outcome, Review, ReviewId, StatusName, WindowChange,
};
use jiff::{SignedDuration, Timestamp};
use testkit::{Filer, MemoryLooks, MemoryStore, MemorySweeps, Probe as _, Story, sample};
use workflow::clock::{
    Acted, Bounds, ClockCommand, Counts, Part, Queues, Run, Sweep, move_on, sweep,
};
use workflow::ports::{Claims as _, Commits as _, Committed, Correspondence as _, Histories as _};
use workflow::{Failure, Inbound};

/// Wide enough for every story.
pub(crate) const BOUNDS: Bounds = Bounds {
    page: 50,
    commands: 500,
};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn tick(as_of: Timestamp) -> Run {
    Run {
        sweep: Sweep::Tick,
        as_of,
    }
}

/// Everything behind a story. A clone is the same.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) story: Story<MemoryStore>,
    pub(crate) queue: MemorySweeps,
    pub(crate) files: MemoryLooks,
    jobs: Arc<Filer>,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let story = Story::accepted(MemoryStore::default()).await;
        Self {
            queue: MemorySweeps::following(&story.ports.plan),
            files: MemoryLooks::following(&story.ports.plan),
            story,
            jobs: Arc::new(Filer::new(Actor::job(Job::DocumentClock), 77)),
        }
    }

    pub(crate) fn store(&self) -> &MemoryStore {
        &self.story.ports
    }

    /// A submitted request whose reviewer has asked for one document, due at the end of November 4.
    pub(crate) async fn waiting(&self, name: &str) -> Review {
        let (review, _) = self.story.submitted(name).await;
        let what = "The EHR extract of 2024".parse().expect("a line");
        let ask = DocumentStep::Request {
            items: vec![DocumentAsk { what, kind: None }],
            message: None,
            last_day: None,
        };
        let ask = Command::Documents(ask);
        let waiting = self
            .does(&reviewer(), sample::in_window(), &review, ask)
            .await;
        self.delivered(&waiting.outline.id).await;
        waiting
    }

    /// Records that every letter of the review went out.
    pub(crate) async fn delivered(&self, id: &ReviewId) {
        for entry in self.entries(id).await {
            for notice in entry.notices() {
                let outcome = Outcome::Sent {
                    at: entry.at,
                    message_id: "id-1".to_owned(),
                };
                let recorded = self.store().record(&notice, &outcome).await;
                recorded.expect("an answer");
            }
        }
    }

    /// Decides without a door, and commits; both must go well.
    pub(crate) async fn does(
        &self,
        actor: &Actor,
        at: Timestamp,
        review: &Review,
        command: Command,
    ) -> Review {
        let stored = self.review(&review.outline.id).await;
        let mut filer = (*self.jobs).clone().at(at);
        filer.actor = actor.clone();
        let commit = filer.does(&stored, command);
        let committed = self.store().commit(&commit).await.expect("an answer");
        assert_eq!(committed, Committed::Done);
        commit.change.review
    }

    pub(crate) async fn review(&self, id: &ReviewId) -> Review {
        self.story.review(id).await
    }

    pub(crate) async fn status(&self, review: &Review) -> StatusName {
        self.review(&review.outline.id).await.outline.status.name()
    }

    pub(crate) async fn entries(&self, id: &ReviewId) -> Vec<OutboxEntry> {
        self.store().entries_of(id).await.expect("an answer")
    }

    /// How often the people of the review were told of this.
    pub(crate) async fn told(&self, review: &Review, kind: EventKind) -> usize {
        let entries = self.entries(&review.outline.id).await;
        entries
            .iter()
            .filter(|entry| entry.event.kind() == kind)
            .count()
    }

    /// The history must verify whatever happened.
    pub(crate) async fn is_sound(&self, review: &Review) {
        let stored = self.review(&review.outline.id).await;
        let entries = self.store().entries(&review.outline.id).await;
        let entries = entries.expect("an answer");
        let verdict = domain::verify(&stored.outline.id, &entries, stored.outline.head);
        assert_eq!(verdict, Ok(()));
    }

    pub(crate) async fn announce(&self, known: Timestamp, closes: Timestamp) {
        let change = WindowChange {
            known,
            opens: Some(at("2025-09-09T04:00:00Z")),
            closes: Some(closes),
            reason: "a storm".to_owned(),
        };
        self.store().announce(sample::year(), change).await;
    }

    /// Looks, and leaves the commands in the queue.
    pub(crate) async fn looks(&self, run: &Run) -> Counts {
        let counts = self.sweeps(run, None, BOUNDS).await;
        counts.expect("the indexes can be read")
    }

    /// One message of a sweep.
    pub(crate) async fn sweeps(
        &self,
        run: &Run,
        parts: Option<Vec<Part>>,
        bounds: Bounds,
    ) -> Result<Counts, Failure> {
        let queues = Queues {
            commands: &self.queue,
            looks: &self.files,
            own: &self.queue,
        };
        sweep(self.store(), &queues, run, parts, bounds).await
    }

    /// Carries out one command.
    pub(crate) async fn carries_out(&self, command: &ClockCommand) -> Result<Acted, Failure> {
        let filer = (*self.jobs).clone().at(command.run.as_of);
        let inbound: Inbound<'_> = filer.inbound();
        move_on(self.store(), &inbound, &command.review).await
    }

    /// A whole run: looks, and carries out what was handed out and what was left over.
    pub(crate) async fn runs(&self, run: Run) -> Counts {
        let mut counts = self.looks(&run).await;
        for command in self.queue.take_commands() {
            counts.tell(self.carries_out(&command).await.expect("an answer"));
        }
        assert!(
            self.queue.take_parts().is_empty(),
            "it fits into one message"
        );
        counts
    }

    pub(crate) async fn ticks(&self, as_of: Timestamp) -> Counts {
        self.runs(tick(as_of)).await
    }
}

pub(crate) fn reviewer() -> Actor {
    sample::reviewer()
}

/// A comment of the filer.
pub(crate) fn comment() -> Command {
    Command::Comment {
        id: CommentId::from_random([9; 16]),
        sha256: Digest::of(&[b"words"]),
    }
}

/// When requests of [`Stage::waiting`] are due.
pub(crate) fn due() -> Timestamp {
    at("2025-11-05T05:00:00Z")
}

/// When they are settled.
pub(crate) fn ripe() -> Timestamp {
    due() + SignedDuration::from_mins(15)
}

/// When drafts are closed.
pub(crate) fn closing() -> Timestamp {
    sample::close() + SignedDuration::from_mins(15)
}
