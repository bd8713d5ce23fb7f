//! Time and chance in the test's hand.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Clock, Entropy};

/// A clock that stands still until the test moves it. A clone is the same clock.
#[derive(Debug, Clone)]
pub struct SetClock(Arc<Mutex<Timestamp>>);

impl SetClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// Moves it on.
    pub fn advance(&self, by: SignedDuration) {
        *self.0.lock().expect("nothing panics while it is locked") += by;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nothing panics while it is locked")
    }
}

/// Bytes that look random and are the same in every run; no two calls give the same.
#[derive(Debug)]
pub struct CountingEntropy(AtomicU64);

impl CountingEntropy {
    /// A sequence of its own for every `seed`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self(AtomicU64::new(u64::from(seed) << 32))
    }
}

impl Entropy for CountingEntropy {
    fn bytes(&self) -> [u8; 16] {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        // An odd factor is a bijection: no two counts meet, and ids do not come in the order of creation.
        let spread = count.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
        ((u128::from(spread) << 64) | u128::from(count)).to_be_bytes()
    }
}
