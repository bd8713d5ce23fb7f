//! How many mails are taken in one second, where somebody wants to see what more than that does.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// A limit for any one second, by the machine's clock.
#[derive(Debug)]
pub(super) struct Rate {
    most: usize,
    taken: Mutex<VecDeque<Instant>>,
}

impl Rate {
    pub(super) fn new(most: NonZeroU32) -> Self {
        Self {
            most: usize::try_from(most.get()).unwrap_or(usize::MAX),
            taken: Mutex::new(VecDeque::new()),
        }
    }

    /// Whether one more may be taken at `now`; what is refused does not count.
    pub(super) fn lets(&self, now: Instant) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while taken
            .front()
            .is_some_and(|first| now.duration_since(*first) >= SECOND)
        {
            taken.pop_front();
        }
        let free = taken.len() < self.most;
        if free {
            taken.push_back(now);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_has_more_than_the_most() {
        let rate = Rate::new(NonZeroU32::new(2).expect("not zero"));
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let taken = [0, 600, 900, 1_000, 1_500, 1_600].map(|millis| rate.lets(at(millis)));
        assert_eq!(taken, [true, true, false, true, false, true]);
    }
}
