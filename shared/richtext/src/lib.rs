//! Formatted text that people write to each other (domain.md #49): bold, italic, underline, lists and headings, and nothing
//! else.
//!
//! What somebody typed is never kept. It is read as a browser would read it, token by token, and written anew from a dozen
//! tags without attributes and from escaped text: there is no path from the input to the output but through those two. So it
//! is harmless by construction, not by a list of what is known to be dangerous. The tempting alternative, a sanitiser that
//! takes attributes and foreign elements away from a tree, has to be right about every browser's way of reading the rest;
//! and the well-kept one brings a crate whose licence we do not take.
//!
//! The outcome is stored once, as HTML. Plain text is read from it by the same reader, and what comes back from a store is
//! read anew as if somebody had typed it. This crate refuses to know who writes to whom.

mod builder;
mod reader;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use builder::{Html, Plain};

/// The most characters that a person sees of one text (domain.md #49).
pub const MAX_CHARACTERS: usize = 10_000;

/// The most bytes of what is stored: formatting every letter by itself is no way to write.
pub const MAX_BYTES: usize = 64 * 1024;

/// Cleaned, formatted text. It may tell of a patient, so it prints as its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RichText(String);

/// Why a text cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RichTextError {
    /// Nothing that a person would see.
    #[error("holds nothing that can be read; write what you mean")]
    Empty,
    /// Over the limit, in characters that a person sees.
    #[error(
        "is {0} characters long; at most {MAX_CHARACTERS} are allowed: shorten it, or put the details into a document"
    )]
    TooLong(usize),
    /// Far more formatting than text.
    #[error(
        "holds more formatting than can be kept; write it with less bold, italic and underline, and fewer lists"
    )]
    TooFormatted,
}

impl RichText {
    /// Reads HTML as people's editors write it. Tags other than those of bold, italic, underline, lists, headings and
    /// paragraphs are left out, their words stay; scripts, styles and embedded things are left out with all that they hold.
    ///
    /// # Errors
    /// [`RichTextError`], with a sentence for the writer.
    pub fn from_html(typed: &str) -> Result<Self, RichTextError> {
        let mut html = Html::default();
        reader::read(typed, &mut html);
        Self::checked(html)
    }

    /// Takes plain text as it was typed: an empty line begins a paragraph, a line break stays one.
    ///
    /// # Errors
    /// [`RichTextError`], with a sentence for the writer.
    pub fn from_text(typed: &str) -> Result<Self, RichTextError> {
        let mut html = Html::default();
        builder::lines(typed, &mut html);
        Self::checked(html)
    }

    fn checked(html: Html) -> Result<Self, RichTextError> {
        let (html, characters) = html.done();
        if characters == 0 {
            Err(RichTextError::Empty)
        } else if characters > MAX_CHARACTERS {
            Err(RichTextError::TooLong(characters))
        } else if html.len() > MAX_BYTES {
            Err(RichTextError::TooFormatted)
        } else {
            Ok(Self(html))
        }
    }

    /// It as HTML: a fragment of `p`, `h3`, `h4`, `ul`, `ol`, `li`, `br`, `strong`, `em` and `u`, each closed and without
    /// attributes. For those whom it is written for; never for a log or a queue.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.0
    }

    /// It as plain text, with lists as people type them.
    #[must_use]
    pub fn text(&self) -> String {
        let mut plain = Plain::default();
        reader::read(&self.0, &mut plain);
        plain.done()
    }
}

/// Plain text, as it was typed.
impl FromStr for RichText {
    type Err = RichTextError;

    fn from_str(typed: &str) -> Result<Self, RichTextError> {
        Self::from_text(typed)
    }
}

/// HTML, cleaned whatever it is: what was stored comes in by this way too.
impl TryFrom<String> for RichText {
    type Error = RichTextError;

    fn try_from(html: String) -> Result<Self, RichTextError> {
        Self::from_html(&html)
    }
}

impl From<RichText> for String {
    fn from(text: RichText) -> Self {
        text.0
    }
}

impl fmt::Debug for RichText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RichText({} bytes)", self.0.len())
    }
}
