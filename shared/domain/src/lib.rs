//! The rules of a targeted review, as pure types and functions.
//!
//! Nothing in here waits, reads a clock or an environment, or knows AWS or HTTP: every function takes
//! what it needs (the instant of receipt, the actor, the rule set, the window) and returns what
//! happened. `docs/domain.md` states the facts; code cites them by number.
//!
//! The heart is [`transition()`]: one total function from a review and a command to a [`Change`] or a
//! [`Refused`], and the only place where a status changes. A status is a struct with exactly that
//! status's facts, so that an impossible state cannot be written down.

mod access;
mod actor;
mod command;
mod digest;
mod event;
mod fault;
mod form;
mod history;
mod identifiers;
mod line;
mod notice;
mod people;
mod review;
mod review_id;
mod rules;
mod statement;
mod status;
mod time;
mod transition;
mod window;

pub use access::{Relation, relation};
pub use actor::{Account, AccountKey, Actor, Role, UnknownRole};
pub use command::{Certification, Command, CommandName};
pub use digest::{Digest, DigestError};
pub use event::{Event, EventKind, Party, ReviewSubmittedV1, ReviewWithdrawnV1};
pub use fault::{Advice, Fault, Fields, Pointer};
pub use form::{
    Application, ApplicationType, Description, FollowUp, FollowUps, Form, FormPatch, Practice,
    Preflight, Relationship, RelationshipKind, Reporting, ReportingOption, possible_duplicate,
    preflight,
};
pub use history::{Act, ActorRef, Broken, CommitId, Entry, Head, SealedEntry, seal, verify};
pub use identifiers::{
    ApmEntityId, ApmEntityIdError, MvpId, MvpIdError, SubgroupId, SubgroupIdError, VirtualGroupId,
    VirtualGroupIdError,
};
pub use identifiers::{Email, EmailError, Npi, NpiError, Phone, PhoneError, Ticket, Tin, TinError};
pub use identifiers::{PersonHashKey, PersonKey, PersonKeyError};
pub use line::{Line, LineError};
pub use notice::{Detail, NoticeId, NoticeIdError, OutboxEntry, Recipient, recipients};
pub use people::{Contact, Extension, MAX_STAFF, People};
pub use review::{Outline, Owner, Review, Version};
pub use review_id::{ReviewId, ReviewIdError};
pub use rules::{
    AcoContacts, Announcement, ApmEntityTakes, Category, Choice, Contacts, DenialReason, Issue,
    Mvp, PerformanceYear, Question, Reason, ReasonChoice, RuleSet, SilentCase, Text, TextRef,
    TextRefError, UnknownYear, rule_set, rule_sets, statement_of_truth,
};
pub use statement::Acceptance;
pub use status::{Draft, InReview, Status, StatusName, Withdrawn};
pub use time::{NEW_YORK, civil_day, civil_text, days_left, due_after_days, start_of_day};
pub use transition::{Change, Context, Refused, create, transition};
pub use window::{Window, WindowChange, WindowState};
