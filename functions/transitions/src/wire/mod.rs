//! What goes over the wire at the team's doors. Bodies are shapes for the OpenAPI document; what is shown is
//! built from the domain's types, field by field, with every TIN masked.

mod bodies;
mod casework;
mod clock;
mod decided;
mod files;
mod log;
mod preview;
mod queue;
mod review;
mod tin;
mod waiting;
mod words;

pub(crate) use bodies::{
    AmendBody, AssignBody, ClericalBody, ContactBody, DecisionBody, ExtendBody, LabelBody,
    LabelNameBody, LateBody, MoreTimeGrantBody, NoteBody, OrderBody, OwnerBody, ReceivedBody,
    RequestBody, ScoresBody, SearchBody, WhyBody, WindowBody,
};
pub(crate) use clock::{OrderDocument, SweepList, WindowEffectDocument};
pub(crate) use log::TeamHistoryDocument;
pub(crate) use preview::PreviewDocument;
pub(crate) use queue::{CaseList, QueueCounts, QueueDocument};
pub(crate) use review::TeamReviewDocument;
pub(crate) use tin::RevealedDocument;
pub(crate) use words::{CommentsDocument, NotesDocument};
