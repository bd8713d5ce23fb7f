//! Reads the environment once, at start, and says which variable is missing or wrong.

use domain::PersonHashKey;
use jiff::SignedDuration;

/// The environment of a function.
#[derive(Debug, Clone, Copy)]
pub struct Environment(fn(&str) -> Option<String>);

/// A variable of the environment is missing or wrong.
#[derive(Debug, thiserror::Error)]
#[error("environment variable {name} {problem}; infra/template.yaml sets it")]
pub struct SettingsError {
    name: &'static str,
    problem: &'static str,
}

impl Environment {
    /// The environment of this process.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a function reads its environment"
    )]
    pub fn of_process() -> Self {
        Self(|name| std::env::var(name).ok())
    }

    /// An environment that answers with `read`, for tests.
    #[must_use]
    pub fn from_fn(read: fn(&str) -> Option<String>) -> Self {
        Self(read)
    }

    /// The variable `name`, not empty.
    ///
    /// # Errors
    /// [`SettingsError`] when it is missing or empty.
    pub fn text(&self, name: &'static str) -> Result<String, SettingsError> {
        let text = (self.0)(name).ok_or(SettingsError {
            name,
            problem: "is missing",
        })?;
        if text.is_empty() {
            Err(SettingsError {
                name,
                problem: "is empty",
            })
        } else {
            Ok(text)
        }
    }

    /// The variable `name`, if it is there and not empty.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|text| !text.is_empty())
    }

    /// The variable `name`, a whole number of seconds above 0.
    ///
    /// # Errors
    /// [`SettingsError`] when it is missing or no such number.
    pub fn seconds(&self, name: &'static str) -> Result<SignedDuration, SettingsError> {
        match self.text(name)?.parse() {
            Ok(seconds @ 1..) => Ok(SignedDuration::from_secs(seconds)),
            Ok(_) | Err(_) => Err(SettingsError {
                name,
                problem: "must be a whole number of seconds above 0",
            }),
        }
    }

    /// `PERSON_HASH_KEY`, the secret for people's keys: at least 32 characters.
    ///
    /// # Errors
    /// [`SettingsError`] when it is missing or too short.
    pub fn person_hash_key(&self) -> Result<PersonHashKey, SettingsError> {
        const NAME: &str = "PERSON_HASH_KEY";
        let key = self.text(NAME)?;
        if key.len() < 32 {
            return Err(SettingsError {
                name: NAME,
                problem: "must have at least 32 characters",
            });
        }
        Ok(PersonHashKey::new(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let environment = Environment::from_fn(|name| match name {
            "EMPTY" => Some(String::new()),
            "ZERO" => Some("0".to_owned()),
            "PERSON_HASH_KEY" => Some("short".to_owned()),
            _ => None,
        });
        let told = |error: SettingsError| error.to_string();
        assert!(
            environment
                .text("TABLE_NAME")
                .map_err(told)
                .is_err_and(|told| told.contains("TABLE_NAME is missing"))
        );
        assert!(
            environment
                .text("EMPTY")
                .map_err(told)
                .is_err_and(|told| told.contains("EMPTY is empty"))
        );
        assert!(
            environment
                .seconds("ZERO")
                .map_err(told)
                .is_err_and(|told| told.contains("above 0"))
        );
        assert!(
            environment
                .person_hash_key()
                .map_err(told)
                .is_err_and(|told| told.contains("at least 32"))
        );
    }
}
