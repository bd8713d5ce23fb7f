//! One function: its processes, and the way of a request through one of them.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError, oneshot},
    time::timeout,
};

use super::{
    Built, DEFAULT_CONCURRENCY, Health,
    broker::Broker,
    child::{Order, Running, Spawner},
    environment,
    log::Log,
    outcome::{FunctionError, InvokeError, Outcome, PAYLOAD_LIMIT},
    seat::{Desk, Progress, Work},
};
use crate::terminal::Terminal;

/// How long a process may take to ask for its first request; a longer timeout of the function extends it, as in the
/// service, where an init that failed to end is run again within the function's own time.
const INIT: Duration = Duration::from_secs(10);

/// The right to run one request.
pub(super) type Place = OwnedSemaphorePermit;

pub(super) struct Function {
    built: Built,
    environment: Vec<(String, String)>,
    log: Arc<Log>,
    broker: Broker,
    spawner: Spawner,
    terminal: Terminal,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Process>>,
    running: AtomicUsize,
    invocations: AtomicU64,
    errors: AtomicU64,
}

struct Process {
    id: String,
    desk: Desk,
    child: Running,
}

impl Function {
    pub(super) fn new(
        built: Built,
        environment: Vec<(String, String)>,
        log: Arc<Log>,
        broker: Broker,
        spawner: Spawner,
        terminal: Terminal,
    ) -> Self {
        let places = built.plan.concurrency.unwrap_or(DEFAULT_CONCURRENCY);
        Self {
            built,
            environment,
            log,
            broker,
            spawner,
            terminal,
            places: Arc::new(Semaphore::new(
                usize::try_from(places).unwrap_or(Semaphore::MAX_PERMITS),
            )),
            idle: Mutex::new(Vec::new()),
            running: AtomicUsize::new(0),
            invocations: AtomicU64::new(0),
            errors: AtomicU64::new(0),
        }
    }

    pub(super) fn binary_name(&self) -> &str {
        &self.built.plan.binary
    }

    pub(super) fn arn(&self) -> &str {
        &self.built.plan.arn
    }

    pub(super) fn concurrency(&self) -> usize {
        let places = self.built.plan.concurrency.unwrap_or(DEFAULT_CONCURRENCY);
        usize::try_from(places).unwrap_or(usize::MAX)
    }

    pub(super) fn health(&self) -> Health {
        Health {
            invocations: self.invocations.load(Ordering::Relaxed),
            errors: self.errors.load(Ordering::Relaxed),
            running: self.running.load(Ordering::Relaxed),
        }
    }

    pub(super) fn log_tail(&self, lines: usize) -> Vec<String> {
        self.log.tail(lines)
    }

    /// A place now, or not at all.
    pub(super) fn try_place(&self) -> Result<Place, InvokeError> {
        Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|error| match error {
                TryAcquireError::NoPermits => InvokeError::Throttled,
                TryAcquireError::Closed => InvokeError::Stopping,
            })
    }

    /// A place as soon as one is free.
    pub(super) async fn place(&self) -> Result<Place, InvokeError> {
        Arc::clone(&self.places)
            .acquire_owned()
            .await
            .map_err(|_| InvokeError::Stopping)
    }

    /// Runs one request in an idle process or a new one.
    pub(super) async fn run(&self, place: Place, payload: Bytes) -> Result<Outcome, InvokeError> {
        if payload.len() > PAYLOAD_LIMIT {
            return Err(InvokeError::TooLarge);
        }
        let request = uuid::Uuid::new_v4().to_string();
        self.invocations.fetch_add(1, Ordering::Relaxed);
        let idle = self.take_idle();
        let outcome = match idle {
            Some(process) => self.request(process, &request, payload).await,
            None => match self.cold_start(&request).await {
                Ok(process) => self.request(process, &request, payload).await,
                Err(error) => Outcome::Failed(error),
            },
        };
        if let Outcome::Failed(error) = &outcome {
            self.errors.fetch_add(1, Ordering::Relaxed);
            self.report(&error.summary());
        }
        drop(place);
        Ok(outcome)
    }

    fn report(&self, summary: &str) {
        self.log.line(format!("(the stack) {summary}"));
        let name = &self.built.plan.name;
        self.terminal.line(format!(
            "{name} failed: {summary} — see {}",
            self.log.path().display()
        ));
    }

    fn take_idle(&self) -> Option<Process> {
        loop {
            let process = self.idle().pop()?;
            if !process.child.has_ended() {
                return Some(process);
            }
            self.forget(&process);
        }
    }

    async fn cold_start(&self, request: &str) -> Result<Process, FunctionError> {
        let id = uuid::Uuid::new_v4().simple().to_string();
        let mut desk = self.broker.open(&id);
        let own = environment::of_process(&id, self.broker.address(&id));
        let order = Order {
            binary: self.built.binary.clone(),
            environment: self.environment.iter().cloned().chain(own).collect(),
        };
        let mut child = match self.spawner.spawn(order, &self.log).await {
            Ok(child) => child,
            Err(error) => {
                self.broker.close(&id);
                return Err(FunctionError::not_started(request, &error.to_string()));
            }
        };
        self.running.fetch_add(1, Ordering::Relaxed);
        let limit = INIT.max(self.built.plan.timeout);
        let ready = tokio::select! {
            biased;
            progress = timeout(limit, desk.progress.wait_for(|progress| !matches!(progress, Progress::Starting))) => {
                match progress.map(|progress| progress.map(|progress| progress.clone())) {
                    Ok(Ok(Progress::InitFailed(error))) => Err(error),
                    Ok(Ok(Progress::Ready | Progress::Starting)) => Ok(()),
                    Ok(Err(_)) | Err(_) => Err(FunctionError::never_ready(request, limit.as_secs_f64())),
                }
            }
            status = child.ended() => Err(FunctionError::crashed(request, &status)),
        };
        let mut process = Process { id, desk, child };
        match ready {
            Ok(()) => Ok(process),
            Err(error) => {
                process.child.kill().await;
                self.forget(&process);
                Err(error)
            }
        }
    }

    async fn request(&self, mut process: Process, request: &str, payload: Bytes) -> Outcome {
        let plan = &self.built.plan;
        let (reply, answer) = oneshot::channel();
        let work = Work {
            request: request.to_owned(),
            payload,
            timeout: plan.timeout,
            arn: plan.arn.clone(),
            reply,
        };
        if process.desk.work.send(work).await.is_err() {
            self.forget(&process);
            return Outcome::Failed(FunctionError::crashed(request, "it took no more requests"));
        }
        let outcome = tokio::select! {
            biased;
            Ok(outcome) = answer => outcome,
            status = process.child.ended() => Outcome::Failed(FunctionError::crashed(request, &status)),
            () = tokio::time::sleep(plan.timeout) => {
                process.child.kill().await;
                Outcome::Failed(FunctionError::timed_out(request, plan.timeout.as_secs_f64()))
            }
        };
        if process.child.has_ended() {
            self.forget(&process);
        } else {
            self.idle().push(process);
        }
        outcome
    }

    fn forget(&self, process: &Process) {
        self.broker.close(&process.id);
        self.running.fetch_sub(1, Ordering::Relaxed);
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes no more requests, waits `grace` for those that run, and ends every process.
    pub(super) async fn stop(&self, grace: Duration) {
        let all = u32::try_from(self.concurrency()).unwrap_or(u32::MAX);
        // Holding every place means that nothing runs; those that still do after the grace end with the stack.
        let quiet = timeout(grace, self.places.acquire_many(all)).await;
        self.places.close();
        drop(quiet);
        let idle = std::mem::take(&mut *self.idle());
        for mut process in idle {
            if process.child.terminate().is_err()
                || timeout(grace, process.child.ended()).await.is_err()
            {
                process.child.kill().await;
            }
            self.forget(&process);
        }
    }
}
