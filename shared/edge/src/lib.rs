//! The manners of a function: how it reads its environment, its events and its callers, and how it
//! answers, logs and fails. The only shared crate that names `lambda_*`.
//!
//! Handlers know nothing of Lambda: an HTTP door is an axum router, a queue's worker a function of one
//! message. Time, randomness and the actor enter here and nowhere else.

mod ambient;
pub mod batch;
mod caller;
mod file_path;
pub mod http;
mod json;
mod posted;
mod precondition;
mod problem;
mod review_path;
pub mod settings;
pub mod telemetry;
pub mod wire;

pub use ambient::{OsEntropy, SystemClock};
pub use caller::Caller;
pub use file_path::FilePath;
pub use json::JsonBody;
pub use posted::Posted;
pub use precondition::{IfMatch, etag};
pub use problem::{Problem, ProblemDocument};
pub use review_path::ReviewPath;
