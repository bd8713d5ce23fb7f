//! The template as it is written.

use serde_json::Value;

/// A template whose resources can be asked for.
#[derive(Debug)]
pub struct Written {
    root: Value,
}

/// A resource: its logical id, and its properties with those of `Globals` below them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource<'a> {
    pub(super) id: &'a str,
    pub(super) whole: &'a Value,
    globals: &'a Value,
}

impl Written {
    /// Reads it.
    ///
    /// # Panics
    /// When it is no template.
    #[must_use]
    pub fn read(source: &str) -> Self {
        let root = local::template_as_written(source).expect("the template is YAML");
        Self { root }
    }

    /// Every resource of that type.
    pub(super) fn of_type(&self, kind: &str) -> impl Iterator<Item = Resource<'_>> {
        let resources = self.root["Resources"].as_object();
        let of_it = resources.into_iter().flatten();
        of_it
            .filter(move |(_, whole)| whole["Type"] == kind)
            .map(|(id, whole)| Resource {
                id,
                whole,
                globals: &self.root["Globals"]["Function"],
            })
    }

    /// The resource that goes by `id`, if it is of that type.
    pub(super) fn find(&self, kind: &str, id: &str) -> Option<Resource<'_>> {
        self.of_type(kind).find(|resource| resource.id == id)
    }

    /// Every function.
    pub(super) fn functions(&self) -> impl Iterator<Item = Resource<'_>> {
        self.of_type("AWS::Serverless::Function")
    }

    /// A number that stands there, or is a parameter's default.
    pub(super) fn number(&self, value: &Value) -> Option<i64> {
        let default = |name: &str| self.root["Parameters"][name]["Default"].as_i64();
        value
            .as_i64()
            .or_else(|| reference(value).and_then(default))
    }
}

impl<'a> Resource<'a> {
    /// A property; of a function that has none of its own, that of all functions.
    pub(super) fn get(&self, property: &str) -> &'a Value {
        let own = &self.whole["Properties"][property];
        if own.is_null() && self.whole["Type"] == "AWS::Serverless::Function" {
            &self.globals[property]
        } else {
            own
        }
    }

    /// The events of a function that are of that kind.
    pub(super) fn events(&self, kind: &'static str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let events = self.get("Events").as_object().into_iter().flatten();
        events
            .filter(move |(_, event)| event["Type"] == kind)
            .map(|(_, event)| &event["Properties"])
    }
}

/// The name in `!Ref name`.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value["Ref"].as_str()
}

/// The resource in `!GetAtt resource.<attribute>`.
pub(super) fn attribute_of<'a>(value: &'a Value, attribute: &str) -> Option<&'a str> {
    let parts = &value["Fn::GetAtt"];
    parts[0].as_str().filter(|_| parts[1] == attribute)
}
