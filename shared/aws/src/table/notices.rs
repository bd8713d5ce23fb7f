//! A notice's item: who may send it, what became of it, what the mail service reported.
//!
//! It is there only while it is claimed (`state = claimed, claim, until`), or once it has its outcome
//! (`state = sent, at, message_id`, `suppressed, at` or `failed, at, code`), beside which stand
//! `delivered_at`, `bounced_at`, `bounced_hard` and `complained_at` once they are reported. Each claim
//! carries an id of its own, so that one whose reply was lost is known as ours when it is tried again, and
//! nobody gives back another's.

use async_trait::async_trait;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use domain::{Bounce, NoticeId, NoticeRecord, Outcome, Report, Reported, ReviewId};
use jiff::Timestamp;
use workflow::ports::{Claim, ClaimId, ClaimTerms, Claims, PortError};

use super::codec::{self, Item};
use super::failure::{done_or_moot, unavailable, unexpected};
use super::{Table, keys};

const CLAIMED: &str = "claimed";
const SENT: &str = "sent";
const SUPPRESSED: &str = "suppressed";
const FAILED: &str = "failed";

/// Whether the notice has its outcome.
pub(super) fn is_concluded(notice: &Item) -> bool {
    text(notice, "state").is_some_and(|state| state != CLAIMED)
}

/// Reads a notice of `review`.
pub(super) fn read(review: &ReviewId, item: Item) -> Result<NoticeRecord, PortError> {
    let broken = || codec::unreadable("notice", "its attributes are not as expected");
    let sk = text(&item, keys::SK).and_then(|sk| sk.strip_prefix(keys::NOTICE));
    let (seq, person) = sk.and_then(|sk| sk.split_once('#')).ok_or_else(broken)?;
    let notice = NoticeId {
        review: review.clone(),
        seq: seq.parse().map_err(|_| broken())?,
        person: person.parse().map_err(|_| broken())?,
    };
    let at = instant(&item, "at").ok_or_else(broken);
    let word = |name| text(&item, name).map(str::to_owned).ok_or_else(broken);
    let outcome = match text(&item, "state") {
        Some(CLAIMED) => None,
        Some(SENT) => Some(Outcome::Sent {
            at: at?,
            message_id: word("message_id")?,
        }),
        Some(SUPPRESSED) => Some(Outcome::Suppressed { at: at? }),
        Some(FAILED) => Some(Outcome::Failed {
            at: at?,
            code: word("code")?,
        }),
        Some(_) | None => return Err(broken()),
    };
    let hard = item
        .get("bounced_hard")
        .and_then(|hard| hard.as_bool().ok());
    Ok(NoticeRecord {
        notice,
        held_until: outcome.is_none().then(|| milliseconds(&item)).flatten(),
        outcome,
        delivered_at: instant(&item, "delivered_at"),
        bounced: instant(&item, "bounced_at").map(|at| Bounce {
            at,
            hard: hard.copied().unwrap_or(false),
        }),
        complained_at: instant(&item, "complained_at"),
    })
}

#[async_trait]
impl Claims for Table {
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        terms: ClaimTerms,
    ) -> Result<Claim, PortError> {
        let mine = claim_id()?;
        let until = now + terms.lease;
        let Some(found) = self.put_claim(notice, &mine, until, None).await? else {
            return Ok(Claim::Granted(mine));
        };
        if is_concluded(&found) {
            return Ok(Claim::Settled);
        }
        let (Some(theirs), Some(held_until)) = (text(&found, "claim"), milliseconds(&found)) else {
            return Err(codec::unreadable(
                "notice",
                "it is neither claimed nor concluded",
            ));
        };
        if theirs == mine.0 {
            return Ok(Claim::Granted(mine));
        }
        if now < held_until {
            return Ok(Claim::Held(held_until));
        }
        if now < held_until + terms.doubt {
            return Ok(Claim::Doubtful(held_until + terms.doubt));
        }
        match self.put_claim(notice, &mine, until, Some(theirs)).await? {
            None => Ok(Claim::InDoubt(mine)),
            Some(found) if text(&found, "claim") == Some(&mine.0) => Ok(Claim::InDoubt(mine)),
            Some(found) if is_concluded(&found) => Ok(Claim::Settled),
            Some(_) => Ok(Claim::Held(until)),
        }
    }

    async fn release(&self, notice: &NoticeId, claim: &ClaimId) -> Result<(), PortError> {
        let call = self
            .client
            .delete_item()
            .table_name(&self.name)
            .set_key(Some(keys::notice(notice).attributes()))
            .condition_expression("#state = :claimed AND #claim = :mine")
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#claim", "claim")
            .expression_attribute_values(":claimed", attribute(CLAIMED))
            .expression_attribute_values(":mine", attribute(&claim.0));
        done_or_moot(call.send().await)
    }

    async fn record(&self, notice: &NoticeId, outcome: &Outcome) -> Result<(), PortError> {
        let (state, at, more) = match outcome {
            Outcome::Sent { at, message_id } => (SENT, at, Some(("message_id", message_id))),
            Outcome::Suppressed { at } => (SUPPRESSED, at, None),
            Outcome::Failed { at, code } => (FAILED, at, Some(("code", code))),
        };
        let sets = match more {
            Some((name, _)) => format!("SET #state = :state, #at = :at, {name} = :more"),
            None => "SET #state = :state, #at = :at".to_owned(),
        };
        let call = self
            .conclusion(notice, state, *at)
            .update_expression(format!("{sets} REMOVE #claim, #until"))
            .expression_attribute_names("#claim", "claim")
            .expression_attribute_names("#until", "until")
            .condition_expression("attribute_not_exists(#state) OR #state = :claimed")
            .expression_attribute_values(":claimed", attribute(CLAIMED));
        let call = match more {
            Some((_, value)) => call.expression_attribute_values(":more", attribute(value)),
            None => call,
        };
        done_or_moot(call.send().await)
    }

    async fn report(&self, report: &Report) -> Result<(), PortError> {
        let Report {
            notice,
            message_id,
            at,
            what,
        } = report;
        if *what == Reported::Rejected {
            let call = self
                .conclusion(notice, FAILED, *at)
                .update_expression(
                    "SET #state = :state, #at = :at, code = :code REMOVE #claim, #until",
                )
                .expression_attribute_names("#claim", "claim")
                .expression_attribute_names("#until", "until")
                .expression_attribute_values(":code", attribute("Rejected"));
            return done_or_moot(call.send().await);
        }
        let outcome = Outcome::Sent {
            at: *at,
            message_id: message_id.clone(),
        };
        self.record(notice, &outcome).await?;
        let (sets, hard) = match what {
            Reported::Sent | Reported::Rejected => return Ok(()),
            Reported::Delivered => ("SET delivered_at = :at", None),
            Reported::Bounced { hard } => {
                ("SET bounced_at = :at, bounced_hard = :hard", Some(*hard))
            }
            Reported::Complained => ("SET complained_at = :at", None),
        };
        let name = sets.split(' ').nth(1).expect("each sets something");
        let call = self
            .update(notice)
            .update_expression(sets)
            .condition_expression(format!("attribute_not_exists({name})"))
            .expression_attribute_values(":at", attribute(&at.to_string()));
        let call = match hard {
            Some(hard) => call.expression_attribute_values(":hard", AttributeValue::Bool(hard)),
            None => call,
        };
        done_or_moot(call.send().await)
    }
}

impl Table {
    fn update(&self, notice: &NoticeId) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keys::notice(notice).attributes()))
    }

    /// An update that names state and instant of an outcome.
    fn conclusion(&self, notice: &NoticeId, state: &str, at: Timestamp) -> UpdateItemFluentBuilder {
        self.update(notice)
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#at", "at")
            .expression_attribute_values(":state", attribute(state))
            .expression_attribute_values(":at", attribute(&at.to_string()))
    }

    /// Claims for `mine` if there is no item, or if the item is the expired claim `theirs`. Returns the
    /// item that stands in the way.
    async fn put_claim(
        &self,
        notice: &NoticeId,
        mine: &ClaimId,
        until: Timestamp,
        theirs: Option<&str>,
    ) -> Result<Option<Item>, PortError> {
        let until = AttributeValue::N(until.as_millisecond().to_string());
        let item = codec::notice_item(
            notice,
            [
                ("state", attribute(CLAIMED)),
                ("claim", attribute(&mine.0)),
                ("until", until),
            ],
        );
        let call = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item));
        let call = call
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let call = match theirs {
            None => call.condition_expression("attribute_not_exists(pk)"),
            Some(theirs) => call
                .condition_expression("#claim = :theirs")
                .expression_attribute_names("#claim", "claim")
                .expression_attribute_values(":theirs", attribute(theirs)),
        };
        match call.send().await {
            Ok(_) => Ok(None),
            Err(error) => standing(error).map(Some),
        }
    }
}

/// The item that stood in the way of a conditional put.
fn standing<R: std::fmt::Debug>(error: SdkError<PutItemError, R>) -> Result<Item, PortError> {
    match error.as_service_error() {
        // It is gone by now if it was released in between: then the next delivery finds nothing in its way.
        Some(PutItemError::ConditionalCheckFailedException(failed)) => failed
            .item()
            .cloned()
            .ok_or_else(|| unexpected("the notice's item was not returned")),
        Some(_) | None => Err(unavailable(&error)),
    }
}

fn attribute(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn claim_id() -> Result<ClaimId, PortError> {
    let bits = getrandom::u64().map_err(|_| unexpected("the system has no random bits"))?;
    Ok(ClaimId(format!("{bits:016x}")))
}

fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .map(String::as_str)
}

fn instant(item: &Item, name: &str) -> Option<Timestamp> {
    text(item, name).and_then(|at| at.parse().ok())
}

/// The end of a claim.
fn milliseconds(item: &Item) -> Option<Timestamp> {
    let until = item.get("until").and_then(|value| value.as_n().ok())?;
    Timestamp::from_millisecond(until.parse().ok()?).ok()
}
