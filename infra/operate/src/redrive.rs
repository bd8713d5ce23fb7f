//! `operate redrive`: messages that were given up go on their way again (promise P9).

use workflow::ports::DeadLetters;
use workflow::redrive;

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

#[cfg(test)]
mod tests {
    use testkit::MemoryDeadLetters;

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
}
