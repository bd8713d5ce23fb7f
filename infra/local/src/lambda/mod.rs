//! Lambda on one machine: each function is its real binary, in processes of its own, behind the Runtime API.
//!
//! As in the service: a request goes to an idle process or starts a new one (a cold start), a process has one request
//! at a time, a function has no more processes than its concurrency allows, a request that outlives the timeout ends
//! its process, and a process that ends takes its request with it. What differs: memory and CPU are not limited, and
//! idle processes stay until the stack stops.
//!
//! A function could be linked in and called as a library instead. Then crashes, timeouts, environment and the
//! runtime's own loop would never be tried before production.

mod broker;
mod child;
mod environment;
mod function;
mod invoke_api;
mod launcher;
mod log;
mod outcome;
mod seat;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;

pub(crate) use invoke_api::router as invoke_router;
pub(crate) use launcher::{Launch, launch};
pub(crate) use outcome::{InvokeError, Outcome};

use crate::{data::DataFolder, template::FunctionPlan, terminal::Terminal};
use broker::Broker;
use child::Spawner;
use function::Function;

/// Processes of one function at most, unless the template reserves another number. The service's own default is an
/// account's 1,000, which no machine of a person holds.
const DEFAULT_CONCURRENCY: u32 = 10;

/// How long requests may still run once the stack stops.
const GRACE: Duration = Duration::from_secs(2);

/// A handle to all functions; clones share them.
#[derive(Clone)]
pub(crate) struct Lambda {
    functions: Arc<BTreeMap<String, Arc<Function>>>,
    broker: Broker,
}

/// A function's plan and the binary that it was built to.
pub(crate) struct Built {
    pub(crate) plan: FunctionPlan,
    pub(crate) binary: PathBuf,
}

/// Why functions cannot be run at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LambdaError {
    /// No port, or no thread.
    #[error("the Lambda service of this machine could not start: {0}")]
    Start(#[source] std::io::Error),
    /// The folder of logs.
    #[error("the log file {path} cannot be written: {source}")]
    Log {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// How one function fares.
#[derive(Debug, Clone)]
pub(crate) struct Health {
    pub(crate) invocations: u64,
    pub(crate) errors: u64,
    pub(crate) running: usize,
}

impl Lambda {
    /// Gets ready to run `functions`, which see `endpoints` (names and values of environment variables) besides the
    /// template's environment. No process is started before the first request.
    pub(crate) async fn start(
        functions: Vec<Built>,
        endpoints: &[(String, String)],
        data: &DataFolder,
        terminal: &Terminal,
    ) -> Result<Self, LambdaError> {
        let broker = Broker::start().await.map_err(LambdaError::Start)?;
        let spawner = Spawner::start().map_err(LambdaError::Start)?;
        let mut by_name = BTreeMap::new();
        for built in functions {
            let log = log::Log::open(data.path(), &built.plan.name)?;
            let name = built.plan.name.clone();
            let environment = environment::of(&built.plan, endpoints);
            let function = Function::new(
                built,
                environment,
                log,
                broker.clone(),
                spawner.clone(),
                terminal.clone(),
            );
            by_name.insert(name, Arc::new(function));
        }
        Ok(Self {
            functions: Arc::new(by_name),
            broker,
        })
    }

    /// Runs one request, or says that the function has no free place.
    pub(crate) async fn invoke(
        &self,
        function: &str,
        payload: Bytes,
    ) -> Result<Outcome, InvokeError> {
        let function = self.function(function)?;
        let place = function.try_place()?;
        run(function, place, payload).await
    }

    /// Runs one request as soon as the function has a free place.
    pub(crate) async fn invoke_when_free(
        &self,
        function: &str,
        payload: Bytes,
    ) -> Result<Outcome, InvokeError> {
        let function = self.function(function)?;
        let place = function.place().await?;
        run(function, place, payload).await
    }

    /// How many requests `function` runs at once at most.
    pub(crate) fn concurrency(&self, function: &str) -> usize {
        self.functions
            .get(function)
            .map_or(1, |function| function.concurrency())
    }

    pub(crate) fn arn(&self, function: &str) -> String {
        self.functions
            .get(function)
            .map(|function| function.arn().to_owned())
            .unwrap_or_default()
    }

    pub(crate) fn health(&self, function: &str) -> Option<Health> {
        self.functions
            .get(function)
            .map(|function| function.health())
    }

    /// The last `lines` lines that the function wrote, oldest first.
    pub(crate) fn log_tail(&self, function: &str, lines: usize) -> Vec<String> {
        self.functions
            .get(function)
            .map_or_else(Vec::new, |function| function.log_tail(lines))
    }

    /// Lets running requests end, for a short while, and ends every process.
    pub(crate) async fn stop(self) {
        let functions = self.functions.values().map(|function| function.stop(GRACE));
        futures::future::join_all(functions).await;
        self.broker.stop();
    }

    /// By logical id, or by the name of its binary.
    fn function(&self, name: &str) -> Result<Arc<Function>, InvokeError> {
        let by_binary = || {
            self.functions
                .values()
                .find(|function| function.binary_name() == name)
        };
        let found = self.functions.get(name).or_else(by_binary);
        found
            .cloned()
            .ok_or_else(|| InvokeError::Unknown(name.to_owned()))
    }
}

/// In a task of its own: a caller who goes away (a closed connection) does not stop a request in the service either.
async fn run(
    function: Arc<Function>,
    place: function::Place,
    payload: Bytes,
) -> Result<Outcome, InvokeError> {
    let task = tokio::spawn(async move { function.run(place, payload).await });
    task.await.map_err(|_| InvokeError::Stopping)?
}
