//! `operate verify-history`: whether histories are what was written (promise P7, domain.md #50).

use std::fmt;

use domain::ReviewId;
use workflow::ports::{EveryReview, Heads, Histories, PortError, Tombstones};
use workflow::{Verification, verify_every_history, verify_or_purged};

use crate::Outcome;
use crate::cli::VerifyArgs;
use crate::console::Console;

/// Verifies; prints a line for each history that is broken, and one with the counts.
pub(crate) async fn run(
    ports: &(impl EveryReview + Heads + Histories + Tombstones),
    args: &VerifyArgs,
    console: &mut Console<'_>,
) -> Outcome {
    let mut tally = Tally::default();
    let read = verify(ports, args, &mut tally, console).await;
    if let Err(error) = read {
        console.error(format_args!("{error}; verified before that: {tally}"));
        return Outcome::NotDone;
    }
    if tally.histories == 0 {
        console.line("no history: the table holds no review");
    } else {
        console.line(&tally);
    }
    if tally.broken == 0 {
        Outcome::Well
    } else {
        Outcome::Broken
    }
}

async fn verify(
    ports: &(impl EveryReview + Heads + Histories + Tombstones),
    args: &VerifyArgs,
    tally: &mut Tally,
    console: &mut Console<'_>,
) -> Result<(), PortError> {
    let mut found = |id: &ReviewId, verification: Verification| {
        tally.count(&verification);
        if let Some(tombstone) = &verification.purged {
            console.line(format_args!(
                "{id}: its record was purged on {}; its history had {} entries and ended with {}",
                tombstone.purged_at, tombstone.head.count, tombstone.head.hash
            ));
        }
        if let Err(unsound) = verification.verdict {
            console.line(format_args!("{id}: {unsound}"));
        }
    };
    if args.all {
        return verify_every_history(ports, found).await;
    }
    for id in &args.reviews {
        found(id, verify_or_purged(ports, id).await?);
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Tally {
    histories: u64,
    entries: u64,
    broken: u64,
}

impl Tally {
    /// What was purged has no history any more.
    fn count(&mut self, verification: &Verification) {
        if verification.purged.is_some() {
            return;
        }
        self.histories += 1;
        self.entries += verification.entries;
        self.broken += u64::from(verification.verdict.is_err());
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.histories {
            0 => return f.write_str("no history"),
            1 => f.write_str("1 history")?,
            many => write!(f, "{many} histories")?,
        }
        match self.entries {
            1 => f.write_str(" with 1 entry")?,
            entries => write!(f, " with {entries} entries")?,
        }
        match (self.histories, self.broken) {
            (1, 0) => f.write_str(": it holds"),
            (_, 0) => f.write_str(": all hold"),
            (1, _) => f.write_str(": it is broken"),
            (_, broken) => write!(f, ": {broken} broken"),
        }
    }
}

#[cfg(test)]
mod tests {
    use testkit::{MemoryStore, Op, Story};
    use workflow::ports::Histories as _;

    use super::*;

    /// Two drafts, in the order of their ids: with three entries, and with one.
    async fn two() -> (MemoryStore, [ReviewId; 2]) {
        let story = Story::accepted(MemoryStore::default()).await;
        let complete = story.complete("complete").await.outline.id;
        let draft = story.draft("draft").await.outline.id;
        (story.ports, [complete, draft])
    }

    async fn told(store: &MemoryStore, args: &VerifyArgs) -> (Outcome, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let outcome = run(store, args, &mut console).await;
        assert!(console.is_whole());
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (outcome, text(out), text(err))
    }

    fn all() -> VerifyArgs {
        VerifyArgs {
            reviews: Vec::new(),
            all: true,
        }
    }

    fn only(id: &ReviewId) -> VerifyArgs {
        VerifyArgs {
            reviews: vec![id.clone()],
            all: false,
        }
    }

    #[tokio::test]
    async fn what_holds_is_counted() {
        let (store, [complete, draft]) = two().await;
        let (outcome, out, err) = told(&store, &all()).await;
        assert_eq!(outcome, Outcome::Well);
        assert_eq!(
            (out.as_str(), err.as_str()),
            ("2 histories with 4 entries: all hold\n", "")
        );
        let (_, out, _) = told(&store, &only(&complete)).await;
        assert_eq!(out, "1 history with 3 entries: it holds\n");
        let (_, out, _) = told(&store, &only(&draft)).await;
        assert_eq!(out, "1 history with 1 entry: it holds\n");
        let (outcome, out, _) = told(&MemoryStore::default(), &all()).await;
        assert_eq!(
            (outcome, out.as_str()),
            (Outcome::Well, "no history: the table holds no review\n")
        );
    }

    #[tokio::test]
    async fn what_is_broken_is_named_with_its_place() {
        let (store, [complete, _]) = two().await;
        let mut forged = store.entries(&complete).await.expect("an answer")[1].clone();
        forged.body.push(' ');
        store.forge(&complete, 2, Some(forged));
        let (outcome, out, _) = told(&store, &all()).await;
        assert_eq!(outcome, Outcome::Broken);
        let expected = format!(
            "{complete}: entry 2 is not what was written\n2 histories with 4 entries: 1 broken\n"
        );
        assert_eq!(out, expected);
        let (outcome, out, _) = told(&store, &only(&complete)).await;
        assert_eq!(outcome, Outcome::Broken);
        assert!(
            out.ends_with("1 history with 3 entries: it is broken\n"),
            "{out}"
        );
    }

    #[tokio::test]
    async fn a_store_that_cannot_be_reached_is_neither() {
        let (store, _) = two().await;
        store.plan.next(Op::Entries, testkit::Mishap::Fine);
        store.plan.fail(Op::Entries, 1);
        let (outcome, out, err) = told(&store, &all()).await;
        assert_eq!((outcome, out.as_str()), (Outcome::NotDone, ""));
        assert!(
            err.contains("not available") && err.contains("1 history"),
            "{err}"
        );
    }

    #[tokio::test]
    async fn an_unknown_review_does_not_hold() {
        let unknown = ReviewId::from_random("2024".parse().expect("a year"), 1);
        let (outcome, out, _) = told(&MemoryStore::default(), &only(&unknown)).await;
        assert_eq!(outcome, Outcome::Broken);
        assert!(
            out.starts_with(&format!("{unknown}: there is no such review")),
            "{out}"
        );
    }
}
