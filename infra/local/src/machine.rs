//! What is asked of the machine before anything starts: where the project is, and whether this is the place to run it.

use std::path::{Path, PathBuf};

use crate::stack::StackError;

/// The template, and the data folder beside its infra folder.
pub(crate) fn paths(
    template: Option<&Path>,
    data: Option<&Path>,
) -> Result<(PathBuf, PathBuf), StackError> {
    let here = std::env::current_dir().map_err(|_| StackError::NoTemplate)?;
    let root = here
        .ancestors()
        .find(|folder| folder.join("infra/template.yaml").is_file());
    let template = match (template, root) {
        (Some(path), _) => path.to_owned(),
        (None, Some(root)) => root.join("infra/template.yaml"),
        (None, None) => return Err(StackError::NoTemplate),
    };
    let data = data.map_or_else(|| root.unwrap_or(&here).join(".local"), Path::to_owned);
    Ok((template, data))
}

#[expect(
    clippy::disallowed_methods,
    reason = "only to refuse what it names: functions get an environment of their own"
)]
pub(crate) fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Functions never see these variables; but who has set one means to work elsewhere, and should notice.
pub(crate) fn refuse_foreign_endpoints(
    variables: impl Iterator<Item = (String, String)>,
) -> Result<(), StackError> {
    for (name, value) in variables.filter(|(name, _)| name.starts_with("AWS_ENDPOINT_URL")) {
        if !is_here(&value) {
            return Err(StackError::ForeignEndpoint { name, value });
        }
    }
    Ok(())
}

/// Whether an address, with or without a scheme, is one of this machine alone.
pub(crate) fn is_here(address: &str) -> bool {
    const HERE: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    HERE.iter().any(|here| {
        host.strip_prefix(here)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_elsewhere_are_refused_and_those_of_this_machine_are_not() {
        let check = |value: &str| {
            let variable = ("AWS_ENDPOINT_URL_SQS".to_owned(), value.to_owned());
            refuse_foreign_endpoints(std::iter::once(variable)).is_ok()
        };
        for here in [
            "http://127.0.0.1:4566",
            "http://localhost",
            "localhost:1/",
            "http://[::1]:80",
        ] {
            assert!(check(here), "{here}");
        }
        for elsewhere in [
            "https://sqs.us-east-1.amazonaws.com",
            "http://localhost.example.org",
            "http://10.0.0.1:4566",
        ] {
            assert!(!check(elsewhere), "{elsewhere}");
        }
    }
}
