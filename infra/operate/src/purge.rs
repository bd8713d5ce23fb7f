//! `operate purge`: what is past its retention, told or erased (domain.md #8).

use domain::{PersonHashKey, ReviewId, Tombstone};
use workflow::ports::ObjectsOfReview;
use workflow::{Purge, PurgePorts, Purged, purge};

use crate::cli::PurgeArgs;
use crate::console::Console;
use crate::{Outcome, reach};

/// Purges, or only looks; prints a line for each review that is past its retention, and one with the counts.
pub(crate) async fn run(
    ports: &impl PurgePorts,
    objects: &impl ObjectsOfReview,
    key: &PersonHashKey,
    args: &PurgeArgs,
    console: &mut Console<'_>,
) -> Outcome {
    let wanted = Purge {
        as_of: reach::when(args.time.as_of).as_of,
        hash_key: key,
        by: args.by.clone().filter(|_| args.erase),
        cap: args.cap,
    };
    let told = |id: &ReviewId, purged: &Purged| match purged {
        Purged::Due(tombstone) => {
            console.line(format_args!("{id}: to be erased, {}", of(tombstone)))
        }
        Purged::Erased(tombstone) => console.line(format_args!("{id}: erased, {}", of(tombstone))),
        Purged::GoneOnWith(tombstone) if args.erase => {
            console.line(format_args!("{id}: erased to the end, {}", of(tombstone)));
        }
        Purged::GoneOnWith(tombstone) => {
            console.line(format_args!("{id}: half erased, {}", of(tombstone)));
        }
        Purged::Raced => console.line(format_args!("{id}: it was changed meanwhile, and stays")),
        Purged::Failed(error) => console.line(format_args!("{id}: {error}")),
    };
    let report = match purge(ports, objects, &wanted, told).await {
        Ok(report) => report,
        Err(error) => {
            console.error(error);
            return Outcome::NotDone;
        }
    };
    let what = if args.erase {
        "erased"
    } else {
        "to be erased (nothing is, without --erase)"
    };
    console.line(format_args!(
        "{} of {} records {what}; changed meanwhile: {}, failed: {}",
        report.purged, report.considered, report.raced, report.failed
    ));
    if report.capped {
        console.line(format_args!(
            "there are more than {}: say it again, or raise --cap",
            args.cap
        ));
    }
    if report.failed == 0 {
        Outcome::Well
    } else {
        Outcome::Broken
    }
}

/// What a line says of a review, beside its id.
fn of(tombstone: &Tombstone) -> String {
    format!(
        "{}, ended {}, history of {} entries up to {}",
        tombstone.status.label(),
        tombstone.ended_at,
        tombstone.head.count,
        tombstone.head.hash
    )
}

#[cfg(test)]
mod tests {
    use domain::{Command, CommentText, HoldStep, ListKey, SearchKey, SearchKind};
    use jiff::Timestamp;
    use testkit::{MemoryBucket, MemoryStore, Mishap, Op, Story, crash, sample};
    use workflow::ports::{
        Comments as _, EveryReview as _, Finder as _, Histories as _, ObjectPlace, Reviews as _,
        ReviewsOfPerson as _, Tombstones as _,
    };

    use super::*;
    use crate::cli::Time;

    /// After the retention of performance year 2024.
    fn late() -> Timestamp {
        "2031-01-01T05:00:00Z".parse().expect("an instant")
    }

    fn args(erase: bool, cap: u32, as_of: Timestamp) -> PurgeArgs {
        PurgeArgs {
            erase,
            by: erase.then(|| "Sam Operator".parse().expect("a line")),
            cap,
            time: Time { as_of: Some(as_of) },
        }
    }

    async fn told(house: &House, args: &PurgeArgs) -> (Outcome, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let key = sample::hash_key();
        let outcome = run(&house.store, &house.bucket, &key, args, &mut console).await;
        (outcome, String::from_utf8(out).expect("text"))
    }

    struct House {
        store: MemoryStore,
        bucket: MemoryBucket,
        withdrawn: ReviewId,
        alive: ReviewId,
    }

    impl House {
        /// A withdrawn request with a comment and a file, and one that is in review.
        async fn new() -> Self {
            let story = Story::accepted(MemoryStore::default()).await;
            let (alive, _) = story.submitted("alive").await;
            let (review, _) = story.submitted("withdrawn").await;
            let id = review.outline.id.clone();
            let text: CommentText = "It is enclosed.".parse().expect("a text");
            let inbound = story.filer.inbound();
            let key = story.key(&format!("comment {id}"), "comment");
            let given = workflow::comment(&story.ports, &inbound, &key, &id, text).await;
            given.expect("it is written");
            let key = story.key(&format!("withdraw {id}"), "withdraw");
            let withdraw = Command::WithdrawForGood;
            let done = workflow::change(&story.ports, &inbound, &key, &id, &withdraw).await;
            done.expect("it is withdrawn");
            let bucket = MemoryBucket::following(&story.ports.plan);
            for review in [&id, &alive.outline.id] {
                let place = ObjectPlace {
                    review: review.clone(),
                    file: domain::AttachmentId::from_random([7; 16]),
                };
                bucket.place(&place, b"bytes", sample::in_window());
            }
            Self {
                store: story.ports,
                bucket,
                withdrawn: id,
                alive: alive.outline.id,
            }
        }

        async fn is_gone(&self) -> bool {
            let id = &self.withdrawn;
            let account = ListKey::Account(sample::owner().account.key());
            let listed = self.store.listed(&[account]).await.expect("an answer");
            let npi = SearchKey::of(&sample::hash_key(), SearchKind::Npi, "1234567893");
            let found = self.store.found(&npi).await.expect("an answer");
            self.store.load(id).await.expect("an answer").is_none()
                && self.store.entries(id).await.expect("an answer").is_empty()
                && self.store.comments(id).await.expect("an answer").is_empty()
                && !listed.iter().any(|outline| outline.id == *id)
                && !found.contains(id)
                && self.bucket.count() == 1
        }
    }

    #[tokio::test]
    async fn nothing_is_erased_without_being_told_to_nor_before_its_time() {
        let house = House::new().await;
        let (outcome, out) = told(&house, &args(false, 100, late())).await;
        assert_eq!(outcome, Outcome::Well);
        assert!(
            out.contains(&format!("{}: to be erased, Withdrawn", house.withdrawn)),
            "{out}"
        );
        assert!(out.contains("1 of 2 records to be erased"), "{out}");
        assert!(
            house
                .store
                .load(&house.withdrawn)
                .await
                .expect("an answer")
                .is_some()
        );
        let early = late() - jiff::SignedDuration::from_millis(1);
        let (_, out) = told(&house, &args(true, 100, early)).await;
        assert!(out.starts_with("0 of 2 records erased"), "{out}");
    }

    #[tokio::test]
    async fn what_is_past_its_retention_leaves_a_tombstone_and_the_rest_stays() {
        let house = House::new().await;
        let before = house.store.load(&house.withdrawn).await.expect("an answer");
        let head = before.expect("it is there").outline.head;
        let (outcome, out) = told(&house, &args(true, 100, late())).await;
        assert_eq!(outcome, Outcome::Well, "{out}");
        assert!(house.is_gone().await);
        let tombstone = house.store.tombstone(&house.withdrawn).await;
        let tombstone = tombstone.expect("an answer").expect("it is there");
        assert_eq!((tombstone.head, tombstone.remains), (head, None));
        assert_eq!(tombstone.by.to_string(), "Sam Operator");
        assert!(
            house
                .store
                .load(&house.alive)
                .await
                .expect("an answer")
                .is_some()
        );
        let (_, again) = told(&house, &args(true, 100, late())).await;
        assert!(again.starts_with("0 of 2 records erased"), "{again}");
        let page = house.store.ids(None, 10).await.expect("an answer");
        assert_eq!(page.ids.len(), 2);
    }

    #[tokio::test]
    async fn whoever_ends_anywhere_is_gone_on_from() {
        for op in [
            Op::Bury,
            Op::EraseAll,
            Op::Unlist,
            Op::Clear,
            Op::SealTombstone,
        ] {
            for mishap in [Mishap::CrashBefore, Mishap::CrashAfter] {
                let house = House::new().await;
                house.store.plan.next(op, mishap);
                crash(told(&house, &args(true, 100, late())));
                let (outcome, out) = told(&house, &args(true, 100, late())).await;
                assert_eq!(outcome, Outcome::Well, "{op:?}: {out}");
                assert!(house.is_gone().await, "{op:?}");
                let tombstone = house.store.tombstone(&house.withdrawn).await;
                let tombstone = tombstone.expect("an answer").expect("it is there");
                assert_eq!(tombstone.remains, None, "{op:?}");
            }
        }
    }

    #[tokio::test]
    async fn a_hold_that_comes_at_the_same_moment_wins() {
        let house = House::new().await;
        let (store, id) = (house.store.clone(), house.withdrawn.clone());
        let hold = async move {
            let administrator = testkit::Filer::new(sample::administrator(), 9);
            let inbound = administrator.inbound();
            let key = administrator.key(&format!("hold {id}"), "hold", "hold");
            let put = Command::Hold(HoldStep::Put("A court asked.".parse().expect("a text")));
            let put = workflow::team_change(&store, &inbound, &key, &id, put).await;
            put.expect("it is put");
        };
        house.store.plan.next(Op::Bury, Mishap::meanwhile(hold));
        let (_, out) = told(&house, &args(true, 100, late())).await;
        assert!(out.contains("it was changed meanwhile, and stays"), "{out}");
        let (_, out) = told(&house, &args(true, 100, late())).await;
        assert!(out.starts_with("0 of 2 records erased"), "{out}");
        assert_eq!(house.bucket.count(), 2);
    }

    #[tokio::test]
    async fn a_run_ends_at_its_cap_and_what_fails_is_told() {
        let house = House::new().await;
        let (_, out) = told(&house, &args(true, 0, late())).await;
        assert!(out.contains("there are more than 0"), "{out}");
        assert_eq!(house.bucket.count(), 2);
        house.store.plan.fail(Op::EraseAll, 1);
        let (outcome, out) = told(&house, &args(true, 1, late())).await;
        assert_eq!(outcome, Outcome::Broken, "{out}");
        let (outcome, out) = told(&house, &args(true, 1, late())).await;
        assert_eq!(outcome, Outcome::Well);
        assert!(out.contains("erased to the end"), "{out}");
    }
}
