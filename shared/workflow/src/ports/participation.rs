//! Ports for looking up a clinician: the public look-up itself, and what keeps us from asking it too often.

use async_trait::async_trait;
use domain::{Clinician, Npi, PerformanceYear};
use jiff::Timestamp;

use super::PortError;
use crate::{LookUpKey, Remembered};

/// The public participation look-up (domain.md #65).
#[async_trait]
pub trait Participation: Send + Sync {
    /// The clinician in that year; `None` when the look-up knows nobody of that number.
    async fn clinician(
        &self,
        npi: &Npi,
        year: PerformanceYear,
    ) -> Result<Option<Clinician>, LookUpError>;
}

/// The look-up gave no answer that can be used. What it says goes into logs: it never holds the number
/// that was asked about, nor anything of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LookUpError {
    /// No whole answer came in time.
    #[error("it did not answer in time")]
    TimedOut,
    /// There was no connection, or it broke.
    #[error("no connection, or it broke")]
    Unreachable,
    /// This system has no certificates to know it by.
    #[error("this system has no certificates to know it by")]
    NoCertificates,
    /// It wants to be asked less often.
    #[error("it wants to be asked less often (429)")]
    Throttled,
    /// It answered with a status that says neither who the clinician is nor that there is none.
    #[error("it answered with status {0}")]
    Status(u16),
    /// It answered, but not in its own shape.
    #[error("its answer cannot be read: {0}")]
    Unreadable(&'static str),
}

/// How many look-ups one second has, over all that run at the same time (domain.md #65).
pub const TURNS: u8 = 4;

/// Remembers answers and hands out turns, for everyone at once: many functions run, and the look-up sees
/// one caller.
#[async_trait]
pub trait LookUps: Send + Sync {
    /// The answer under `key`, unless it had expired at `now`.
    async fn remembered(
        &self,
        key: &LookUpKey,
        now: Timestamp,
    ) -> Result<Option<Remembered>, PortError>;

    /// Remembers an answer in place of any other under `key`.
    async fn remember(&self, key: &LookUpKey, answer: &Remembered) -> Result<(), PortError>;

    /// Takes one of the [`TURNS`] of the second in which `at` lies. A turn whose answer was lost is spent:
    /// there may be fewer than that in a second, and never more.
    async fn take_turn(&self, at: Timestamp) -> Result<Turn, PortError>;
}

/// Whether the look-up may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is ours.
    Taken,
    /// This second's are all taken.
    NoneLeft,
}
