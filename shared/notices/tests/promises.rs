//! What holds for every letter, whatever people typed (domain.md #52, #54).

mod samples;

use std::collections::HashSet;
use std::sync::LazyLock;

use domain::{Detail, Event, OutboxEntry, Party};
use notices::Letter;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

use samples::frozen::{self, EXPLANATION};
use samples::{frozen_entry, individual, letters, samples, story, submitted, withdrawn};

static SAMPLES: LazyLock<Vec<(&str, OutboxEntry)>> = LazyLock::new(samples);

/// Any of the samples: every kind of event.
fn any_sample() -> impl Strategy<Value = usize> {
    0..SAMPLES.len()
}

/// Text that wants to break out of its place, and never is nothing at all.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<char>().prop_map(String::from),
        "\\PC{0,8}",
        prop::sample::select(vec![
            "\r\n",
            "\nBcc: x@example.org",
            "\u{2028}",
            "\u{85}",
            "\0",
            "\u{202e}",
            "\u{2066}",
            "<script>",
            "</dl>",
            "<!--",
            "\"'><b>",
            "&lt;",
            "&#0;",
            "{{ page.id }}",
            "{% if %}",
        ])
        .prop_map(str::to_owned),
    ];
    vec(part, 0..8).prop_map(|parts| format!("A{}", parts.concat()))
}

/// A sample with what people typed about the party replaced, where `typed` has something.
fn planted(which: usize, typed: &[Option<String>; 3]) -> OutboxEntry {
    let mut entry = SAMPLES[which].1.clone();
    let [name, practice, identifier] = typed;
    let party = Party {
        party_name: name.as_ref().and_then(|name| name.parse().ok()),
        practice: practice.clone(),
        identifier: identifier.clone(),
        ..entry.event.party().clone()
    };
    set_party(&mut entry.event, party);
    if let Some(text) = practice {
        set_words(&mut entry.event, text);
    }
    entry
}

fn set_party(event: &mut Event, party: Party) {
    let place = match event {
        Event::ReviewSubmittedV1(event) => &mut event.party,
        Event::ReviewWithdrawnV1(event) => &mut event.party,
        Event::CorrectionFiledV1(event) => &mut event.party,
        Event::CommentedV1(event) => &mut event.party,
        Event::DocumentsRequestedV1(event) => &mut event.party,
        Event::DocumentsReminderV1(event) => &mut event.party,
        Event::DocumentsDueMovedV1(event) => &mut event.party,
        Event::MoreTimeAskedV1(event) => &mut event.party,
        Event::MoreTimeAnsweredV1(event) => &mut event.party,
        Event::DocumentsReceivedV1(event) => &mut event.party,
        Event::FileRefusedV1(event) => &mut event.party,
        Event::OutcomeV1(event) => &mut event.party,
        Event::ScoresRevisedV1(event) => &mut event.party,
        Event::DecisionCorrectedV1(event) => &mut event.party,
        Event::ReinstatedV1(event) => &mut event.party,
        Event::DraftReminderV1(event) => &mut event.party,
        Event::WindowChangedV1(event) => &mut event.party,
        Event::NotSubmittedV1(event) => &mut event.party,
        Event::LateAllowedV1(event) => &mut event.party,
        Event::AccessChangedV1(event) => &mut event.party,
        Event::HandOverOfferedV1(event) => &mut event.party,
        Event::HandedOverV1(event) => &mut event.party,
        Event::EntrustedV1(event) => &mut event.party,
        Event::ContactReplacedV1(event) => &mut event.party,
        Event::WrongPatientDecidedV1(event) => &mut event.party,
        Event::SentAnewV1(anew) => return set_party(&mut anew.event, party),
    };
    *place = party;
}

/// Replaces what the team or the sender of a file typed, where its type takes `text`.
fn set_words(event: &mut Event, text: &str) {
    if let Event::WindowChangedV1(changed) = event {
        changed.reason = text.to_owned();
    }
    if let (Event::LateAllowedV1(late), Ok(id)) = (&mut *event, text.parse()) {
        late.failed_request = id;
    }
    if let Event::CorrectionFiledV1(filed) = event {
        filed.field = format!("/{text}");
    }
    if let (Event::DocumentsRequestedV1(asked), Ok(what)) = (&mut *event, text.parse()) {
        asked.items[0].ask.what = what;
    }
    if let (Event::FileRefusedV1(refused), Ok(name)) = (event, format!("{text}.pdf").parse()) {
        refused.name = name;
    }
}

fn brief(entry: &OutboxEntry) -> Vec<Letter> {
    letters(entry)
        .into_iter()
        .filter_map(|(detail, letter)| (detail == Detail::Brief).then_some(letter))
        .collect()
}

/// The samples are of every kind, so that what holds for all of them holds for every letter.
#[test]
fn every_kind_of_event_has_a_sample_and_every_sample_a_reader() {
    let kinds: HashSet<_> = SAMPLES
        .iter()
        .map(|(_, entry)| entry.event.kind())
        .collect();
    assert_eq!(kinds.len(), 25);
    for (name, entry) in SAMPLES.iter() {
        assert!(!letters(entry).is_empty(), "{name}");
    }
}

/// What is due stands in the second line: after the id, in the headline.
#[test]
fn a_deadline_is_in_the_first_two_lines() {
    for (name, entry) in SAMPLES.iter() {
        let due = match &entry.event {
            Event::DocumentsRequestedV1(_)
            | Event::DocumentsReminderV1(_)
            | Event::DocumentsDueMovedV1(_)
            | Event::MoreTimeAnsweredV1(_) => Some("Wednesday, December 3, 2025, 11:59 pm ET"),
            Event::FileRefusedV1(refused) if refused.replace_by.is_some() => {
                Some("Wednesday, December 3, 2025, 11:59 pm ET")
            }
            Event::WindowChangedV1(changed) if changed.closes.is_some() => {
                Some("Friday, November 21, 2025, 8:00 pm ET")
            }
            Event::ReviewWithdrawnV1(withdrawn) => withdrawn
                .copy_until
                .and_then(|copy| copy.closes)
                .map(|_| "Friday, November 14, 2025, 8:00 pm ET"),
            Event::DraftReminderV1(_) => Some("Friday, November 21, 2025, 8:00 pm ET"),
            Event::LateAllowedV1(_) => Some("Friday, November 21, 2025, 11:59 pm ET"),
            Event::OutcomeV1(outcome) => outcome
                .copy_until
                .and_then(|copy| copy.closes)
                .map(|_| "Friday, November 21, 2025, 8:00 pm ET"),
            Event::ReviewSubmittedV1(_)
            | Event::CorrectionFiledV1(_)
            | Event::CommentedV1(_)
            | Event::MoreTimeAskedV1(_)
            | Event::DocumentsReceivedV1(_)
            | Event::FileRefusedV1(_)
            | Event::ScoresRevisedV1(_)
            | Event::DecisionCorrectedV1(_)
            | Event::ReinstatedV1(_)
            | Event::WindowChangedV1(_)
            | Event::NotSubmittedV1(_)
            | Event::AccessChangedV1(_)
            | Event::HandOverOfferedV1(_)
            | Event::HandedOverV1(_)
            | Event::EntrustedV1(_)
            | Event::ContactReplacedV1(_)
            | Event::WrongPatientDecidedV1(_) => None,
            Event::SentAnewV1(_) => Some("Wednesday, December 3, 2025, 11:59 pm ET"),
        };
        for (detail, letter) in letters(entry) {
            let mut first = letter.text.lines().take(2);
            if let (Detail::Full, Some(due)) = (detail, due) {
                assert!(first.any(|line| line.contains(due)), "{name}");
            }
        }
    }
}

fn count(text: &str, what: char) -> usize {
    text.chars().filter(|&c| c == what).count()
}

proptest! {
    #[test]
    fn every_letter_names_id_and_phone_and_its_subject_is_one_short_line(
        which in any_sample(),
        typed in [option::of(hostile()), option::of(hostile()), option::of(hostile())],
    ) {
        let entry = planted(which, &typed);
        for (_, letter) in letters(&entry) {
            prop_assert!(letter.subject.chars().count() < 80);
            prop_assert!(letter.subject.contains(entry.review.as_str()));
            prop_assert!(letter.subject.chars().all(|c| c == ' ' || c.is_ascii_graphic()));
            for body in [&letter.text, &letter.html] {
                for needed in [entry.review.as_str(), "1-866-288-8292", "TRS 711"] {
                    prop_assert!(body.contains(needed), "{needed}");
                }
            }
        }
    }

    #[test]
    fn what_people_typed_stays_in_its_place(
        which in any_sample(),
        typed in [option::of(hostile()), option::of(hostile()), option::of(hostile())],
    ) {
        let entry = planted(which, &typed);
        // The same facts with harmless values: lines and tags must be as many.
        let harmless = entry.event.party();
        let plain = |there: bool| there.then(|| "x".to_owned());
        let harmless = planted(which, &[
            plain(harmless.party_name.is_some()),
            plain(harmless.practice.is_some()),
            plain(harmless.identifier.is_some()),
        ]);
        for ((_, given), (_, expected)) in letters(&entry).iter().zip(letters(&harmless)) {
            prop_assert_eq!(&given.subject, &expected.subject);
            prop_assert!(given.calendar == expected.calendar, "a calendar holds nothing that was typed");
            prop_assert_eq!(given.text.lines().count(), expected.text.lines().count());
            for sign in ['<', '>', '"'] {
                prop_assert_eq!(count(&given.html, sign), count(&expected.html, sign));
            }
            for body in [&given.text, &given.html] {
                prop_assert!(body.chars().all(|c| c == '\n' || !c.is_control()));
                let breaks = body.contains(['\u{202e}', '\u{2066}', '\u{2028}', '\u{2029}']);
                prop_assert!(!breaks);
            }
        }
    }

    #[test]
    fn a_brief_letter_holds_no_fact_of_the_party(
        which in any_sample(),
        typed in [option::of(hostile()), option::of(hostile()), option::of(hostile())],
    ) {
        let told = brief(&planted(which, &typed));
        let nothing = brief(&planted(which, &[None, None, None]));
        prop_assert!(told == nothing);
    }

    #[test]
    fn no_letter_holds_a_tin_or_the_description(
        tin in "[0-9]{9}",
        mark in "[a-z]{24}",
        group: bool,
        in_the_name in 0usize..4,
    ) {
        let written = [
            tin.clone(),
            format!("{}-{}", &tin[..2], &tin[2..]),
            format!("{}-{}-{}", &tin[..3], &tin[3..5], &tin[5..]),
        ];
        let name = written.get(in_the_name).map_or("Clinic", String::as_str);
        let mut form = individual();
        form["description"] = json!(format!("{mark} {tin}"));
        form["party_name"] = json!(format!("Clinic {name}"));
        form["practice"] = json!({"choice": "not_listed", "tin": tin, "name": format!("{name}, Inc.")});
        if group {
            form["application"] = json!({"type": "group", "tin": tin});
        }
        let draft = story([form]);
        let (in_review, receipt) = submitted(&draft);
        let party = Party::of(&in_review.outline, &in_review.form);
        let others = frozen::events(&party).into_iter();
        let others = others.map(|(_, event)| frozen_entry(&in_review, event));
        for entry in [receipt, withdrawn(&in_review), withdrawn(&draft)].into_iter().chain(others) {
            for (detail, letter) in letters(&entry) {
                let calendar = letter.calendar.as_ref().map_or("", |calendar| &*calendar.text);
                for body in [&*letter.subject, &*letter.text, &*letter.html, calendar] {
                    prop_assert!(!body.contains(&mark));
                    prop_assert!(!body.contains(EXPLANATION));
                    prop_assert!(!body.contains("00-0045100"));
                    for written in &written {
                        prop_assert!(!body.contains(written.as_str()), "{written}");
                    }
                }
                let shown = format!("*****{}", &tin[5..]);
                prop_assert_eq!(letter.text.contains(&shown), detail == Detail::Full);
                let logged = format!("{letter:?}");
                prop_assert!(!logged.contains("Clinic"));
            }
        }
    }
}
