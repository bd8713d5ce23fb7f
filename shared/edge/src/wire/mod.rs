//! What goes over the wire at more than one function: the headers of a change, the answer to a command, and
//! what both sides of a review are shown alike.

mod answer;
mod comments;
mod decision;
mod headers;
mod instant;
mod notices;
mod request;
mod turn;

pub use answer::{AnswerDocument, EmptyBody};
pub use comments::{CommentAnswerDocument, CommentBody, FileInShortDocument, comment_text};
pub use decision::{FindingDocument, RulingDocument};
pub use headers::{IdempotencyHeader, IfMatchHeader};
pub use instant::InstantDocument;
pub use notices::{NoticeList, event_code, unreachable};
pub use request::RequestDocument;
pub use turn::TurnDocument;
