//! Five hundred submissions while store, queues, mail and doors fail in all the ways that microburst knows; then the books
//! (promises P1, P2 and P9).
//!
//! It is a program and no test, because microburst is Python's. Its dice have a seed, but which request meets which throw is
//! a matter of timing: a run is a sample, and the books must balance in each.

mod cut;
mod field;
mod ledger;
mod proxy;
mod weather;

use std::io::Write as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use field::Field;
use ledger::Ledger;

use crate::patience::until_within;
use crate::{Client, Reply};

const CLIENTS: usize = 10;
const SEED: u64 = 64;
/// What failed rests for up to a minute before it is given up; longer than any machine takes.
const LULL: Duration = Duration::from_mins(15);
/// An hour after the start of the set clock: whatever is due has become so.
const LATER: &str = "2025-10-20T15:00:00Z";

/// A submission that was acknowledged.
struct Submission {
    id: String,
    answer: Reply,
}

/// Runs the storm with so many submissions, and prints the books.
///
/// # Panics
/// When they do not balance, or microburst is not installed.
pub fn storm(submissions: usize) {
    let began = Instant::now();
    let mut field = Field::start(SEED);
    field.door("filer").accepts();
    say(&format!(
        "The storm, with seed {SEED}: the stack and four proxies stand after {} s",
        began.elapsed().as_secs()
    ));
    for told in cut::cut_replies(&mut field) {
        say(&format!("  {told}"));
    }
    let mut ledger = Ledger::open(&field.stack);

    let began = Instant::now();
    field.store.brew(&weather::store());
    field.queue.brew(&weather::queue(field::OUTAGE));
    field.mail.brew(&weather::mail());
    field.front.brew(&weather::door());
    let submissions = submit_all(&field, submissions, &mut ledger);
    ledger.notices = cut::LETTERS * submissions.len();
    ledger.acknowledged = submissions.len();
    say(&format!(
        "  {} submissions are acknowledged after {} s",
        submissions.len(),
        began.elapsed().as_secs()
    ));
    until_within(LULL, || ledger.has_settled(&field.stack));
    say(&format!(
        "  what can be sent is sent, and the rest given up, after {} s",
        began.elapsed().as_secs()
    ));

    // Somebody mends what was wrong, and then sends the dead letters on their way.
    field.calm();
    while ledger.redrives(&field.stack) {
        until_within(LULL, || ledger.has_settled(&field.stack));
    }
    // What relay gave up is due a quarter of an hour after its event.
    field.stack.advance_clock(LATER).expect(200);
    until_within(LULL, || ledger.is_complete(&field.stack));
    ledger.check(&field.stack, &submissions);
    say(&ledger.tell(&field));
    say(&format!("  took {} s", began.elapsed().as_secs()));
}

/// Several clients at once begin, complete and submit.
fn submit_all(field: &Field, count: usize, ledger: &mut Ledger) -> Vec<Submission> {
    let numbers = Mutex::new(0..count);
    let done = Mutex::new(Vec::new());
    let next = || numbers.lock().expect("nobody panicked").next();
    let clients: Vec<_> = (0..CLIENTS).map(|_| field.client("filer")).collect();
    let work = |client: &Client| {
        while let Some(number) = next() {
            let begun = client.begins(&format!("begin-{number}"));
            let id = begun.text_at("/id").to_owned();
            let revision = client.completes(&id, number);
            let answer = client.submits(&id, revision, &format!("submit-{number}"));
            let submission = Submission { id, answer };
            done.lock().expect("nobody panicked").push(submission);
        }
    };
    std::thread::scope(|scope| {
        for client in &clients {
            scope.spawn(|| work(client));
        }
    });
    for client in clients {
        let (broken, failed) = client.disappointments();
        ledger.broken += broken;
        ledger.failed += failed;
    }
    done.into_inner().expect("nobody panicked")
}

/// Not by a macro: a program of this crate has no other writer.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
