//! The check of API Gateway's JWT authoriser, by the set clock.
//!
//! Signature first, then `iss`, `aud` (or `client_id` where a token has no `aud`), `exp`, `nbf` and `iat`, without
//! leeway. Only RS256 with the issuer's key counts: a token's own header never picks the way it is checked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Validation};
use serde_json::{Map, Value};

use super::Issuer;

/// What the gateway hands to a function: strings as they are, numbers in decimal, arrays `[a b]`, booleans `true`.
pub type Claims = BTreeMap<String, String>;

/// Why a request is not let in. The caller sees 401 and no more; this is for the log, and holds no token.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unauthorized {
    /// No `Authorization` header.
    #[error("there is no Authorization header")]
    Missing,
    /// Not `Bearer` and one token.
    #[error("the Authorization header is not 'Bearer' and a token")]
    NotBearer,
    /// Not a JWT signed with RS256 by the issuer's key.
    #[error("the token is not signed by the issuer's key with RS256")]
    Signature,
    /// `iss` is another's.
    #[error("the token is from another issuer")]
    Issuer,
    /// Neither `aud` nor `client_id` is one of ours.
    #[error("the token is for another audience")]
    Audience,
    /// `exp` is past, or not there.
    #[error("the token has expired by the set clock: ask for a new one at /_local/token")]
    Expired,
    /// `nbf` or `iat` is in the future.
    #[error("the token is not valid yet by the set clock")]
    NotYet,
}

impl Issuer {
    /// What the gateway's JWT authoriser does with an `Authorization` header.
    ///
    /// # Errors
    /// [`Unauthorized`], the first fault found.
    pub fn verify(
        &self,
        authorization: Option<&str>,
        issuer: &str,
        audiences: &[String],
        now: Timestamp,
    ) -> Result<Claims, Unauthorized> {
        let header = authorization.ok_or(Unauthorized::Missing)?;
        let (scheme, token) = header
            .trim()
            .split_once(' ')
            .ok_or(Unauthorized::NotBearer)?;
        let token = token.trim();
        if !scheme.eq_ignore_ascii_case("bearer")
            || token.is_empty()
            || token.contains(char::is_whitespace)
        {
            return Err(Unauthorized::NotBearer);
        }
        let claims = self.signed_claims(token)?;
        if claims.get("iss").and_then(Value::as_str) != Some(issuer) {
            return Err(Unauthorized::Issuer);
        }
        if !is_for(&claims, audiences) {
            return Err(Unauthorized::Audience);
        }
        let now = now.as_duration().as_secs_f64();
        if claims
            .get("exp")
            .and_then(Value::as_f64)
            .is_none_or(|end| end <= now)
        {
            return Err(Unauthorized::Expired);
        }
        for start in ["nbf", "iat"] {
            let in_time = claims
                .get(start)
                .is_none_or(|value| value.as_f64().is_some_and(|start| start <= now));
            if !in_time {
                return Err(Unauthorized::NotYet);
            }
        }
        Ok(claims
            .iter()
            .map(|(name, value)| (name.clone(), as_text(value)))
            .collect())
    }

    fn signed_claims(&self, token: &str) -> Result<Map<String, Value>, Unauthorized> {
        let mut rules = Validation::new(Algorithm::RS256);
        // The library knows only the machine's clock, so the times are ours to check; issuer and audience are
        // checked beside them, where a refusal can name its reason.
        rules.validate_exp = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        jsonwebtoken::decode(token, self.checking_key(), &rules)
            .map(|data| data.claims)
            .map_err(|_| Unauthorized::Signature)
    }
}

fn is_for(claims: &Map<String, Value>, audiences: &[String]) -> bool {
    let ours = |value: &Value| {
        value
            .as_str()
            .is_some_and(|one| audiences.iter().any(|known| known == one))
    };
    match claims.get("aud") {
        Some(Value::Array(many)) => many.iter().any(ours),
        Some(one) => ours(one),
        None => claims.get("client_id").is_some_and(ours),
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(as_text).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jiff::SignedDuration;
    use jsonwebtoken::{EncodingKey, Header};
    use serde_json::json;

    use super::*;
    use crate::data::DataFolder;

    const NOW: &str = "2025-10-20T14:00:00Z";

    struct Door {
        issuer: Issuer,
        now: Timestamp,
        _place: tempfile::TempDir,
    }

    impl Door {
        fn new() -> Self {
            let place = tempfile::tempdir().expect("a place");
            let data = DataFolder::open(place.path(), false).expect("opens");
            let issuer = Issuer::open(&data, "http://127.0.0.1:3000").expect("opens");
            Self {
                issuer,
                now: NOW.parse().expect("a time"),
                _place: place,
            }
        }

        fn check(&self, header: Option<&str>) -> Result<Claims, Unauthorized> {
            self.issuer.verify(
                header,
                &self.issuer.issuer_url(),
                &["targeted-review".to_owned()],
                self.now,
            )
        }

        fn check_token(&self, token: &str) -> Result<Claims, Unauthorized> {
            self.check(Some(&format!("Bearer {token}")))
        }

        fn claims(&self) -> Value {
            let now = self.now.as_second();
            json!({"iss": self.issuer.issuer_url(), "sub": "s", "aud": "targeted-review", "iat": now, "exp": now + 60})
        }

        fn with(&self, name: &str, value: Value) -> Result<Claims, Unauthorized> {
            let mut claims = self.claims();
            claims[name] = value;
            self.check_token(&self.issuer.sign(&claims))
        }
    }

    #[test]
    fn claims_reach_a_function_as_text() {
        let door = Door::new();
        let token = door.issuer.token_for("reviewer", door.now).expect("known");
        let claims = door.check_token(&token).expect("let in");
        assert_eq!(claims["roles"], "[reviewer]");
        assert_eq!(claims["email_verified"], "true");
        assert_eq!(claims["exp"], (door.now.as_second() + 3600).to_string());
        assert_eq!(claims["sub"], "sample-reviewer");
        let token = door.issuer.token_for("registry", door.now).expect("known");
        let claims = door.check_token(&token).expect("let in");
        assert_eq!(claims["organization"], "Example Registry");
        assert_eq!(claims["roles"], "[]");
    }

    #[test]
    fn the_header_is_read_as_the_gateway_reads_it() {
        let door = Door::new();
        let token = door.issuer.token_for("filer", door.now).expect("known");
        for good in ["Bearer", "bearer", "BEARER"] {
            door.check(Some(&format!("{good} {token}"))).expect(good);
        }
        assert_eq!(door.check(None), Err(Unauthorized::Missing));
        for bad in [
            "",
            "Bearer",
            "Bearer ",
            &token,
            &format!("Basic {token}"),
            &format!("Bearer {token} x"),
        ] {
            assert_eq!(door.check(Some(bad)), Err(Unauthorized::NotBearer), "{bad}");
        }
        assert_eq!(
            door.check(Some("Bearer not.a.token")),
            Err(Unauthorized::Signature)
        );
    }

    #[test]
    fn a_token_ends_with_its_hour() {
        let mut door = Door::new();
        let token = door.issuer.token_for("filer", door.now).expect("known");
        door.now += SignedDuration::from_mins(60) - SignedDuration::from_millis(1);
        door.check_token(&token).expect("still good");
        door.now += SignedDuration::from_millis(1);
        assert_eq!(door.check_token(&token), Err(Unauthorized::Expired));
    }

    #[test]
    fn times_are_asked_for_and_must_be_numbers() {
        let door = Door::new();
        let soon = door.now.as_second() + 5;
        assert_eq!(door.with("exp", Value::Null), Err(Unauthorized::Expired));
        assert_eq!(
            door.with("exp", json!("tomorrow")),
            Err(Unauthorized::Expired)
        );
        assert_eq!(door.with("iat", json!(soon)), Err(Unauthorized::NotYet));
        assert_eq!(door.with("nbf", json!(soon)), Err(Unauthorized::NotYet));
        assert_eq!(door.with("nbf", json!("now")), Err(Unauthorized::NotYet));
    }

    #[test]
    fn issuer_and_audience_must_be_ours() {
        let door = Door::new();
        assert_eq!(
            door.with("iss", json!("https://elsewhere.test")),
            Err(Unauthorized::Issuer)
        );
        assert_eq!(
            door.with("aud", json!("another")),
            Err(Unauthorized::Audience)
        );
        assert_eq!(
            door.with("aud", json!(["another"])),
            Err(Unauthorized::Audience)
        );
        door.with("aud", json!(["another", "targeted-review"]))
            .expect("one of them is ours");
        let mut machine = door.claims();
        machine.as_object_mut().expect("an object").remove("aud");
        assert_eq!(
            door.check_token(&door.issuer.sign(&machine)),
            Err(Unauthorized::Audience)
        );
        machine["client_id"] = json!("targeted-review");
        door.check_token(&door.issuer.sign(&machine))
            .expect("client_id stands in");
    }

    #[test]
    fn a_forged_token_is_not_let_in() {
        let door = Door::new();
        let token = door.issuer.token_for("filer", door.now).expect("known");
        let parts: Vec<&str> = token.split('.').collect();
        let mut claims = door.claims();
        claims["roles"] = json!(["administrator"]);
        let wish = URL_SAFE_NO_PAD.encode(claims.to_string());

        let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        let elsewhere = Door::new();
        // The classic: the public key as a shared secret.
        let key_set = door.issuer.key_set();
        let public = key_set["keys"][0]["n"].as_str().expect("there");
        let shared = EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(public).expect("base64"));
        let forged = [
            format!("{}.{wish}.{}", parts[0], parts[2]),
            format!("{unsigned}.{wish}."),
            format!("{unsigned}.{wish}.{}", parts[2]),
            format!("{}.{wish}.", parts[0]),
            elsewhere.issuer.sign(&claims),
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &shared).expect("signs"),
        ];
        for token in forged {
            assert_eq!(
                door.check_token(&token),
                Err(Unauthorized::Signature),
                "{token}"
            );
        }
    }

    #[test]
    fn key_and_issuer_stay_over_a_restart_on_another_port() {
        let place = tempfile::tempdir().expect("a place");
        let data = DataFolder::open(place.path(), false).expect("opens");
        let first = Issuer::open(&data, "http://127.0.0.1:3000/").expect("opens");
        let again = Issuer::open(&data, "http://127.0.0.1:3001").expect("opens again");
        assert_eq!(first.key_set(), again.key_set());
        assert_eq!(first.discovery()["issuer"], json!(first.issuer_url()));
        assert_eq!(first.issuer_url(), "http://127.0.0.1:3000/_local/oidc");
        assert_eq!(again.issuer_url(), first.issuer_url());
        let here = json!("http://127.0.0.1:3001/_local/oidc/jwks.json");
        assert_eq!(again.discovery()["jwks_uri"], here);
        assert!(first.token_for("nobody", Timestamp::UNIX_EPOCH).is_none());
    }
}
