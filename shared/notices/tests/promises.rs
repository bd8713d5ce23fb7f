//! What holds for every letter, whatever people typed (domain.md #52, #54).

mod samples;

use std::sync::LazyLock;

use domain::{Detail, Event, OutboxEntry, Party};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

use samples::{individual, letter, samples, story, submitted, withdrawn};

static SAMPLES: LazyLock<[(&str, OutboxEntry); 7]> = LazyLock::new(samples);

const DETAILS: [Detail; 2] = [Detail::Full, Detail::Brief];

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

/// A sample with what people typed replaced, where `typed` has something.
fn planted(which: usize, typed: &[Option<String>; 3]) -> OutboxEntry {
    let mut entry = SAMPLES[which].1.clone();
    let party = match &mut entry.event {
        Event::ReviewSubmittedV1(submitted) => &mut submitted.party,
        Event::ReviewWithdrawnV1(withdrawn) => &mut withdrawn.party,
    };
    let [name, practice, identifier] = typed;
    *party = Party {
        party_name: name.as_ref().and_then(|name| name.parse().ok()),
        practice: practice.clone(),
        identifier: identifier.clone(),
        ..party.clone()
    };
    entry
}

fn count(text: &str, what: char) -> usize {
    text.chars().filter(|&c| c == what).count()
}

proptest! {
    #[test]
    fn every_letter_names_id_and_phone_and_its_subject_is_one_short_line(
        which in 0usize..7,
        typed in [option::of(hostile()), option::of(hostile()), option::of(hostile())],
    ) {
        let entry = planted(which, &typed);
        for detail in DETAILS {
            let letter = letter(&entry, detail).expect("a letter");
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
        which in 0usize..7,
        typed in [option::of(hostile()), option::of(hostile()), option::of(hostile())],
    ) {
        let entry = planted(which, &typed);
        // The same facts with harmless values: lines and tags must be as many.
        let harmless = match &entry.event {
            Event::ReviewSubmittedV1(submitted) => &submitted.party,
            Event::ReviewWithdrawnV1(withdrawn) => &withdrawn.party,
        };
        let plain = |there: bool| there.then(|| "x".to_owned());
        let harmless = planted(which, &[
            plain(harmless.party_name.is_some()),
            plain(harmless.practice.is_some()),
            plain(harmless.identifier.is_some()),
        ]);
        for detail in DETAILS {
            let given = letter(&entry, detail).expect("a letter");
            let expected = letter(&harmless, detail).expect("a letter");
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
        which in 0usize..7,
        typed in [option::of(hostile()), option::of(hostile()), option::of(hostile())],
    ) {
        let told = letter(&planted(which, &typed), Detail::Brief).expect("a letter");
        let nothing = letter(&planted(which, &[None, None, None]), Detail::Brief).expect("a letter");
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
        for entry in [receipt, withdrawn(&in_review), withdrawn(&draft)] {
            for detail in DETAILS {
                let letter = letter(&entry, detail).expect("a letter");
                for body in [&letter.subject, &letter.text, &letter.html] {
                    prop_assert!(!body.contains(&mark));
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
