//! `operate redrive`: messages that were given up go on their way again (promise P9).

use workflow::ports::{DeadLetters, NoticeQueue, PortError};
use workflow::{
    Finding, LetterPorts, Mode, Reconciled, Redriven, When, discard, reconcile_letters, redrive,
};

use crate::Outcome;
use crate::console::Console;

/// Redrives, and prints how many went.
pub(crate) async fn run(letters: &impl DeadLetters, console: &mut Console<'_>) -> Outcome {
    match redrive(letters).await {
        Ok(redriven) => {
            let (moved, found) = (redriven.moved, redriven.found);
            console.line(format_args!(
                "{moved} of {found} messages are on their way again"
            ));
            if moved < found {
                Outcome::Broken
            } else {
                Outcome::Well
            }
        }
        Err(error) => {
            console.error(error);
            Outcome::NotDone
        }
    }
}

/// Puts every letter without an outcome into the queue, and then clears the notes of what the stream could not relay. A
/// note holds no letter and does not say whose it was; the table does, by what is due. So notes are cleared only when
/// nothing that the table names was left behind, and only those that were there before it was asked.
pub(crate) async fn relay(
    ports: &impl LetterPorts,
    queue: &impl NoticeQueue,
    notes: &impl DeadLetters,
    when: When,
    console: &mut Console<'_>,
) -> Outcome {
    let mut tell = |finding: &Finding| console.line(finding);
    let relayed = async {
        let there = notes.count().await?;
        let mode = Mode::Repair;
        let done = reconcile_letters(ports, queue, when, u32::MAX, mode, &mut tell).await?;
        let cleared = if done.left() == 0 {
            discard(notes, there).await?
        } else {
            Redriven {
                found: there,
                moved: 0,
            }
        };
        Ok::<(Reconciled, Redriven), PortError>((done, cleared))
    };
    match relayed.await {
        Ok((done, cleared)) => {
            let (moved, found) = (cleared.moved, cleared.found);
            console.line(format_args!(
                "{} letters are on their way; {moved} of {found} notes are cleared",
                done.waiting
            ));
            if moved < found || done.left() > 0 {
                Outcome::Broken
            } else {
                Outcome::Well
            }
        }
        Err(error) => {
            console.error(error);
            Outcome::NotDone
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use testkit::{MemoryDeadLetters, MemoryQueue, MemoryStore, Op, Story, sample};
    use workflow::OUTBOX_DUE;

    use super::*;

    async fn told(letters: &MemoryDeadLetters) -> (Outcome, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = run(letters, &mut Console::new(&mut out, &mut err)).await;
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (outcome, text(out), text(err))
    }

    #[tokio::test]
    async fn all_that_is_there_goes_and_what_fails_again_at_once_goes_once() {
        let letters = MemoryDeadLetters::of(["a", "b", "c"]);
        let (outcome, out, _) = told(&letters).await;
        assert_eq!(
            (outcome, out.as_str()),
            (Outcome::Well, "3 of 3 messages are on their way again\n")
        );
        assert_eq!(letters.back(), ["a", "b", "c"]);
        // Poison comes back while the others are being moved.
        let letters = MemoryDeadLetters::of(["poison", "b"]).that_come_back();
        assert_eq!(told(&letters).await.0, Outcome::Well);
        assert_eq!(letters.back(), ["poison", "b"]);
    }

    #[tokio::test]
    async fn an_unreachable_queue_is_told_and_moves_nothing() {
        let letters = MemoryDeadLetters::of(["a"]);
        letters.plan.fail(testkit::Op::Redrive, 1);
        let (outcome, out, err) = told(&letters).await;
        assert_eq!((outcome, out.as_str()), (Outcome::NotDone, ""));
        assert!(err.contains("not available"), "{err}");
        assert!(letters.back().is_empty());
    }

    /// A review was submitted, and the stream told nobody; `later` than that.
    async fn relayed(store: &MemoryStore, notes: &MemoryDeadLetters) -> (Outcome, String, usize) {
        let queue = MemoryQueue::following(&store.plan);
        let as_of = sample::in_window() + OUTBOX_DUE + SignedDuration::from_secs(1);
        let when = When {
            as_of,
            leases: as_of,
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let outcome = relay(store, &queue, notes, when, &mut console).await;
        let out = String::from_utf8(out).expect("text");
        (outcome, out, queue.take().len())
    }

    #[tokio::test]
    async fn letters_that_the_stream_lost_are_enqueued_and_its_notes_cleared_if_none_was_left_behind()
     {
        let story = Story::accepted(MemoryStore::default()).await;
        story.submitted("lost").await;
        let notes = MemoryDeadLetters::of(["a note", "another"]);
        story.ports.plan.fail(Op::Enqueue, 1);
        let (outcome, out, enqueued) = relayed(&story.ports, &notes).await;
        assert_eq!((outcome, notes.left()), (Outcome::Broken, 2), "{out}");
        assert!(enqueued < 6);
        let (outcome, out, enqueued) = relayed(&story.ports, &notes).await;
        assert_eq!((outcome, notes.left(), enqueued), (Outcome::Well, 0, 6));
        assert!(
            out.ends_with("6 letters are on their way; 2 of 2 notes are cleared\n"),
            "{out}"
        );
        assert!(notes.back().is_empty());
        story.ports.plan.fail(Op::Unanswered, 1);
        assert_eq!(relayed(&story.ports, &notes).await.0, Outcome::NotDone);
    }
}
