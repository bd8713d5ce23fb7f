//! What the pages show of the running stack, and where they get it from.

use std::sync::Arc;

use serde::Serialize;

use crate::clock::SetClock;
use crate::identity::Issuer;
use crate::schedules::Schedules;
use crate::services::{Buckets, Mail};

/// All that the pages read.
#[derive(Clone)]
pub struct PagesState {
    /// The set clock.
    pub clock: SetClock,
    /// What happens by itself when it is moved.
    pub schedules: Schedules,
    /// The mailbox.
    pub mail: Mail,
    /// Objects, and what looks at them.
    pub buckets: Buckets,
    /// People and their tokens.
    pub issuer: Issuer,
    /// The functions, routes and queues.
    pub view: Arc<dyn StackView>,
}

/// What the pages may ask of the stack: looking only.
pub trait StackView: Send + Sync {
    /// The routes of the API.
    fn routes(&self) -> Vec<RouteView>;
    /// The functions.
    fn functions(&self) -> Vec<FunctionView>;
    /// The last `lines` log lines of a function, the newest last; nothing for an unknown one.
    fn logs(&self, function: &str, lines: usize) -> Vec<String>;
    /// The queues.
    fn queues(&self) -> Vec<QueueView>;
}

/// One route of the API.
#[derive(Clone, Debug, Serialize)]
pub struct RouteView {
    /// `GET`, …
    pub method: String,
    /// `/v1/reviews/{id}`
    pub path: String,
    /// The function's logical name.
    pub function: String,
    /// Whether a token is asked for.
    pub auth: bool,
}

/// One function.
#[derive(Clone, Debug, Serialize)]
pub struct FunctionView {
    /// Its logical name.
    pub name: String,
    /// The binary that runs.
    pub binary: String,
    /// What calls it, in words.
    pub triggers: Vec<String>,
    /// Calls since the stack started.
    pub invocations: u64,
    /// Calls that failed.
    pub errors: u64,
    /// Processes alive.
    pub running: usize,
}

/// One queue.
#[derive(Clone, Debug, Serialize)]
pub struct QueueView {
    /// Its name.
    pub name: String,
    /// Ready to be received.
    pub visible: u64,
    /// Received and not yet deleted.
    pub in_flight: u64,
    /// Whether it takes what others failed on.
    pub dead_letter: bool,
}
