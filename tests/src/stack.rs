//! A running stack, a process of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Child;

use serde_json::Value;
use tempfile::TempDir;

use crate::deployed::Deployment;
use crate::door::Door;
use crate::http::{self, Reply};
use crate::launch::{Launch, ready_file};
use crate::output::Output;

/// A stack and the folder of its data. It is killed when the test ends. In a second home it is what was deployed there.
pub struct Stack {
    launch: Launch,
    folder: TempDir,
    output: Output,
    child: Option<Child>,
    ready: Value,
    deployed: Option<Deployment>,
}

impl Stack {
    pub(crate) fn start(launch: Launch, folder: TempDir) -> Self {
        let mut stack = Self {
            launch,
            folder,
            output: Output::default(),
            child: None,
            ready: Value::Null,
            deployed: None,
        };
        stack.run(true);
        stack
    }

    /// What was deployed, emptied.
    pub(crate) fn deployed(launch: Launch, folder: TempDir, deployment: Deployment) -> Self {
        deployment.empty();
        Self {
            launch,
            folder,
            output: Output::default(),
            child: None,
            ready: deployment.described.clone(),
            deployed: Some(deployment),
        }
    }

    /// The deployment, in a second home.
    pub(crate) fn in_second_home(&self) -> Option<&Deployment> {
        self.deployed.as_ref()
    }

    /// What follows can be done on this machine alone: elsewhere the test ends here.
    fn only_here(&self, what: &str) {
        if let Some(deployment) = &self.deployed {
            deployment.leave(what);
        }
    }

    fn run(&mut self, anew: bool) {
        let written = self.output.text().len();
        self.child = Some(self.launch.spawn(self.folder.path(), anew, &self.output));
        let ready = self.output.wait_for("Ready in ", written);
        assert!(ready, "the stack did not start:\n{}", self.terminal());
        let text =
            std::fs::read_to_string(ready_file(self.folder.path())).expect("it is written before");
        self.ready = serde_json::from_str(&text).expect("the file is JSON");
    }

    /// Ends it as `kill -9` does.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&mut self) {
        self.only_here("it kills the stack");
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("it can be killed");
        child.wait().expect("it ended");
    }

    /// Starts it again on the same data, after [`Stack::kill`].
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_again(&mut self) {
        assert!(self.child.is_none(), "it runs still");
        self.run(false);
    }

    /// Where the API and the pages answer.
    ///
    /// # Panics
    /// Never, once it has started.
    #[must_use]
    pub fn url(&self) -> &str {
        self.ready["url"].as_str().expect("there is an address")
    }

    /// Where a service answers: `dynamodb`, `sqs` or `ses`.
    ///
    /// # Panics
    /// When there is no such service.
    #[must_use]
    pub fn endpoint(&self, service: &str) -> &str {
        self.ready[service]
            .as_str()
            .expect("the service has an address")
    }

    /// An output of the template, as a deployment would tell it.
    ///
    /// # Panics
    /// When there is none of that name.
    #[must_use]
    pub fn output(&self, name: &str) -> &str {
        self.ready["outputs"][name]
            .as_str()
            .expect("the template has this output")
    }

    /// The process.
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.only_here("it looks at the stack's process");
        self.child.as_ref().expect("it runs").id()
    }

    /// The folder with all that is kept.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.only_here("it looks into the data folder");
        self.folder.path().join("data")
    }

    /// All that it wrote to its terminal, over all starts.
    #[must_use]
    pub fn terminal(&self) -> String {
        self.output.text()
    }

    /// A token for a sample person, good for an hour of the set clock.
    ///
    /// # Panics
    /// When nobody is called `name`.
    #[must_use]
    pub fn token(&self, name: &str) -> String {
        let url = match &self.deployed {
            None => format!("{}/_local/token?as={name}", self.url()),
            Some(deployment) => format!("{}/token?as={name}", deployment.endpoint("issuer")),
        };
        let reply = http::get(&url, "text/plain");
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.text
    }

    /// The API's doors, as a sample person.
    #[must_use]
    pub fn door(&self, name: &str) -> Door {
        self.door_with(Some(&self.token(name)))
    }

    /// The API's doors with any token, or none.
    #[must_use]
    pub fn door_with(&self, token: Option<&str>) -> Door {
        Door::gateway(self.url(), token)
    }

    /// What the start page shows, as JSON: clock, people, mail, functions, queues and routes.
    #[must_use]
    pub fn overview(&self) -> Value {
        self.only_here("it reads the stack's own page");
        http::get_json(&format!("{}/", self.url()))
    }

    /// The overview's entry of a function.
    ///
    /// # Panics
    /// When there is no such function.
    #[must_use]
    pub fn function(&self, name: &str) -> Value {
        let overview = self.overview();
        let functions = overview["functions"].as_array().into_iter().flatten();
        let found = functions
            .into_iter()
            .find(|function| function["name"] == name);
        found
            .unwrap_or_else(|| panic!("there is no function {name}"))
            .clone()
    }

    /// Moves the set clock forward.
    pub fn advance_clock(&self, to: &str) -> Reply {
        self.only_here("it moves the clock");
        let url = format!("{}/_local/clock", self.url());
        let body = serde_json::json!({ "to": to }).to_string();
        http::send(
            "POST",
            &url,
            &[("content-type", "application/json")],
            Some(body),
        )
        .expect("it answers")
    }

    /// Puts the scanner of objects into another mood.
    pub fn scanner(&self, mood: &str) -> Reply {
        self.only_here("it puts the scanner into a mood");
        let url = format!("{}/_local/scanner", self.url());
        let body = serde_json::json!({ "mood": mood }).to_string();
        let headers = [("content-type", "application/json")];
        http::send("POST", &url, &headers, Some(body)).expect("it answers")
    }

    /// The whole log of a function, over all starts.
    ///
    /// # Panics
    /// When the function has none.
    #[must_use]
    pub fn log(&self, function: &str) -> String {
        let path = self.data().join("logs").join(format!("{function}.log"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The log of a function as far as it has one: before its first process it has none.
    #[must_use]
    pub fn log_of(&self, function: &str) -> String {
        let path = self.data().join("logs").join(format!("{function}.log"));
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// Every file of the data folder, with its bytes.
    #[must_use]
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.data(), &mut files);
        files
    }

    /// The test counts from the day at which the set clock starts.
    pub fn needs_the_set_clock(&self) {
        self.only_here("it counts from the day at which the set clock starts");
    }

    /// The test waits for what is reported of letters that went out.
    pub fn needs_reports_of_letters(&self) {
        self.only_here("it waits for what SES reports");
    }

    /// How many versions of objects the store has.
    #[must_use]
    pub fn objects(&self) -> usize {
        match &self.deployed {
            None => self.overview()["objects"].as_array().map_or(0, Vec::len),
            Some(deployment) => deployment.objects(),
        }
    }

    /// Lets what came be scanned where nobody does that by himself.
    pub(crate) fn scan(&self) {
        if let Some(deployment) = &self.deployed {
            deployment.scan();
        }
    }

    /// Why the stack does not do what a test waits for: what its logs and its terminal complain of.
    #[must_use]
    pub fn complaints(&self) -> String {
        if let Some(deployment) = &self.deployed {
            return deployment.complaints();
        }
        let mut text = String::new();
        for (path, bytes) in self
            .files()
            .iter()
            .filter(|(path, _)| path.extension().is_some_and(|kind| kind == "log"))
        {
            let log = String::from_utf8_lossy(bytes);
            for line in log
                .lines()
                .filter(|line| line.contains("WARN") || line.contains("ERROR"))
            {
                writeln!(text, "{}: {line}", path.display())
                    .expect("writing to a String does not fail");
            }
        }
        let terminal = self.terminal();
        for line in terminal.lines().filter(|line| line.starts_with("error: ")) {
            writeln!(text, "{line}").expect("writing to a String does not fail");
        }
        text
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.kill();
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    let entries = std::fs::read_dir(folder).expect("the data folder is readable");
    for entry in entries {
        let path = entry.expect("its entries are readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if let Ok(bytes) = std::fs::read(&path) {
            // A file that went away between the two looks is of no interest.
            files.push((path, bytes));
        }
    }
}
