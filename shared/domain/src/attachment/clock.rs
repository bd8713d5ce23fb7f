//! When a file must be looked at again, though nothing was heard of it.

use jiff::Timestamp;

use super::{Attachment, FileState};
use crate::deadline::{CHECK_LIMIT, SETTLE_AFTER, UNUSED_LIMIT};
use crate::{Review, Side, Status};

/// When the file has to be looked at: to see whether an upload that nobody reported arrived after all and else write its
/// grant off; to end the wait for a verdict; to take away the bytes of a removed one, unless a legal hold stands. `None` once
/// nothing is open. A grant
/// whose request for documents runs out is looked at when that is settled, so that it does not hold it.
#[must_use]
pub fn file_look(review: &Review, file: &Attachment) -> Option<Timestamp> {
    match file.state {
        FileState::Granted => {
            let unused = file.granted_at + UNUSED_LIMIT;
            let settled = match &review.outline.status {
                Status::AwaitingDocuments(now) if file.side == Side::Filer => {
                    Some(now.request.due + SETTLE_AFTER)
                }
                Status::AwaitingDocuments(_)
                | Status::Draft(_)
                | Status::InReview(_)
                | Status::Approved(_)
                | Status::Denied(_)
                | Status::Withdrawn(_)
                | Status::NotSubmitted(_) => None,
            };
            Some(settled.map_or(unused, |settled| settled.min(unused)))
        }
        FileState::Received { arrived_at } => Some(arrived_at + CHECK_LIMIT),
        FileState::Removed {
            at,
            erased_at: None,
        }
        | FileState::Erased {
            at,
            erased_at: None,
            ..
        } => review.outline.casework.hold.is_none().then_some(at),
        FileState::Removed {
            erased_at: Some(_), ..
        }
        | FileState::Erased {
            erased_at: Some(_), ..
        }
        | FileState::Clean { .. }
        | FileState::Rejected { .. }
        | FileState::Infected { .. }
        | FileState::Unscannable { .. }
        | FileState::Expired
        | FileState::WrongPatient { .. } => None,
    }
}
