//! Each act in one plain sentence, in the past tense, for whoever reads the log (domain.md #50).
//!
//! Most sentences leave out who acted, because [`Who`](super::Who) stands beside them: "You: Changed the
//! description." They say what happened, never what was typed, and name no account, commit or hash; the one
//! thing they quote is the name of a file, which its own people know.

mod fields;
mod files;
mod series;
#[cfg(test)]
mod tests;
mod waiting;

use crate::{
    Act, Attachment, Issue, LabelAudience, Pointer, RuleSet, StatusName, civil_text, last_minute,
};
use series::series;

/// Tells acts of one review.
#[derive(Debug, Clone, Copy)]
pub struct Narrator<'a> {
    /// The rule set of its year, for the words of issues.
    pub rules: &'a RuleSet,
    /// Its files, for their names.
    pub files: &'a [Attachment],
}

impl Narrator<'_> {
    /// What was done, in one sentence.
    #[must_use]
    pub fn sentence(&self, act: &Act) -> String {
        match act {
            Act::DraftCreatedV1 { year } => format!("Began the draft for performance year {year}."),
            Act::CopiedV1 { source, .. } => {
                format!("Began the draft as a copy of request {source}.")
            }
            Act::FormEditedV1 { fields, .. } => changed(fields, "the form"),
            Act::PeopleEditedV1 { fields } => changed(fields, "contact and staff"),
            Act::RenamedV1 => "Gave the request another name.".to_owned(),
            Act::SubmittedV1 { certification, .. } => {
                format!("Certified and submitted the request ({certification}).")
            }
            Act::WithdrawnV1 { from } => withdrawn(*from).to_owned(),
            Act::CorrectedV1 {
                field,
                certification,
                ..
            } => {
                let part = fields::named(std::slice::from_ref(field));
                format!(
                    "Corrected {part} and certified the request anew \
                 ({certification})."
                )
            }
            Act::OpenedV1 => "Opened the request for the first time.".to_owned(),
            Act::HandOverOfferedV1 => {
                "Offered to hand the request over to one of the staff.".to_owned()
            }
            Act::HandOverTakenBackV1 => "Took back the offer to hand the request over.".to_owned(),
            Act::HandedOverV1 { .. } => "Took the request over and became its owner.".to_owned(),
            Act::EntrustedV1 { to: Some(_), .. } => {
                "Gave the request to another owner, one of its staff, because its owner had left."
                    .to_owned()
            }
            Act::EntrustedV1 { to: None, .. } => {
                "Took the request from its owner, who had left; it is for a named person to open."
                    .to_owned()
            }
            Act::ContactReplacedV1 { .. } => {
                "Gave the contact another address, because mail to it had come back.".to_owned()
            }
            Act::LetterSentAnewV1 { of } => {
                format!("Sent the letter about entry {of} anew, to the contact's new address.")
            }
            Act::CommentedV1 { .. } => "Wrote a comment.".to_owned(),
            Act::FileGrantedV1 { file, kind, .. } => format!(
                "Began to upload {} ({}).",
                self.a_file(file),
                files::kind(*kind)
            ),
            Act::FileReceivedV1 { file, arrived_at } => format!(
                "{} arrived on {}.",
                self.the_file(file),
                civil_text(*arrived_at)
            ),
            Act::FileExpiredV1 { file } => {
                format!("{} was not uploaded in time.", self.the_file(file))
            }
            Act::FilePassedV1 { file } => format!("{} passed its checks.", self.the_file(file)),
            Act::FileRefusedV1 { file, why } => format!(
                "{} was refused: {}.",
                self.the_file(file),
                files::fault(*why)
            ),
            Act::FileLockedAwayV1 { file } => format!(
                "{} could not be checked, and was locked away until a \
                 person has looked at it.",
                self.the_file(file)
            ),
            Act::FileRemovedV1 { file } => format!("Removed {}.", self.a_file(file)),
            Act::FileErasedV1 { file } => {
                format!("{}, which was removed, was erased.", self.the_file(file))
            }
            Act::FileOfWrongPatientV1 { file, .. } => format!(
                "{} was locked away, because it was about somebody else.",
                self.the_file(file)
            ),
            Act::WrongPatientErasedV1 { file, .. } => format!(
                "Found that {} was about somebody else, and had it erased.",
                self.a_file(file)
            ),
            Act::FileUnlockedV1 { file, .. } => format!(
                "Found that {} was not about somebody else, and unlocked it.",
                self.a_file(file)
            ),
            Act::FileNotRelevantV1 { file } => format!(
                "Found that {} says nothing about this request. It is kept.",
                self.a_file(file)
            ),
            Act::TakenV1 => "Took the review to work on it.".to_owned(),
            Act::AssignedV1 { .. } => "Gave the review to a reviewer.".to_owned(),
            Act::ReleasedV1 => "Gave the review back, for another reviewer to take.".to_owned(),
            Act::ConflictDeclaredV1 => {
                "Declared a conflict of interest and stepped aside.".to_owned()
            }
            Act::LabelledV1 { audience, .. } => match audience {
                LabelAudience::Public => "Added or changed a label that filers see.".to_owned(),
                LabelAudience::Internal => {
                    "Added or changed a label of the review team.".to_owned()
                }
            },
            Act::LabelRemovedV1 { .. } => "Removed a label.".to_owned(),
            Act::NotedV1 { .. } => "Wrote a private note.".to_owned(),
            Act::TinRevealedV1 => "Looked at the full TIN.".to_owned(),
            Act::DocumentsRequestedV1 { items, due } => waiting::requested(*items, *due),
            Act::RequestAmendedV1 {
                added,
                dropped,
                due,
            } => waiting::amended(added, dropped, *due),
            Act::MoreTimeAskedV1 { .. } => "Asked for more time to send the documents.".to_owned(),
            Act::MoreTimeGrantedV1 { due } => format!(
                "Granted more time: the documents were then due by {}.",
                last_minute(*due)
            ),
            Act::MoreTimeRefusedV1 => "Did not grant more time for the documents.".to_owned(),
            Act::ItemReceivedV1 { item } => {
                format!("Marked item {item} of the request for documents as received.")
            }
            Act::DueMovedV1 { due, cause, .. } => waiting::moved(*due, *cause),
            Act::SettlementHeldV1 { until } => format!(
                "Kept the request for documents open until {}, because \
                 an upload or a check had not ended.",
                civil_text(*until)
            ),
            Act::ReturnedV1 { cause } => waiting::returned(*cause).to_owned(),
            Act::DeniedByClockV1 { due } => format!(
                "Nobody answered the request for documents by {}, so the \
                 review was denied.",
                last_minute(*due)
            ),
            Act::RulingProposedV1 { .. } => {
                "Proposed a decision, for a second person to confirm.".to_owned()
            }
            Act::RulingSentBackV1 => {
                "The proposed decision went back to be looked at again.".to_owned()
            }
            Act::DecidedV1 {
                approved, granted, ..
            } => self.decided(*approved, granted),
            Act::ScoresRevisedV1 { .. } => "Put on record what becomes of the scores.".to_owned(),
            Act::ClericalProposedV1 { .. } => {
                "Proposed to correct a clerical error in the decision, \
                 for a second person to confirm."
                    .to_owned()
            }
            Act::ClericalDroppedV1 => {
                "Dropped the proposal to correct a clerical error.".to_owned()
            }
            Act::ClericallyCorrectedV1 { .. } => {
                "Corrected a clerical error in the decision; its outcome \
                 stayed as it was."
                    .to_owned()
            }
            Act::ReinstatedV1 { document, .. } => match document {
                Some(file) => format!(
                    "Took the denial back, because {} had arrived in time.",
                    self.a_file(file)
                ),
                None => "Took the denial back, and the request was in review again.".to_owned(),
            },
            Act::NotSubmittedV1 { closed } => format!(
                "The close of the window on {} overtook the draft: it \
                 was not submitted.",
                civil_text(*closed)
            ),
            Act::ReopenedV1 => "The window opened again, and the request became a draft \
                 again."
                .to_owned(),
            Act::WindowToldV1 { closes } => match closes {
                Some(closes) => format!(
                    "Told the people of the draft that the window was to \
                 close on {}.",
                    last_minute(*closes)
                ),
                None => "Told the people of the draft that the close of the \
                 window was still to be announced."
                    .to_owned(),
            },
            Act::LateAllowedV1 {
                attempted_at,
                until,
            } => format!(
                "Allowed one late submission until {}, because an \
                 attempt on {} had failed by our fault.",
                last_minute(*until),
                civil_text(*attempted_at)
            ),
            Act::RemindedV1 { of, days } => waiting::reminded(*of, *days),
            Act::ReminderMissedV1 { of, days } => waiting::passed_over(*of, *days),
            Act::HoldPutV1 { .. } => "Put a legal hold on the review.".to_owned(),
            Act::HoldLiftedV1 => "Lifted the legal hold.".to_owned(),
        }
    }

    fn decided(&self, approved: bool, granted: &[Issue]) -> String {
        if !approved {
            return "Denied the request.".to_owned();
        }
        let label = |issue: &Issue| {
            let mut choices = self.rules.issues.iter();
            let choice = choices.find(|choice| choice.code == *issue);
            choice.map(|choice| format!("“{}”", choice.label))
        };
        let labels: Vec<String> = granted.iter().filter_map(label).collect();
        if labels.is_empty() {
            "Approved the request.".to_owned()
        } else {
            format!("Approved the request and granted {}.", series(&labels))
        }
    }
}

/// What was saved, if it changed nothing, is `whole`.
fn changed(fields: &[Pointer], whole: &str) -> String {
    if fields.is_empty() {
        format!("Saved {whole} without a change.")
    } else {
        format!("Changed {}.", fields::named(fields))
    }
}

fn withdrawn(from: StatusName) -> &'static str {
    match from {
        StatusName::Draft | StatusName::NotSubmitted => "Withdrew the draft.",
        StatusName::InReview
        | StatusName::AwaitingDocuments
        | StatusName::Approved
        | StatusName::Denied
        | StatusName::Withdrawn => "Withdrew the submitted request.",
    }
}
