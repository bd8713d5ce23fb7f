//! Who gets what, written down a second time: every event that a command can lead to, told to everybody who can
//! have a part in a review (domain.md #53, #54).

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, Assignee, Binding, Change, CommandName, Detail, DocumentsClock, Event, EventKind,
    OutboxEntry, PersonHashKey, Recipient, Review, Role, Side, Status, StatusName, recipients,
};

use crate::cast::{administrator, give, job, person, reviewer, second_reviewer, staff};
use crate::moves::{command, moment, prepared};
use crate::sample::owner;

/// `opened` are staff who have signed in with their address, `added` those who have not, `named` the addresses
/// that the event itself is about.
const TOLD: &str = "
    event              contact owner opened added named reviewer
    DraftReminder      full    full  full   brief -     -
    WindowChanged      full    full  full   brief -     -
    NotSubmitted       full    full  full   brief -     -
    LateAllowed        full    full  full   brief -     -
    ReviewSubmitted    full    full  full   brief -     -
    ReviewWithdrawn    full    full  full   brief -     -
    CorrectionFiled    full    full  full   brief -     brief
    CommentedByFiler   -       -     -      -     -     brief
    CommentedByTeam    full    full  full   brief -     -
    DocumentsRequested full    full  full   brief -     -
    DocumentsReminder  full    full  full   brief -     -
    DocumentsDueMoved  full    full  full   brief -     -
    MoreTimeAsked      -       -     -      -     -     brief
    MoreTimeAnswered   full    full  full   brief -     -
    DocumentsReceived  full    full  full   brief -     brief
    FileRefused        full    full  full   brief -     -
    Outcome            full    full  full   brief -     -
    ScoresRevised      full    full  full   brief -     -
    DecisionCorrected  full    full  full   brief -     -
    Reinstated         full    full  full   brief -     -
    AccessChanged      -       -     -      -     brief -
    HandOverOffered    -       -     -      -     brief -
    HandedOver         full    full  full   brief -     -
    Entrusted          full    full  full   brief -     -
    ContactReplaced    full    full  full   brief -     -
    SentAnew           full    -     -      -     -     -
    WrongPatientDecided full   full  full   brief -     brief
";

const PARTS: [(&str, &str); 5] = [
    ("contact", "contact@example.org"),
    ("owner", "owner@example.org"),
    ("opened", "opened@example.org"),
    ("added", "added@example.org"),
    ("reviewer", "at-work@cms.example.org"),
];

/// The review with a person in each part.
fn peopled(mut review: Review) -> Review {
    let address = |part: &str| {
        PARTS
            .iter()
            .find(|(name, _)| *name == part)
            .expect("a part")
            .1
    };
    let email = |part: &str| address(part).parse().expect("an address");
    let people = &mut review.people;
    people.contact.as_mut().expect("a contact").email = Some(email("contact"));
    people.staff = vec![email("added"), email("opened")];
    people.bound = vec![Binding {
        address: email("opened"),
        account: staff().account.key(),
    }];
    review.outline.owner.email = Some(email("owner"));
    review.outline.casework.assignee = Some(Assignee {
        account: reviewer().account.key(),
        email: Some(email("reviewer")),
    });
    review
}

/// Every change that tells of something, by whoever may make it.
fn changes() -> Vec<(Review, Change)> {
    let another = person("another", None, &[Role::Administrator]);
    let cast: [Actor; 7] = [
        owner(),
        staff(),
        reviewer(),
        second_reviewer(),
        administrator(),
        another,
        job(),
    ];
    let mut found = Vec::new();
    for status in StatusName::ALL {
        for name in CommandName::ALL {
            let review = prepared(status, name);
            for actor in &cast {
                let command = command(name, &review);
                if let Ok(change) = give(&review, actor, moment(status, name), command)
                    && !change.events.is_empty()
                {
                    found.push((review.clone(), change));
                }
            }
        }
    }
    found
}

fn row(event: &Event) -> String {
    if let Event::SentAnewV1(_) = event {
        return "SentAnew".to_owned();
    }
    let Event::CommentedV1(written) = event else {
        return format!("{:?}", event.kind());
    };
    format!("CommentedBy{:?}", written.by)
}

/// What each part is told, in the order of the table's columns.
fn told(event: &Event, recipients: &[Recipient]) -> Vec<&'static str> {
    let words = |recipient: Option<&Recipient>| match recipient.map(|told| told.detail) {
        None => "-",
        Some(Detail::Full) => "full",
        Some(Detail::Brief) => "brief",
    };
    let about_access = matches!(
        event.kind(),
        EventKind::AccessChanged | EventKind::HandOverOffered
    );
    let part = |name: &str| {
        let address = PARTS.iter().find(|(part, _)| *part == name)?.1;
        let mut told = recipients.iter().filter(|_| !about_access);
        told.find(|recipient| recipient.address.reveal() == address)
    };
    vec![
        words(part("contact")),
        words(part("owner")),
        words(part("opened")),
        words(part("added")),
        words(recipients.first().filter(|_| about_access)),
        words(part("reviewer")),
    ]
}

#[test]
fn everybody_is_told_what_the_table_says() {
    let mut rows = TOLD.lines().map(str::trim).filter(|row| !row.is_empty());
    rows.next();
    let written: BTreeMap<&str, Vec<&str>> = rows
        .map(|row| {
            let mut cells = row.split_whitespace();
            (cells.next().expect("an event"), cells.collect())
        })
        .collect();
    let mut seen = BTreeSet::new();
    for (_, change) in changes() {
        let review = peopled(change.review);
        for (_, event) in &change.events {
            let row = row(event);
            let recipients = recipients(event, &review, &PersonHashKey::new(*b"key"));
            assert_eq!(written[&*row], told(event, &recipients), "{row}");
            for recipient in recipients {
                let of_team = recipient.address.reveal().ends_with("@cms.example.org");
                assert_eq!(recipient.side == Side::Team, of_team, "{row}");
            }
            seen.insert(row);
        }
    }
    let written: BTreeSet<_> = written.keys().map(|row| (*row).to_owned()).collect();
    assert_eq!(seen, written, "every event is led to, and in the table");
}

#[test]
fn who_has_several_parts_is_told_once_in_the_one_that_is_told_most() {
    let (_, change) = changes().swap_remove(0);
    let mut review = peopled(change.review);
    let same = |text: &str| text.parse().expect("an address");
    review.people.staff = vec![same("Jo@Example.org"), same("added@example.org")];
    review.people.bound.clear();
    review.outline.owner.email = Some(same("JO@example.org"));
    review.people.contact.as_mut().expect("a contact").email = Some(same("jo@example.org"));
    let told = recipients(&change.events[0].1, &review, &PersonHashKey::new(*b"key"));
    let told: Vec<_> = told
        .iter()
        .map(|one| (one.address.reveal(), one.detail))
        .collect();
    assert_eq!(
        told,
        [
            ("jo@example.org", Detail::Full),
            ("added@example.org", Detail::Brief)
        ]
    );
}

/// What is frozen beside the event is what the change led to, whatever the event.
#[test]
fn an_entry_says_where_the_review_stands_and_which_request_is_open_or_ended() {
    let mut ended = 0;
    for (before, change) in changes() {
        let key = PersonHashKey::new(*b"key");
        for entry in OutboxEntry::of(
            Some(&before),
            &change,
            change.review.outline.updated_at,
            &key,
        ) {
            assert_eq!(entry.status, Some(change.review.outline.status.name()));
            let open = |review: &Review| {
                let Status::AwaitingDocuments(now) = &review.outline.status else {
                    return None;
                };
                Some((now.request.seq, now.request.due))
            };
            let expected = match (open(&before), open(&change.review)) {
                (_, Some((request, due))) => Some(DocumentsClock {
                    request,
                    due,
                    ended: false,
                }),
                (Some((request, due)), None) => Some(DocumentsClock {
                    request,
                    due,
                    ended: true,
                }),
                (None, None) => None,
            };
            assert_eq!(entry.documents, expected);
            ended += usize::from(expected.is_some_and(|clock| clock.ended));
            let stored = serde_json::to_string(&entry).expect("an entry is stored as JSON");
            let read: OutboxEntry = serde_json::from_str(&stored).expect("it is read again");
            assert_eq!(read, entry);
        }
    }
    assert!(ended > 0);
}
