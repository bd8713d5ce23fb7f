//! `kill -9` in the middle of the work: what was acknowledged is there, what was not can be sent again, and everyone gets
//! their receipt (promises P1 and P2).

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

use scenarios::{Door, Launch, Reply, Stack, forms, until};
use serde_json::Value;

const REVIEWS: usize = 100;
const CLIENTS: usize = 4;
/// Another seed kills at other moments; a failure names the one it had.
const SEED: u64 = 64;

/// One person's submission, and what is known of it.
struct Submission {
    id: String,
    revision: u64,
    answer: Option<Reply>,
}

impl Submission {
    fn key(&self) -> String {
        format!("submit-{}", self.id)
    }
}

/// Short claims and short waits: what a kill leaves behind is taken up within seconds.
fn launch() -> Launch {
    Launch::default()
        .parameter("NoticeLeaseSeconds=2")
        .parameter("NoticeDoubtSeconds=5")
        .parameter("NoticeVisibilitySeconds=30")
}

/// Complete drafts, each with a contact of its own beside the owner.
fn drafts(filer: &Door) -> Vec<Submission> {
    let numbers = Mutex::new(0..REVIEWS);
    let done = Mutex::new(Vec::new());
    let work = || {
        while let Some(number) = next(&numbers) {
            let people = forms::people(&format!("person-{number}@example.org"), &[]);
            let (id, revision) = filer.completes(&forms::group(), &people);
            done.lock().expect("nobody panicked").push(Submission {
                id,
                revision,
                answer: None,
            });
        }
    };
    std::thread::scope(|scope| (0..CLIENTS).for_each(|_| drop(scope.spawn(work))));
    done.into_inner().expect("nobody panicked")
}

fn next<T>(items: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    items.lock().expect("nobody panicked").next()
}

/// Four clients send all that has no answer yet; each tells when it begins to send one.
fn send_all(filer: &Door, submissions: &mut [Submission], begun: &Sender<()>) {
    let open = Mutex::new(
        submissions
            .iter_mut()
            .filter(|submission| submission.answer.is_none()),
    );
    std::thread::scope(|scope| {
        for begun in vec![begun.clone(); CLIENTS] {
            let open = &open;
            scope.spawn(move || {
                while let Some(submission) = next(open) {
                    // Nobody listens any more once the stack is killed.
                    begun.send(()).unwrap_or(());
                    let ask = filer
                        .ask("POST", format!("/v1/reviews/{}/submit", submission.id))
                        .key(submission.key());
                    if let Ok(reply) = ask.json(&forms::submission(submission.revision)).try_send()
                    {
                        assert!(
                            reply.status == 200 || reply.status >= 500,
                            "{}: {}",
                            reply.status,
                            reply.text
                        );
                        submission.answer = Some(reply).filter(|reply| reply.status == 200);
                    }
                }
            });
        }
    });
}

/// Sends what has no answer yet, and kills the stack when so many have been begun.
fn send_and_kill(stack: &mut Stack, submissions: &mut [Submission], after: usize) {
    let filer = stack.door("filer");
    let functions = processes_of(stack.process());
    assert!(
        !functions.is_empty(),
        "the functions are processes below the stack's"
    );
    let (begun, told) = channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            told.iter().take(after).for_each(drop);
            stack.kill();
            stack
        });
        send_all(&filer, submissions, &begun);
        drop(begun);
    });
    until(
        || match functions.iter().find(|process| is_alive(process)) {
            Some(process) => Err(format!("the end of {process:?}, whose stack was killed")),
            None => Ok(()),
        },
    );
}

/// The process and its start, which no later process of the same number shares.
type Process = (String, String);

/// Processes whose parent is `parent`. Only Linux lists them, and only there functions end with their stack.
fn processes_of(parent: u32) -> Vec<Process> {
    let entries = std::fs::read_dir("/proc").expect("the kernel lists its processes");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let all = names.filter_map(|process| Some((status(&process)?, process)));
    all.filter(|(status, _)| status[1] == parent.to_string())
        .map(|(mut status, process)| (process, status.swap_remove(19)))
        .collect()
}

fn is_alive((process, start): &Process) -> bool {
    status(process).is_some_and(|status| status[19] == *start && status[0] != "Z")
}

/// State, parent, … start: what stands behind the program's name in `/proc/<process>/stat`.
fn status(process: &str) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, behind) = text.rsplit_once(") ")?;
    Some(behind.split(' ').map(str::to_owned).collect())
}

fn assert_submitted_once(filer: &Door, submission: &Submission) {
    let answer = submission.answer.as_ref().expect("it was acknowledged");
    let seen = filer.sees(&submission.id);
    assert_eq!(
        seen["review"]["status"], "in_review",
        "{} is lost",
        submission.id
    );
    assert_eq!(
        seen["review"]["submission"]["received_at"],
        answer.body["received_at"]
    );
    assert_eq!(
        seen["review"]["submission"]["form_sha256"],
        answer.body["form_sha256"]
    );
    let verification = filer.verifies(&submission.id);
    assert_eq!(verification["verified"], true, "{verification}");
    let entries = seen["history"]["entries"].as_array().expect("a list");
    let submitted = entries.iter().filter(|entry| entry["act"] == "SubmittedV1");
    assert_eq!(submitted.count(), 1, "{entries:#?}");
}

/// Letters by notice, once nothing is left in the queue.
fn all_letters(stack: &Stack, notices: usize) -> BTreeMap<String, usize> {
    until(|| {
        let mut letters = BTreeMap::new();
        for (_, notice) in stack.envelopes() {
            *letters.entry(notice).or_insert(0) += 1;
        }
        let overview = stack.overview();
        let queues = overview["queues"].as_array().into_iter().flatten();
        let waiting: u64 = queues
            .map(|queue| number(&queue["visible"]) + number(&queue["in_flight"]))
            .sum();
        if letters.len() == notices && waiting == 0 {
            Ok(letters)
        } else {
            Err(format!(
                "letters for {} of {notices} notices, and {waiting} messages wait",
                letters.len()
            ))
        }
    })
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

#[test]
fn no_submission_is_lost_and_everyone_gets_a_receipt() {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut stack = launch().start();
    let filer = stack.door("filer");
    filer.accepts();
    let mut submissions = drafts(&filer);

    for round in 1..=2 {
        let open = submissions
            .iter()
            .filter(|submission| submission.answer.is_none())
            .count();
        let after = random.usize(1..=open.div_ceil(2));
        send_and_kill(&mut stack, &mut submissions, after);
        stack.start_again();
        let filer = stack.door("filer");
        let acknowledged: Vec<_> = submissions
            .iter()
            .filter(|submission| submission.answer.is_some())
            .collect();
        println!(
            "round {round} (seed {SEED}): killed at submission {after} of {open}; {} acknowledged by now",
            acknowledged.len()
        );
        acknowledged
            .iter()
            .for_each(|submission| assert_submitted_once(&filer, submission));
    }
    let filer = stack.door("filer");
    let (begun, _) = channel();
    send_all(&filer, &mut submissions, &begun);
    submissions
        .iter()
        .for_each(|submission| assert_submitted_once(&filer, submission));

    let letters = all_letters(&stack, 2 * REVIEWS);
    let duplicates: usize = letters.values().map(|count| count - 1).sum();
    let in_doubt = stack
        .log("NotifyFunction")
        .matches("\"notice_in_doubt\":1")
        .count();
    println!(
        "{} letters for {} notices; {in_doubt} sent in doubt",
        letters.len() + duplicates,
        letters.len()
    );
    assert!(
        duplicates <= in_doubt,
        "{duplicates} letters came twice, but only {in_doubt} were sent in doubt"
    );
    for submission in &submissions {
        let of_this = letters
            .keys()
            .filter(|notice| notice.starts_with(&submission.id))
            .count();
        assert_eq!(
            of_this, 2,
            "contact and owner are told of {}",
            submission.id
        );
    }
}
