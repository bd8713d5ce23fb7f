//! Every letter as people read it, as text and as HTML, with its calendar file. A changed word shows as a
//! changed snapshot.

mod samples;

use domain::Detail;
use notices::Letter;

use samples::{letters, samples};

/// The head of a page is the same for all letters: it is kept once, whole.
const WHOLE: &str = "receipt-individual";

fn as_text(letter: &Letter) -> String {
    format!("Subject: {}\n\n{}", letter.subject, letter.text)
}

/// The page from its body on.
fn body(letter: &Letter) -> &str {
    let body = letter.html.find("<body").expect("a page has a body");
    &letter.html[body..]
}

#[test]
fn full_letters() {
    for (name, entry) in samples() {
        let told = letters(&entry);
        if let Some((_, letter)) = told.iter().find(|(detail, _)| *detail == Detail::Full) {
            insta::assert_snapshot!(format!("{name}-full.txt"), as_text(letter));
            let html = if name == WHOLE {
                &letter.html
            } else {
                body(letter)
            };
            insta::assert_snapshot!(format!("{name}-full.html"), html);
            if let Some(calendar) = &letter.calendar {
                let lines = calendar.text.replace("\r\n", "\n");
                let file = format!("{}\n\n{lines}", calendar.media_type);
                insta::assert_snapshot!(format!("{name}-full.ics"), file);
            }
        }
    }
}

/// Whoever the party is and whatever the facts, one kind of news in one status makes one brief letter: each is
/// looked at once, and all of them together.
#[test]
fn brief_letters() {
    let mut seen: Vec<Letter> = Vec::new();
    for (name, entry) in samples() {
        for (detail, letter) in letters(&entry) {
            match (
                detail,
                seen.iter().find(|one| status(one) == status(&letter)),
            ) {
                (Detail::Full, _) => {}
                (Detail::Brief, Some(one)) => {
                    assert!(*one == letter, "{name} tells more than news")
                }
                (Detail::Brief, None) => seen.push(letter),
            }
        }
    }
    let all: Vec<_> = seen.iter().map(as_text).collect();
    insta::assert_snapshot!("brief.txt", all.join("\n=====\n\n"));
    let all: Vec<_> = seen.iter().map(body).collect();
    insta::assert_snapshot!("brief.html", all.join("\n<!-- ===== -->\n"));
    // A refused file is told in two statuses, a withdrawal also from before statuses were frozen.
    assert_eq!(seen.len(), 33 + 2, "one for each kind of news");
}

/// What makes a brief letter what it is: its subject, and where it says that the review stands.
fn status(letter: &Letter) -> (&str, Option<&str>) {
    let status = letter.text.lines().find(|line| line.starts_with("Status:"));
    (&letter.subject, status)
}
