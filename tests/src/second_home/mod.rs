//! The scenarios in a second home: what `sam build` made is deployed to ministack by `sam deploy`, as it would be to an
//! account, and the suites of [`SUITES`] run against it: real zips, policies that are enforced, event sources and queues of
//! another make, and letters as they were handed over.
//!
//! It is a program and no test, because ministack is Python's. What is ours to add: the routes and the authoriser, which
//! ministack does not read from a template; an issuer of tokens; a mailbox; and the scan of files. Scenarios that move the
//! clock, kill, disturb or look behind the stack are local; they are counted, with their reasons.

mod deployment;
mod grants;
mod issuer;
mod ministack;
mod postman;
mod routes;
mod sam;
mod suites;

use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::time::Instant;

/// What runs there when nobody asks for less.
const SUITES: [&str; 6] = ["bad_input", "evidence", "history", "mail", "story", "talk"];

/// Deploys what `sam build` put into `built`, and runs `suites` against it, all if there are none. Whether all went well.
///
/// # Panics
/// When the home cannot be moved into; with the reason.
#[must_use]
pub fn second_home(built: &Path, suites: &[String]) -> bool {
    let began = Instant::now();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let programs = suites::build(&named(suites));
    let issuer = issuer::serve(&folder.path().join("identity"));
    let mailbox = postman::serve(folder.path());
    let home = ministack::Ministack::start(folder.path(), &mailbox);
    say(&format!("The second home answers at {}", home.url()));

    let deploying = Instant::now();
    let template = sam::Template::of(built);
    for (name, kind) in template.left_out() {
        say(&format!(
            "  left out: {name} ({kind}), which ministack does not have"
        ));
    }
    sam::deploy(&template, home.url(), &issuer);
    let deployment = deployment::look(home.url(), &issuer);
    for granted in grants::grant(&deployment) {
        say(&format!("  granted besides: {granted}"));
    }
    grants::allow_plain_http(&deployment);
    say(
        "  taken away: the bucket's policy, for here nothing speaks TLS, and the policy is enforced",
    );
    let routes = routes::create(&deployment);
    deployment.write(folder.path(), &routes.url);
    say(&format!(
        "  {} resources and {} routes are deployed after {} s",
        deployment.count(),
        routes.count,
        deploying.elapsed().as_secs()
    ));

    let mut balance = suites::Balance::default();
    for program in &programs {
        say(&balance.add(program, folder.path()));
    }
    say(&format!(
        "{balance}; it took {} s",
        began.elapsed().as_secs()
    ));
    balance.holds()
}

fn named(suites: &[String]) -> Vec<&str> {
    if suites.is_empty() {
        SUITES.to_vec()
    } else {
        suites.iter().map(String::as_str).collect()
    }
}

/// A port of 127.0.0.1 that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Not by a macro: a program of this crate has no other writer.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
