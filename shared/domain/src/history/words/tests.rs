use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{CommitId, Form, People};

mod acts;

use acts::{World, acts, rules};

#[test]
fn every_act_has_its_sentence() {
    let world = World { seed: [7; 16] };
    let files = [world.attached()];
    let narrator = Narrator {
        rules: rules(),
        files: &files,
    };
    let acts = acts(&world);
    let sentences: Vec<_> = include_str!("tests/sentences.txt").lines().collect();
    assert_eq!(acts.len(), sentences.len());
    for (act, sentence) in acts.iter().zip(sentences) {
        assert_eq!(narrator.sentence(act), sentence, "{act:?}");
    }
}

#[test]
fn the_list_leaves_no_act_out() {
    // The reader of a stored act names all that it knows when it meets one that it does not.
    let unknown = serde_json::from_value::<Act>(json!({ "type": "unknown" }));
    let told = unknown.expect_err("no such act").to_string();
    let known: std::collections::BTreeSet<_> = told
        .split('`')
        .filter(|word| word.ends_with("V1"))
        .map(str::to_owned)
        .collect();
    let acts = acts(&World { seed: [7; 16] });
    let listed = acts.iter().map(Act::name).collect();
    assert_eq!(known, listed);
    assert_eq!(known.len(), 62, "{told}");
}

#[test]
fn every_field_of_form_and_people_has_words() {
    let form = json!({
        "reasons_acknowledged": "reasons/2024.1",
        "reasons": ["special_status_not_reflected"],
        "application": {"type": "individual"},
        "party_name": "Dr. Sample",
        "practice": {"choice": "not_listed", "tin": "00-0045100"},
        "reporting": {"option": "traditional_mips"},
        "tickets": ["CS0606124"],
        "relationship": {"kind": "practice_staff"},
        "categories": ["promoting_interoperability"],
        "issues": ["extreme_circumstances"],
        "follow_ups": {"exception_id": "1"},
        "description": "It is not reflected.",
    });
    let form = Form::default().patched(&crate::FormPatch(form), rules());
    let people = json!({"contact": {"phone": "866-288-8292"}, "staff": ["a@example.org"]});
    let people = People::default().patched(&crate::FormPatch(people));
    let fields = [
        Form::default().difference(&form.expect("a form")),
        People::default().difference(&people.expect("people")),
    ]
    .concat();
    assert_eq!(fields.len(), 14, "{fields:?}");
    for field in fields {
        let words = fields::named(std::slice::from_ref(&field));
        assert_ne!(words, fields::UNKNOWN, "{field}");
    }
}

/// The longest run of hexadecimal digits.
fn longest_hex(text: &str) -> usize {
    let runs = text.split(|c: char| !c.is_ascii_hexdigit());
    runs.map(str::len).max().unwrap_or_default()
}

proptest! {
    #[test]
    fn no_sentence_holds_an_account_a_commit_or_a_hash(seed: [u8; 16]) {
        let world = World { seed };
        let secrets = [
            world.account().to_string(),
            world.hash().to_string(),
            world.file().to_string(),
            CommitId::from_random(seed).as_str().to_owned(),
        ];
        // Without its name a file is still not called by its id.
        for files in [vec![world.attached()], Vec::new()] {
            let narrator = Narrator { rules: rules(), files: &files };
            for act in acts(&world) {
                let sentence = narrator.sentence(&act);
                prop_assert!(sentence.ends_with('.'), "{sentence}");
                prop_assert!(longest_hex(&sentence) < 8, "{sentence}");
                for secret in &secrets {
                    prop_assert!(!sentence.contains(&secret[..8]), "{sentence}");
                }
            }
        }
    }
}
