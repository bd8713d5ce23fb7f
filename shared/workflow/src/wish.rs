//! What somebody wants done: a command, and the words that it puts on record.
//!
//! A command knows words by their id and hash alone. A wish keeps the words beside it, so that the commit
//! writes both in one transaction, and nobody can send words whose hash the history does not hold.

use domain::{
    CaseStep, Change, Command, Comment, CommentId, CommentText, DocumentAsk, DocumentStep, Note,
    NoteId, NoteText, Remark, Why,
};
use jiff::civil::Date;

use crate::Inbound;
use crate::ports::Words;

/// A command, and the words that it puts on record.
#[derive(Debug, Clone)]
pub struct Wish {
    pub(crate) command: Command,
    spoken: Option<Spoken>,
}

#[derive(Debug, Clone)]
enum Spoken {
    Comment(CommentId, CommentText),
    Note(NoteId, NoteText),
}

impl Wish {
    /// To write a comment (domain.md #49), and the id that it is given.
    pub(crate) fn comment(inbound: &Inbound<'_>, text: CommentText) -> (Self, CommentId) {
        let id = CommentId::from_random(inbound.entropy.bytes());
        let wish = Self {
            command: Command::Comment {
                id: id.clone(),
                sha256: Comment::hash(&text),
            },
            spoken: Some(Spoken::Comment(id.clone(), text)),
        };
        (wish, id)
    }

    /// To write a private note (domain.md #51).
    #[must_use]
    pub fn note(inbound: &Inbound<'_>, text: NoteText) -> Self {
        let id = NoteId::from_random(inbound.entropy.bytes());
        Self {
            command: Command::Case(CaseStep::Note {
                id: id.clone(),
                sha256: Note::hash(&text),
            }),
            spoken: Some(Spoken::Note(id, text)),
        }
    }

    /// To do what an administrator gives a reason for: `command` takes the reason's id and hash, its words are kept as a
    /// private note.
    pub fn with_reason(
        inbound: &Inbound<'_>,
        text: NoteText,
        command: impl FnOnce(Why) -> Command,
    ) -> Self {
        let note = NoteId::from_random(inbound.entropy.bytes());
        let sha256 = Note::hash(&text);
        Self {
            command: command(Why {
                note: note.clone(),
                sha256,
            }),
            spoken: Some(Spoken::Note(note, text)),
        }
    }

    /// To ask for documents, with what the reviewer writes about it (domain.md #18).
    #[must_use]
    pub fn documents(
        inbound: &Inbound<'_>,
        items: Vec<DocumentAsk>,
        message: Option<CommentText>,
        last_day: Option<Date>,
    ) -> Self {
        let id = CommentId::from_random(inbound.entropy.bytes());
        let remark = message.as_ref().map(|text| Remark {
            id: id.clone(),
            sha256: Comment::hash(text),
        });
        let request = DocumentStep::Request {
            items,
            message: remark,
            last_day,
        };
        Self {
            command: Command::Documents(request),
            spoken: message.map(|text| Spoken::Comment(id, text)),
        }
    }

    /// The words, as `change`, which this wish led to, puts them on record.
    pub(crate) fn words(&self, change: &Change) -> Option<Words> {
        let on_record = "a wish's command names its own words, and its change puts them on record";
        self.spoken.as_ref().map(|spoken| match spoken {
            Spoken::Comment(id, text) => {
                Words::Comment(Comment::of(change, id, text).expect(on_record))
            }
            Spoken::Note(id, text) => Words::Note(Note::of(change, id, text).expect(on_record)),
        })
    }
}

impl From<Command> for Wish {
    fn from(command: Command) -> Self {
        Self {
            command,
            spoken: None,
        }
    }
}

impl From<&Command> for Wish {
    fn from(command: &Command) -> Self {
        command.clone().into()
    }
}
