//! The legal moves, written down by hand a second time: a change of the transition that was not meant
//! shows as a difference between the two.

use domain::CommandName::{self as C, *};
use domain::StatusName::{self, *};

/// Who may give a command: owner, staff, reviewer, administrator, job.
pub(crate) type Who = &'static str;

/// From where it leads where.
type Moves = &'static [(StatusName, &'static [StatusName])];

const STAYS_OPEN: Moves = &[
    (Draft, &[Draft]),
    (InReview, &[InReview]),
    (AwaitingDocuments, &[AwaitingDocuments]),
];
/// The last thing that a request for documents waited for may have come to its end.
const OPEN_OR_ANSWERED: Moves = &[
    (Draft, &[Draft]),
    (InReview, &[InReview]),
    (AwaitingDocuments, &[AwaitingDocuments, InReview]),
];
const WITH_THE_TEAM: Moves = &[
    (InReview, &[InReview]),
    (AwaitingDocuments, &[AwaitingDocuments]),
];
const WITHDRAWS: Moves = &[
    (Draft, &[Withdrawn]),
    (InReview, &[Withdrawn]),
    (AwaitingDocuments, &[Withdrawn]),
];
const WAITS: Moves = &[(AwaitingDocuments, &[AwaitingDocuments])];
/// The last item ends the request.
const MAY_RETURN: Moves = &[(AwaitingDocuments, &[AwaitingDocuments, InReview])];
const RETURNS: Moves = &[(AwaitingDocuments, &[InReview])];
const STAYS_DECIDED: Moves = &[(Approved, &[Approved]), (Denied, &[Denied])];
const ANYWHERE: Moves = &[
    (Draft, &[Draft]),
    (InReview, &[InReview]),
    (AwaitingDocuments, &[AwaitingDocuments]),
    (Approved, &[Approved]),
    (Denied, &[Denied]),
    (Withdrawn, &[Withdrawn]),
    (NotSubmitted, &[NotSubmitted]),
];

/// Command, who, moves. `o`wner, `s`taff, `r`eviewer, `a`dministrator, `j`ob. All else is refused.
pub(crate) const LEGAL: [(C, Who, Moves); 61] = [
    (EditForm, "os", &[(Draft, &[Draft])]),
    (EditPeople, "os", STAYS_OPEN),
    (Rename, "o", ANYWHERE),
    (
        Submit,
        "o",
        &[(Draft, &[InReview]), (NotSubmitted, &[InReview])],
    ),
    (Withdraw, "o", WITHDRAWS),
    (WithdrawForGood, "o", WITHDRAWS),
    (Correct, "o", WITH_THE_TEAM),
    (Open, "s", STAYS_OPEN),
    (OfferHandOver, "o", STAYS_OPEN),
    (TakeHandOverBack, "o", STAYS_OPEN),
    (AcceptHandOver, "s", STAYS_OPEN),
    (Entrust, "a", STAYS_OPEN),
    (ReplaceContact, "a", ANYWHERE),
    (Comment, "osra", STAYS_OPEN),
    (GrantFile, "osra", STAYS_OPEN),
    (ReceiveFile, "j", STAYS_OPEN),
    (ExpireFile, "j", OPEN_OR_ANSWERED),
    (PassFile, "j", OPEN_OR_ANSWERED),
    (RejectFile, "j", STAYS_OPEN),
    (InfectFile, "j", STAYS_OPEN),
    (GiveFileUp, "j", OPEN_OR_ANSWERED),
    (RemoveFile, "os", &[(Draft, &[Draft])]),
    (EraseFile, "j", ANYWHERE),
    (WrongPatient, "osra", OPEN_OR_ANSWERED),
    (EraseWrongPatient, "a", ANYWHERE),
    (UnlockFile, "a", STAYS_OPEN),
    (NotRelevant, "ra", WITH_THE_TEAM),
    (Take, "ra", WITH_THE_TEAM),
    (Assign, "a", WITH_THE_TEAM),
    (Release, "ra", WITH_THE_TEAM),
    (DeclareConflict, "ra", WITH_THE_TEAM),
    (AddLabel, "ra", WITH_THE_TEAM),
    (RemoveLabel, "ra", WITH_THE_TEAM),
    (Note, "ra", WITH_THE_TEAM),
    (RevealTin, "ra", WITH_THE_TEAM),
    (RequestDocuments, "ra", &[(InReview, &[AwaitingDocuments])]),
    (AmendRequest, "ra", WAITS),
    (AskMoreTime, "os", WAITS),
    (GrantMoreTime, "ra", WAITS),
    (RefuseMoreTime, "ra", WAITS),
    (ItemReceived, "ra", MAY_RETURN),
    (ThatIsAll, "os", RETURNS),
    (ReturnToReview, "ra", RETURNS),
    (ExtendRequest, "a", WAITS),
    (Toll, "aj", WAITS),
    (
        Settle,
        "j",
        &[(AwaitingDocuments, &[Denied, InReview, AwaitingDocuments])],
    ),
    (Rule, "ra", &[(InReview, &[Approved, Denied, InReview])]),
    (ConfirmRuling, "ra", &[(InReview, &[Approved, Denied])]),
    (SendRulingBack, "ra", &[(InReview, &[InReview])]),
    (ReviseScores, "raj", &[(Approved, &[Approved])]),
    (ProposeClerical, "a", STAYS_DECIDED),
    (ConfirmClerical, "ra", STAYS_DECIDED),
    (DropClerical, "a", STAYS_DECIDED),
    (Reinstate, "aj", &[(Denied, &[InReview])]),
    (CloseDraft, "j", &[(Draft, &[NotSubmitted])]),
    (ReopenDraft, "aj", &[(NotSubmitted, &[Draft])]),
    (TellWindow, "aj", &[(Draft, &[Draft])]),
    (
        AllowLate,
        "a",
        &[(Draft, &[Draft]), (NotSubmitted, &[NotSubmitted])],
    ),
    (
        Remind,
        "j",
        &[(Draft, &[Draft]), (AwaitingDocuments, &[AwaitingDocuments])],
    ),
    (PutHold, "a", ANYWHERE),
    (LiftHold, "a", ANYWHERE),
];

fn row(by: C) -> &'static (C, Who, Moves) {
    let mut rows = LEGAL.iter();
    rows.find(|row| row.0 == by)
        .expect("every command is listed")
}

/// Where the command may lead from there; nowhere if it is not a move.
pub(crate) fn leads_to(from: StatusName, by: C) -> &'static [StatusName] {
    let mut moves = row(by).2.iter();
    moves
        .find(|(status, _)| *status == from)
        .map_or(&[], |(_, to)| to)
}

/// Who may give it.
pub(crate) fn who(by: C) -> Who {
    row(by).1
}

#[test]
fn every_command_is_listed_once() {
    for name in C::ALL {
        assert_eq!(
            LEGAL.iter().filter(|row| row.0 == name).count(),
            1,
            "{name:?}"
        );
    }
}

#[test]
fn after_the_end_only_what_is_written() {
    // domain.md #46, the legal hold of #8, and what is erased though it has ended (#38).
    for from in StatusName::ALL
        .into_iter()
        .filter(|status| status.is_terminal())
    {
        let open: Vec<_> = C::ALL
            .into_iter()
            .filter(|&by| !leads_to(from, by).is_empty())
            .collect();
        let expected: &[C] = match from {
            Approved => &[
                Rename,
                ReplaceContact,
                EraseFile,
                EraseWrongPatient,
                ReviseScores,
                ProposeClerical,
                ConfirmClerical,
                DropClerical,
                PutHold,
                LiftHold,
            ],
            Denied => &[
                Rename,
                ReplaceContact,
                EraseFile,
                EraseWrongPatient,
                ProposeClerical,
                ConfirmClerical,
                DropClerical,
                Reinstate,
                PutHold,
                LiftHold,
            ],
            Withdrawn => &[
                Rename,
                ReplaceContact,
                EraseFile,
                EraseWrongPatient,
                PutHold,
                LiftHold,
            ],
            NotSubmitted => &[
                Rename,
                Submit,
                ReplaceContact,
                EraseFile,
                EraseWrongPatient,
                ReopenDraft,
                AllowLate,
                PutHold,
                LiftHold,
            ],
            Draft | InReview | AwaitingDocuments => &[],
        };
        assert_eq!(open, expected, "{from:?}");
    }
}
