//! Letters of a second home: its mail service hands each on by SMTP, and the run keeps them as files.

use std::path::Path;

use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::{Value, json};

use super::Deployment;
use crate::Mail;

const FOLDER: &str = "letters";

/// A letter as it was handed over.
pub(crate) struct Captured {
    /// Whom it is for, by the envelope.
    pub(crate) to: String,
    /// The whole message.
    pub(crate) raw: String,
}

/// Keeps the letter with this number.
///
/// # Errors
/// It cannot be written.
pub(crate) fn keep(folder: &Path, number: usize, letter: &Captured) -> std::io::Result<()> {
    let folder = folder.join(FOLDER);
    std::fs::create_dir_all(&folder)?;
    let written = folder.join(format!("{number:06}.part"));
    let text = json!({ "to": letter.to, "raw": letter.raw }).to_string();
    std::fs::write(&written, text)?;
    // Who reads meanwhile sees all of it or nothing.
    std::fs::rename(&written, folder.join(format!("{number:06}.json")))
}

/// How many there are.
pub(super) fn count(folder: &Path) -> usize {
    files(folder).len()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder.join(FOLDER)).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut all: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    all.sort();
    all
}

impl Deployment {
    /// The letters of this test, in the order in which they were handed over. `notices` are the items of notices by the
    /// message that they were sent as: the mail service keeps no tags, so a letter whose notice has not been recorded yet
    /// names none.
    ///
    /// # Panics
    /// When a kept letter cannot be read.
    pub(crate) fn letters(&self, items: &[Value]) -> Vec<Mail> {
        let new = files(&self.folder).into_iter().skip(self.letters_before);
        new.map(|path| {
            let text = std::fs::read_to_string(&path).expect("a kept letter");
            let kept: Value = serde_json::from_str(&text).expect("a kept letter is JSON");
            mail(&kept, items)
        })
        .collect()
    }
}

fn mail(kept: &Value, items: &[Value]) -> Mail {
    let text = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
    let raw = text("raw");
    let parsed = MessageParser::default().parse(raw.as_bytes());
    let parsed = parsed.expect("a letter is a message");
    let is = |kind: &str, index: u32| {
        let part = parsed.parts.get(index as usize);
        part.and_then(|part| part.content_type())
            .and_then(|known| known.subtype())
            .is_some_and(|known| known.eq_ignore_ascii_case(kind))
    };
    let first = |parts: &[u32], kind: &str| parts.first().is_some_and(|index| is(kind, *index));
    let plain = first(&parsed.text_body, "plain")
        .then(|| parsed.body_text(0))
        .flatten();
    let html = first(&parsed.html_body, "html")
        .then(|| parsed.body_html(0))
        .flatten();
    Mail {
        to: text("to"),
        subject: parsed.subject().unwrap_or_default().to_owned(),
        notice: notice(parsed.message_id().unwrap_or_default(), items).unwrap_or_default(),
        text: plain.unwrap_or_default().into_owned(),
        html: html.unwrap_or_default().into_owned(),
        raw,
    }
}

/// The id of the notice that was sent as this message: `<review>-<seq>-<person>`.
fn notice(message: &str, items: &[Value]) -> Option<String> {
    let mut items = items.iter();
    let item = items.find(|item| item["message_id"]["S"] == message)?;
    let review = item["pk"]["S"].as_str()?.strip_prefix("REVIEW#")?;
    let (seq, person) = item["sk"]["S"]
        .as_str()?
        .strip_prefix("NOTICE#")?
        .split_once('#')?;
    Some(format!("{review}-{}-{person}", seq.trim_start_matches('0')))
}
