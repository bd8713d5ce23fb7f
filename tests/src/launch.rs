//! How a stack is started.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::crash::{self, CrashPoints};
use crate::deployed::Deployment;
use crate::output::Output;
use crate::program;
use crate::stack::Stack;

/// A stack that is about to be started: the template of the repository, on a data folder of its own.
#[derive(Clone)]
pub struct Launch {
    template: PathBuf,
    clock: Option<String>,
    parameters: Vec<String>,
    disturbances: Vec<&'static str>,
    detours: Vec<String>,
    crash_points: Option<PathBuf>,
}

/// A parameter after whose value a resource is named.
const NAMES: &str = "MailDomain=";

impl Default for Launch {
    fn default() -> Self {
        Self {
            template: program::root().join("infra/template.yaml"),
            clock: None,
            parameters: Vec::new(),
            disturbances: Vec::new(),
            detours: Vec::new(),
            crash_points: None,
        }
    }
}

impl Launch {
    /// Starts the set clock at `instant`, in RFC 3339.
    #[must_use]
    pub fn clock(self, instant: &str) -> Self {
        Self {
            clock: Some(instant.to_owned()),
            ..self
        }
    }

    /// Runs another template.
    #[must_use]
    pub fn template(self, path: &Path) -> Self {
        Self {
            template: path.to_owned(),
            ..self
        }
    }

    /// Gives a parameter of the template another value, as in `LogLevel=debug`.
    #[must_use]
    pub fn parameter(mut self, assignment: &str) -> Self {
        self.parameters.push(assignment.to_owned());
        self
    }

    /// Brings trouble of that kind, as `--disturb` names it.
    #[must_use]
    pub fn disturb(mut self, kind: &'static str) -> Self {
        self.disturbances.push(kind);
        self
    }

    /// Lets functions reach `service` through a proxy at `url`.
    #[must_use]
    pub fn through(mut self, service: &str, url: &str) -> Self {
        self.detours.push(format!("{service}={url}"));
        self
    }

    /// Runs functions that end where `points` say, as long as those are there.
    #[must_use]
    pub fn crashing(self, points: &CrashPoints) -> Self {
        Self {
            crash_points: Some(points.folder().to_owned()),
            ..self
        }
    }

    /// Starts it, and returns when it answers.
    ///
    /// # Panics
    /// When it does not start; with what it said.
    #[must_use]
    pub fn start(self) -> Stack {
        match Deployment::of_this_run() {
            None => Stack::start(self, folder()),
            Some(deployment) => {
                self.as_deployed(&deployment);
                Stack::deployed(self, folder(), deployment)
            }
        }
    }

    /// Ends a test that wants something else than what was deployed.
    fn as_deployed(&self, deployment: &Deployment) {
        let wishes = [
            (self.clock.is_some(), "it starts at another time"),
            (
                self.template != Self::default().template,
                "it changes the template",
            ),
            (!self.parameters.is_empty(), "it changes a parameter"),
            (!self.disturbances.is_empty(), "it disturbs the queues"),
            (!self.detours.is_empty(), "it puts a proxy before a service"),
            (self.crash_points.is_some(), "it crashes functions"),
        ];
        if let Some((_, wish)) = wishes.iter().find(|(wished, _)| *wished) {
            deployment.leave(wish);
        }
    }

    /// Tries to start it, and returns its exit code and what it said when it refused.
    ///
    /// # Panics
    /// When it starts, or is ended by a signal.
    #[must_use]
    pub fn refused(self) -> (i32, String) {
        if let Some(deployment) = Deployment::of_this_run() {
            deployment.leave("it starts a stack that refuses");
        }
        let folder = folder();
        let output = Output::default();
        let mut child = self.spawn(folder.path(), true, &output);
        let started = output.wait_for("Ready in ", 0);
        if started {
            child.kill().expect("it runs");
        }
        let status = child.wait().expect("it ends");
        assert!(!started, "it started:\n{}", output.text());
        (status.code().expect("it ended by itself"), output.text())
    }

    /// The process on `folder`; `anew` when nothing is in there yet.
    pub(crate) fn spawn(&self, folder: &Path, anew: bool, output: &Output) -> Child {
        let mut arguments: Vec<OsString> = vec![
            "--port".into(),
            "0".into(),
            "--template".into(),
            self.template.clone().into(),
        ];
        arguments.extend([
            "--data".into(),
            folder.join("data").into(),
            "--functions".into(),
            match self.crash_points {
                None => program::functions().into(),
                Some(_) => program::crashing_functions().into(),
            },
        ]);
        if let Some(folder) = &self.crash_points {
            arguments.extend(["--variant".into(), program::CRASHING.into()]);
            arguments.extend(crash::faults(folder));
        }
        // The check resolves policies with the template's defaults. Where a resource has another name, calls are held to
        // the policies as they are made, and not noted.
        if !self.parameters.iter().any(|given| given.starts_with(NAMES)) {
            arguments.extend(["--calls".into(), program::calls().into()]);
        }
        arguments.extend(["--ready-file".into(), ready_file(folder).into()]);
        for kind in &self.disturbances {
            arguments.extend(["--disturb".into(), kind.into()]);
        }
        for detour in &self.detours {
            arguments.extend(["--through".into(), detour.into()]);
        }
        // A folder that has a time keeps it.
        for clock in self.clock.iter().filter(|_| anew) {
            arguments.extend(["--clock".into(), clock.into()]);
        }
        for parameter in &self.parameters {
            arguments.extend(["--parameter".into(), parameter.into()]);
        }
        let mut command = Command::new(program::stack());
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        output.follow(&mut child);
        child
    }
}

/// Where the stack on `folder` says where it answers.
pub(crate) fn ready_file(folder: &Path) -> PathBuf {
    folder.join("ready.json")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}
