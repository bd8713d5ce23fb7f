//! What goes over the wire. The form, the command and the stored item are other types: these say only
//! what a caller sends and gets, and carry the words of the OpenAPI document.

mod bodies;
mod log;
mod participation;
mod program;
mod replies;
mod review;
mod shapes;

pub(crate) use edge::wire::{
    AnswerDocument, EmptyBody, IdempotencyHeader, IfMatchHeader, NoticeList, unreachable,
};

pub(crate) use bodies::{
    AcceptBody, BeginBody, CopyBody, CorrectionBody, OfferBody, RenameBody, SubmitBody,
    WithdrawBody,
};
pub(crate) use log::{HistoryDocument, VerificationDocument};
pub(crate) use participation::ParticipationDocument;
pub(crate) use program::{ProgramDocument, YearList};
pub(crate) use replies::{
    AcceptanceDocument, CorrectionList, PreflightDocument, TextDocument, TextList,
};
pub(crate) use review::{ReviewDocument, ReviewList};
pub(crate) use shapes::{FormDocument, PeopleDocument};
