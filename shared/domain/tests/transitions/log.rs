//! The activity log as each filer reads it: every act that is theirs to know, by whom in their words, and
//! nothing of the review team's own (domain.md #48, #50).

use domain::{
    AccessStep, Actor, CaseStep, Command, DecisionStep, FormPatch, LogLine, Review, SealedEntry,
    Standing, log,
};
use serde_json::json;

use crate::cast::{give, person, reviewer, ruling, second_reviewer, staff};
use crate::sample::{
    IN_WINDOW, at, begin, contact_and_staff, edit_form, edit_people, individual, owner, rules,
    submit,
};

/// A review and all that was written into its history.
struct Case {
    review: Review,
    history: Vec<SealedEntry>,
}

impl Case {
    fn begun() -> Self {
        let change = begin(at(IN_WINDOW)).expect("the window is open");
        Self {
            review: change.review,
            history: change.entries,
        }
    }

    fn then(mut self, actor: &Actor, command: impl FnOnce(&Review) -> Command) -> Self {
        let command = command(&self.review);
        let change = give(&self.review, actor, at(IN_WINDOW), command).expect("it is allowed");
        self.history.extend(change.entries);
        self.review = change.review;
        self
    }

    fn complete() -> Self {
        Self::begun()
            .then(&owner(), |review| edit_form(review, individual()))
            .then(&owner(), |review| edit_people(review, contact_and_staff()))
    }

    fn log(&self, reader: &Actor) -> Vec<LogLine> {
        log(&self.review, rules(), &reader.account.key(), &self.history)
    }

    /// `label: sentence`, a line each.
    fn read_by(&self, reader: &Actor) -> Vec<String> {
        let read = |line: LogLine| {
            let told = line.told.expect("it is an entry");
            format!("{}: {}", told.who.label(), told.what)
        };
        self.log(reader).into_iter().map(read).collect()
    }
}

fn description(words: &str) -> FormPatch {
    FormPatch(json!({ "description": words }))
}

#[test]
fn owner_and_staff_read_who_did_what_in_their_own_words() {
    let case = Case::complete().then(&staff(), |review| {
        edit_form(review, description("As it was."))
    });
    let edited = "Changed the acknowledgement of the reasons screen, the application type and \
                  identifier, the name of the clinician or group, the practice, the reporting \
                  option, the relationship to the clinician or group, the performance \
                  categories, the issues and the description.";
    assert_eq!(
        case.read_by(&owner()),
        [
            "You: Began the draft for performance year 2024.".to_owned(),
            format!("You: {edited}"),
            "You: Changed the contact and the additional staff.".to_owned(),
            "staff member billing@example.org: Changed the description.".to_owned(),
            "staff member billing@example.org: Opened the request for the first time.".to_owned(),
        ]
    );
    let read_by_staff = case.read_by(&staff());
    assert_eq!(
        read_by_staff[2..4],
        [
            "the owner: Changed the contact and the additional staff.",
            "You: Changed the description.",
        ]
    );
}

#[test]
fn who_has_left_is_told_without_a_name() {
    let edited = Case::complete().then(&staff(), |review| {
        edit_form(review, description("As it was."))
    });
    let without = edited.then(&owner(), |review| {
        edit_people(review, FormPatch(json!({ "staff": [] })))
    });
    let read = without.read_by(&owner());
    assert_eq!(read[3], "a former staff member: Changed the description.");
}

#[test]
fn an_owner_who_handed_over_is_a_former_owner_whether_staff_or_gone() {
    let address = "billing@example.org".parse().expect("an address");
    let handed = Case::complete()
        .then(&owner(), |_| Command::Access(AccessStep::Offer(address)))
        .then(&staff(), |_| Command::Access(AccessStep::Accept));
    let read = handed.read_by(&staff());
    assert_eq!(
        read[0],
        "a former owner: Began the draft for performance year 2024."
    );
    assert!(
        read.contains(&"You: Took the request over and became its owner.".to_owned()),
        "{read:#?}"
    );
    let added = FormPatch(json!({ "staff": ["Owner@example.org", "third@example.org"] }));
    let back = handed
        .then(&staff(), |review| edit_people(review, added))
        .then(&owner(), |review| {
            edit_form(review, description("As it is."))
        });
    let read = back.read_by(&staff());
    assert_eq!(
        read[0],
        "a former owner, now staff member Owner@example.org: Began the draft for performance year 2024."
    );
    // What the new owner did as staff stays under the address that they have now.
    let third = person("third", Some("third@example.org"), &[]);
    let read = back.read_by(&third);
    assert!(
        read.contains(
            &"staff member Billing@example.org: Took the request over and became its owner."
                .to_owned()
        ),
        "{read:#?}"
    );
}

#[test]
fn filers_see_the_review_team_and_none_of_its_internal_acts() {
    let proposed = |review: &Review| {
        Command::Decide(DecisionStep::Rule {
            version: review.outline.version,
            ruling: ruling(true),
            second_person: true,
        })
    };
    let case = Case::complete()
        .then(&owner(), submit)
        .then(&reviewer(), |_| Command::Case(CaseStep::Take))
        .then(&reviewer(), proposed)
        .then(&second_reviewer(), |review| {
            Command::Decide(DecisionStep::Confirm {
                version: review.outline.version,
            })
        });
    let lines = case.log(&owner());
    let seqs: Vec<u64> = lines.iter().map(|line| line.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 7], "taking and proposing are internal");
    assert_eq!(
        case.read_by(&owner())[3..],
        [
            "You: Certified and submitted the request (certification-on-behalf/2024.1).",
            "the review team: Approved the request and granted “Eligibility and/or special status”.",
        ]
    );
    let decided = lines.into_iter().last().and_then(|line| line.told);
    let decided = decided.expect("an entry");
    assert_eq!(decided.who.standing(), Standing::ReviewTeam);
    assert_eq!(decided.act, "DecidedV1");
    // Whoever reads it with the reviewer's own account is not told that it was them.
    let told = case.read_by(&second_reviewer());
    assert!(told[4].starts_with("the review team: "), "{told:#?}");
}

#[test]
fn fields_are_told_as_pointers_too_and_a_line_prints_as_its_place() {
    let case = Case::complete();
    let lines = case.log(&owner());
    assert_eq!(format!("{:?}", lines[2]), "LogLine(3, PeopleEditedV1)");
    let people = lines[2].told.as_ref().expect("an entry");
    assert_eq!(people.fields, ["/contact", "/staff"]);
    assert_eq!(people.at, at(IN_WINDOW));
}

#[test]
fn what_is_not_an_entry_any_more_keeps_its_place() {
    let mut case = Case::complete();
    case.history[1].body = "{".to_owned();
    let lines = case.log(&owner());
    assert_eq!(lines.len(), 3);
    assert!(lines[1].told.is_none() && lines[1].seq == 2);
}
