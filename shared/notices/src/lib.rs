//! Letters: what happened to a review, in words that a person reads.
//!
//! A pure function of the frozen outbox entry, the recipient and the address of the pages: no clock, no
//! store, no present state, so a letter that goes out hours later, or a second time, says the same.
//!
//! One event makes [`words`]: a headline, sentences and facts, written once. Two layouts, plain text and
//! HTML, show the same words, so that they cannot say different things. The tempting alternative, a text
//! and an HTML template for each letter, lets the two drift apart sentence by sentence.
//!
//! What keeps private things private (domain.md #52, #54):
//! - a brief letter is written from the kind of news and the status alone: its function never sees the party;
//! - the review team, and whoever gains or loses access, get brief letters only;
//! - a reviewer's explanation and a comment's words are read after signing in: they may tell of a patient;
//! - a subject line holds our words and the id, nothing that a person typed;
//! - the owner's label and the description are never used, and what else people typed passes through
//!   [`quoted`], which keeps it on one line and masks a TIN that stands in a name;
//! - a calendar file holds our words, the id and the link, and goes along with full letters only;
//! - `Debug` of a letter and every error show no more than the subject, so both can be logged.

mod calendar;
mod facts;
mod links;
mod news;
mod palette;
mod quoted;
mod render;
mod words;

pub use calendar::Calendar;
pub use links::{LinkError, Links};
pub use render::{Letter, RenderError, render};
