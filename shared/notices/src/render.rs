//! Puts words and layout together.

use askama::Template;
use domain::{
    Contacts, Detail, Event, OutboxEntry, Recipient, ReviewId, UnknownYear, civil_text, rule_set,
};

use jiff::Timestamp;

use crate::calendar::{self, Calendar};
use crate::links::{LinkError, Links};
use crate::news::News;
use crate::palette::{DARK, LIGHT, Palette};
use crate::words::{self, Words};

/// One letter, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line of less than 80 characters, with the review's id and nothing personal.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same words as a whole HTML document, without images or anything loaded from elsewhere.
    pub html: String,
    /// The due day for the reader's calendar, where one begins, moves or ends.
    pub calendar: Option<Calendar>,
}

/// The bodies name the party, so `Debug`, which ends in logs, shows the subject only.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

/// Why a letter could not be written. Trying again changes nothing until the cause is mended.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The rule set that holds the contacts and the document days is missing.
    #[error(transparent)]
    Year(#[from] UnknownYear),
    /// The setting for links is wrong.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A layout could not be filled in.
    #[error("a letter's layout could not be filled in: {0}")]
    Layout(#[from] askama::Error),
}

/// Writes the letter that tells `recipient` of `entry`. The same arguments always give the same letter.
///
/// # Errors
/// [`RenderError`]; its sentence holds nothing personal.
pub fn render(
    entry: &OutboxEntry,
    recipient: &Recipient,
    links: &Links,
) -> Result<Letter, RenderError> {
    // What did not reach the contact is told as it was, with a word about why it comes so late.
    let anew = if let Event::SentAnewV1(anew) = &entry.event {
        Some(anew)
    } else {
        None
    };
    let late = anew.map(|anew| sent_late(anew.at));
    let first = anew.map(|anew| OutboxEntry {
        at: anew.at,
        status: anew.status,
        event: (*anew.event).clone(),
        ..entry.clone()
    });
    let entry = first.as_ref().unwrap_or(entry);
    let rules = rule_set(entry.review.year())?;
    let news = News::of(&entry.event, &recipient.address);
    let link = links.review(&entry.review)?;
    let calendar = calendar::of(entry, recipient, &link, &rules.contacts);
    let mut words = words::of(entry, news, recipient.detail, rules);
    words
        .opening
        .extend(late.filter(|_| recipient.detail == Detail::Full));
    words
        .steps
        .extend(calendar.as_ref().map(Calendar::sentence));
    let page = Page {
        subject: &news.subject(&entry.review),
        id: &entry.review,
        words: &words,
        contacts: &rules.contacts,
        link: news.leaves_access().then_some(&*link),
        light: &LIGHT,
        dark: &DARK,
    };
    Ok(Letter {
        subject: page.subject.to_owned(),
        text: AsText { page: &page }.render()?,
        html: AsHtml { page: &page }.render()?,
        calendar,
    })
}

/// Why the reader hears of it only now.
fn sent_late(at: Timestamp) -> String {
    format!(
        "This was first written on {}, to an address that could not be reached. It comes to you because yours is now the contact's address. Whether anything has changed since then is shown after you sign in; if you cannot sign in, please call the Service Center.",
        civil_text(at)
    )
}

/// Everything that a layout shows.
struct Page<'a> {
    subject: &'a str,
    id: &'a ReviewId,
    words: &'a Words,
    contacts: &'a Contacts,
    /// `None` for who can no longer open the review.
    link: Option<&'a str>,
    light: &'a Palette,
    dark: &'a Palette,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct AsText<'a> {
    page: &'a Page<'a>,
}

/// Every value is escaped: the file's ending tells askama to.
#[derive(Template)]
#[template(path = "letter.html")]
struct AsHtml<'a> {
    page: &'a Page<'a>,
}
