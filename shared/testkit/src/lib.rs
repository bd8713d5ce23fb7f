//! What tests of this project stand on: ports in memory, people and forms to fill them with, and the
//! contract that every implementation of the ports passes.
//!
//! - [`MemoryStore`], [`MemoryBucket`], [`MemoryQueue`], [`MemoryLooks`], [`MemorySweeps`], [`MemoryMailer`], [`MemoryDirectory`], [`SetClock`] and [`CountingEntropy`] implement every
//!   port of `workflow`. The store keeps to the conditions that the table keeps to.
//! - A [`Plan`] says what goes wrong at which call ([`Mishap`]): an answer that is lost, a race, a crash
//!   between two steps, or something else that happens in between. Nothing sleeps and nothing is left to
//!   chance, so a test fails for one reason.
//! - [`sample`] has the people, forms and instants; a [`Filer`] decides without ports, a [`Story`] walks
//!   through the use cases.
//! - [`files`] has what people send as evidence, and what they should not.
//! - [`contract`] is the suite: one function a promise, run on any adapter by [`contract_tests!`].

mod bucket;
mod clock;
pub mod contract;
mod dead_letters;
mod directory;
mod filer;
pub mod files;
mod mailer;
mod mishap;
mod queue;
pub mod sample;
mod store;
mod story;
mod sweeps;

pub use bucket::MemoryBucket;
pub use clock::{CountingEntropy, SetClock};
pub use contract::{Ports, Probe, Subject};
pub use dead_letters::MemoryDeadLetters;
pub use directory::MemoryDirectory;
pub use filer::{Filer, command};
pub use mailer::MemoryMailer;
pub use mishap::{Mishap, Op, Plan, crash};
pub use queue::{MemoryLooks, MemoryQueue};
pub use store::MemoryStore;
pub use story::Story;
pub use sweeps::MemorySweeps;
