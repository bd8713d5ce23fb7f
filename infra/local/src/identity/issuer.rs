//! The issuer: its key, its public documents and its tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

use super::people::{PEOPLE, SamplePerson};
use crate::data::{DataError, DataFolder};

const AUDIENCE: &str = "targeted-review";
const KEY_BITS: usize = 2048;
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The issuer; clones share its key.
#[derive(Clone)]
pub struct Issuer(Arc<Inner>);

struct Inner {
    url: String,
    /// Where the key set answers in this run.
    keys_url: String,
    key_id: String,
    signing: EncodingKey,
    checking: DecodingKey,
    /// The public key's parts, as a JWKS writes them.
    modulus: String,
    exponent: String,
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer")
            .field("url", &self.0.url)
            .field("key_id", &self.0.key_id)
            .finish_non_exhaustive()
    }
}

/// Why the issuer could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The data folder refused.
    #[error(transparent)]
    Data(#[from] DataError),
    /// No key could be made.
    #[error("no signing key could be made: {0}")]
    NoKey(String),
    /// The kept key cannot be used.
    #[error("the kept signing key cannot be read ({0}): start once with --fresh to begin anew")]
    DamagedKey(String),
}

impl Issuer {
    /// Opens the issuer below `base_url`, where the front answers; makes its key at the first opening.
    ///
    /// An owner is issuer and subject (domain.md #25), so the issuer keeps the URL of its first opening: a start on
    /// another port must not part people from their reviews.
    ///
    /// # Errors
    /// When the key cannot be made, kept or read back.
    pub fn open(data: &DataFolder, base_url: &str) -> Result<Self, IdentityError> {
        let damaged = |error: &dyn std::fmt::Display| IdentityError::DamagedKey(error.to_string());
        let pem = match data.private("identity-key.pem")? {
            Some(kept) => kept,
            None => {
                let made = new_key()?;
                data.keep_private("identity-key.pem", &made)?;
                made
            }
        };
        let here = format!("{}/_local/oidc", base_url.trim_end_matches('/'));
        let url = match data.private("issuer-url")? {
            Some(kept) => kept,
            None => {
                data.keep_private("issuer-url", &here)?;
                here.clone()
            }
        };
        let key = RsaPrivateKey::from_pkcs8_pem(&pem).map_err(|error| damaged(&error))?;
        let modulus = URL_SAFE_NO_PAD.encode(key.n().to_bytes_be());
        let exponent = URL_SAFE_NO_PAD.encode(key.e().to_bytes_be());
        let inner = Inner {
            url,
            keys_url: format!("{here}/jwks.json"),
            // A new key gets a new id, so that a client that caches keys by id asks again after --fresh.
            key_id: modulus.chars().take(16).collect(),
            signing: EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|error| damaged(&error))?,
            checking: DecodingKey::from_rsa_components(&modulus, &exponent)
                .map_err(|error| damaged(&error))?,
            modulus,
            exponent,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// `{base}/_local/oidc` as it was at the first opening: the `iss` of its tokens.
    #[must_use]
    pub fn issuer_url(&self) -> String {
        self.0.url.clone()
    }

    /// The `aud` of its tokens.
    #[must_use]
    pub fn audience(&self) -> &str {
        AUDIENCE
    }

    /// The people it knows.
    #[must_use]
    pub fn people(&self) -> &[SamplePerson] {
        &PEOPLE
    }

    /// A token for the sample person called `person`, good for one hour from `now`; `None` for an unknown name.
    #[must_use]
    pub fn token_for(&self, person: &str, now: Timestamp) -> Option<String> {
        let person = PEOPLE.iter().find(|known| known.name == person)?;
        let mut claims = json!({
            "iss": self.0.url,
            "sub": person.subject(),
            "aud": AUDIENCE,
            "iat": now.as_second(),
            "exp": (now + LIFETIME).as_second(),
            "name": person.full_name,
            "email": person.email,
            "email_verified": person.email_verified,
            "roles": person.roles,
        });
        if let Some(organization) = person.organization {
            claims["organization"] = json!(organization);
        }
        Some(self.sign(&claims))
    }

    /// Signs any claims: the tests need wrong ones.
    pub(super) fn sign(&self, claims: &Value) -> String {
        let header = Header {
            kid: Some(self.0.key_id.clone()),
            ..Header::new(Algorithm::RS256)
        };
        jsonwebtoken::encode(&header, claims, &self.0.signing)
            .expect("a checked RSA key signs any JSON")
    }

    pub(super) fn checking_key(&self) -> &DecodingKey {
        &self.0.checking
    }

    /// The discovery document (`/.well-known/openid-configuration` below the issuer's URL).
    #[must_use]
    pub fn discovery(&self) -> Value {
        json!({
            "issuer": self.0.url,
            "jwks_uri": self.0.keys_url,
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        })
    }

    /// The key set with which anyone can check a token.
    #[must_use]
    pub fn key_set(&self) -> Value {
        json!({"keys": [{
            "kty": "RSA", "use": "sig", "alg": "RS256",
            "kid": self.0.key_id, "n": self.0.modulus, "e": self.0.exponent,
        }]})
    }
}

fn new_key() -> Result<String, IdentityError> {
    let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, KEY_BITS)
        .map_err(|error| IdentityError::NoKey(error.to_string()))?;
    let pem = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|error| IdentityError::NoKey(error.to_string()))?;
    Ok(pem.to_string())
}
