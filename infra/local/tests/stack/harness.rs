//! A stack of its own for each test, and the listener that its functions tell what they were given.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};

use serde_json::Value;

/// Longer than anything here takes on any machine: a test waits this long only when it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A running stack; it is killed when the test ends.
pub(crate) struct Stack {
    child: Child,
    pub(crate) url: String,
    ready: Value,
    listener: Told,
    folder: Folder,
}

/// What stays when a stack is killed: template, data and binaries.
pub(crate) struct Folder {
    path: tempfile::TempDir,
}

/// What the functions tell.
struct Told {
    port: u16,
    lines: Receiver<Heard>,
}

/// One thing that a function's process did.
#[derive(Debug)]
pub(crate) enum Heard {
    /// It was called.
    Called(Value),
    /// It ended.
    Ended,
}

impl Folder {
    /// A folder with this template in it, and the tests' function under each of the names.
    pub(crate) fn new(template: &str, binaries: &[&str]) -> Self {
        let path = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(path.path().join("functions")).expect("a new folder");
        std::fs::write(path.path().join("template.yaml"), template)
            .expect("the template is written");
        let example = Path::new(env!("CARGO_BIN_EXE_local"))
            .with_file_name("examples")
            .join("echo");
        for name in binaries {
            std::fs::copy(&example, path.path().join("functions").join(name))
                .expect("the example was built");
        }
        Self { path }
    }

    /// Puts another template in its place.
    pub(crate) fn rewrite(&self, template: &str) {
        std::fs::write(self.join("template.yaml"), template).expect("the template is written");
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.path().join(name)
    }

    /// The program on this folder, not yet started.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_local"));
        command
            .args(["--port", "0", "--template"])
            .arg(self.join("template.yaml"));
        command
            .arg("--data")
            .arg(self.join("data"))
            .arg("--functions")
            .arg(self.join("functions"));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        command
    }

    /// Starts it and waits until it answers.
    pub(crate) fn start(self) -> Stack {
        self.start_as(|_| {})
    }

    /// Starts it with more arguments or variables.
    pub(crate) fn start_as(self, change: impl FnOnce(&mut Command)) -> Stack {
        let listener = listen();
        let mut command = self.command();
        command.arg("--ready-file").arg(self.join("ready.json"));
        command
            .arg("--parameter")
            .arg(format!("RecordTo=127.0.0.1:{}", listener.port));
        change(&mut command);
        let mut child = command.spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut seen = Vec::new();
        let mut lines = out.lines();
        loop {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("it ended before it was ready: {seen:#?}"))
                .expect("text");
            seen.push(line);
            if seen
                .last()
                .is_some_and(|line| line.starts_with("Ready in "))
            {
                break;
            }
        }
        // Read on, or the program would one day wait for somebody to read.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let ready =
            std::fs::read_to_string(self.join("ready.json")).expect("it was written before");
        let ready: Value = serde_json::from_str(&ready).expect("it is JSON");
        let url = ready["url"]
            .as_str()
            .expect("there is an address")
            .to_owned();
        Stack {
            child,
            url,
            ready,
            listener,
            folder: self,
        }
    }
}

impl Stack {
    /// The next call of a function.
    pub(crate) fn called(&self) -> Value {
        loop {
            match self.heard() {
                Heard::Called(call) => return call,
                Heard::Ended => {}
            }
        }
    }

    /// The next thing that a function's process did.
    pub(crate) fn heard(&self) -> Heard {
        self.listener
            .lines
            .recv_timeout(PATIENCE)
            .expect("the function does something")
    }

    /// The id of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Where a service answers.
    pub(crate) fn endpoint(&self, service: &str) -> &str {
        self.ready[service]
            .as_str()
            .expect("the service has an address")
    }

    /// Sends an event to a function through the Invoke API; its reply, and whether it failed.
    pub(crate) fn invoke(&self, function: &str, event: &Value) -> (Value, bool) {
        let url = format!("{}/2015-03-31/functions/{function}/invocations", self.url);
        let mut response = client()
            .post(&url)
            .send(event.to_string())
            .expect("it answers");
        assert_eq!(response.status(), 200);
        let failed = response.headers().contains_key("x-amz-function-error");
        (
            serde_json::from_reader(response.body_mut().as_reader()).expect("it is JSON"),
            failed,
        )
    }

    /// Ends it as `kill -9` does.
    pub(crate) fn kill(mut self) -> (Folder, Receiver<Heard>) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
        // Taken out one by one, for dropping a stack ends it.
        let listener = std::mem::replace(&mut self.listener.lines, channel().1);
        let empty = Folder {
            path: tempfile::tempdir().expect("a temporary folder"),
        };
        (std::mem::replace(&mut self.folder, empty), listener)
    }

    /// Ends it as Ctrl-C does; whether it called that a success.
    pub(crate) fn interrupt(&mut self) -> bool {
        let pid = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
            .expect("a process id");
        rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
        self.child.wait().expect("it ended").success()
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An HTTP client that takes every status as an answer.
pub(crate) fn client() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .build()
        .into()
}

fn listen() -> Told {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let sender = sender.clone();
            std::thread::spawn(move || follow(BufReader::new(connection), &sender));
        }
    });
    Told { port, lines }
}

fn follow(connection: impl BufRead, sender: &Sender<Heard>) {
    for line in connection.lines().map_while(Result::ok) {
        let call = serde_json::from_str(&line).expect("functions tell JSON");
        if sender.send(Heard::Called(call)).is_err() {
            return; // the test is over
        }
    }
    drop(sender.send(Heard::Ended)); // and so it may be here
}
