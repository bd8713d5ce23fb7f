//! Every port, with its points. A port that a function asks for and that is not here does not compile: add its methods.

use std::fmt::Debug;

use async_trait::async_trait;
use domain::{
    Acceptance, Acceptor, Comment, Head, ListKey, NoticeId, NoticeRecord, OutboxEntry, Outcome,
    Outline, PerformanceYear, PersonKey, Report, Review, ReviewId, SealedEntry, SearchKey,
    Suppression, TextRef, WindowChange,
};
use jiff::{SignedDuration, Timestamp};
use workflow::clock::{ClockCommand, Counts, Part as SweepPart, Report as SweepReport, Run};
use workflow::orders::{Order, OrderId};
use workflow::ports::{
    Acceptances, Bookmark, Claim, ClaimId, ClaimTerms, Claims, ClockIndex, CommandQueue, Comments,
    Commit, Commits, Committed, Correspondence, DueOutbox, Findable, Heads, Histories, Keys,
    LookQueue, LookUps, Mail, MailError, Mailer, Mend, NoticeQueue, Orders, Outbox, Overdue, Part,
    Place, Placed, PointerPage, Pointers, PortError, Postpone, Programs, Reports, Reviews,
    ReviewsOfPerson, Suppressions, SweepQueue, Turn, Unanswered,
};
use workflow::{KeyName, KeyRecord, LookUpKey, Remembered};

use super::Crashing;

impl<P> Crashing<P> {
    /// Does `call` between its two points.
    async fn between<T, E: Debug>(
        &self,
        method: &str,
        call: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.points.reach("before", method);
        let result = call.await;
        if result.is_ok() {
            self.points.reach("after", method);
        }
        result
    }
}

/// Ports whose methods all return a result, and have no points but the two.
macro_rules! between_points {
    ($($port:ident { $($method:ident($($name:ident: $type:ty),*) -> $done:ty;)+ })+) => {$(
        #[async_trait]
        impl<P: $port> $port for Crashing<P> {
            $(async fn $method(&self, $($name: $type),*) -> $done {
                self.between(stringify!($method), self.port.$method($($name),*)).await
            })+
        }
    )+};
}

between_points! {
    Reviews { load(id: &ReviewId) -> Result<Option<Review>, PortError>; }
    ReviewsOfPerson { listed(lists: &[ListKey]) -> Result<Vec<Outline>, PortError>; }
    Comments { comments(id: &ReviewId) -> Result<Vec<Comment>, PortError>; }
    Findable {
        unfindable(id: &ReviewId, keys: &[SearchKey]) -> Result<Vec<SearchKey>, PortError>;
        make_findable(id: &ReviewId, keys: &[SearchKey]) -> Result<(), PortError>;
    }
    Histories { entries(id: &ReviewId) -> Result<Vec<SealedEntry>, PortError>; }
    Heads { head(id: &ReviewId) -> Result<Option<Head>, PortError>; }
    Programs { window_changes(year: PerformanceYear) -> Result<Vec<WindowChange>, PortError>; }
    Acceptances {
        acceptance(acceptor: &Acceptor, text: &TextRef) -> Result<Option<Acceptance>, PortError>;
        accept(acceptance: &Acceptance, key: &KeyRecord) -> Result<Committed, PortError>;
    }
    Keys { key(name: &KeyName) -> Result<Option<KeyRecord>, PortError>; }
    Commits { commit(commit: &Commit) -> Result<Committed, PortError>; }
    Outbox {
        entry(review: &ReviewId, seq: u64) -> Result<Option<OutboxEntry>, PortError>;
        settle(entry: &OutboxEntry) -> Result<Vec<NoticeId>, PortError>;
    }
    Correspondence {
        entries_of(review: &ReviewId) -> Result<Vec<OutboxEntry>, PortError>;
        notices_of(review: &ReviewId) -> Result<Vec<NoticeRecord>, PortError>;
    }
    Suppressions {
        suppressed(people: &[PersonKey]) -> Result<Vec<(PersonKey, Suppression)>, PortError>;
        suppress(person: &PersonKey, why: Suppression) -> Result<(), PortError>;
    }
    LookUps {
        remembered(key: &LookUpKey, now: Timestamp) -> Result<Option<Remembered>, PortError>;
        remember(key: &LookUpKey, answer: &Remembered) -> Result<(), PortError>;
        take_turn(at: Timestamp) -> Result<Turn, PortError>;
    }
    Unanswered {
        unanswered(shard: u32, after: Option<&Overdue>) -> Result<Vec<Overdue>, PortError>;
        is_due(review: &ReviewId, seq: u64) -> Result<bool, PortError>;
        make_due(review: &ReviewId, seq: u64, at: Timestamp) -> Result<bool, PortError>;
    }
    Pointers {
        page(part: Part, after: Option<&Bookmark>) -> Result<PointerPage, PortError>;
        standing(review: &ReviewId, lists: &[ListKey]) -> Result<Vec<ListKey>, PortError>;
        mend(mend: &Mend) -> Result<bool, PortError>;
    }
    LookQueue {
        enqueue_looks(reviews: &[ReviewId], as_of: Timestamp) -> Result<(), PortError>;
    }
    CommandQueue {
        hand_out(commands: &[ClockCommand]) -> Result<(), PortError>;
        hand_out_order(order: &OrderId, reviews: &[ReviewId]) -> Result<(), PortError>;
    }
    Orders {
        order(id: &OrderId) -> Result<Option<Order>, PortError>;
        put_order(order: &Order) -> Result<(), PortError>;
    }
    SweepQueue { go_on(run: &Run, parts: &[SweepPart]) -> Result<(), PortError>; }
    Reports {
        tally(run: &Run, counts: &Counts) -> Result<(), PortError>;
        runs(limit: u32) -> Result<Vec<SweepReport>, PortError>;
    }
    Postpone { postpone(receipt: &str, wait: SignedDuration) -> Result<(), PortError>; }
    Mailer { send(mail: &Mail) -> Result<String, MailError>; }
}

#[async_trait]
impl<P: DueOutbox> DueOutbox for Crashing<P> {
    fn shards(&self) -> u32 {
        self.port.shards()
    }

    async fn overdue(
        &self,
        shard: u32,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<Overdue>, PortError> {
        self.between("overdue", self.port.overdue(shard, at, limit))
            .await
    }

    async fn move_on(&self, seen: &Overdue, next: Timestamp) -> Result<bool, PortError> {
        self.between("move_on", self.port.move_on(seen, next)).await
    }
}

#[async_trait]
impl<P: ClockIndex> ClockIndex for Crashing<P> {
    fn clock_shards(&self) -> u32 {
        self.port.clock_shards()
    }

    async fn placed(
        &self,
        place: Place,
        shard: u32,
        until: Timestamp,
        after: Option<&Placed>,
        limit: u32,
    ) -> Result<Vec<Placed>, PortError> {
        let call = self.port.placed(place, shard, until, after, limit);
        self.between("placed", call).await
    }
}

#[async_trait]
impl<P: Claims> Claims for Crashing<P> {
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        terms: ClaimTerms,
    ) -> Result<Claim, PortError> {
        self.points.reach("before", "claim");
        let claim = self.port.claim(notice, now, terms).await?;
        match &claim {
            Claim::Granted(_) | Claim::InDoubt(_) => self.points.reach("after", "claim"),
            Claim::Held(_) | Claim::Doubtful(_) | Claim::Settled => {}
        }
        Ok(claim)
    }

    async fn release(&self, notice: &NoticeId, claim: &ClaimId) -> Result<(), PortError> {
        self.between("release", self.port.release(notice, claim))
            .await
    }

    async fn record(&self, notice: &NoticeId, outcome: &Outcome) -> Result<(), PortError> {
        self.between("record", self.port.record(notice, outcome))
            .await
    }

    async fn report(&self, report: &Report) -> Result<(), PortError> {
        self.between("report", self.port.report(report)).await
    }
}

#[async_trait]
impl<P: NoticeQueue> NoticeQueue for Crashing<P> {
    async fn enqueue(&self, notices: &[NoticeId]) -> Result<(), PortError> {
        self.points.reach("before", "enqueue");
        let (some, others) = notices.split_at(notices.len() / 2);
        self.port.enqueue(some).await?;
        self.points.reach("amid", "enqueue");
        self.port.enqueue(others).await?;
        self.points.reach("after", "enqueue");
        Ok(())
    }
}
