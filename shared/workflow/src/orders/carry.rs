//! Carrying an order out on one review.

use domain::{
    Actor, CaseStep, Command, DocumentStep, Refused, ReinstateCause, Review, ReviewId, relation,
};

use super::{Order, OrderId, Wanted};
use crate::change::{ATTEMPTS, Answer, committed, decide_on};
use crate::ports::{Commits, Committed, Orders, Programs, Reviews};
use crate::{Failure, Inbound};

/// What carrying out needs of the world.
pub trait CarryPorts: Commits + Orders + Programs + Reviews {}

impl<P: Commits + Orders + Programs + Reviews + ?Sized> CarryPorts for P {}

/// What came of an order on one review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// It is done.
    Done,
    /// It was done before, or the review is not as it was, or not the administrator's to change.
    Nothing,
}

/// Does to the review what was ordered, in the administrator's name and as of the instant of the order. A
/// second time it does nothing.
///
/// # Errors
/// [`Failure::Port`], or [`Failure::Busy`] when others are faster again and again; the command comes again.
pub async fn carry_out(
    ports: &(impl CarryPorts + ?Sized),
    inbound: &Inbound<'_>,
    order: &OrderId,
    id: &ReviewId,
) -> Result<Carried, Failure> {
    let Some(order) = ports.order(order).await? else {
        return Ok(Carried::Nothing);
    };
    let actor = order.by.actor();
    let inbound = Inbound {
        actor: &actor,
        received_at: order.at,
        ..*inbound
    };
    for _ in 0..ATTEMPTS {
        let Some(review) = ports.load(id).await? else {
            return Ok(Carried::Nothing);
        };
        let Some(relation) = relation(&review, &actor) else {
            return Ok(Carried::Nothing);
        };
        let Some(command) = command(&order, &review) else {
            return Ok(Carried::Nothing);
        };
        let wish = command.into();
        let commit = match decide_on(ports, &inbound, &review, relation, &wish).await {
            Ok(commit) => commit,
            Err(Failure::Refused(refused, _)) => return nothing(&refused, &actor, id),
            Err(failure) => return Err(failure),
        };
        match ports.commit(&commit).await? {
            Committed::Done => {
                committed("carry_out", Answer::of(&commit.change, &inbound));
                return Ok(Carried::Done);
            }
            Committed::Raced => {}
        }
    }
    Err(Failure::Busy)
}

/// Every refusal says that the review is not as the dry run found it; which one, the log says.
fn nothing(refused: &Refused, actor: &Actor, id: &ReviewId) -> Result<Carried, Failure> {
    let account = actor.account.key();
    tracing::info!(review = %id, %account, %refused, "not to be done on this one");
    Ok(Carried::Nothing)
}

/// What the order wants of the review as it stands; `None` if that has been overtaken.
fn command(order: &Order, review: &Review) -> Option<Command> {
    let why = order.wish.why.clone();
    Some(match &order.wish.wanted {
        Wanted::Extend { last_day, .. } => Command::Documents(DocumentStep::Extend {
            last_day: *last_day,
            why,
        }),
        Wanted::Toll { days, .. } => Command::Documents(DocumentStep::Toll(days.clone())),
        Wanted::Reinstate { .. } => Command::Reinstate(ReinstateCause::ByAdministrator(why)),
        Wanted::Reassign { from, to } => {
            // Whoever took it meanwhile keeps it.
            let assignee = review.outline.casework.assignee.as_ref();
            assignee.filter(|assignee| assignee.account == *from)?;
            let assign = |to: &_| CaseStep::Assign(Clone::clone(to));
            Command::Case(to.as_ref().map_or(CaseStep::Release, assign))
        }
    })
}
