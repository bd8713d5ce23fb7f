//! Whatever people send, in whatever order it is handled: no impossible state, and a history that tells
//! how it came about.

use domain::{
    Act, Change, Command, CommandName, Entry, FormPatch, Review, SealedEntry, Status, preflight,
    transition, verify,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{
    IN_WINDOW, at, begin, certification, contact_and_staff, decide, individual, rules,
};
use crate::table::leads_to;

/// Something that someone sends; `stale` if they read the review before the last change.
#[derive(Debug, Clone)]
struct Sent {
    what: What,
    stale: bool,
    at: Timestamp,
}

#[derive(Debug, Clone)]
enum What {
    EditForm(usize),
    EditPeople(usize),
    Submit { signed: bool },
    Withdraw,
}

fn form_patches() -> [FormPatch; 6] {
    [
        individual(),
        FormPatch(json!({"application": {"type": "group", "npi": null, "tin": "000045100"}})),
        FormPatch(json!({"description": "Another word."})),
        FormPatch(json!({"description": null})),
        FormPatch(json!({})),
        FormPatch(json!({"description": 7, "patient": "?"})),
    ]
}

fn people_patches() -> [FormPatch; 5] {
    [
        contact_and_staff(),
        FormPatch(json!({"staff": ["A@example.org", "a@example.org"]})),
        FormPatch(json!({"contact": {"phone": null}})),
        FormPatch(json!({"contact": null})),
        FormPatch(json!({"staff": "nobody"})),
    ]
}

fn command(sent: &Sent, review: &Review) -> Command {
    let seen = |now: u64| now - u64::from(sent.stale && now > 0);
    match &sent.what {
        What::EditForm(which) => Command::EditForm {
            revision: seen(review.outline.form_revision),
            patch: form_patches()[*which].clone(),
        },
        What::EditPeople(which) => Command::EditPeople {
            version: seen(review.outline.version),
            patch: people_patches()[*which].clone(),
        },
        What::Submit { signed } => {
            let mut certification = certification();
            if !signed {
                certification.text = "certification-on-behalf/2023.1".parse().expect("a text");
            }
            Command::Submit {
                form_revision: seen(review.outline.form_revision),
                certification,
            }
        }
        What::Withdraw => Command::Withdraw,
    }
}

fn sent() -> impl Strategy<Value = Sent> {
    let what = prop_oneof![
        3 => Just(What::EditForm(0)),
        4 => (0..form_patches().len()).prop_map(What::EditForm),
        3 => Just(What::EditPeople(0)),
        3 => (0..people_patches().len()).prop_map(What::EditPeople),
        5 => prop::bool::weighted(0.9).prop_map(|signed| What::Submit { signed }),
        1 => Just(What::Withdraw),
    ];
    // In no order: requests overtake each other. Some lie within two milliseconds of the close.
    let close = at("2025-11-15T01:00:00Z");
    let instant = prop_oneof![
        8 => (0i64..25 * 86_400).prop_map(|seconds| at(IN_WINDOW) + SignedDuration::from_secs(seconds)),
        1 => (-2i64..=2).prop_map(move |milliseconds| close + SignedDuration::from_millis(milliseconds)),
        1 => (1i64..86_400).prop_map(move |seconds| close + SignedDuration::from_secs(seconds)),
    ];
    (what, prop::bool::weighted(0.1), instant).prop_map(|(what, stale, at)| Sent {
        what,
        stale,
        at,
    })
}

/// All that was decided, one after the other.
struct Run {
    review: Review,
    history: Vec<SealedEntry>,
    commits: u64,
}

fn run(all: &[Sent], check: impl Fn(&Review, CommandName, &Sent, &Change)) -> Run {
    let begun = begin(at(IN_WINDOW)).expect("the window is open");
    let mut run = Run {
        review: begun.review,
        history: begun.entries,
        commits: 1,
    };
    for (number, sent) in (1u8..).zip(all) {
        let command = command(sent, &run.review);
        let name = command.name();
        let outcome = decide(sent.at, &[], number, |context| {
            transition(&run.review, command, context)
        });
        let Ok(change) = outcome else { continue };
        check(&run.review, name, sent, &change);
        run.history.extend(change.entries);
        run.review = change.review;
        run.commits += 1;
    }
    run
}

/// What must hold of any review at any time.
fn is_possible(review: &Review) {
    let outline = &review.outline;
    assert_eq!(outline.form_sha256, review.form.sha256());
    assert_eq!(outline.application, review.form.application);
    assert!(outline.created_at <= outline.updated_at);
    let submission = match &outline.status {
        Status::Draft(_) => None,
        Status::InReview(submission) => {
            assert!(preflight(&review.form, &review.people, rules()).is_ready());
            Some(submission)
        }
        Status::Withdrawn(withdrawn) => withdrawn.submission.as_ref(),
    };
    if let Some(submission) = submission {
        assert_eq!(submission.form_revision, outline.form_revision);
        assert_eq!(submission.form_sha256, outline.form_sha256);
        assert!(submission.received_at < at("2025-11-15T01:00:00Z"));
    }
}

/// What must hold between a review and the next.
fn is_a_step(before: &Review, name: CommandName, sent: &Sent, change: &Change) {
    let (old, new) = (&before.outline, &change.review.outline);
    assert!(!old.status.name().is_terminal(), "{name:?} after the end");
    let read_before = match name {
        CommandName::EditPeople => true,
        CommandName::EditForm | CommandName::Submit => old.form_revision > 0,
        CommandName::Withdraw => false,
    };
    assert!(!(sent.stale && read_before), "{name:?} on a past review");
    assert_eq!(leads_to(old.status.name(), name), Some(new.status.name()));
    assert_eq!(new.version, old.version + 1);
    assert_eq!(
        (&new.id, new.year, &new.created_at),
        (&old.id, old.year, &old.created_at)
    );
    assert_eq!(new.updated_at, old.updated_at.max(sent.at));

    let form_moved = before.form != change.review.form;
    assert_eq!(new.form_revision, old.form_revision + u64::from(form_moved));
    assert_eq!(change.form_changed, form_moved);
    assert_eq!(change.people_changed, before.people != change.review.people);
    assert!(!form_moved || name == CommandName::EditForm);
    assert!(change.review.people == before.people || name == CommandName::EditPeople);

    assert!(!change.entries.is_empty());
    assert_eq!(new.head.count, old.head.count + change.entries.len() as u64);
    let entry: Entry = serde_json::from_str(&change.entries[0].body).expect("an entry");
    assert_eq!(entry.at, sent.at);
    let told = match (&entry.act, name) {
        (Act::FormEditedV1 { .. }, CommandName::EditForm)
        | (Act::PeopleEditedV1 { .. }, CommandName::EditPeople) => 0,
        (Act::SubmittedV1 { .. }, CommandName::Submit)
        | (Act::WithdrawnV1 { .. }, CommandName::Withdraw) => 1,
        (act, name) => panic!("{name:?} is told as {act:?}"),
    };
    assert_eq!(change.events.len(), told);
    assert!(change.events.iter().all(|(seq, _)| *seq == entry.seq));
    is_possible(&change.review);
}

proptest! {
    #[test]
    fn every_step_is_legal_and_leads_to_a_possible_review(all in prop::collection::vec(sent(), 0..25)) {
        let run = run(&all, is_a_step);
        let outline = &run.review.outline;
        prop_assert_eq!(outline.version, run.commits);
        prop_assert_eq!(verify(&outline.id, &run.history, outline.head), Ok(()));
    }

    #[test]
    fn the_same_commands_give_the_same_review(all in prop::collection::vec(sent(), 0..25)) {
        let (one, two) = (run(&all, |_, _, _, _| ()), run(&all, |_, _, _, _| ()));
        prop_assert_eq!(one.review, two.review);
        prop_assert_eq!(one.history, two.history);
    }

    #[test]
    fn the_end_stays_the_end(before in prop::collection::vec(sent(), 0..10), after in prop::collection::vec(sent(), 1..10)) {
        let end = Sent { what: What::Withdraw, stale: false, at: at(IN_WINDOW) };
        let ended = [before, vec![end]].concat();
        let review = run(&ended, |_, _, _, _| ()).review;
        let later = run(&[ended, after].concat(), |_, _, _, _| ()).review;
        prop_assert_eq!(later, review);
    }
}

#[test]
fn the_sequences_do_get_somewhere() {
    // Guards the properties above: a strategy that only ever gets refusals would prove nothing.
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let sequences = prop::collection::vec(sent(), 25);
    let mut reached = [0; 3];
    for _ in 0..100 {
        let all = sequences
            .new_tree(&mut runner)
            .expect("a sequence")
            .current();
        match run(&all, |_, _, _, _| ()).review.outline.status {
            Status::Draft(_) => reached[0] += 1,
            Status::InReview(_) => reached[1] += 1,
            Status::Withdrawn(withdrawn) => {
                reached[2] += usize::from(withdrawn.submission.is_some());
            }
        }
    }
    assert!(reached.iter().all(|&times| times >= 5), "{reached:?}");
}
