//! `operate reconcile`: what has come apart, reported or put right (promises P2, P5 and P9).

use std::fmt;

use domain::PersonHashKey;
use workflow::ports::{NoticeQueue, Part};
use workflow::{
    Finding, LetterPorts, Mode, PartPorts, ReconcileError, Reconciled, reconcile_letters,
    reconcile_part,
};

use crate::cli::ReconcileArgs;
use crate::console::Console;
use crate::{Outcome, reach};

/// Looks at everything; prints a line for each thing that is wrong, and one with the counts.
pub(crate) async fn run(
    ports: &(impl LetterPorts + PartPorts),
    queue: &impl NoticeQueue,
    key: &PersonHashKey,
    args: &ReconcileArgs,
    console: &mut Console<'_>,
) -> Outcome {
    let mode = if args.repair {
        Mode::Repair
    } else {
        Mode::Report
    };
    let when = reach::when(args.time.as_of);
    let mut tell = |finding: &Finding| console.line(finding);
    let looked = async {
        // The lists first: a secret that is not theirs should stop everything before anything is done.
        let whole = (Part::WHOLE, None);
        let lists = reconcile_part(ports, key, when, whole, mode, &mut tell).await?;
        let letters = reconcile_letters(ports, queue, when, u32::MAX, mode, &mut tell).await?;
        Ok::<Reconciled, ReconcileError>(lists.and(letters))
    };
    match looked.await {
        Ok(done) => {
            console.line(Tally(&done));
            if done.left() == 0 {
                Outcome::Well
            } else {
                Outcome::Broken
            }
        }
        Err(error) => {
            console.error(error);
            Outcome::NotDone
        }
    }
}

struct Tally<'a>(&'a Reconciled);

impl fmt::Display for Tally<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(done) = self;
        let wrong = done.unanswered + done.finished + done.apart;
        write!(f, "{} looked at", done.considered)?;
        if wrong + done.failed == 0 {
            return f.write_str(": nothing is wrong");
        }
        write!(f, ", {wrong} wrong")?;
        if done.waiting > 0 {
            write!(
                f,
                " ({} letters without an outcome, {} in doubt)",
                done.waiting, done.in_doubt
            )?;
        }
        write!(f, ", {} mended", done.repaired)?;
        if done.raced > 0 {
            write!(f, ", {} changed meanwhile", done.raced)?;
        }
        if done.failed > 0 {
            write!(f, ", {} failed", done.failed)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use testkit::{MemoryQueue, MemoryStore, Op, Story, sample};
    use workflow::OUTBOX_DUE;

    use super::*;
    use crate::cli::Time;

    async fn told(store: &MemoryStore, repair: bool) -> (Outcome, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let as_of = Some(sample::in_window() + OUTBOX_DUE);
        let args = ReconcileArgs {
            repair,
            time: Time { as_of },
        };
        let queue = MemoryQueue::following(&store.plan);
        let outcome = run(store, &queue, &sample::hash_key(), &args, &mut console).await;
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (outcome, text(out), text(err))
    }

    #[tokio::test]
    async fn what_is_wrong_is_told_and_mended_only_when_that_is_asked_for() {
        let story = Story::accepted(MemoryStore::default()).await;
        let id = story.draft("one").await.outline.id;
        let (outcome, out, _) = told(&story.ports, false).await;
        assert_eq!(
            (outcome, out.as_str()),
            (Outcome::Well, "2 looked at: nothing is wrong\n")
        );
        story.ports.scatter();
        for _ in 0..2 {
            let (outcome, out, _) = told(&story.ports, false).await;
            let expected = format!(
                "{id}: it is missing in the list of an account\n1 looked at, 1 wrong, 0 mended\n"
            );
            assert_eq!((outcome, out), (Outcome::Broken, expected));
        }
        let (outcome, out, _) = told(&story.ports, true).await;
        assert_eq!(outcome, Outcome::Well, "{out}");
        assert!(out.contains("account; mended\n"), "{out}");
        let (outcome, out, _) = told(&story.ports, false).await;
        assert_eq!(outcome, Outcome::Well, "{out}");
    }

    #[tokio::test]
    async fn letters_are_counted_and_a_store_that_cannot_be_reached_is_neither_well_nor_wrong() {
        let story = Story::accepted(MemoryStore::default()).await;
        story.submitted("one").await;
        let (outcome, out, _) = told(&story.ports, false).await;
        assert_eq!(outcome, Outcome::Broken);
        let counts = "3 wrong (6 letters without an outcome, 0 in doubt), 0 mended\n";
        assert!(out.ends_with(counts), "{out}");
        story.ports.plan.fail(Op::Page, 1);
        let (outcome, out, err) = told(&story.ports, true).await;
        assert_eq!((outcome, out.as_str()), (Outcome::NotDone, ""));
        assert!(err.contains("not available"), "{err}");
    }
}
