//! The mailbox: one `.eml` a mail, and an index of one JSON line a mail, which alone says what was taken.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use mail_parser::{MessageParser, MimeHeaders as _};

use super::{MailSummary, StoredMail};
use crate::data::{DataError, replace};
use crate::services::ServiceError;
use crate::services::lines::{self, Lines};

/// The kept mails.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    index: Mutex<Index>,
}

#[derive(Debug)]
struct Index {
    lines: Lines<MailSummary>,
    /// The oldest first.
    mails: Vec<MailSummary>,
}

impl Store {
    /// Reads the index. A last line that was cut by a kill was never acknowledged and is left out.
    pub(super) fn open(folder: &Path) -> Result<Self, ServiceError> {
        std::fs::create_dir_all(folder).map_err(io("make", folder))?;
        let path = folder.join("index.jsonl");
        let mails: Vec<_> = lines::read(&path)?;
        let lines = Lines::begin(&path, &mails)?;
        Ok(Self {
            folder: folder.to_owned(),
            index: Mutex::new(Index { lines, mails }),
        })
    }

    /// Keeps a mail: the file first, so that the index never names one that is not there.
    pub(super) fn keep(&self, summary: MailSummary, raw: &[u8]) -> Result<(), ServiceError> {
        replace(&self.file_of(&summary.id, "eml"), raw)?;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.lines.push(&summary)?;
        index.mails.push(summary);
        Ok(())
    }

    pub(super) fn list(&self) -> Vec<MailSummary> {
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.mails.iter().rev().cloned().collect()
    }

    pub(super) fn count(&self) -> usize {
        self.index
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .mails
            .len()
    }

    pub(super) fn get(&self, id: &str) -> Option<StoredMail> {
        // Only an id from the index becomes a path.
        let summary = {
            let index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
            index.mails.iter().find(|mail| mail.id == id).cloned()?
        };
        let raw = std::fs::read(self.file_of(&summary.id, "eml")).ok()?;
        let parsed = MessageParser::default().parse(&raw)?;
        let headers = parsed
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        // body_text and body_html make the one from the other where it is missing; the page shows what was sent.
        let text = first(&parsed, "plain")
            .and_then(|_| parsed.body_text(0))
            .map(|part| part.into_owned());
        let html = first(&parsed, "html")
            .and_then(|_| parsed.body_html(0))
            .map(|part| part.into_owned());
        let attachments = parsed
            .attachments()
            .map(|part| {
                part.attachment_name()
                    .unwrap_or("(without a name)")
                    .to_owned()
            })
            .collect();
        Some(StoredMail {
            summary,
            headers,
            text,
            html,
            attachments,
            raw,
        })
    }

    /// The file of the mail `id` that ends in `.{kind}`.
    pub(super) fn file_of(&self, id: &str, kind: &str) -> PathBuf {
        self.folder.join(format!("{id}.{kind}"))
    }

    /// The ids of all mails that have a file which ends in `.{kind}`.
    pub(super) fn names(&self, kind: &str) -> Result<BTreeSet<String>, ServiceError> {
        let entries = std::fs::read_dir(&self.folder).map_err(io("list", &self.folder))?;
        let mut names = BTreeSet::new();
        for entry in entries {
            let path = entry.map_err(io("list", &self.folder))?.path();
            if path.extension().is_some_and(|end| end == kind)
                && let Some(name) = path.file_stem().and_then(|name| name.to_str())
            {
                names.insert(name.to_owned());
            }
        }
        Ok(names)
    }
}

fn first<'m>(
    message: &'m mail_parser::Message<'_>,
    subtype: &str,
) -> Option<&'m mail_parser::MessagePart<'m>> {
    message.parts.iter().find(|part| match part.content_type() {
        Some(kind) => kind.ctype() == "text" && kind.subtype() == Some(subtype),
        None => subtype == "plain" && matches!(part.body, mail_parser::PartType::Text(_)),
    })
}

fn io<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> ServiceError + 'a {
    move |source| {
        DataError::Io {
            what,
            path: path.to_owned(),
            source,
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;

    const LETTER: &[u8] = b"From: Review <review@example.org>\r\nTo: filer@example.org\r\nSubject: Received\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYour request is in.\r\n\
        --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Your request is <b>in</b>.</p>\r\n--b--\r\n";

    fn summary(id: &str) -> MailSummary {
        MailSummary {
            id: id.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            source: "review@example.org".to_owned(),
            destinations: vec!["filer@example.org".to_owned()],
            subject: "Received".to_owned(),
            tags: BTreeMap::new(),
            configuration_set: None,
        }
    }

    #[test]
    fn a_kept_mail_is_there_after_a_kill_with_both_parts() {
        let place = tempfile::tempdir().expect("a place");
        let store = Store::open(place.path()).expect("opens");
        store.keep(summary("one"), LETTER).expect("kept");
        store.keep(summary("two"), LETTER).expect("kept");
        // The store is not closed, and half a line is what a kill can leave.
        let index = place.path().join("index.jsonl");
        let mut torn = std::fs::read(&index).expect("there");
        torn.extend_from_slice(b"{\"id\":\"thr");
        std::fs::write(&index, torn).expect("torn");

        let again = Store::open(place.path()).expect("opens again");
        assert_eq!(
            again
                .list()
                .iter()
                .map(|mail| mail.id.as_str())
                .collect::<Vec<_>>(),
            ["two", "one"]
        );
        let mail = again.get("one").expect("there");
        assert_eq!(
            mail.text.as_deref().map(str::trim),
            Some("Your request is in.")
        );
        assert!(mail.html.expect("there").contains("<b>in</b>"));
        assert_eq!(mail.raw, LETTER);
        assert!(
            mail.headers
                .contains(&("Subject".to_owned(), "Received".to_owned()))
        );

        again
            .keep(summary("three"), LETTER)
            .expect("kept after a torn line");
        assert_eq!(Store::open(place.path()).expect("opens").count(), 3);
    }

    #[test]
    fn a_mail_with_one_part_shows_no_other() {
        let place = tempfile::tempdir().expect("a place");
        let store = Store::open(place.path()).expect("opens");
        store
            .keep(
                summary("one"),
                b"From: a@example.org\r\nSubject: x\r\n\r\nplain\r\n",
            )
            .expect("kept");
        let mail = store.get("one").expect("there");
        assert_eq!(mail.text.as_deref().map(str::trim), Some("plain"));
        assert_eq!(mail.html, None);
    }

    #[test]
    fn an_id_that_was_never_given_is_no_path() {
        let place = tempfile::tempdir().expect("a place");
        let store = Store::open(&place.path().join("mail")).expect("opens");
        std::fs::write(place.path().join("secret.eml"), LETTER).expect("written");
        assert!(store.get("../secret").is_none());
    }
}
