//! Ids of things inside a review: 128 random bits, in hex.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The text is not such an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id of this kind is 32 lower-case hexadecimal digits")]
pub struct IdError;

macro_rules! random_id {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(String);

        impl $type {
            /// Takes 16 random bytes.
            #[must_use]
            pub fn from_random(random: [u8; 16]) -> Self {
                Self(crate::digest::hex(&random))
            }

            /// The 32 hexadecimal digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $type {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                (text.len() == 32 && text.bytes().all(lower_hex))
                    .then(|| Self(text.to_owned()))
                    .ok_or(IdError)
            }
        }

        impl TryFrom<String> for $type {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(id: $type) -> Self {
                id.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

random_id!(
    /// A file of a review.
    AttachmentId
);
random_id!(
    /// A comment, read by both sides.
    CommentId
);
random_id!(
    /// A reviewer's private note.
    NoteId
);
