//! The whole stack, from a template and a data folder to an address that answers.
//!
//! The order: the template must be right before anything is touched; the data folder's lock tells that no predecessor
//! is left, so that its port is free; the functions are built before the clock starts to tick.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch, task::JoinHandle};

use crate::{
    cli::{BuildArgs, RunArgs},
    clock::{ClockError, SetClock},
    compile::{self, CompileError},
    data::{DataError, DataFolder},
    front,
    gateway::Gateway,
    identity::{IdentityError, Issuer},
    lambda::{self, Built, Lambda, LambdaError},
    machine,
    pages::{self, PagesState},
    permissions::{Policy, RolesPlan},
    running::Running,
    schedules::{ScheduleError, Schedules, Ticking},
    services::{ServiceError, Services},
    sources::{Reach, Sources},
    template::{FunctionPlan, Plan, Template, TemplateError, World},
    terminal::Terminal,
    trouble::{Detour, Trouble},
    view::View,
};

/// How long responses may still be written once the stack stops.
const GRACE: Duration = Duration::from_secs(2);

/// Why the stack does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StackError {
    #[error(
        "no infra/template.yaml here or in a folder above; run this in the project, or name one with --template"
    )]
    NoTemplate,
    #[error(
        "{name} is set to {value}, which is not on this machine; the stack refuses to run beside it. Unset it first"
    )]
    ForeignEndpoint { name: String, value: String },
    #[error("the template has no parameter {0}")]
    UnknownParameter(String),
    #[error("--fault names no function of the template: {unknown}; there are {known}")]
    UnknownFunction { unknown: String, known: String },
    #[error("port {0} is taken by another program; choose another with --port, as in --port {next}", next = .0.wrapping_add(1))]
    PortTaken(u16),
    #[error("port {port} cannot be used: {source}")]
    Port { port: u16, source: std::io::Error },
    #[error("{path} cannot be written: {source}")]
    ReadyFile {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("signals cannot be listened for: {0}")]
    Signals(#[source] std::io::Error),
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    Data(#[from] DataError),
    #[error(transparent)]
    Clock(#[from] ClockError),
    #[error(transparent)]
    Identity(#[from] IdentityError),
    #[error(transparent)]
    Compile(#[from] CompileError),
    #[error(transparent)]
    Service(#[from] ServiceError),
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    #[error(transparent)]
    Lambda(#[from] LambdaError),
}

/// The running stack.
pub(crate) struct Stack {
    url: String,
    started_in: Duration,
    data: DataFolder,
    clock: SetClock,
    issuer: Issuer,
    services: Services,
    lambda: Lambda,
    sources: Sources,
    ticking: Ticking,
    stop: watch::Sender<bool>,
    front: JoinHandle<std::io::Result<()>>,
}

impl Stack {
    /// Starts everything, and returns when it answers.
    pub(crate) async fn start(args: &RunArgs, terminal: &Terminal) -> Result<Self, StackError> {
        let began = Instant::now();
        machine::refuse_foreign_endpoints(machine::environment())?;
        let (template_path, data_path) =
            machine::paths(args.template.as_deref(), args.data.as_deref())?;
        let template = Template::read(&template_path)?;
        if let Some((unknown, _)) = args
            .parameters
            .iter()
            .find(|(name, _)| !template.has_parameter(name))
        {
            return Err(StackError::UnknownParameter(unknown.clone()));
        }
        let base_url = |port: u16| format!("http://127.0.0.1:{port}");
        let checked = plan(
            &template,
            &args.parameters,
            &Given::for_a_check(&base_url(args.port)),
            &str::to_owned,
        )?;
        faults_of_known_functions(&checked, &args.trouble)?;

        let data = DataFolder::open(&data_path, args.fresh)?;
        let listener = front::listen(args.port).await?;
        let port = listener
            .local_addr()
            .map_err(|source| StackError::Port {
                port: args.port,
                source,
            })?
            .port();
        let url = base_url(port);
        let folder = args.functions.as_deref();
        let variant = args.trouble.variant.as_deref();
        let binaries = compile::binaries(&checked.functions, variant, folder, terminal).await?;
        // Only now: a first build takes minutes, which would be gone from the day of a new data folder.
        let clock = SetClock::open(&data, args.clock)?;
        let issuer = Issuer::open(&data, &url)?;
        let given = Given {
            issuer: issuer.issuer_url(),
            audience: issuer.audience().to_owned(),
            person_hash_key: data.secret(PERSON_HASH_KEY)?,
            public_base_url: url.clone(),
        };

        let mut first = plan(&template, &args.parameters, &given, &str::to_owned)?;
        first.services.mail.most_per_second = args.trouble.mail_rate;
        first.services.buckets.mood = args.trouble.scanner;
        first.services.roles = RolesPlan {
            policies: policies_of(first.functions),
            calls: args.calls.clone(),
            terminal: Some(terminal.clone()),
        };
        let services = Services::start(&data, &clock, first.services).await?;
        // Only now the queues have addresses, which the functions' environment holds.
        let mut plan = plan(&template, &args.parameters, &given, &|queue| {
            services.queues.url(queue)
        })?;
        for function in &mut plan.functions {
            let faults = args.trouble.faults.iter();
            let faults = faults.filter(|fault| fault.function == function.name);
            let variables = faults.map(|fault| (fault.name.clone(), fault.value.clone()));
            function.environment.extend(variables);
        }

        let built = plan
            .functions
            .iter()
            .cloned()
            .zip(binaries)
            .map(|(plan, binary)| Built { plan, binary });
        let endpoints = endpoints(&services, &args.trouble.detours);
        let lambda = Lambda::start(built.collect(), &endpoints, &data, terminal).await?;
        let view = View::new(&plan, lambda.clone(), services.queues.clone());
        let schedules = Schedules::open(&data, &clock, &services.queues, plan.schedules)?;
        let pages = PagesState {
            clock: clock.clone(),
            schedules: schedules.clone(),
            mail: services.mail.clone(),
            buckets: services.buckets.clone(),
            issuer: issuer.clone(),
            view: Arc::new(view),
        };
        let running = Running {
            url: url.clone(),
            pid: std::process::id(),
            data: data.path().to_owned(),
            dynamodb: services.tables.endpoint().to_owned(),
            sqs: services.queues.endpoint().to_owned(),
            s3: services.buckets.endpoint().to_owned(),
            ses: services.mail.endpoint().to_owned(),
            outputs: plan.outputs,
        };
        let gateway = Gateway::new(plan.routes, lambda.clone(), issuer.clone(), clock.clone());
        let app = gateway
            .router()
            .merge(pages::router(pages))
            .merge(lambda::invoke_router(lambda.clone()));
        let reach = Reach {
            lambda: lambda.clone(),
            queues: services.queues.clone(),
            tables: services.tables.clone(),
            data: data.clone(),
            clock: clock.clone(),
            terminal: terminal.clone(),
            delivery: args.trouble.delivery(),
        };
        let sources = Sources::start(plan.queue_sources, plan.stream_sources, &reach)?;
        let (stop, stopped) = watch::channel(false);
        let front = tokio::spawn(front::serve(listener, app, stopped));
        let stack = Self {
            url,
            started_in: began.elapsed(),
            data,
            clock,
            issuer,
            services,
            lambda,
            sources,
            ticking: schedules.tick(),
            stop,
            front,
        };
        running.tell()?;
        if let Some(path) = &args.ready_file {
            write_ready_file(path, &running)?;
        }
        Ok(stack)
    }

    /// Where the API and the pages answer.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn started_in(&self) -> Duration {
        self.started_in
    }

    pub(crate) fn data(&self) -> &DataFolder {
        &self.data
    }

    pub(crate) fn clock(&self) -> &SetClock {
        &self.clock
    }

    /// The name of somebody to get a token for.
    pub(crate) fn a_person(&self) -> &str {
        self.issuer
            .people()
            .first()
            .map_or("nobody", |person| person.name)
    }

    /// Ends everything in the order in which work flows, so that what runs can still be written.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        let abort = self.front.abort_handle();
        if tokio::time::timeout(GRACE, self.front).await.is_err() {
            abort.abort(); // somebody keeps a connection open
        }
        self.ticking.stop().await;
        self.sources.stop().await;
        self.lambda.stop().await;
        self.services.stop().await;
    }
}

/// Whoever waits for the file must find it whole.
fn write_ready_file(path: &Path, running: &Running) -> Result<(), StackError> {
    let fresh = path.with_extension("new");
    std::fs::write(&fresh, running.to_json())
        .and_then(|()| std::fs::rename(&fresh, path))
        .map_err(|source| StackError::ReadyFile {
            path: path.to_owned(),
            source,
        })
}

/// Builds the template's functions as [`Stack::start`] does, and returns where they are.
pub(crate) async fn build_functions(
    args: &BuildArgs,
    terminal: &Terminal,
) -> Result<Vec<PathBuf>, StackError> {
    let (path, _) = machine::paths(args.template.as_deref(), None)?;
    let given = Given::for_a_check("http://127.0.0.1");
    let plan = plan(&Template::read(&path)?, &[], &given, &str::to_owned)?;
    let variant = args.variant.as_deref();
    Ok(compile::binaries(&plan.functions, variant, None, terminal).await?)
}

/// What each function of a template may do.
pub(crate) fn policies(template: &Path) -> Result<BTreeMap<String, Policy>, StackError> {
    let given = Given::for_a_check("http://127.0.0.1");
    let plan = plan(&Template::read(template)?, &[], &given, &str::to_owned)?;
    Ok(policies_of(plan.functions))
}

fn policies_of(functions: Vec<FunctionPlan>) -> BTreeMap<String, Policy> {
    let named = functions.into_iter().map(|one| (one.name, one.policy));
    named.collect()
}

/// The kept secret that is the template's PersonHashKey.
pub(crate) const PERSON_HASH_KEY: &str = "person-hash-key";

/// The look-up's compiled-in samples: nothing that runs here calls another machine, unless somebody says so.
const PARTICIPATION: &str = "fixture";

fn faults_of_known_functions(plan: &Plan, trouble: &Trouble) -> Result<(), StackError> {
    let known: Vec<_> = plan.functions.iter().map(|one| one.name.as_str()).collect();
    let mut faults = trouble.faults.iter();
    match faults.find(|fault| !known.contains(&fault.function.as_str())) {
        None => Ok(()),
        Some(fault) => Err(StackError::UnknownFunction {
            unknown: fault.function.clone(),
            known: known.join(", "),
        }),
    }
}

/// What the machine itself knows of the template's parameters.
struct Given {
    issuer: String,
    audience: String,
    person_hash_key: String,
    public_base_url: String,
}

impl Given {
    /// Values of the right shape, for a look at the template before anything is opened.
    fn for_a_check(url: &str) -> Self {
        Self {
            issuer: url.to_owned(),
            audience: "check".to_owned(),
            person_hash_key: "0".repeat(64),
            public_base_url: url.to_owned(),
        }
    }
}

fn plan(
    template: &Template,
    chosen: &[(String, String)],
    given: &Given,
    queue_url: &dyn Fn(&str) -> String,
) -> Result<Plan, TemplateError> {
    let own = [
        ("Issuer", given.issuer.as_str()),
        ("Audience", &given.audience),
        ("ParticipationUrl", PARTICIPATION),
        ("PersonHashKey", &given.person_hash_key),
        ("PublicBaseUrl", &given.public_base_url),
    ];
    let own = own
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let parameters: BTreeMap<_, _> = own.chain(chosen.iter().cloned()).collect();
    template.plan(&World {
        parameters,
        queue_url,
    })
}

/// The variables by which the SDK of a function finds the services, straight or through a proxy.
fn endpoints(services: &Services, detours: &[Detour]) -> [(String, String); 4] {
    let straight = [
        ("dynamodb", services.tables.endpoint()),
        ("sqs", services.queues.endpoint()),
        ("s3", services.buckets.endpoint()),
        ("ses", services.mail.endpoint()),
    ];
    straight.map(|(service, straight)| {
        let detour = detours.iter().rfind(|detour| detour.service == service);
        let url = detour.map_or(straight, |detour| &detour.url);
        let variable = format!("AWS_ENDPOINT_URL_{}", service.to_uppercase());
        (variable, url.to_owned())
    })
}
