//! The public participation look-up (domain.md #65), behind the port of `workflow`.
//!
//! Two adapters with one decoder: [`Http`] asks the real one, [`Fixture`] answers from documents of the
//! same shape that are compiled in, so that one machine never calls outside. This crate refuses to
//! remember, to count its calls and to try again: that is the use case's business, which sees all
//! functions at once.

mod fixture;
mod http;
mod shape;

use std::sync::Arc;

use workflow::ports::Participation;

pub use fixture::Fixture;
pub use http::{Http, NoAddress, TIMEOUT};

/// The setting that chooses [`Fixture`].
const FIXTURE: &str = "fixture";

/// The look-up that a setting names: the base address of the real one, or `fixture`.
///
/// # Errors
/// [`NoAddress`] when it is neither.
pub fn named(setting: &str) -> Result<Arc<dyn Participation>, NoAddress> {
    if setting == FIXTURE {
        Ok(Arc::new(Fixture))
    } else {
        Ok(Arc::new(Http::at(setting, TIMEOUT)?))
    }
}
