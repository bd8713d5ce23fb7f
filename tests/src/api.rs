//! The one description of the API. Functions do not link each other, and each describes its own doors; here the parts
//! become a whole, which is a file of the repository, so that a function can serve it without knowing the others.

use std::path::PathBuf;

use serde_json::Value;

use crate::program;

/// Where the whole is kept.
#[must_use]
pub fn path() -> PathBuf {
    program::root().join("docs/openapi.json")
}

/// The whole, as the code has it. The first part also says what the API is; a new HTTP function adds its line.
///
/// # Panics
/// When two functions describe one door or one shape differently.
#[must_use]
pub fn whole() -> Value {
    let parts = [("intake", serde_json::to_value(intake::document()))];
    let parts = parts.into_iter();
    merged(parts.map(|(name, part)| (name, part.expect("a description is JSON"))))
}

/// The parts as one document. What two of them say must be the same; objects are put together.
fn merged(parts: impl Iterator<Item = (&'static str, Value)>) -> Value {
    let mut whole = Value::Null;
    for (name, mut part) in parts {
        if whole.is_null() {
            whole = part;
            continue;
        }
        // What the API is, is said by the first.
        for own in ["info", "openapi", "security"] {
            part.as_object_mut().and_then(|part| part.remove(own));
        }
        merge(&mut whole, part, name, "");
    }
    whole
}

fn merge(into: &mut Value, part: Value, name: &str, place: &str) {
    match (into, part) {
        (Value::Object(into), Value::Object(part)) => {
            for (key, value) in part {
                let place = format!("{place}/{key}");
                match into.get_mut(&key) {
                    Some(there) => merge(there, value, name, &place),
                    None => drop(into.insert(key, value)),
                }
            }
        }
        (into, part) => assert_eq!(
            *into, part,
            "{name} describes {place} otherwise than the functions before it: give it a name of its own"
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_become_one_and_the_first_says_what_it_is() {
        let whole = merged(
            [
                (
                    "a",
                    json!({"info": {"title": "A"}, "paths": {"/x": {"get": 1}}, "components": {"schemas": {"S": 1}}}),
                ),
                (
                    "b",
                    json!({"info": {"title": "B"}, "paths": {"/x": {"post": 2}, "/y": {}}, "components": {"schemas": {"S": 1, "T": 2}}}),
                ),
            ]
            .into_iter(),
        );
        let expected = json!({
            "info": {"title": "A"},
            "paths": {"/x": {"get": 1, "post": 2}, "/y": {}},
            "components": {"schemas": {"S": 1, "T": 2}},
        });
        assert_eq!(whole, expected);
    }

    #[test]
    #[should_panic(expected = "b describes /paths/~x/get otherwise")]
    fn two_that_describe_one_thing_differently_are_told() {
        let part = |name, what: &str| (name, json!({"paths": {"~x": {"get": what}}}));
        merged([part("a", "one"), part("b", "another")].into_iter());
    }
}
