//! What the parts of a document are, by its own word.

use domain::{FileFault, FileFormat};
use quick_xml::events::{BytesStart, Event};

use crate::{Verdict, damaged};

/// What only types of macros have in them: documents with macros, their projects, and sheets of Excel 4.0.
const MACROS: [&str; 3] = ["macroenabled", "vba", "macrosheet"];

/// The types of `[Content_Types].xml`: of single parts, and of all parts with one extension.
#[derive(Debug, Default)]
pub(super) struct ContentTypes {
    parts: Vec<(String, String)>,
    extensions: Vec<String>,
}

impl ContentTypes {
    pub(super) fn read(xml: &[u8]) -> Result<Self, FileFault> {
        let mut types = Self::default();
        let mut reader = quick_xml::Reader::from_reader(xml);
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(element) | Event::Empty(element) => types.take(&element)?,
                // Nothing of this file needs one, and what it declares could hide a type.
                Event::DocType(_) => return Err(FileFault::Damaged),
                Event::Eof => return Ok(types),
                Event::End(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }

    fn take(&mut self, element: &BytesStart<'_>) -> Verdict {
        match element.local_name().as_ref() {
            "Override" => {
                let part = attribute(element, "PartName")?;
                self.parts.push((part, attribute(element, "ContentType")?));
            }
            "Default" => self.extensions.push(attribute(element, "ContentType")?),
            _ => {}
        }
        Ok(())
    }

    /// Whether any part is, or may be, one of macros.
    pub(super) fn has_macros(&self) -> bool {
        let parts = self.parts.iter().map(|(_, kind)| kind);
        parts.chain(&self.extensions).any(|kind| {
            let kind = kind.to_ascii_lowercase();
            MACROS.iter().any(|word| kind.contains(word))
        })
    }

    /// The name of the part that makes it a document of `format`.
    pub(super) fn main_part(&self, format: FileFormat) -> Option<&str> {
        let main = match format {
            FileFormat::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            }
            FileFormat::Xlsx => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            }
            FileFormat::Pdf
            | FileFormat::Jpeg
            | FileFormat::Png
            | FileFormat::Doc
            | FileFormat::Xls
            | FileFormat::Msg => return None,
        };
        let found = self
            .parts
            .iter()
            .find(|(_, kind)| kind.eq_ignore_ascii_case(main));
        found.map(|(part, _)| part.as_str())
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<String, FileFault> {
    let attribute = element.try_get_attribute(name).map_err(damaged)?;
    let value = attribute.ok_or(FileFault::Damaged)?;
    let plain = quick_xml::escape::unescape(&value.value).map_err(damaged)?;
    Ok(plain.into_owned())
}
