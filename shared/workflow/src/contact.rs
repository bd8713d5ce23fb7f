//! Giving a request another contact address, in place of one whose mail comes back (domain.md #54).
//!
//! Whether mail came back is not the review's to know: it is read from its letters and from the addresses that get no more
//! mail, at each attempt anew, beside the review on whose version the commit depends.

use domain::{
    Command, Email, Fault, Missed, NewContact, NoteText, OutboxEntry, Outcome, PersonKey, Refused,
    Review, ReviewId,
};

use crate::change::{Answer, decide_on, once};
use crate::ports::{Correspondence, PortError, Suppressions};
use crate::team::{TeamPorts, of_team};
use crate::{Failure, IdempotencyKey, Inbound, Wish};

/// Gives the contact the address `email` under an idempotency key, and sends there what the address before did not get.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then. It is refused where no mail came back.
pub async fn replace_contact(
    ports: &(impl TeamPorts + Correspondence + Suppressions + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    email: &Email,
    why: &NoteText,
) -> Result<Answer, Failure> {
    let attempt = async || {
        let (review, relation) = of_team(ports, inbound.actor, id).await?;
        let person = PersonKey::of(inbound.hash_key, email);
        if !ports.suppressed(&[person]).await?.is_empty() {
            let message = "mail to this address has come back before; give one that can be reached";
            let fault = Fault::new("/email", "unreachable", message);
            let refused = Refused::Faulty(vec![fault]);
            return Err(Failure::Refused(refused, Some(Box::new(review))));
        }
        let (bounced, missed) = lost(ports, inbound, &review).await?;
        let wish = Wish::with_reason(inbound, why.clone(), |why| {
            Command::ReplaceContact(NewContact {
                email: email.clone(),
                why,
                bounced,
                missed,
            })
        });
        decide_on(ports, inbound, &review, relation, &wish).await
    };
    once(ports, inbound, key, attempt).await
}

/// Whether mail to the contact came back or goes there no more, and the letters that did not arrive, the first first.
async fn lost(
    ports: &(impl Correspondence + Suppressions + ?Sized),
    inbound: &Inbound<'_>,
    review: &Review,
) -> Result<(bool, Vec<Missed>), PortError> {
    let contact = review.people.contact.as_ref();
    let Some(address) = contact.and_then(|contact| contact.email.as_ref()) else {
        return Ok((false, Vec::new()));
    };
    let person = PersonKey::of(inbound.hash_key, address);
    let suppressed = ports.suppressed(std::slice::from_ref(&person)).await?;
    let suppressed = !suppressed.is_empty();
    let records = ports.notices_of(&review.outline.id).await?;
    let is_lost = |entry: &OutboxEntry| {
        let mut notices = entry.notices();
        let Some(notice) = notices.find(|notice| notice.person == person) else {
            return false;
        };
        let record = records.iter().find(|record| record.notice == notice);
        match record.map(|record| (&record.outcome, record)) {
            Some((Some(Outcome::Sent { .. }), record)) => {
                record.bounced.is_some() && record.delivered_at.is_none()
            }
            Some((Some(Outcome::Suppressed { .. } | Outcome::Failed { .. }), _)) => true,
            // Whoever sends it will find that none goes there.
            Some((None, _)) | None => suppressed,
        }
    };
    let entries = ports.entries_of(&review.outline.id).await?;
    let missed: Vec<_> = entries
        .into_iter()
        .filter(is_lost)
        .map(|entry| Missed {
            seq: entry.seq,
            at: entry.at,
            status: entry.status,
            request: entry.documents.map(|clock| clock.request),
            event: entry.event,
        })
        .collect();
    Ok((suppressed || !missed.is_empty(), missed))
}
