//! Two act on one review at once, on the whole stack: one wins, the other is told how it stands, and history and letters
//! tell one story.

use std::sync::Barrier;
use std::thread;

use scenarios::{Door, Launch, Reply, Stack, decision, forms};
use serde_json::{Value, json};

/// Rounds of each race. Each asks for a review of its own.
const ROUNDS: usize = 200;

struct Cast {
    stack: Stack,
    owner: Door,
    reviewer: Door,
    second: Door,
}

impl Cast {
    fn new() -> Self {
        let stack = Launch::default().start();
        let cast = Self {
            owner: stack.door("filer"),
            reviewer: stack.door("reviewer"),
            second: stack.door("second-reviewer"),
            stack,
        };
        cast.owner.accepts();
        cast
    }

    /// A submitted review, and its version.
    fn submitted(&self) -> (String, u64) {
        let people = forms::people("filer@example.org", &[]);
        let (id, revision) = self.owner.completes(&forms::group(), &people);
        let key = format!("submit-{id}");
        let submitted = self.owner.submits(&id, revision, &key).expect(200);
        (id, submitted.number_at("/version"))
    }

    /// How the review ended: its status, as its one outcome in the history has it; the record holds.
    fn end_of(&self, id: &str) -> String {
        let seen = self.owner.sees(id);
        let entries = seen["history"]["entries"].as_array().expect("entries");
        let ends = entries.iter().filter(|entry| {
            ["DecidedV1", "WithdrawnV1"].contains(&entry["act"].as_str().unwrap_or_default())
        });
        assert_eq!(ends.count(), 1, "{seen}");
        assert_eq!(self.owner.verifies(id)["verified"], true);
        seen["review"]["status"]
            .as_str()
            .expect("a status")
            .to_owned()
    }
}

/// Both at the same moment.
fn both(one: impl FnOnce() -> Reply + Send, other: impl FnOnce() -> Reply + Send) -> [Reply; 2] {
    let start = Barrier::new(2);
    thread::scope(|scope| {
        let first = scope.spawn(|| {
            start.wait();
            one()
        });
        start.wait();
        let second = other();
        [first.join().expect("it was answered"), second]
    })
}

/// Exactly one went well; the other was told the state that there is now. Says whether it was the first.
fn one_won(replies: &[Reply; 2], id: &str) -> bool {
    let statuses = replies.each_ref().map(|reply| reply.status);
    let texts = replies.each_ref().map(|reply| &reply.text);
    let won = statuses == [200, 409];
    assert!(won || statuses == [409, 200], "{id}: {texts:?}");
    let (winner, loser) = if won { (0, 1) } else { (1, 0) };
    let now = replies[winner].text_at("/status");
    assert_eq!(replies[loser].text_at("/review_status"), now, "{texts:?}");
    won
}

/// The letters that tell how a review ended: as many as have told of another end are wrong.
fn told(cast: &Cast, ends: &[(String, String)]) {
    let wanted: usize = ends.len() * 2;
    let letters = cast.stack.letters(wanted);
    for (id, end) in ends {
        let about = letters.iter().filter(|mail| mail.notice.starts_with(id));
        let subjects: Vec<_> = about.map(|mail| mail.subject.as_str()).collect();
        let word = match end.as_str() {
            "approved" => "Approved",
            "denied" => "Denied",
            _ => "Withdrawn",
        };
        let tell = |word: &str| {
            subjects
                .iter()
                .filter(|subject| subject.starts_with(word))
                .count()
        };
        assert_eq!(subjects.len(), 2, "{id}: {subjects:?}");
        assert_eq!(tell(word), 1, "{id} is {end}: {subjects:?}");
    }
}

fn decides(door: &Door, id: &str, seen: u64, granted: bool) -> Reply {
    door.team_decides(
        id,
        "/decision",
        seen,
        &decision("submission", granted, false),
    )
}

#[test]
fn two_reviewers_decide_at_once() {
    let cast = Cast::new();
    let (mut ends, mut firsts) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let (id, seen) = cast.submitted();
        let replies = both(
            || decides(&cast.reviewer, &id, seen, true),
            || decides(&cast.second, &id, seen, false),
        );
        let approved = one_won(&replies, &id);
        firsts += usize::from(approved);
        let end = cast.end_of(&id);
        assert_eq!(end, if approved { "approved" } else { "denied" });
        ends.push((id, end));
    }
    println!(
        "{ROUNDS} rounds: {firsts} approved, {} denied",
        ROUNDS - firsts
    );
    told(&cast, &ends);
}

#[test]
fn a_filer_withdraws_while_a_reviewer_approves() {
    let cast = Cast::new();
    let (mut ends, mut firsts) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let (id, seen) = cast.submitted();
        let withdraws = || {
            let ask = cast.owner.ask("POST", format!("/v1/reviews/{id}/withdraw"));
            ask.new_key().json(&json!({})).send()
        };
        let replies = both(withdraws, || decides(&cast.reviewer, &id, seen, true));
        let withdrawn = one_won(&replies, &id);
        firsts += usize::from(withdrawn);
        let end = cast.end_of(&id);
        assert_eq!(end, if withdrawn { "withdrawn" } else { "approved" });
        ends.push((id, end));
    }
    println!(
        "{ROUNDS} rounds: {firsts} withdrawn, {} approved",
        ROUNDS - firsts
    );
    told(&cast, &ends);
}

/// What the filer adds while the reviewer denies is either seen first, and then the denial is refused until somebody has
/// looked, or comes when the review has ended. Here it is a correction; a file moves the same version.
#[test]
fn something_arrives_from_the_filer_while_a_reviewer_denies() {
    let cast = Cast::new();
    let (mut ends, mut firsts) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let (id, seen) = cast.submitted();
        let corrects = || {
            let body: Value = json!({
                "field": "description",
                "new": "It is the practice's other TIN.",
                "why": "The first wording was wrong.",
                "certification": forms::submission(1)["certification"],
            });
            let ask = cast
                .owner
                .ask("POST", format!("/v1/reviews/{id}/corrections"));
            ask.new_key().json(&body).send()
        };
        let replies = both(corrects, || decides(&cast.reviewer, &id, seen, false));
        let statuses = replies.each_ref().map(|reply| reply.status);
        if statuses == [200, 412] {
            // It was there first: nobody denies what nobody has looked at.
            firsts += 1;
            let now = replies[0].number_at("/version");
            assert_eq!(replies[1].number_at("/version"), now);
            assert_eq!(cast.reviewer.team_version(&id), now);
            decides(&cast.reviewer, &id, now, false).expect(200);
        } else {
            assert_eq!(statuses, [409, 200], "{}", replies[0].text);
            assert_eq!(replies[0].text_at("/review_status"), "denied");
        }
        ends.push((id.clone(), cast.end_of(&id)));
    }
    println!(
        "{ROUNDS} rounds: {firsts} seen before the denial, {} after it",
        ROUNDS - firsts
    );
    // Of the two who are told of a correction the reviewer is one only after taking the review.
    assert!(ends.iter().all(|(_, end)| end == "denied"));
}
