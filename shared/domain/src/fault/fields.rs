//! Reads a JSON object field by field and collects *every* fault, where serde would stop at the first.

use std::fmt::Display;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Fault;

/// One object being read. A field that nobody asked for is a fault; `null` is the same as absent.
pub struct Fields<'a> {
    pointer: String,
    object: &'a Map<String, Value>,
    asked: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl<'a> Fields<'a> {
    /// Reads `value` with `read`.
    ///
    /// # Errors
    /// Every fault that was found, in the order of reading.
    pub fn read<T>(value: &'a Value, read: impl FnOnce(&mut Self) -> T) -> Result<T, Vec<Fault>> {
        let Value::Object(object) = value else {
            return Err(vec![Fault::new("", "wrong_type", "send a JSON object")]);
        };
        let (result, faults) = Self::read_object(String::new(), object, read);
        if faults.is_empty() {
            Ok(result)
        } else {
            Err(faults)
        }
    }

    fn read_object<T>(
        pointer: String,
        object: &'a Map<String, Value>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, Vec<Fault>) {
        let mut fields = Self {
            pointer,
            object,
            asked: Vec::new(),
            faults: Vec::new(),
        };
        let result = read(&mut fields);
        fields.refuse_unknown();
        (result, fields.faults)
    }

    fn refuse_unknown(&mut self) {
        for name in self
            .object
            .keys()
            .filter(|name| !self.asked.contains(&name.as_str()))
        {
            let message = format!(
                "there is no field of this name here; the fields are {}",
                self.asked.join(", ")
            );
            let escaped = name.replace('~', "~0").replace('/', "~1");
            self.faults.push(Fault::new(
                format!("{}/{escaped}", self.pointer),
                "unknown_field",
                message,
            ));
        }
    }

    fn ask(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// Records a fault of the field `name`.
    pub fn fault(&mut self, name: &str, code: &'static str, message: impl Display) {
        self.faults.push(Fault::new(
            format!("{}/{name}", self.pointer),
            code,
            message.to_string(),
        ));
    }

    /// Records that `name` is needed unless `value` is there.
    pub fn require<T>(&mut self, name: &'static str, value: Option<T>, message: &str) -> Option<T> {
        if value.is_none() && self.object.get(name).is_none_or(|value| value.is_null()) {
            self.fault(name, "missing", message);
        }
        value
    }

    /// A text with a type of its own.
    pub fn text<T: FromStr<Err: Display>>(&mut self, name: &'static str) -> Option<T> {
        let value = self.ask(name)?;
        self.parse(name, value)
    }

    fn parse<T: FromStr<Err: Display>>(&mut self, name: &str, value: &Value) -> Option<T> {
        let Some(text) = value.as_str() else {
            self.fault(name, "wrong_type", "must be a text in double quotes");
            return None;
        };
        text.parse()
            .map_err(|error| self.fault(name, "invalid", error))
            .ok()
    }

    /// A whole number from 0 on.
    pub fn number(&mut self, name: &'static str) -> Option<u64> {
        let value = self.ask(name)?;
        let number = value.as_u64();
        if number.is_none() {
            self.fault(name, "wrong_type", "must be a whole number");
        }
        number
    }

    /// A list of small whole numbers, at most `most`.
    pub fn numbers(&mut self, name: &'static str, most: usize) -> Vec<u16> {
        self.each(name, most, |fields, place, value| {
            let number = value.as_u64().and_then(|number| number.try_into().ok());
            if number.is_none() {
                fields.fault(place, "wrong_type", "must be a whole number below 65,536");
            }
            number
        })
    }

    /// Whatever stands there, null included.
    pub fn anything(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        self.object.get(name)
    }

    /// Yes or no; no if it is left out.
    pub fn flag(&mut self, name: &'static str) -> bool {
        let Some(value) = self.ask(name) else {
            return false;
        };
        if value.as_bool().is_none() {
            self.fault(name, "wrong_type", "must be true or false, without quotes");
        }
        value.as_bool().unwrap_or(false)
    }

    /// A list of texts with a type of their own, at most `most`.
    pub fn list<T: FromStr<Err: Display>>(&mut self, name: &'static str, most: usize) -> Vec<T> {
        self.each(name, most, |fields, place, value| {
            fields.parse(place, value)
        })
    }

    /// One of the codes in `allowed`.
    pub fn choice<C: DeserializeOwned + Serialize + PartialEq>(
        &mut self,
        name: &'static str,
        allowed: &[C],
    ) -> Option<C> {
        let value = self.ask(name)?;
        self.choose(name, value, allowed)
    }

    /// Codes out of `allowed`, each at most once.
    pub fn choices<C: DeserializeOwned + Serialize + PartialEq>(
        &mut self,
        name: &'static str,
        allowed: &[C],
    ) -> Vec<C> {
        let chosen = self.each(name, allowed.len(), |fields, place, value| {
            fields.choose(place, value, allowed)
        });
        if chosen
            .iter()
            .enumerate()
            .any(|(place, code)| chosen[..place].contains(code))
        {
            self.fault(name, "invalid", "names one code twice; name each once");
        }
        chosen
    }

    fn choose<C: DeserializeOwned + Serialize + PartialEq>(
        &mut self,
        name: &str,
        value: &Value,
        allowed: &[C],
    ) -> Option<C> {
        let chosen = C::deserialize(value)
            .ok()
            .filter(|code| allowed.contains(code));
        if chosen.is_none() {
            let words: Vec<_> = allowed
                .iter()
                .filter_map(|code| serde_json::to_value(code).ok())
                .collect();
            let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
            self.fault(
                name,
                "not_allowed",
                format!("must be one of {}", words.join(", ")),
            );
        }
        chosen
    }

    fn each<T>(
        &mut self,
        name: &'static str,
        most: usize,
        mut read: impl FnMut(&mut Self, &str, &'a Value) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.ask(name) else {
            return Vec::new();
        };
        let Some(values) = value.as_array() else {
            self.fault(name, "wrong_type", "must be a list in square brackets");
            return Vec::new();
        };
        if values.len() > most {
            self.fault(
                name,
                "invalid",
                format!("has {} entries; at most {most} are allowed", values.len()),
            );
            return Vec::new();
        }
        let places = values.iter().enumerate();
        places
            .filter_map(|(place, value)| read(self, &format!("{name}/{place}"), value))
            .collect()
    }

    /// A list of objects, at most `most`; `read` returns nothing only where it recorded a fault.
    pub fn objects<T>(
        &mut self,
        name: &'static str,
        most: usize,
        mut read: impl FnMut(&mut Fields<'a>) -> Option<T>,
    ) -> Vec<T> {
        self.each(name, most, |fields, place, value| {
            let Value::Object(object) = value else {
                fields.fault(place, "wrong_type", "must be an object in curly brackets");
                return None;
            };
            let pointer = format!("{}/{place}", fields.pointer);
            let (result, faults) = Fields::read_object(pointer, object, &mut read);
            fields.faults.extend(faults);
            result
        })
    }

    /// An object inside this one. `None` if it is absent or `read` found that it lacks something.
    pub fn object<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.ask(name)?;
        let Value::Object(object) = value else {
            self.fault(name, "wrong_type", "must be an object in curly brackets");
            return None;
        };
        let (result, faults) =
            Fields::read_object(format!("{}/{name}", self.pointer), object, read);
        self.faults.extend(faults);
        result
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Npi;

    #[test]
    fn every_fault_is_found_and_named_by_its_pointer() {
        let value = json!({
            "npi": 12, "list": ["x", 1], "inner": {"odd/name": 1}, "number": "7",
            "each": [{"npi": "1234567893"}, 5, {"npi": ""}],
        });
        let faults = Fields::read(&value, |fields| {
            fields.text::<Npi>("npi");
            fields.list::<Npi>("list", 5);
            fields.object("inner", |_| Some(()));
            fields.number("number");
            fields.objects("each", 5, |fields| fields.text::<Npi>("npi"));
            let missing = fields.text::<Npi>("other");
            fields.require("other", missing, "say which");
        })
        .expect_err("faults");
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.pointer.as_str(), fault.code))
            .collect();
        assert_eq!(
            found,
            [
                ("/npi", "wrong_type"),
                ("/list/0", "invalid"),
                ("/list/1", "wrong_type"),
                ("/inner/odd~1name", "unknown_field"),
                ("/number", "wrong_type"),
                ("/each/1", "wrong_type"),
                ("/each/2/npi", "invalid"),
                ("/other", "missing"),
            ]
        );
    }
}
