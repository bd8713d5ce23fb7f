//! Review ids: read out on the phone, typed from paper, not guessable (domain.md #64).
//!
//! `2024-K7M2-QXW5`: the performance year, seven random characters and a check character. The alphabet
//! has no 0, 1, I, L, O, S or U. The check character makes the weighted sum of all places divisible by
//! 31; as 31 is prime and the weights differ, one wrong character or any two swapped ones always show.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::PerformanceYear;

/// What the random part and the check character are written in.
const ALPHABET: &[u8; 28] = b"23456789ABCDEFGHJKMNPQRTVWXY";
const MODULUS: u32 = 31;
const RANDOM_PLACES: usize = 7;

/// The id of one review.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReviewId(String);

/// Why a text is not a review id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReviewIdError {
    /// Wrong length or characters.
    #[error("a review id looks like 2024-K7M2-QXW5: the year, then eight letters and digits")]
    Shape,
    /// The check character does not fit: something was mistyped.
    #[error("this review id has a typing error: one character is wrong or two are swapped")]
    Check,
}

/// A character's value in the sum: digits as they are, letters from 10 on.
fn value(byte: u8) -> u32 {
    let letter = || ALPHABET[8..].iter().position(|&a| a == byte).unwrap_or(0);
    if byte.is_ascii_digit() {
        u32::from(byte - b'0')
    } else {
        10 + letter() as u32
    }
}

/// The weighted sum over `places`, the first place weighing 1.
fn sum(places: &[u8]) -> u32 {
    places
        .iter()
        .zip(1u32..)
        .map(|(&byte, weight)| value(byte) * weight)
        .sum()
}

impl ReviewId {
    /// Makes an id of a year and random bits; different bits give different ids up to 28⁷ (1.3 × 10¹⁰).
    #[must_use]
    pub fn from_random(year: PerformanceYear, mut random: u64) -> Self {
        loop {
            let mut places = year.to_string().into_bytes();
            let mut rest = random;
            for _ in 0..RANDOM_PLACES {
                places.push(ALPHABET[(rest % ALPHABET.len() as u64) as usize]);
                rest /= ALPHABET.len() as u64;
            }
            let before = sum(&places);
            let weight = places.len() as u32 + 1;
            let check = ALPHABET
                .iter()
                .find(|&&c| (before + value(c) * weight).is_multiple_of(MODULUS));
            if let Some(&check) = check {
                places.push(check);
                return Self(Self::written(&places));
            }
            // A few sums would need a character that is not in the alphabet: take the next number.
            random = random.wrapping_add(1);
        }
    }

    fn written(places: &[u8]) -> String {
        let text = |range: std::ops::Range<usize>| {
            places[range]
                .iter()
                .map(|&b| char::from(b))
                .collect::<String>()
        };
        format!("{}-{}-{}", text(0..4), text(4..8), text(8..12))
    }

    /// The id as it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The performance year it was given for.
    #[must_use]
    pub fn year(&self) -> PerformanceYear {
        self.0[..4].parse().expect("an id begins with four digits")
    }
}

impl FromStr for ReviewId {
    type Err = ReviewIdError;

    /// Takes lower case and missing or extra dashes and spaces: people type these from paper.
    fn from_str(text: &str) -> Result<Self, ReviewIdError> {
        let places: Vec<u8> = text
            .bytes()
            .filter(|b| !matches!(b, b'-' | b' '))
            .map(|b| b.to_ascii_uppercase())
            .collect();
        let well_formed = places.len() == 12
            && places[..4].iter().all(u8::is_ascii_digit)
            && places[4..].iter().all(|b| ALPHABET.contains(b));
        if !well_formed {
            return Err(ReviewIdError::Shape);
        }
        if sum(&places).is_multiple_of(MODULUS) {
            Ok(Self(Self::written(&places)))
        } else {
            Err(ReviewIdError::Check)
        }
    }
}

impl TryFrom<String> for ReviewId {
    type Error = ReviewIdError;

    fn try_from(text: String) -> Result<Self, ReviewIdError> {
        text.parse()
    }
}

impl From<ReviewId> for String {
    fn from(id: ReviewId) -> Self {
        id.0
    }
}

impl fmt::Display for ReviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ReviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReviewId({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(random: u64) -> ReviewId {
        ReviewId::from_random("2024".parse().expect("a year"), random)
    }

    #[test]
    fn typed_from_paper() {
        let id = id(123_456_789);
        let typed = id.to_string().to_lowercase().replace('-', " ");
        assert_eq!(typed.parse(), Ok(id.clone()));
        assert_eq!(id.year().to_string(), "2024");
        assert_eq!("2024".parse::<ReviewId>(), Err(ReviewIdError::Shape));
    }

    proptest! {
        #[test]
        fn any_one_wrong_character_shows(random: u64, place in 0usize..12, other in 0usize..28) {
            let mut places: Vec<u8> = id(random).to_string().bytes().filter(|&b| b != b'-').collect();
            let wrong = if place < 4 { b'0' + (other % 10) as u8 } else { ALPHABET[other] };
            prop_assume!(places[place] != wrong);
            places[place] = wrong;
            let text = String::from_utf8(places).expect("ASCII");
            prop_assert_eq!(text.parse::<ReviewId>(), Err(ReviewIdError::Check));
        }

        #[test]
        fn any_two_swapped_characters_show(random: u64, one in 0usize..12, two in 0usize..12) {
            let mut places: Vec<u8> = id(random).to_string().bytes().filter(|&b| b != b'-').collect();
            prop_assume!(places[one] != places[two]);
            places.swap(one, two);
            let text = String::from_utf8(places).expect("ASCII");
            prop_assert!(text.parse::<ReviewId>().is_err());
        }
    }
}
