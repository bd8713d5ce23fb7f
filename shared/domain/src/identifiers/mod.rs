//! Identifiers of people and parties (domain.md K). Each has one door in: parsing.
//!
//! A fault in an identifier's *shape* blocks; a doubtful one (a check digit that fails) is accepted with
//! an [`Advice`](crate::Advice), as the real form does (domain.md #59).

mod email;
mod entity;
mod mvp;
mod npi;
mod person;
mod phone;
mod ticket;
mod tin;

pub use email::{Email, EmailError};
pub use entity::{
    ApmEntityId, ApmEntityIdError, SubgroupId, SubgroupIdError, VirtualGroupId, VirtualGroupIdError,
};
pub use mvp::{MvpId, MvpIdError};
pub use npi::{Npi, NpiError};
pub use person::{PersonHashKey, PersonKey, PersonKeyError};
pub use phone::{Phone, PhoneError};
pub use ticket::Ticket;
pub use tin::{Tin, TinError};

/// Implements the string conversions that serde and callers use, on top of `FromStr` and `as_str`.
macro_rules! string_value {
    ($type:ty, $error:ty) => {
        impl TryFrom<String> for $type {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.0
            }
        }
    };
}
pub(crate) use string_value;
