//! A request as the door hands it in, and what can come of it instead of an answer.

use domain::{Actor, Digest, PersonHashKey, Refused, Review, TextRef, UnknownYear, WindowRefused};
use jiff::{SignedDuration, Timestamp};

use crate::ports::{Entropy, PortError};

/// What every use case of a filer begins with.
#[derive(Clone, Copy)]
pub struct Inbound<'a> {
    /// Who asks, from the authoriser's claims.
    pub actor: &'a Actor,
    /// When the gateway received the request.
    pub received_at: Timestamp,
    /// Random bits for ids.
    pub entropy: &'a dyn Entropy,
    /// The secret for people's keys.
    pub hash_key: &'a PersonHashKey,
}

/// A key under which an answer is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The route's template, and the review's id where it has one.
    pub route: String,
    /// What the client sent.
    pub key: String,
    /// The hash of the request's body.
    pub body_sha256: Digest,
}

/// The text cannot be an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an Idempotency-Key has 1 to 255 visible ASCII characters")]
pub struct IdempotencyKeyError;

impl IdempotencyKey {
    /// A key for a request to `route` with `body`.
    ///
    /// # Errors
    /// [`IdempotencyKeyError`] unless `key` has 1 to 255 visible ASCII characters.
    pub fn new(route: String, key: &str, body: &[u8]) -> Result<Self, IdempotencyKeyError> {
        if (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) {
            Ok(Self {
                route,
                key: key.to_owned(),
                body_sha256: Digest::of(&[body]),
            })
        } else {
            Err(IdempotencyKeyError)
        }
    }
}

/// Why a use case gave no answer. Nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no such review, or the actor may not know of it.
    #[error("there is no such review among yours")]
    NotFound,
    /// There are no rules for the year.
    #[error(transparent)]
    UnknownYear(#[from] UnknownYear),
    /// The statement of truth has not been accepted in this version (domain.md #26).
    #[error("accept the statement of truth ({0}) first")]
    StatementNotAccepted(TextRef),
    /// The statement of truth that is accepted must be the present one.
    #[error("the present statement of truth is {0}")]
    NotThePresentStatement(TextRef),
    /// The same key came with another body.
    #[error("this Idempotency-Key was used for another request; take a new key for a new request")]
    KeyReused,
    /// The domain refused; with the review as it is, if there is one.
    #[error("{0}")]
    Refused(Refused, Option<Box<Review>>),
    /// Only an administrator may do it.
    #[error("only an administrator may do this")]
    NotAdministrator,
    /// The window cannot be changed so.
    #[error(transparent)]
    Window(#[from] WindowRefused),
    /// The dry run that is named showed something else.
    #[error("what would happen now is not what the dry run showed; run it again")]
    NotAsDry,
    /// More reviews than the cap allows.
    #[error("it concerns {count} reviews, and the cap is {cap}; raise the cap if you mean it")]
    OverCap {
        /// So many.
        count: u32,
        /// The cap.
        cap: u32,
    },
    /// The person was granted as many uploads as there are in an hour; the next one can be after that time.
    #[error("as many uploads were granted to you as there are in an hour")]
    TooManyGrants(SignedDuration),
    /// Others were faster again and again.
    #[error("others are changing this review at the same moment; try again")]
    Busy,
    /// A port failed.
    #[error(transparent)]
    Port(#[from] PortError),
}
