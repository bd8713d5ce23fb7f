//! Every letter as people read it, in text and HTML. A changed word shows as a changed snapshot.

mod samples;

use std::collections::BTreeMap;

use domain::Detail;
use notices::Letter;

use samples::{letter, samples};

fn letters(detail: Detail) -> impl Iterator<Item = (&'static str, Letter)> {
    samples().into_iter().map(move |(name, entry)| {
        let letter = letter(&entry, detail).expect("a letter");
        (name, letter)
    })
}

fn look(name: &str, letter: &Letter) {
    insta::assert_snapshot!(
        format!("{name}.txt"),
        format!("Subject: {}\n\n{}", letter.subject, letter.text)
    );
    insta::assert_snapshot!(format!("{name}.html"), letter.html);
}

#[test]
fn full_letters() {
    for (name, letter) in letters(Detail::Full) {
        look(&format!("{name}-full"), &letter);
    }
}

/// Whoever the party is, one kind of news makes one brief letter, so each is looked at once.
#[test]
fn brief_letters_are_the_same_for_every_party() {
    let mut by_news: BTreeMap<String, Letter> = BTreeMap::new();
    for (name, letter) in letters(Detail::Brief) {
        let first = by_news
            .entry(letter.subject.clone())
            .or_insert_with(|| letter.clone());
        assert!(*first == letter, "{name} tells about its party");
    }
    assert_eq!(
        by_news.len(),
        3,
        "receipt, withdrawal and withdrawal of a draft"
    );
    for (news, letter) in ["receipt", "withdrawal-draft", "withdrawal"]
        .iter()
        .zip(by_news.values())
    {
        look(&format!("{news}-brief"), letter);
    }
}
