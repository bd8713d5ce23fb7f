//! What both sides write to each other, as it comes in and as it is shown (domain.md #49).

use std::str::FromStr;

use domain::{Attachment, CommentText, Fields};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::CommentAnswer;

use super::AnswerDocument;

/// Writing a comment: either `html` or `text`.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the OpenAPI document; bodies are read field by field"
)]
pub struct CommentBody {
    /// Formatted text, of which bold, italic, underline, lists, headings and paragraphs are kept. At most 10,000 characters
    /// that a person sees.
    #[schema(
        required = false,
        example = "<p>The extract is <strong>complete</strong> now.</p>"
    )]
    html: Option<String>,
    /// Plain text; an empty line begins a paragraph. At most 10,000 characters.
    #[schema(required = false)]
    text: Option<String>,
}

/// What was formatted by whoever wrote it.
struct Html(CommentText);

impl FromStr for Html {
    type Err = <CommentText as TryFrom<String>>::Error;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        typed.to_owned().try_into().map(Self)
    }
}

/// The words of a [`CommentBody`].
pub fn comment_text(fields: &mut Fields<'_>) -> Option<CommentText> {
    let html = fields.anything("html").is_some_and(|html| !html.is_null());
    let text = fields.anything("text").is_some_and(|text| !text.is_null());
    match (html, text) {
        (true, false) => fields.text::<Html>("html").map(|html| html.0),
        (false, true) => fields.text::<CommentText>("text"),
        (true, true) => {
            let message = "write it once: give html or text, not both";
            fields.fault("text", "not_allowed", message);
            None
        }
        (false, false) => {
            let message = "write the comment: give html or text";
            fields.fault("text", "missing", message);
            None
        }
    }
}

/// The answer to a comment.
#[derive(Serialize, ToSchema)]
#[schema(as = CommentAnswer)]
pub struct CommentAnswerDocument {
    /// The comment's id: name it to add files to the comment.
    #[schema(example = "0f8a6c0e5d1b4e3f9a7c2b1d0e9f8a7b")]
    comment: String,
    #[serde(flatten)]
    answer: AnswerDocument,
}

impl CommentAnswerDocument {
    /// The answer as it is sent.
    #[must_use]
    pub fn of(given: CommentAnswer) -> Self {
        Self {
            comment: given.comment.to_string(),
            answer: AnswerDocument::of(given.answer),
        }
    }
}

/// A file in short.
#[derive(Serialize, ToSchema)]
#[schema(as = FileInShort)]
pub struct FileInShortDocument {
    id: String,
    name: String,
    /// `granted`, `received`, `clean`, `rejected`, `infected`, `unscannable`, `expired`, `removed` or `wrong_patient`.
    state: &'static str,
    /// The state in a sentence, with what can be done.
    sentence: &'static str,
}

impl FileInShortDocument {
    /// The file as it is now.
    #[must_use]
    pub fn of(file: &Attachment) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.file.name.reveal().to_owned(),
            state: file.state.name(),
            sentence: file.state.sentence(),
        }
    }
}
