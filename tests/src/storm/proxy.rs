//! microburst, a proxy that makes the faults of AWS, as a process of its own before one address of a stack.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::weather::Fault;
use crate::http::{self, get_json};
use crate::output::Output;
use crate::program;

/// Where `.ci/run storm` puts it.
const PYTHON: &str = ".tools/microburst-0.10.0/bin/python";

/// Its own command, but for two things that it has no option for: its dice have a seed, and it does not write a line for
/// every request.
const START: &str = "\
import logging, random, sys
random.seed(int(sys.argv.pop(1)))
logging.getLogger('aiohttp.access').setLevel(logging.WARNING)
logging.getLogger('microburst').setLevel(logging.WARNING)
from microburst.cli import main
sys.exit(main(sys.argv[1:]))
";

/// A proxy. It ends with this value.
pub(super) struct Proxy {
    place: Place,
    child: Child,
    /// What each of its rules stands for, by the number that it gave the rule.
    faults: BTreeMap<u64, &'static str>,
}

/// Where a proxy is going to listen: chosen before what it stands before has an address.
#[derive(Clone)]
pub(super) struct Place {
    port: u16,
    url: String,
}

impl Place {
    /// A port of 127.0.0.1 that is free now.
    ///
    /// # Panics
    /// When there is none.
    pub(super) fn free() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        Self {
            port: address.port(),
            url: format!("http://{address}"),
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Proxy {
    /// Starts one that lets everything through to `upstream`. Before the first request of a `service` it reads what AWS says
    /// of all services, which takes seconds; so one is made that nobody waits for but us.
    ///
    /// # Panics
    /// When microburst is not installed, or does not start.
    pub(super) fn start(place: Place, upstream: &str, seed: u64, service: Option<&str>) -> Self {
        let python = python();
        let mut child = Command::new(&python)
            .args(["-c", START, &seed.to_string(), "--no-resign"])
            .args(["--host", "127.0.0.1", "--port", &place.port.to_string()])
            .args(["--upstream", upstream])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", python.display()));
        let output = Output::default();
        output.follow(&mut child);
        let started = output.wait_for("microburst listening on", 0);
        assert!(started, "microburst did not start:\n{}", output.text());
        let proxy = Self {
            place,
            child,
            faults: BTreeMap::new(),
        };
        crate::until(|| proxy.control("GET", "health", None).map(drop));
        if let Some(service) = service {
            proxy.greet(service);
        }
        proxy
    }

    /// A request of a service that has no such operation.
    fn greet(&self, service: &str) {
        let scope = format!("local/20251020/us-east-1/{service}/aws4_request");
        let signed =
            format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0");
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("authorization", &signed),
        ];
        let body = "Action=Greet&Version=2010-12-01".to_owned();
        let reply = http::send("POST", self.url(), &headers, Some(body));
        let reply = reply.expect("the proxy answers in fair weather");
        assert_ne!(
            reply.status, 200,
            "nobody has such an operation: {}",
            reply.text
        );
    }

    pub(super) fn url(&self) -> &str {
        self.place.url()
    }

    /// Makes these faults from now on, and no others.
    ///
    /// # Panics
    /// When it does not take them.
    pub(super) fn brew(&mut self, faults: &[Fault]) {
        let rules: Vec<_> = faults.iter().map(|fault| fault.rule.clone()).collect();
        let taken = self.control("POST", "rules", Some(json!(rules)));
        let taken = taken.unwrap_or_else(|error| panic!("the rules are not taken: {error}"));
        let ids = taken.as_array().into_iter().flatten();
        let ids: Vec<_> = ids.filter_map(|rule| rule["id"].as_u64()).collect();
        assert_eq!(ids.len(), faults.len(), "{taken}");
        let named = ids.into_iter().zip(faults.iter().map(|fault| fault.kind));
        self.faults.extend(named);
    }

    /// Lets everything through.
    ///
    /// # Panics
    /// When it does not answer.
    pub(super) fn calm(&mut self) {
        self.brew(&[]);
    }

    /// Requests so far, and how often each kind of fault was made.
    ///
    /// # Panics
    /// When it does not answer.
    pub(super) fn tally(&self) -> (u64, BTreeMap<&'static str, u64>) {
        let stats = get_json(&format!("{}/_microburst/stats", self.url()));
        let mut made = BTreeMap::new();
        for rule in stats["by_rule"].as_array().into_iter().flatten() {
            let kind = rule["id"].as_u64().and_then(|id| self.faults.get(&id));
            let kind = kind.unwrap_or_else(|| panic!("a rule that nobody gave: {rule}"));
            *made.entry(*kind).or_default() += rule["fired"].as_u64().unwrap_or_default();
        }
        let requests = stats["requests"]["total"].as_u64().unwrap_or_default();
        (requests, made)
    }

    fn control(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let url = format!("{}/_microburst/{path}", self.url());
        let body = body.map(|body| body.to_string());
        let reply = http::send(method, &url, &[("content-type", "application/json")], body);
        match reply {
            Ok(reply) if reply.status == 200 => Ok(reply.body),
            Ok(reply) => Err(format!("{url} answered {}: {}", reply.status, reply.text)),
            Err(error) => Err(format!("{url}: {error}")),
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end and nothing to wait for.
        self.child.kill().unwrap_or_default();
        drop(self.child.wait());
    }
}

fn python() -> PathBuf {
    let path = program::root().join(PYTHON);
    assert!(
        path.is_file(),
        "microburst is not installed: `.ci/run storm` installs it and runs this"
    );
    path
}
