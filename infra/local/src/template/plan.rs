//! What the template asks for, once everything is resolved: plain values, ready to be run.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use crate::{
    filter::FilterCriteria, permissions::Policy, schedules::SchedulePlan, services::ServicesPlan,
};

/// All that is run from one template.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) services: ServicesPlan,
    pub(crate) functions: Vec<FunctionPlan>,
    pub(crate) routes: Vec<RoutePlan>,
    pub(crate) queue_sources: Vec<QueueSourcePlan>,
    pub(crate) stream_sources: Vec<StreamSourcePlan>,
    /// What the template tells whoever works with it.
    pub(crate) outputs: BTreeMap<String, String>,
    pub(crate) schedules: Vec<SchedulePlan>,
}

/// One function: a binary, its environment and its limits.
#[derive(Debug, Clone)]
pub(crate) struct FunctionPlan {
    /// Its logical id, by which all else here calls it.
    pub(crate) name: String,
    pub(crate) arn: String,
    /// Folder of the crate, as the template's CodeUri says.
    pub(crate) crate_dir: PathBuf,
    pub(crate) binary: String,
    pub(crate) memory_mb: u32,
    pub(crate) timeout: Duration,
    /// ReservedConcurrentExecutions.
    pub(crate) concurrency: Option<u32>,
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) policy: Policy,
}

/// One route of the HTTP API.
#[derive(Debug, Clone)]
pub(crate) struct RoutePlan {
    /// None: any method.
    pub(crate) method: Option<String>,
    /// As written: `/v1/reviews/{id}`; None: `$default`.
    pub(crate) path: Option<String>,
    pub(crate) function: String,
    pub(crate) authorizer: Option<JwtAuthorizer>,
    /// After this the gateway answers by itself.
    pub(crate) timeout: Duration,
}

/// Whose tokens a route accepts.
#[derive(Debug, Clone)]
pub(crate) struct JwtAuthorizer {
    pub(crate) issuer: String,
    pub(crate) audiences: Vec<String>,
}

/// A queue that feeds a function.
#[derive(Debug, Clone)]
pub(crate) struct QueueSourcePlan {
    /// Function and event: `NotifyFunction.Notices`.
    pub(crate) name: String,
    pub(crate) function: String,
    pub(crate) queue: String,
    pub(crate) batch_size: u32,
    pub(crate) window: Duration,
    pub(crate) partial_failures: bool,
    pub(crate) concurrency: Option<u32>,
    pub(crate) filter: FilterCriteria,
}

/// A table's stream that feeds a function.
#[derive(Debug, Clone)]
pub(crate) struct StreamSourcePlan {
    /// Function and event: `RelayFunction.Outbox`.
    pub(crate) name: String,
    pub(crate) function: String,
    pub(crate) table: String,
    pub(crate) start: StartingPosition,
    pub(crate) batch_size: u32,
    pub(crate) window: Duration,
    pub(crate) partial_failures: bool,
    pub(crate) bisect: bool,
    /// None: until the records leave the stream.
    pub(crate) retries: Option<u32>,
    pub(crate) filter: FilterCriteria,
    /// Queue for what was given up.
    pub(crate) on_failure: Option<String>,
}

/// Where a stream source begins that has never run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartingPosition {
    /// With the oldest record.
    TrimHorizon,
    /// With what is written from now on.
    Latest,
}

/// Values that the machine gives to the template.
pub(crate) struct World<'a> {
    /// Template parameters by name.
    pub(crate) parameters: BTreeMap<String, String>,
    /// The address of a queue, by its name.
    pub(crate) queue_url: &'a dyn Fn(&str) -> String,
}
