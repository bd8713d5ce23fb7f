//! The letters to an address that has not been verified, and to the review team: id, status and a link
//! (domain.md #54).
//!
//! The address may be mistyped, so its reader may be anyone. These words are made from the kind of news
//! and the status alone; a fact about the party cannot slip in, because none comes in.

use domain::StatusName;

use crate::facts::Fact;
use crate::news::News;

use super::Words;

pub(super) fn words(news: News, status: Option<StatusName>) -> Words {
    let reader = Reader::of(news);
    let steps: &[&str] = match reader {
        Reader::Team => &["Sign in to see it and to answer."],
        Reader::Offered => &[
            "To see the request and to take it over, sign in with the address that this email came to.",
            "If you do not want to take it over, you need not do anything: it stays with its owner.",
            UNKNOWN,
        ],
        Reader::Removed => &[
            "The request cannot be opened with this address any more, and no more emails about it come to it.",
            "If this is a mistake, ask the owner of the request to add your address again.",
            UNKNOWN,
        ],
        Reader::Entrusted => &[
            "Its owner has left, and the review team gives it to you. To take it over, sign in with the address that this email came to and open it: you own it from that moment on.",
            "If you are not the one to take it over, please call the Service Center.",
        ],
        Reader::Staff | Reader::StaffOrTeam => &[
            "To see more, sign in with the address that this email came to.",
            UNKNOWN,
        ],
    };
    Words {
        headline: headline(news).to_owned(),
        opening: vec![
            "To protect the people concerned, this email holds nothing but the review ID and the status.".to_owned(),
        ],
        steps: steps.iter().map(|&step| step.to_owned()).collect(),
        facts: vec![if news.leaves_access() {
            Fact::status(status)
        } else {
            Fact::new("Your access", "Ended")
        }],
        reason: reader.reason(),
    }
}

/// What the reader of a letter meant for someone else can do.
const UNKNOWN: &str = "If you know nothing about this request, you need not do anything.";

/// Who reads brief letters of a kind.
#[derive(Clone, Copy)]
enum Reader {
    /// Who was added by the filer's side.
    Staff,
    /// Who works on it as a reviewer.
    Team,
    /// Either of them.
    StaffOrTeam,
    /// To whom it is offered.
    Offered,
    /// To whom an administrator gave it.
    Entrusted,
    /// Whose access has ended.
    Removed,
}

impl Reader {
    fn of(news: News) -> Self {
        match news {
            News::FilerWrote | News::MoreTimeAsked => Self::Team,
            News::Corrected
            | News::DocumentsEnded
            | News::WrongPatientErased
            | News::WrongPatientUnlocked => Self::StaffOrTeam,
            News::HandOverOffered => Self::Offered,
            News::EntrustedToYou => Self::Entrusted,
            News::AccessEnded => Self::Removed,
            News::Received
            | News::RequestWithdrawn
            | News::DraftWithdrawn
            | News::TeamWrote
            | News::DocumentsRequested
            | News::DocumentsDueSoon
            | News::DueMoved
            | News::MoreTimeGranted
            | News::MoreTimeRefused
            | News::FileRefused
            | News::Approved
            | News::Denied
            | News::ScoresRevised
            | News::ApprovalCorrected
            | News::DenialCorrected
            | News::Reinstated
            | News::DraftDueSoon
            | News::WindowChanged
            | News::NotSubmitted
            | News::LateAllowed
            | News::AccessGranted
            | News::HandedOver
            | News::Entrusted
            | News::ContactReplaced => Self::Staff,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Staff => {
                "The Targeted Review service sent you this email because someone who works on this request added your address, so that you hear of its status."
            }
            Self::Team => {
                "The Targeted Review service sent you this email because you work on this request as its reviewer."
            }
            Self::StaffOrTeam => {
                "The Targeted Review service sent you this email because someone who works on this request added your address, or because you are its reviewer."
            }
            Self::Offered => {
                "The Targeted Review service sent you this email because the owner of this request offers it to your address."
            }
            Self::Entrusted => {
                "The Targeted Review service sent you this email because the review team named your address as that of the next owner of this request."
            }
            Self::Removed => {
                "The Targeted Review service sent you this email because your address had access to this request until now."
            }
        }
    }
}

fn headline(news: News) -> &'static str {
    match news {
        News::Received => "A targeted review request has been submitted",
        News::RequestWithdrawn => "A targeted review request has been withdrawn",
        News::DraftWithdrawn => "The draft of a targeted review request has been withdrawn",
        News::Corrected => "A correction of a targeted review request has been filed",
        News::FilerWrote => "The filer's side has written a comment",
        News::TeamWrote => "The review team has written a comment",
        News::DocumentsRequested => "Documents are asked for in a targeted review",
        News::DocumentsDueSoon => "Documents in a targeted review are due soon",
        News::DueMoved => "There is more time for documents in a targeted review",
        News::MoreTimeAsked => "The filer's side asks for more time to send documents",
        News::MoreTimeGranted => "More time to send documents has been granted",
        News::MoreTimeRefused => "More time to send documents has not been granted",
        News::DocumentsEnded => "The request for documents has ended, and the review goes on",
        News::FileRefused => "A file in a targeted review could not be taken",
        News::Approved => "A targeted review request has been approved",
        News::Denied => "A targeted review request has been denied",
        News::ScoresRevised => "There is news about the scores of an approved request",
        News::ApprovalCorrected | News::DenialCorrected => {
            "A clerical error in the decision of a targeted review has been corrected"
        }
        News::Reinstated => "A targeted review request is in review again",
        News::DraftDueSoon => "The draft of a targeted review request is not submitted yet",
        News::WindowChanged => "The filing dates for the draft of a targeted review have changed",
        News::NotSubmitted => "The draft of a targeted review request was not submitted",
        News::LateAllowed => "A targeted review request can still be submitted",
        News::AccessGranted => "You have been given access to a targeted review request",
        News::AccessEnded => "Your access to a targeted review request has ended",
        News::HandOverOffered => "A targeted review request is offered to you",
        News::HandedOver => "A targeted review request has a new owner",
        News::EntrustedToYou => "A targeted review request has been given to you",
        News::Entrusted => "A targeted review request has been given to another owner",
        News::ContactReplaced => "The contact of a targeted review request has a new address",
        News::WrongPatientErased => "A file in a targeted review has been erased",
        News::WrongPatientUnlocked => "A file in a targeted review can be opened again",
    }
}
