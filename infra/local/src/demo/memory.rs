//! What the story remembers: values of earlier answers, by name.
//!
//! `{review}` in a text stands for what was kept as `review`. A text that is nothing but one name becomes the value
//! itself, so that a number stays a number.

use std::collections::BTreeMap;

use serde_json::Value;

use super::mismatch::Mismatch;

/// Kept values.
#[derive(Debug, Default)]
pub(super) struct Memory(BTreeMap<&'static str, Value>);

impl Memory {
    pub(super) fn keep(&mut self, name: &'static str, value: Value) {
        self.0.insert(name, value);
    }

    /// `text` with every name filled in.
    pub(super) fn text(&self, text: &str) -> Result<String, Mismatch> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, name, after)) = next_name(rest) {
            filled.push_str(before);
            let value = self.value(name)?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            filled.push_str(&text);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// `value` with every name in its texts filled in.
    pub(super) fn fill(&self, value: &Value) -> Result<Value, Mismatch> {
        Ok(match value {
            Value::String(text) => match next_name(text) {
                Some(("", name, "")) => self.value(name)?.clone(),
                Some(_) | None => Value::String(self.text(text)?),
            },
            Value::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| self.fill(item))
                    .collect::<Result<_, _>>()?,
            ),
            Value::Object(fields) => {
                let filled = fields
                    .iter()
                    .map(|(name, value)| Ok((name.clone(), self.fill(value)?)));
                Value::Object(filled.collect::<Result<_, Mismatch>>()?)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        })
    }

    fn value(&self, name: &str) -> Result<&Value, Mismatch> {
        self.0
            .get(name)
            .ok_or_else(|| Mismatch::NeverKept(name.to_owned()))
    }
}

/// The text before the first `{name}`, the name, and the text after it.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_filled_in_and_a_name_alone_keeps_its_type() {
        let mut memory = Memory::default();
        memory.keep("review", json!("2024-K7M2-QXW5"));
        memory.keep("revision", json!(2));
        assert_eq!(
            memory.text("/v1/{review}/x?r={revision}").expect("kept"),
            "/v1/2024-K7M2-QXW5/x?r=2"
        );
        let body = json!({"form_revision": "{revision}", "list": ["no. {revision}"]});
        let filled = json!({"form_revision": 2, "list": ["no. 2"]});
        assert_eq!(memory.fill(&body).expect("kept"), filled);
        assert!(
            matches!(memory.text("{other}"), Err(Mismatch::NeverKept(name)) if name == "other")
        );
    }
}
