//! Reads a JSON body strictly: at most 256 KB, and no key twice. What a person sent twice with two
//! values must not be decided by a parser's taste.

use std::fmt;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use domain::{Fault, Fields};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::Problem;

/// The largest body in bytes; larger things are uploaded as objects.
pub(crate) const MAX_BODY: usize = 256 * 1024;

/// A JSON body, with the bytes as they came.
pub struct JsonBody {
    /// The document.
    pub value: Value,
    /// The exact bytes.
    pub bytes: Bytes,
}

impl JsonBody {
    /// Reads a body.
    ///
    /// # Errors
    /// A 400 that names line and column, or a 422 that names the key that stands twice.
    pub fn read(bytes: Bytes) -> Result<Self, Problem> {
        if bytes.len() > MAX_BODY {
            return Err(Problem::too_large(MAX_BODY));
        }
        match serde_json::from_slice::<Unique>(&bytes) {
            Ok(Unique(value)) => Ok(Self { value, bytes }),
            Err(error) if error.is_data() => {
                let message = "a key stands twice in one object; name each once";
                let place = format!("line {}, column {}", error.line(), error.column());
                Err(Problem::faulty(vec![Fault::new(
                    "",
                    "duplicate_key",
                    format!("{message} ({place})"),
                )]))
            }
            Err(error) => Err(Problem::malformed(error.line(), error.column())),
        }
    }
}

impl JsonBody {
    /// Reads the document's fields; `read` returns nothing only where it recorded a fault.
    ///
    /// # Errors
    /// A 422 with every fault.
    pub fn fields<'a, T>(
        &'a self,
        read: impl FnOnce(&mut Fields<'a>) -> Option<T>,
    ) -> Result<T, Problem> {
        let value = Fields::read(&self.value, read).map_err(Problem::faulty)?;
        value.ok_or_else(|| Problem::internal("a body was refused without a fault"))
    }
}

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BODY + 1).await;
        Self::read(bytes.map_err(|_| Problem::too_large(MAX_BODY))?)
    }
}

/// A JSON value without any key twice in one object.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Unique(value)) = seq.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Unique(value))) = map.next_entry::<String, Unique>()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("duplicate key"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<Value, u16> {
        JsonBody::read(Bytes::from_static(text.as_bytes()))
            .map(|body| body.value)
            .map_err(|problem| problem.status().as_u16())
    }

    #[test]
    fn well_formed_json_is_read_as_it_is() {
        let text = r#"{"a":[1,-2,0.5,"x",null,true],"b":{"a":{}}}"#;
        assert_eq!(
            read(text).expect("JSON"),
            serde_json::from_str::<Value>(text).expect("JSON")
        );
    }

    #[test]
    fn malformed_twice_named_and_too_large() {
        assert_eq!(read(r#"{"a":1"#), Err(400));
        assert_eq!(read(""), Err(400));
        assert_eq!(read(r#"{"a":1}{"#), Err(400));
        assert_eq!(read(r#"{"a":{"b":1,"b":2}}"#), Err(422));
        let large = Bytes::from(format!("\"{}\"", "x".repeat(MAX_BODY)));
        assert!(JsonBody::read(large).is_err_and(|problem| problem.status().as_u16() == 413));
    }
}
