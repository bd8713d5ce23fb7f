//! Orders over many reviews: more time, clocks that stand still, denials taken back (domain.md #23), the work of an
//! absent reviewer given on (#51); dry first.

use axum::Json;
use axum::extract::State;
use domain::{Account, AccountKey, Assignee, Email, Explanation, Fields, Toll};
use edge::wire::IdempotencyHeader;
use edge::{Caller, Posted, Problem, ProblemDocument};
use workflow::orders::{Among, MOST, OrderWish, Wanted, dry_run, place};

use crate::Desk;
use crate::reading::{Go, day, go, moment};
use crate::wire::{OrderBody, OrderDocument};

/// Order something for many reviews: `extend` their requests for documents, `toll` their clocks for a range of
/// days, `reinstate` what one run of a sweep denied, or `reassign` what an absent reviewer works on. First with `dry_run`, which changes nothing and answers
/// a `token`; then with that token, and a `cap` if it concerns more than 100 reviews. For administrators.
#[utoipa::path(post, path = "/v1/orders", params(IdempotencyHeader),
    request_body = OrderBody, responses(
    (status = 200, description = "What it does, or would do", body = OrderDocument),
    (status = 403, description = "Not an administrator", body = ProblemDocument),
    (status = 409, description = "Not what the dry run showed, or more reviews than the cap", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument)))]
pub(crate) async fn order(
    State(desk): State<Desk>,
    caller: Caller,
    posted: Posted,
) -> Result<Json<OrderDocument>, Problem> {
    let (wish, run, cap) = posted.read(|fields| {
        let wanted = wanted(fields, &caller.actor.account.issuer);
        let why = fields.text::<Explanation>("why");
        let why = fields.require("why", why, "say why, for the record");
        let cap = fields.number("cap");
        let run = go(fields);
        let wish = OrderWish {
            wanted: wanted?,
            why: why?,
        };
        Some((wish, run?, cap))
    })?;
    let inbound = desk.inbound(&caller);
    let placed = match run {
        Go::Dry => dry_run(&*desk.store, &inbound, &wish).await?,
        Go::Real { token } => {
            let key = posted.key("orders".to_owned())?;
            let cap = cap.map(|cap| u32::try_from(cap).unwrap_or(u32::MAX));
            let (store, queue) = (&*desk.store, &*desk.commands);
            place(store, queue, &inbound, &key, &wish, token, cap).await?
        }
    };
    Ok(Json(OrderDocument::of(&placed)))
}

fn wanted(fields: &mut Fields<'_>, issuer: &str) -> Option<Wanted> {
    let known = ["extend", "toll", "reinstate", "reassign"].map(str::to_owned);
    let what = fields.choice("what", &known);
    let message = "name extend, toll, reinstate or reassign";
    let what = fields.require("what", what, message)?;
    match what.as_str() {
        "extend" => {
            let last_day = day(fields, "last_day");
            let last_day = fields.require("last_day", last_day, "name the new last day");
            let among = among(fields);
            Some(Wanted::Extend {
                last_day: last_day?,
                among,
            })
        }
        "toll" => {
            let (from, through) = (day(fields, "from"), day(fields, "through"));
            let from = fields.require("from", from, "name the first day");
            let through = fields.require("through", through, "name the last day");
            let among = among(fields);
            let days = Toll {
                from: from?,
                through: through?,
            };
            if days.through < days.from {
                fields.fault("through", "invalid", "the last day is not before the first");
                return None;
            }
            Some(Wanted::Toll { days, among })
        }
        "reassign" => {
            let from = account(fields, "reviewer", issuer);
            let from = fields.require("reviewer", from, "name the account: the sub of its token");
            let to = account(fields, "successor", issuer);
            let email = fields.text::<Email>("successor_email");
            if email.is_some() && to.is_none() {
                let message = "name the successor's account as well";
                fields.fault("successor", "missing", message);
                return None;
            }
            let to = to.map(|account| Assignee { account, email });
            if to.as_ref().map(|to| &to.account) == from.as_ref() && from.is_some() {
                fields.fault("successor", "invalid", "name another than the reviewer");
                return None;
            }
            Some(Wanted::Reassign { from: from?, to })
        }
        _ => {
            let run = moment(fields, "run");
            let run = fields.require("run", run, "name the run's instant, as /v1/sweeps has it");
            let year = fields.text("year");
            let year = fields.require("year", year, "name the performance year");
            Some(Wanted::Reinstate {
                run: run?,
                year: year?,
            })
        }
    }
}

/// An account of the administrator's own issuer: the gateway takes no other.
fn account(fields: &mut Fields<'_>, name: &'static str, issuer: &str) -> Option<AccountKey> {
    let subject = fields.text::<String>(name)?;
    if !(1..=255).contains(&subject.len()) {
        fields.fault(name, "invalid", "a sub has 1 to 255 characters");
        return None;
    }
    let issuer = issuer.to_owned();
    Some(Account { issuer, subject }.key())
}

fn among(fields: &mut Fields<'_>) -> Among {
    let reviews = fields.list("reviews", MOST as usize);
    Among {
        reviews: (!reviews.is_empty()).then_some(reviews),
        year: fields.text("year"),
        due_from: day(fields, "due_from"),
        due_through: day(fields, "due_through"),
    }
}
