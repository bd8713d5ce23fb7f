//! YAML as a tree in which every node knows its line and its path, so that a fault can be shown where it stands.
//!
//! Built straight from the parser's events: the usual value types lose short-form tags (`!Ref`), lines or the
//! difference between `10` and `'10'`. Anchors, aliases and duplicate keys are refused.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::{Value, json};

use super::Fault;

/// One value of the template, with where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Line in the file, from 1.
    pub(crate) line: usize,
    /// Keys from the root, joined by dots: `Resources.Api.Properties.Auth`.
    pub(crate) path: String,
    /// Short-form intrinsic without its mark: `Ref` for `!Ref`.
    pub(crate) tag: Option<String>,
    pub(crate) kind: Kind,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A scalar as written; `plain` when it stood without quotes and may be a number, a truth or nothing.
    Text {
        value: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// A fault at this node.
    pub(crate) fn fault(&self, reason: impl Into<String>) -> Fault {
        Fault {
            line: self.line,
            place: self.path.clone(),
            reason: reason.into(),
        }
    }

    /// The same place with another value in it.
    pub(crate) fn with(&self, kind: Kind) -> Self {
        Self {
            line: self.line,
            path: self.path.clone(),
            tag: None,
            kind,
        }
    }

    /// A text in this place, as an intrinsic leaves it.
    pub(crate) fn with_text(&self, value: String) -> Self {
        self.with(Kind::Text { value, plain: true })
    }

    /// The entry under `key`, when this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, node)| node),
            Kind::Text { .. } | Kind::List(_) => None,
        }
    }

    pub(crate) fn map(&self) -> Result<&[(String, Self)], Fault> {
        match &self.kind {
            Kind::Map(entries) => Ok(entries),
            Kind::Text { .. } | Kind::List(_) => {
                Err(self.fault("a map of names and values belongs here"))
            }
        }
    }

    pub(crate) fn list(&self) -> Result<&[Self], Fault> {
        match &self.kind {
            Kind::List(items) => Ok(items),
            Kind::Text { .. } | Kind::Map(_) => Err(self.fault("a list belongs here")),
        }
    }

    pub(crate) fn text(&self) -> Result<&str, Fault> {
        match &self.kind {
            Kind::Text { value, .. } => Ok(value),
            Kind::List(_) | Kind::Map(_) => Err(self.fault("a text belongs here")),
        }
    }

    /// A whole number from `low` to `high`; quoted numbers count, as they do for CloudFormation.
    pub(crate) fn number(&self, low: u32, high: u32) -> Result<u32, Fault> {
        match self.text()?.parse() {
            Ok(number) if (low..=high).contains(&number) => Ok(number),
            Ok(_) | Err(_) => {
                Err(self.fault(format!("a whole number from {low} to {high} belongs here")))
            }
        }
    }

    pub(crate) fn truth(&self) -> Result<bool, Fault> {
        match self.text()? {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.fault("true or false belongs here")),
        }
    }

    /// As JSON, scalars without quotes typed as YAML 1.2 types them, and short-form intrinsics in their long form.
    pub(crate) fn to_json(&self) -> Value {
        let value = self.plain_json();
        match self.tag.as_deref() {
            None => value,
            Some(name @ ("Ref" | "Condition")) => json!({ name: value }),
            Some("GetAtt") => match value.as_str().and_then(|text| text.split_once('.')) {
                Some((resource, attribute)) => json!({ "Fn::GetAtt": [resource, attribute] }),
                None => json!({ "Fn::GetAtt": value }),
            },
            Some(name) => json!({ format!("Fn::{name}"): value }),
        }
    }

    fn plain_json(&self) -> Value {
        match &self.kind {
            Kind::Text { value, plain: true } => match value.as_str() {
                "" | "~" | "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => text
                    .parse::<i64>()
                    .map_or_else(|_| Value::from(text), Value::from),
            },
            Kind::Text {
                value,
                plain: false,
            } => Value::from(value.as_str()),
            Kind::List(items) => items.iter().map(Self::to_json).collect(),
            Kind::Map(entries) => entries
                .iter()
                .map(|(name, node)| (name.clone(), node.to_json()))
                .collect(),
        }
    }
}

/// Reads one document.
pub(crate) fn parse(source: &str) -> Result<Node, Fault> {
    let mut reader = Reader {
        parser: Parser::new_from_str(source),
    };
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd
            | Event::DocumentEnd
            | Event::Alias(_)
            | Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::SequenceEnd
            | Event::MappingStart(..)
            | Event::MappingEnd => return reader.node(event, span, String::new()),
        }
    }
}

struct Reader<'input> {
    parser: Parser<'input, StrInput<'input>>,
}

impl<'input> Reader<'input> {
    fn next(&mut self) -> Result<(Event<'input>, Span), Fault> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(Fault {
                line: error.marker().line(),
                place: "YAML".to_owned(),
                reason: error.info().to_owned(),
            }),
            None => Err(Fault {
                line: 1,
                place: "YAML".to_owned(),
                reason: "the file ends too early".to_owned(),
            }),
        }
    }

    fn node(&mut self, event: Event<'input>, span: Span, path: String) -> Result<Node, Fault> {
        let mut node = Node {
            line: span.start.line(),
            path,
            tag: None,
            kind: Kind::List(Vec::new()),
        };
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                node.tag = read_tag(&node, anchor, tag)?;
                let plain = style == ScalarStyle::Plain;
                node.kind = Kind::Text {
                    value: value.into_owned(),
                    plain,
                };
            }
            Event::SequenceStart(anchor, tag) => {
                node.tag = read_tag(&node, anchor, tag)?;
                node.kind = Kind::List(self.items(&node.path)?);
            }
            Event::MappingStart(anchor, tag) => {
                node.tag = read_tag(&node, anchor, tag)?;
                node.kind = Kind::Map(self.entries(&node.path)?);
            }
            Event::Alias(_) => {
                return Err(node.fault("aliases are not read here; write the value out"));
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => {
                return Err(node.fault("a value belongs here, the file has none"));
            }
        }
        Ok(node)
    }

    fn items(&mut self, path: &str) -> Result<Vec<Node>, Fault> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(items);
            }
            let item = self.node(event, span, format!("{path}[{}]", items.len()))?;
            items.push(item);
        }
    }

    fn entries(&mut self, path: &str) -> Result<Vec<(String, Node)>, Fault> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(entries);
            }
            let key = self.node(event, span, path.to_owned())?;
            let name = key.text()?.to_owned();
            if entries.iter().any(|(other, _)| *other == name) {
                return Err(key.fault(format!("{name} stands here twice; only one can hold")));
            }
            let child = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            let (event, span) = self.next()?;
            let mut value = self.node(event, span, child)?;
            // A block value starts a line below its key; the key's line is where a person looks.
            value.line = key.line;
            entries.push((name, value));
        }
    }
}

fn read_tag(
    node: &Node,
    anchor: usize,
    tag: Option<Cow<'_, Tag>>,
) -> Result<Option<String>, Fault> {
    if anchor != 0 {
        return Err(node.fault("anchors are not read here; write the value out"));
    }
    match tag {
        None => Ok(None),
        Some(tag) if tag.handle == "!" && !tag.suffix.is_empty() => Ok(Some(tag.suffix.clone())),
        Some(tag) => Err(node.fault(format!("the tag {tag} is not read here"))),
    }
}
