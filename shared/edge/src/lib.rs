//! The manners of a function: how it reads its environment, its events and its callers, and how it
//! answers, logs and fails. The only shared crate that names `lambda_*`.
//!
//! Handlers know nothing of Lambda: an HTTP door is an axum router, a queue's worker a function of one
//! message. Time, randomness and the actor enter here and nowhere else.

mod after;
mod ambient;
pub mod batch;
mod caller;
#[cfg(feature = "crashing")]
pub mod crashing;
mod file_path;
pub mod http;
pub mod invocation;
mod json;
mod posted;
mod precondition;
mod problem;
mod review_path;
pub mod settings;
pub mod sweep;
pub mod telemetry;
pub mod wire;

pub use after::{After, AfterSeq};
pub use ambient::{OsEntropy, SystemClock};
pub use caller::Caller;
#[cfg(feature = "crashing")]
pub use crashing::port;
pub use file_path::FilePath;
pub use json::JsonBody;
pub use posted::Posted;
pub use precondition::{IfMatch, etag};
pub use problem::{Problem, ProblemDocument};
pub use review_path::ReviewPath;

/// The port as it is. Under the feature `crashing`, which nothing that is deployed has, it comes back with a point before
/// and after each of its calls at which a test can end the process.
#[cfg(not(feature = "crashing"))]
pub fn port<P>(port: P) -> P {
    port
}
