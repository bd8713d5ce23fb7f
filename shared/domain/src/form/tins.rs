//! The TINs of a form: who may see them in full is decided elsewhere; here is where they stand
//! (domain.md #60).

use serde_json::Value;

use super::{Form, Practice};
use crate::{Application, Tin};

impl Form {
    /// Every TIN that was entered, each with its place by JSON pointer.
    #[must_use]
    pub fn tins(&self) -> Vec<(&'static str, Tin)> {
        let of_group = self.application.as_ref().and_then(Application::tin);
        let of_practice = match &self.practice {
            Some(Practice::NotListed { tin, .. }) => Some(tin),
            Some(Practice::Listed { .. }) | None => None,
        };
        let places = [
            ("/application/tin", of_group),
            ("/practice/tin", of_practice),
            ("/follow_ups/right_tin", self.follow_ups.right_tin.as_ref()),
            ("/follow_ups/wrong_tin", self.follow_ups.wrong_tin.as_ref()),
        ];
        let there = |(place, tin): (&'static str, Option<&Tin>)| Some((place, tin?.clone()));
        places.into_iter().filter_map(there).collect()
    }
}

/// A form, or a part of one, as JSON with every TIN masked.
#[must_use]
pub fn with_masked_tins(mut part: Value) -> Value {
    mask(&mut part);
    part
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(text) if is_tin(name) => {
                        // What is no TIN, though it stands in a TIN's place, is not shown either.
                        *text = text
                            .parse::<Tin>()
                            .map_or_else(|_| "*****".to_owned(), |tin| tin.masked());
                    }
                    other @ (Value::Null
                    | Value::Bool(_)
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_)
                    | Value::Object(_)) => mask(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(mask),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_tin(name: &str) -> bool {
    name == "tin" || name.ends_with("_tin")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_tin_of_a_form_is_masked_wherever_it_stands() {
        let form = json!({
            "application": {"type": "group", "tin": "012345100"},
            "practice": {"choice": "not_listed", "tin": "987654321"},
            "follow_ups": {"right_tin": "111111111", "wrong_tin": "222222222", "right_npi": "1234567893"},
        });
        let tins = serde_json::from_value::<Form>(form.clone())
            .expect("a form")
            .tins();
        assert_eq!(tins.len(), 4);
        let masked = with_masked_tins(form.clone()).to_string();
        for (place, tin) in tins {
            assert_eq!(form.pointer(place), Some(&json!(tin.reveal())));
            assert!(!masked.contains(tin.reveal()), "{place}");
            assert!(masked.contains(&tin.masked()), "{place}");
        }
        assert!(masked.contains("1234567893"));
    }
}
