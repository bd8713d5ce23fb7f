//! Looking up the clinician whom a form is about (domain.md #29).
//!
//! It must never be in the way: whoever may see the review gets an answer, whatever becomes of the public
//! look-up, of what we remember of it, or of our own limit. Identifiers never stand in our addresses
//! (promise P6), so it is the form that says whom to look up, and what is remembered is found by a keyed
//! hash.
//!
//! Nothing here waits for a turn: a fifth asker within a second is told to try again, which costs them a
//! second and nobody else anything.

use domain::{
    Clinician, NoLookUp, Npi, PerformanceYear, PersonHashKey, ReviewId, SearchKey, SearchKind,
    clinician_of,
};
use jiff::{SignedDuration, Timestamp};

use crate::ports::{LookUpError, LookUps, Participation, PortError, Turn};
use crate::{Failure, Inbound, OpenPorts, View, view};

/// How long a clinician who was found is remembered.
const FOUND: SignedDuration = SignedDuration::from_hours(24);
/// How long it is remembered that there is none: the lists are published in portions, so not for long.
const NOT_FOUND: SignedDuration = SignedDuration::from_hours(1);

/// What an answer is remembered under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LookUpKey {
    /// The performance year.
    pub year: PerformanceYear,
    /// The keyed hash that stands for the NPI.
    pub npi: SearchKey,
}

impl LookUpKey {
    /// The key of `npi` in `year`.
    #[must_use]
    pub fn of(key: &PersonHashKey, year: PerformanceYear, npi: &Npi) -> Self {
        Self {
            year,
            npi: SearchKey::of(key, SearchKind::Npi, npi.as_str()),
        }
    }
}

/// An answer of the public look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Who it is; `None` when the look-up knew nobody.
    pub clinician: Option<Clinician>,
    /// When the look-up was asked.
    pub asked_at: Timestamp,
    /// From then on the answer does not count, though it may still be there.
    pub expires_at: Timestamp,
}

impl Remembered {
    /// The answer to a question of `asked_at`.
    #[must_use]
    pub fn new(clinician: Option<Clinician>, asked_at: Timestamp) -> Self {
        let lifetime = match clinician {
            Some(_) => FOUND,
            None => NOT_FOUND,
        };
        Self {
            clinician,
            asked_at,
            expires_at: asked_at + lifetime,
        }
    }
}

/// What the filer is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// What came of it.
    pub looked_up: LookedUp,
    /// When that was so: the instant of the request, or an earlier one if an answer was remembered.
    pub as_of: Timestamp,
}

/// What came of a look-up. `Display` is a sentence for the person, and each says how to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedUp {
    /// The clinician of that NPI.
    Found(Npi, Clinician),
    /// The look-up knows nobody of the form's NPI.
    NotFound,
    /// There is no answer just now.
    Unavailable,
    /// There is nobody to look up.
    NotApplicable(NoLookUp),
}

impl std::fmt::Display for LookedUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Found(..) => {
                "Choose the practice by its name; if it is not among these, choose \"not_listed\" and enter its TIN."
            }
            Self::NotFound => {
                "The participation look-up does not list this NPI for this year. Please compare it with your records; you can go on if it is what you mean, and type the names."
            }
            Self::Unavailable => {
                "The participation look-up does not answer at the moment. Try again in a little while, or go on and type the names: nothing depends on it."
            }
            Self::NotApplicable(why) => return why.fmt(f),
        })
    }
}

/// Looks up the clinician whom the form of a review is about, as its year's look-up lists them.
///
/// # Errors
/// [`Failure`] as [`view`]: only the review itself can be missing or out of reach.
pub async fn participation(
    ports: &(impl LookUps + OpenPorts + ?Sized),
    directory: &(impl Participation + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<LookUp, Failure> {
    let View { review, .. } = view(ports, inbound, id).await?;
    let now = |looked_up| LookUp {
        looked_up,
        as_of: inbound.received_at,
    };
    let npi = match clinician_of(&review.form) {
        Ok(npi) => npi,
        Err(why) => return Ok(now(LookedUp::NotApplicable(why))),
    };
    let year = review.outline.year;
    Ok(match look_up(ports, directory, inbound, npi, year).await {
        Ok(Remembered {
            clinician,
            asked_at,
            ..
        }) => LookUp {
            looked_up: clinician.map_or(LookedUp::NotFound, |clinician| {
                LookedUp::Found(npi.clone(), clinician)
            }),
            as_of: asked_at,
        },
        Err(why) => {
            tracing::warn!(review = %id, %why, count.look_ups_failed = 1, "the clinician was not looked up");
            now(LookedUp::Unavailable)
        }
    })
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("this second's look-ups are all taken")]
    NoTurn,
    #[error("the participation look-up failed: {0}")]
    Directory(#[from] LookUpError),
    #[error("the store failed: {0}")]
    Store(#[from] PortError),
}

/// The remembered answer, else a new one if it is our turn.
async fn look_up(
    ports: &(impl LookUps + ?Sized),
    directory: &(impl Participation + ?Sized),
    inbound: &Inbound<'_>,
    npi: &Npi,
    year: PerformanceYear,
) -> Result<Remembered, Unanswered> {
    let at = inbound.received_at;
    let key = LookUpKey::of(inbound.hash_key, year, npi);
    if let Some(answer) = ports.remembered(&key, at).await? {
        return Ok(answer);
    }
    match ports.take_turn(at).await? {
        Turn::Taken => {}
        Turn::NoneLeft => return Err(Unanswered::NoTurn),
    }
    let answer = Remembered::new(directory.clinician(npi, year).await?, at);
    if let Err(error) = ports.remember(&key, &answer).await {
        // The answer is here: that it will be asked for again is no reason to keep it back.
        tracing::warn!(%error, "an answer of the participation look-up is not remembered");
    }
    Ok(answer)
}
