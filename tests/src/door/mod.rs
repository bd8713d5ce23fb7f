//! The API's doors, as one person stands before them: through the gateway, or past it with a trigger event, where the
//! instant of receipt is the test's to say.

mod ask;
mod event;
mod steps;
mod team;

use jiff::Timestamp;

pub use ask::Ask;
use event::Caller;
pub use team::decision;

/// The doors, opened by one person. Clones are the same person.
#[derive(Clone)]
pub struct Door(Way);

#[derive(Clone)]
enum Way {
    Gateway {
        url: String,
        token: Option<String>,
    },
    Invoke {
        url: String,
        received: Timestamp,
        caller: Caller,
    },
}

impl Door {
    pub(crate) fn gateway(url: &str, token: Option<&str>) -> Self {
        Self(Way::Gateway {
            url: url.to_owned(),
            token: token.map(str::to_owned),
        })
    }

    /// The function's own door at `url`, for the sample person `name`, received at `instant` (RFC 3339).
    ///
    /// # Panics
    /// When `instant` is none.
    #[must_use]
    pub fn invoke(url: &str, name: &str, instant: &str) -> Self {
        Self(Way::Invoke {
            url: format!("{url}/2015-03-31/functions/IntakeFunction/invocations"),
            received: instant.parse().expect("an instant"),
            caller: Caller::sample(name),
        })
    }

    /// A request, not yet sent.
    pub fn ask(&self, method: &'static str, path: impl Into<String>) -> Ask<'_> {
        Ask::new(&self.0, method, path.into())
    }

    /// What a path shows.
    ///
    /// # Panics
    /// When there is no answer.
    #[must_use]
    pub fn get(&self, path: impl Into<String>) -> crate::Reply {
        self.ask("GET", path).send()
    }
}
