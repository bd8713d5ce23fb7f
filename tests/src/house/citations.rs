//! Numbers of numbered documents: `domain.md #36` in a comment must be a fact that exists.

use super::fault::Fault;
use super::files::TextFile;

/// The documents whose numbers are cited.
pub const NUMBERED: [&str; 2] = ["docs/domain.md", "docs/performance.md"];

/// Every citation of a number that `document` (a path of [`NUMBERED`]) does not have.
#[must_use]
pub fn unknown_citations(document: &str, files: &[TextFile]) -> Vec<Fault> {
    let Some(source) = files.iter().find(|file| file.path == document) else {
        return vec![missing(document)];
    };
    let numbers = numbers(&source.text);
    let name = document.rsplit('/').next().unwrap_or(document);
    let mut faults = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            for cited in cited(name, line)
                .into_iter()
                .filter(|cited| !numbers.contains(cited))
            {
                faults.push(Fault {
                    place: format!("{}:{}", file.path, index + 1),
                    wrong: format!("cites #{cited} of {name}, which does not exist"),
                    instead: format!("cite the number that the rule has in {document}, or write the rule down there first"),
                });
            }
        }
    }
    faults
}

/// The first break in the numbering of `document`: numbers begin with 1, and none is left out or used twice.
#[must_use]
pub fn unsteady_numbers(document: &str, files: &[TextFile]) -> Vec<Fault> {
    let Some(source) = files.iter().find(|file| file.path == document) else {
        return vec![missing(document)];
    };
    let first_break = numbers(&source.text)
        .into_iter()
        .zip(1..)
        .find(|(number, expected)| number != expected);
    first_break
        .map(|(number, expected)| Fault {
            place: document.into(),
            wrong: format!("#{number} stands where #{expected} should"),
            instead: "numbers are stable, because code cites them: a new one goes to the end, one that falls away keeps its number and says so".into(),
        })
        .into_iter()
        .collect()
}

fn missing(document: &str) -> Fault {
    Fault {
        place: document.into(),
        wrong: "is not there".into(),
        instead: "the code cites its numbers: put it back".into(),
    }
}

/// The numbers that open a line: `36. Issues, at least one`.
fn numbers(text: &str) -> Vec<u32> {
    text.lines()
        .filter_map(|line| line.split_once(". ")?.0.parse().ok())
        .collect()
}

/// The numbers that `line` cites of the document `name`: one, several with commas or `and`, or the two ends of a range.
fn cited(name: &str, line: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices(name) {
        let after = line[at + name.len()..].replace(['`', ',', '–', '-'], " ");
        let words = after
            .split_whitespace()
            .filter(|word| !matches!(*word, "and" | "to" | "or"));
        found.extend(words.map_while(number_cited));
    }
    found
}

fn number_cited(word: &str) -> Option<u32> {
    let digits: String = word
        .strip_prefix('#')?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}
