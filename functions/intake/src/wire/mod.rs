//! What goes over the wire. The form, the command and the stored item are other types: these say only
//! what a caller sends and gets, and carry the words of the OpenAPI document.

mod bodies;
mod log;
mod replies;
mod shapes;

pub(crate) use bodies::{
    AcceptBody, BeginBody, IdempotencyHeader, IfMatchHeader, SubmitBody, WithdrawBody,
};
pub(crate) use log::{HistoryDocument, VerificationDocument};
pub(crate) use replies::{
    AcceptanceDocument, AnswerDocument, PreflightDocument, ReviewDocument, ReviewList,
    TextDocument, TextList,
};
pub(crate) use shapes::{FormDocument, PeopleDocument};
