//! The stack's own issuer, in wrong hands: tokens that are almost right.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::http::get_json;
use crate::stack::Stack;

/// Makes tokens out of a sample person's, with the issuer's own key.
pub struct Forger {
    sound: String,
    claims: Value,
    key: EncodingKey,
    /// What anybody can fetch.
    public_key: String,
}

impl Forger {
    /// With the token of the sample person `name`.
    ///
    /// # Panics
    /// When the stack keeps no key where it says.
    #[must_use]
    pub fn of(stack: &Stack, name: &str) -> Self {
        let sound = stack.token(name);
        let claims = sound.split('.').nth(1).expect("a token has three parts");
        let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
        let pem = std::fs::read(stack.data().join("secrets/identity-key.pem"))
            .expect("the issuer keeps its key");
        let keys = get_json(&format!("{}/_local/oidc/jwks.json", stack.url()));
        Self {
            sound,
            claims: serde_json::from_slice(&claims).expect("claims are JSON"),
            key: EncodingKey::from_rsa_pem(&pem).expect("a key"),
            public_key: keys["keys"][0]["n"].as_str().expect("a modulus").to_owned(),
        }
    }

    /// The token as it should be.
    #[must_use]
    pub fn sound(&self) -> &str {
        &self.sound
    }

    /// When it was issued, in seconds since 1970.
    ///
    /// # Panics
    /// When it does not say so.
    #[must_use]
    pub fn issued_at(&self) -> i64 {
        self.claims["iat"].as_i64().expect("seconds")
    }

    /// Signed by the issuer's own key, with one claim changed.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn with(&self, claim: &str, value: Value) -> String {
        self.with_all(&[(claim, value)])
    }

    /// Signed by the issuer's own key, with these claims changed.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn with_all(&self, changed: &[(&str, Value)]) -> String {
        let mut claims = self.claims.clone();
        for (claim, value) in changed {
            claims[*claim] = value.clone();
        }
        self.signed(&claims)
    }

    /// Signed by the issuer's own key, without a claim.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn without(&self, claim: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().expect("an object").remove(claim);
        self.signed(&claims)
    }

    fn signed(&self, claims: &Value) -> String {
        encode(&Header::new(Algorithm::RS256), claims, &self.key).expect("it can be signed")
    }

    /// The sound token with another head (0), body (1) or signature (2).
    #[must_use]
    pub fn patched(&self, place: usize, part: &str) -> String {
        let mut parts: Vec<&str> = self.sound.split('.').collect();
        parts[place] = part;
        parts.join(".")
    }

    /// A part of a token.
    #[must_use]
    pub fn part(content: &Value) -> String {
        URL_SAFE_NO_PAD.encode(content.to_string())
    }

    /// The head of a token that needs no signature.
    #[must_use]
    pub fn none() -> String {
        Self::part(&json!({ "alg": "none", "typ": "JWT" }))
    }

    /// The sound claims under a head that needs no signature, without one.
    #[must_use]
    pub fn unsigned(&self) -> String {
        format!("{}.{}.", Self::none(), Self::part(&self.claims))
    }

    /// The classic: the public key, which anybody has, taken as a shared secret.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn signed_with_the_public_key(&self) -> String {
        let shared = EncodingKey::from_secret(self.public_key.as_bytes());
        encode(&Header::new(Algorithm::HS256), &self.claims, &shared).expect("it can be signed")
    }
}
