//! Who is asking: a local OpenID Connect issuer with made-up people, and the check that the gateway makes.
//!
//! Tokens are signed and checked for real (RS256, an own key in the data folder), so that a function sees the same
//! claims in the same shape as behind API Gateway. There is no sign-in: whoever reaches this machine's loopback
//! may be anyone of the sample people.

mod issuer;
mod people;
mod verify;

pub use issuer::{IdentityError, Issuer};
pub use people::SamplePerson;
pub use verify::{Claims, Unauthorized};
