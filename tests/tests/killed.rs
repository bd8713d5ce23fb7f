//! `kill -9` in the middle of the work, fifty times: what was acknowledged is there, what was not can be sent again, and
//! everyone gets their receipt (promises P1 and P2).

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use scenarios::{Client, Doors, Launch, Reply, Stack, until};

const KILLS: usize = 50;
const CLIENTS: usize = 4;
/// Another seed kills at other moments.
const SEED: u64 = 64;
/// The most requests that begin between two kills.
const REQUESTS: usize = 40;

/// A submission that was acknowledged.
struct Submission {
    id: String,
    answer: Reply,
}

/// Short claims and short waits: what a kill leaves behind is taken up within seconds.
fn launch() -> Launch {
    Launch::default()
        .parameter("NoticeLeaseSeconds=2")
        .parameter("NoticeDoubtSeconds=5")
        .parameter("NoticeVisibilitySeconds=30")
}

/// What clients do as long as there are kills: each review with a contact of its own beside the owner.
#[derive(Default)]
struct Work {
    over: AtomicBool,
    begun: AtomicUsize,
    acknowledged: Mutex<Vec<Submission>>,
}

impl Work {
    /// Begins, completes and submits one review after the other, whatever is killed meanwhile.
    fn goes_on(&self, client: &Client) {
        while !self.over.load(Ordering::Relaxed) {
            let number = self.begun.fetch_add(1, Ordering::Relaxed);
            let begun = client.begins(&format!("begin-{number}"));
            let id = begun.text_at("/id").to_owned();
            let revision = client.completes(&id, number);
            let answer = client.submits(&id, revision, &format!("submit-{number}"));
            let mut acknowledged = self.acknowledged.lock().expect("nobody panicked");
            acknowledged.push(Submission { id, answer });
        }
    }

    /// The ids of those that were acknowledged after the first `known`.
    fn acknowledged_after(&self, known: usize) -> Vec<String> {
        let acknowledged = self.acknowledged.lock().expect("nobody panicked");
        let new = acknowledged.iter().skip(known);
        new.map(|submission| submission.id.clone()).collect()
    }
}

/// Kills the stack when so many more requests have begun, and starts it again.
fn kill(stack: &mut Stack, begun: &Receiver<()>, after: usize) {
    let functions = processes_of(stack.process());
    // Those of clients who found nobody do not count.
    while begun.try_recv().is_ok() {}
    begun.iter().take(after).for_each(drop);
    stack.kill();
    until(
        || match functions.iter().find(|process| is_alive(process)) {
            Some(process) => Err(format!("the end of {process:?}, whose stack was killed")),
            None => Ok(()),
        },
    );
    stack.start_again();
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

/// Kills as often as it is to be, and looks after each kill for what was acknowledged since the last.
fn kill_again_and_again(
    stack: &mut Stack,
    doors: &Doors,
    work: &Work,
    begun: &Receiver<()>,
    tell: impl Fn(String),
) {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut known = 0;
    for number in 1..=KILLS {
        let after = random.usize(1..=REQUESTS);
        kill(stack, begun, after);
        let filer = stack.door("filer");
        doors.move_to(filer.clone());
        let new = work.acknowledged_after(known);
        known += new.len();
        tell(format!(
            "kill {number} (seed {SEED}) after {after} requests; {known} acknowledged by now"
        ));
        for id in new {
            let seen = filer.get(format!("/v1/reviews/{id}")).expect(200);
            assert_eq!(seen.text_at("/status"), "in_review", "{id} is lost");
        }
    }
}

fn clients(doors: &Doors, begun: Sender<()>) -> Vec<Client> {
    let all = vec![begun; CLIENTS].into_iter();
    all.map(|begun| Client::new(doors.clone()).telling(begun))
        .collect()
}

#[test]
fn no_submission_is_lost_and_everyone_gets_a_receipt() {
    let mut stack = launch().start();
    let filer = stack.door("filer");
    filer.accepts();
    let doors = Doors::at(filer);
    let work = Work::default();
    let (begin, begun) = channel();
    std::thread::scope(|scope| {
        for client in clients(&doors, begin) {
            let work = &work;
            scope.spawn(move || work.goes_on(&client));
        }
        // Also when it fails: nobody would end the clients otherwise.
        let _over = Over(&work);
        kill_again_and_again(&mut stack, &doors, &work, &begun, |told| println!("{told}"));
    });

    let submissions = work.acknowledged.into_inner().expect("nobody panicked");
    let filer = stack.door("filer");
    for submission in &submissions {
        filer.assert_submitted_once(&submission.id, &submission.answer);
    }
    let list = filer.get("/v1/reviews").expect(200);
    assert_eq!(list.number_at("/count"), submissions.len() as u64);

    let notices = 2 * submissions.len();
    let letters = until(|| {
        let (letters, waiting) = (stack.books(), stack.waiting());
        if letters.sent.len() == notices && waiting == 0 {
            Ok(letters)
        } else {
            let told = letters.sent.len();
            Err(format!(
                "letters for {told} of {notices} notices, and {waiting} messages wait"
            ))
        }
    });
    println!(
        "{KILLS} kills, {} submissions, {notices} notices: {} letters, {} came twice, {} were sent in doubt",
        submissions.len(),
        letters.count(),
        letters.duplicates(),
        letters.doubts()
    );
    letters.assert_once_or_in_doubt();
    for submission in &submissions {
        let told = letters.sent.keys();
        let of_this = told.filter(|notice| notice.starts_with(&submission.id));
        assert_eq!(
            of_this.count(),
            2,
            "contact and owner are told of {}",
            submission.id
        );
    }
}

/// Ends the work when it goes.
struct Over<'a>(&'a Work);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::Relaxed);
    }
}
