//! The two things that no request brings along: random bits, and the machine's clock for leases.

use jiff::Timestamp;
use workflow::ports::{Clock, Entropy};

/// The operating system's random bits.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)
            .expect("an operating system without random bits cannot run this service");
        bytes
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reading of the machine's clock, behind the Clock port"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
