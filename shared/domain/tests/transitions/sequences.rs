//! Whatever people send, in whatever order it is handled: no impossible state, and a history that tells
//! how it came about.

use domain::{
    Act, Actor, Change, CommandName as C, Entry, Review, SealedEntry, Side, Status, StatusName,
    preflight, verify,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::cast::{administrator, give, job, reviewer, second_reviewer, staff};
use crate::legal::{leads_to, who};
use crate::moves::{command, moment};
use crate::sample::{IN_WINDOW, at, begin, owner, rules};

/// Something that someone sends, at any time.
#[derive(Debug, Clone)]
struct Sent {
    name: C,
    by: Actor,
    at: Timestamp,
}

fn one_of(role: u8) -> Actor {
    match role {
        b'o' => owner(),
        b's' => staff(),
        b'r' => reviewer(),
        b'2' => second_reviewer(),
        b'a' => administrator(),
        _ => job(),
    }
}

fn sent() -> impl Strategy<Value = Sent> {
    // Mostly one who may, now and then anybody; mostly what a filer does to begin with.
    let name = prop_oneof![
        2 => Just(C::EditForm),
        2 => Just(C::EditPeople),
        3 => Just(C::Submit),
        2 => Just(C::RequestDocuments),
        1 => Just(C::Settle),
        12 => prop::sample::select(C::ALL.to_vec()),
    ];
    let by = prop_oneof![
        8 => any::<prop::sample::Index>().prop_map(Some),
        1 => Just(None),
    ];
    let anybody = prop::sample::select(b"osr2aj".to_vec());
    // In no order: requests overtake each other. Some lie within two milliseconds of the close.
    let close = at("2025-11-15T01:00:00Z");
    let instant = prop_oneof![
        3 => Just(None),
        5 => (0i64..35 * 86_400)
            .prop_map(|seconds| Some(at(IN_WINDOW) + SignedDuration::from_secs(seconds))),
        1 => (-2i64..=2)
            .prop_map(move |millis| Some(close + SignedDuration::from_millis(millis))),
    ];
    (name, by, anybody, instant).prop_map(|(name, by, anybody, instant)| {
        let may = [
            who(name).as_bytes(),
            if name == C::ConfirmRuling { b"2" } else { b"" },
        ]
        .concat();
        let role = by.map_or(anybody, |index| *index.get(&may));
        Sent {
            name,
            by: one_of(role),
            at: instant.unwrap_or_else(|| moment(StatusName::AwaitingDocuments, name)),
        }
    })
}

/// All that was decided, one after the other.
struct Run {
    review: Review,
    history: Vec<SealedEntry>,
    commits: u64,
}

fn run(all: &[Sent], check: impl Fn(&Review, &Sent, &Change)) -> Run {
    let begun = begin(at(IN_WINDOW)).expect("the window is open");
    let mut run = Run {
        review: begun.review,
        history: begun.entries,
        commits: 1,
    };
    for sent in all {
        let wish = wish(sent.name, &run.review);
        let Ok(change) = give(&run.review, &sent.by, sent.at, wish) else {
            continue;
        };
        check(&run.review, sent, &change);
        run.history.extend(change.entries);
        run.review = change.review;
        run.commits += 1;
    }
    run
}

fn read_back<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).expect("it is made of texts and lists");
    serde_json::from_str(&text).expect("what was written")
}

/// The table's command; people are given all that a request needs.
fn wish(name: C, review: &Review) -> domain::Command {
    if name == C::EditPeople {
        crate::sample::edit_people(review, crate::sample::contact_and_staff())
    } else {
        command(name, review)
    }
}

/// What must hold of any review at any time.
fn is_possible(review: &Review) {
    let outline = &review.outline;
    assert_eq!(outline.form_sha256, review.form.sha256());
    assert_eq!(outline.application, review.form.application);
    assert!(outline.created_at <= outline.updated_at);
    let people = &review.people;
    assert!(
        people
            .bound
            .iter()
            .all(|binding| people.lists(&binding.address))
    );
    let offer = outline.handover.as_ref();
    assert!(offer.is_none_or(|offer| people.lists(&offer.to)));
    if let Some(submission) = outline.status.submission() {
        assert_eq!(submission.form_revision, outline.form_revision);
        assert_eq!(submission.form_sha256, outline.form_sha256);
        assert!(preflight(&review.claimed(rules()), people, rules()).is_ready());
    } else {
        assert!(review.dossier.corrections.is_empty());
        assert!(outline.casework.assignee.is_none());
    }
    if let Status::AwaitingDocuments(now) = &outline.status {
        assert!(!now.request.items.is_empty());
        assert!(now.request.asked_at < now.request.due);
        assert!(domain::next_look(review).is_some());
    }
}

/// What must hold between a review and the next.
fn is_a_step(before: &Review, sent: &Sent, change: &Change) {
    let (old, new) = (&before.outline, &change.review.outline);
    let name = sent.name;
    let to = leads_to(old.status.name(), name);
    assert!(
        to.contains(&new.status.name()),
        "{name:?} from {:?}",
        old.status.name()
    );
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
    assert_eq!(
        change.dossier_changed,
        before.dossier != change.review.dossier
    );
    assert!(!form_moved || name == C::EditForm);

    assert!(!change.entries.is_empty());
    assert_eq!(new.head.count, old.head.count + change.entries.len() as u64);
    for sealed in &change.entries {
        let entry: Entry = serde_json::from_str(&sealed.body).expect("an entry");
        assert_eq!(entry.at, sent.at);
        assert!(!entry.act.is_internal() || entry.actor.side() == Side::Team);
    }
    let mut told: Vec<_> = change.events.iter().map(|(seq, _)| *seq).collect();
    told.dedup();
    assert_eq!(told.len(), change.events.len(), "one event an entry");
    is_possible(&change.review);
}

/// domain.md #46: what never changes after the end, but by the written exceptions.
fn the_end_holds(before: &Review, sent: &Sent, change: &Change) {
    let (old, new) = (&before.outline.status, &change.review.outline.status);
    if !old.name().is_terminal() {
        return;
    }
    assert_eq!(change.review.form, before.form);
    let name = sent.name;
    let mut people = change.review.people.clone();
    if name == C::ReplaceContact {
        people.contact.clone_from(&before.people.contact);
    }
    assert_eq!(people, before.people);
    if !matches!(name, C::EraseFile | C::EraseWrongPatient) {
        assert_eq!(change.review.dossier, before.dossier, "{name:?}");
    }
    if matches!(
        name,
        C::Rename
            | C::PutHold
            | C::LiftHold
            | C::ReplaceContact
            | C::EraseFile
            | C::EraseWrongPatient
    ) {
        assert_eq!(new, old);
    } else if matches!(name, C::Submit | C::ReopenDraft | C::Reinstate) {
        assert_ne!(new.name(), old.name());
    } else {
        let written = [
            C::ReviseScores,
            C::ProposeClerical,
            C::ConfirmClerical,
            C::DropClerical,
            C::AllowLate,
        ];
        assert!(written.contains(&name), "{name:?} after the end");
    }
    if let (Status::Approved(one), Status::Approved(two)) = (old, new) {
        let findings = |status: &domain::Approved| status.decision.ruling.findings.clone();
        assert_eq!(findings(one), findings(two));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_step_is_legal_and_leads_to_a_possible_review(all in prop::collection::vec(sent(), 0..40)) {
        let run = run(&all, |before, sent, change| {
            is_a_step(before, sent, change);
            the_end_holds(before, sent, change);
        });
        let outline = &run.review.outline;
        prop_assert_eq!(outline.version, run.commits);
        prop_assert_eq!(verify(&outline.id, &run.history, outline.head), Ok(()));
    }

    #[test]
    fn the_same_commands_give_the_same_review(all in prop::collection::vec(sent(), 0..40)) {
        let (one, two) = (run(&all, |_, _, _| ()), run(&all, |_, _, _| ()));
        prop_assert_eq!(one.review, two.review);
        prop_assert_eq!(one.history, two.history);
    }

    #[test]
    fn what_is_stored_reads_back(all in prop::collection::vec(sent(), 0..40)) {
        let review = run(&all, |_, _, _| ()).review;
        prop_assert_eq!(&read_back(&review.outline), &review.outline);
        prop_assert_eq!(&read_back(&review.people), &review.people);
        prop_assert_eq!(&read_back(&review.dossier), &review.dossier);
    }
}

#[test]
fn the_sequences_do_get_somewhere() {
    // Guards the properties above: a strategy that only ever gets refusals would prove nothing.
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let sequences = prop::collection::vec(sent(), 40);
    let mut reached = std::collections::HashMap::new();
    let mut acts = std::collections::HashSet::new();
    for _ in 0..400 {
        let all = sequences
            .new_tree(&mut runner)
            .expect("a sequence")
            .current();
        let run = run(&all, |_, _, change| is_possible(&change.review));
        for sealed in &run.history {
            let entry: Entry = serde_json::from_str(&sealed.body).expect("an entry");
            acts.insert(std::mem::discriminant::<Act>(&entry.act));
        }
        *reached.entry(run.review.outline.status.name()).or_insert(0) += 1;
    }
    for status in StatusName::ALL {
        assert!(
            reached.get(&status).is_some_and(|&times| times >= 2),
            "{reached:?}"
        );
    }
    assert!(acts.len() >= 40, "{} kinds of act", acts.len());
}
