//! The steps of those commands that are many under one name.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{
    Amendment, AttachmentId, CommentId, Digest, DocumentAsk, Email, Event, Explanation, Line,
    NoteId, Ruling, StatusName, Toll, Version,
};

/// Handing over (domain.md #34).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessStep {
    /// Offer the review to one of the staff.
    Offer(Email),
    /// Take the offer back.
    TakeBack,
    /// Accept the offer, and be the owner.
    Accept,
    /// Take the review from an owner who has left, and give it to another address.
    Entrust {
        /// Who is to own it.
        to: Email,
        /// Why.
        why: Why,
    },
}

/// An administrator's reason, kept beside as a private note under its id: words can be erased, the history cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The note's id.
    pub note: NoteId,
    /// The hash of its words.
    pub sha256: Digest,
}

/// Another address for a contact whose mail comes back (domain.md #54).
#[derive(Debug, Clone, PartialEq)]
pub struct NewContact {
    /// The new address.
    pub email: Email,
    /// Why.
    pub why: Why,
    /// Whether any mail to the present address came back, or none goes there any more.
    pub bounced: bool,
    /// The letters that the present address did not get, the first first.
    pub missed: Vec<Missed>,
}

/// A letter that did not reach its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The place of its act in the history.
    pub seq: u64,
    /// When that happened.
    pub at: Timestamp,
    /// Where the review stood after it.
    pub status: Option<StatusName>,
    /// The request for documents that was open then, or that it ended, by its place in the history.
    pub request: Option<u64>,
    /// What it told.
    pub event: Event,
}

/// A comment, kept beside under its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its id.
    pub id: CommentId,
    /// The hash of its words.
    pub sha256: Digest,
}

/// Something about a request for documents (domain.md #18, #19, #24).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentStep {
    /// Ask for documents.
    Request {
        /// What is asked for.
        items: Vec<DocumentAsk>,
        /// What the reviewer writes about it: a comment, which is put on record with it.
        message: Option<Remark>,
        /// The last day, if it is another than the year's rule says; never earlier than that.
        last_day: Option<Date>,
    },
    /// Change what is asked for.
    Amend(Amendment),
    /// Ask for more time.
    AskMoreTime(Explanation),
    /// Grant it.
    GrantMoreTime {
        /// The new last day, if it is another than the year's rule says.
        last_day: Option<Date>,
    },
    /// Refuse it.
    RefuseMoreTime,
    /// Mark an item as received.
    ItemReceived(u16),
    /// Say "that is all".
    ThatIsAll,
    /// Stop waiting.
    Return,
    /// Move the last day.
    Extend {
        /// The new last day.
        last_day: Date,
        /// Why.
        why: Explanation,
    },
    /// Stop the clock for a range of days (domain.md #23).
    Toll(Toll),
    /// Settle the request, whose time has ended.
    Settle {
        /// Whether any notice of the request reached somebody.
        reached: bool,
    },
}

/// Deciding (domain.md #51).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionStep {
    /// Decide.
    Rule {
        /// The version that the person saw: nobody decides on a picture that has changed.
        version: Version,
        /// What is decided.
        ruling: Ruling,
        /// Whether it waits for a second person, even where the year does not ask for one.
        second_person: bool,
    },
    /// Confirm as the second person.
    Confirm {
        /// The version that the person saw.
        version: Version,
    },
    /// Send the ruling back as the second person, or take it back as the first.
    SendBack,
}

/// A clerical correction of a decision, by two people (domain.md #6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClericalStep {
    /// Say what the decision should have read. The outcome itself stays.
    Propose {
        /// The whole ruling, as it should have read.
        ruling: Ruling,
        /// What was wrong.
        why: Explanation,
    },
    /// Confirm as the second person.
    Confirm {
        /// The version that the person saw.
        version: Version,
    },
    /// Drop it.
    Drop,
}

/// Why a denial by the clock is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReinstateCause {
    /// An administrator found that it was wrong.
    ByAdministrator(Explanation),
    /// A document of an earlier grant was found in the store, in time (domain.md #18).
    InTimeDocument {
        /// The file.
        file: AttachmentId,
        /// When it arrived in the store.
        arrived_at: Timestamp,
    },
}

/// What a window does to a draft (domain.md #17, #22, #23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeStep {
    /// The window has closed.
    Close,
    /// The window is open again.
    Reopen,
    /// Tell people that the window changed.
    Tell,
    /// Let one late submission in.
    AllowLate {
        /// The id of the request that failed.
        failed_request: Line<64>,
        /// When it arrived.
        attempted_at: Timestamp,
    },
}

/// A legal hold (domain.md #8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldStep {
    /// Put it on.
    Put(Explanation),
    /// Lift it.
    Lift,
}
