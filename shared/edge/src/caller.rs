//! Who calls and when, from the gateway's own context. No header and no body can say it.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::{Account, Actor};
use jiff::Timestamp;
use lambda_http::request::RequestContext;

use crate::Problem;

/// The person behind a request, and when the gateway received it.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// When (domain.md #17).
    pub received_at: Timestamp,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(RequestContext::ApiGatewayV2(context)) = parts.extensions.get::<RequestContext>()
        else {
            return Err(Problem::internal(
                "the request did not come through the HTTP API",
            ));
        };
        let claims = context
            .authorizer
            .as_ref()
            .and_then(|authorizer| authorizer.jwt.as_ref())
            .map(|jwt| &jwt.claims);
        let actor = claims
            .and_then(actor)
            .ok_or_else(|| Problem::internal("the authoriser gave no claims"))?;
        let received_at = Timestamp::from_millisecond(context.time_epoch)
            .map_err(|_| Problem::internal("the gateway's receipt time is no instant"))?;
        Ok(Self { actor, received_at })
    }
}

/// The actor that the claims speak of. The gateway hands claims on as texts: booleans as `true`, lists as
/// `[a b]`.
fn actor(claims: &HashMap<String, String>) -> Option<Actor> {
    let claim = |name: &str| claims.get(name).filter(|value| !value.is_empty());
    let verified = claim("email_verified").is_some_and(|verified| verified == "true");
    // A role that this service does not know gives no rights here.
    let roles =
        claim("roles").map(|roles| list(roles).filter_map(|role| role.parse().ok()).collect());
    Some(Actor {
        account: Account {
            issuer: claim("iss")?.clone(),
            subject: claim("sub")?.clone(),
        },
        email: claim("email")
            .filter(|_| verified)
            .and_then(|email| email.parse().ok()),
        roles: roles.unwrap_or_default(),
        organization: claim("organization").cloned(),
    })
}

fn list(claim: &str) -> impl Iterator<Item = &str> {
    claim
        .trim_start_matches('[')
        .trim_end_matches(']')
        .split([' ', ','])
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use domain::Role;

    use super::*;

    fn claims(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn an_address_counts_only_when_the_issuer_verified_it() {
        let with = |verified| {
            actor(&claims(&[
                ("iss", "i"),
                ("sub", "s"),
                ("email", "a@example.org"),
                ("email_verified", verified),
            ]))
            .and_then(|actor| actor.email)
            .is_some()
        };
        assert!(with("true"));
        assert!(!with("false"));
        assert!(!with("True"));
        assert!(!with(""));
    }

    #[test]
    fn roles_come_as_the_gateway_writes_lists_and_strange_ones_give_nothing() {
        let roles = |text| {
            actor(&claims(&[("iss", "i"), ("sub", "s"), ("roles", text)])).map(|actor| actor.roles)
        };
        assert_eq!(
            roles("[reviewer administrator]"),
            Some(vec![Role::Reviewer, Role::Administrator])
        );
        assert_eq!(roles("reviewer"), Some(vec![Role::Reviewer]));
        assert_eq!(roles("[root]"), Some(vec![]));
        assert_eq!(actor(&claims(&[("iss", "i")])), None);
    }
}
