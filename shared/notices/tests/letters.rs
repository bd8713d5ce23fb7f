//! Every letter as people read it, as text; a few as HTML, since all share one layout. A changed word shows
//! as a changed snapshot.

mod samples;

use domain::Detail;
use notices::Letter;

use samples::{letters, samples};

/// An ordinary letter, one with a deadline and a list, one with bad news.
const LOOKED_AT_IN_HTML: [&str; 3] = ["receipt-individual", "documents-requested", "denied"];

fn as_text(letter: &Letter) -> String {
    format!("Subject: {}\n\n{}", letter.subject, letter.text)
}

#[test]
fn full_letters() {
    for (name, entry) in samples() {
        let told = letters(&entry);
        if let Some((_, letter)) = told.iter().find(|(detail, _)| *detail == Detail::Full) {
            insta::assert_snapshot!(format!("{name}-full.txt"), as_text(letter));
            if LOOKED_AT_IN_HTML.contains(&name) {
                insta::assert_snapshot!(format!("{name}-full.html"), letter.html);
            }
        }
    }
}

/// Whoever the party is and whatever the facts, one kind of news makes one brief letter: each is looked
/// at once, and all of them together.
#[test]
fn brief_letters() {
    let mut seen: Vec<Letter> = Vec::new();
    for (name, entry) in samples() {
        for (detail, letter) in letters(&entry) {
            match (
                detail,
                seen.iter().find(|one| one.subject == letter.subject),
            ) {
                (Detail::Full, _) => {}
                (Detail::Brief, Some(one)) => {
                    assert!(*one == letter, "{name} tells more than news")
                }
                (Detail::Brief, None) => seen.push(letter),
            }
        }
    }
    assert_eq!(seen.len(), 28, "one for each kind of news");
    let all: Vec<_> = seen.iter().map(as_text).collect();
    insta::assert_snapshot!("brief.txt", all.join("\n=====\n\n"));
}
