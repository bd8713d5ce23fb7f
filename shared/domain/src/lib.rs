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
mod attachment;
mod casework;
mod command;
mod comment;
mod correction;
mod deadline;
mod decision;
mod digest;
mod documents;
mod dossier;
mod event;
mod fault;
mod form;
mod history;
mod identifiers;
mod ids;
mod line;
mod listed;
mod note;
mod notice;
mod participation;
mod people;
mod prose;
mod queue;
mod refused;
mod retention;
mod review;
mod review_id;
mod rules;
mod scores;
mod search;
mod statement;
mod status;
mod time;
mod tombstone;
mod transition;
mod turn;
mod waits;
mod window;

pub use access::{HandOver, Relation, Side, relation, stands};
pub use actor::{Account, AccountKey, AccountKeyError, Actor, Job, Role, UnknownRole};
pub use attachment::{
    Attachment, AttachmentKind, FileFault, FileFormat, FileName, FileNameError, FileState,
    FileStep, MAX_FILE_SIZE, MAX_FILES, NewFile, Place, file_advice, file_look,
};
pub use casework::{
    Assignee, CaseStep, Casework, Label, LabelAudience, LabelName, LegalHold, MAX_LABELS,
};
pub use command::{
    AccessStep, Certification, ClericalStep, Command, CommandName, DecisionStep, DocumentStep,
    HoldStep, Missed, NewContact, ReinstateCause, Remark, TimeStep, Why,
};
pub use comment::{Comment, CommentText, MAX_COMMENTS, Readers};
pub use correction::{Correction, CorrectionRequest, MAX_CORRECTIONS};
pub use deadline::{
    CHECK_LIMIT, DOCUMENT_REMINDERS, DRAFT_REMINDERS, GRANT_LIFE, LAST_HOUR, REMINDER_LATEST,
    REPLACEMENT_DAYS, SETTLE_AFTER, SWEEP_AFTER, Toll, UNUSED_LIMIT, arrived_in_time, end_of_day,
    last_day, later_by_days, next_look, next_reminder, reminder_at, reminder_come, reminder_due,
    reminder_missed, tolled,
};
pub use decision::{
    ClericalProposal, Decision, Denial, Finding, MAX_CLERICAL, Proposal, Ruling, Superseded,
    Verdict,
};
pub use digest::{Digest, DigestError};
pub use documents::{
    Amendment, Answers, DocumentAsk, DocumentItem, DocumentRequest, MAX_ITEMS, MoreTime,
};
pub use dossier::{Dossier, MAX_GRANTS};
pub use event::{
    AccessChangedV1, CommentedV1, ContactReplacedV1, CopyUntil, CorrectionFiledV1,
    DecisionCorrectedV1, DocumentsDueMovedV1, DocumentsReceivedV1, DocumentsReminderV1,
    DocumentsRequestedV1, DraftReminderV1, DueCause, EntrustedV1, Event, EventKind, FileRefusedV1,
    HandOverOfferedV1, HandedOverV1, LateAllowedV1, MoreTimeAnsweredV1, MoreTimeAskedV1,
    NotSubmittedV1, OutcomeBy, OutcomeV1, Party, ReinstatedV1, ReviewSubmittedV1,
    ReviewWithdrawnV1, ScoresRevisedV1, SentAnewV1, WindowChangedV1, WrongPatientDecidedV1,
};
pub use fault::{Advice, Fault, Fields, Pointer};
pub use form::{
    Application, ApplicationType, FollowUp, FollowUps, Form, FormPatch, Practice, Preflight,
    Relationship, RelationshipKind, Reporting, ReportingOption, possible_duplicate, preflight,
    with_masked_tins,
};
pub use history::{
    Act, ActorRef, Broken, CommitId, Entry, Head, LogLine, Narrator, SealedEntry, Standing,
    TeamLine, TeamTold, Told, Who, log, seal, team_log, verify,
};
pub use identifiers::{
    ApmEntityId, ApmEntityIdError, MvpId, MvpIdError, SubgroupId, SubgroupIdError, VirtualGroupId,
    VirtualGroupIdError,
};
pub use identifiers::{Email, EmailError, Npi, NpiError, Phone, PhoneError, Ticket, Tin, TinError};
pub use identifiers::{PersonHashKey, PersonKey, PersonKeyError};
pub use ids::{AttachmentId, CommentId, IdError, NoteId};
pub use line::{Line, LineError};
pub use listed::{ListKey, listed_under};
pub use note::{MAX_NOTES, Note, NoteText};
pub use notice::{
    Audience, Bounce, Detail, DocumentsClock, NoticeId, NoticeIdError, NoticeRecord, OutboxEntry,
    Outcome, Recipient, Report, Reported, Suppression, SuppressionCause, recipients,
};
pub use participation::{
    Clinician, Eligibility, ListedApm, ListedPractice, NoLookUp, TinEnding, clinician_of,
};
pub use people::{Binding, Contact, Extension, MAX_STAFF, People};
pub use prose::{Description, Explanation, Prose, ProseError};
pub use queue::{CaseQueue, QueuePlace, queued};
pub use refused::{Refused, Unfit};
pub use retention::{ended_at, erasable_from, payment_year_begins};
pub use review::{Outline, Owner, Review, Version};
pub use review_id::{ReviewId, ReviewIdError};
pub use rules::{
    AcoContacts, Announcement, ApmEntityTakes, Category, Choice, Contacts, DenialReason, Issue,
    Mvp, PerformanceYear, Question, Reason, ReasonChoice, RuleSet, SilentCase, Text, TextRef,
    TextRefError, UnknownYear, rule_set, rule_sets, statement_of_truth,
};
pub use scores::{CategoryScore, Exact, ExactError, RevisedScores, Scored, Scores};
pub use search::{SearchKey, SearchKind, search_keys};
pub use statement::{Acceptance, Acceptor, OrganizationKey};
pub use status::{
    Approved, AwaitingDocuments, Denied, Draft, FileRef, InReview, LateLeave, NotSubmitted,
    Reminded, ReturnCause, Returned, Status, StatusName, Submission, Withdrawn,
};
pub use time::{
    NEW_YORK, TimeLeft, civil_day, civil_text, day_text, days_left, due_after_days, last_minute,
    start_of_day, time_left,
};
pub use tombstone::{Remains, Tombstone};
pub use transition::{Change, Context, copy, create, has_interest, transition};
pub use turn::{Turn, Whose, turn};
pub use waits::{Waits, whole_days};
pub use window::{Window, WindowChange, WindowRefused, WindowState};
