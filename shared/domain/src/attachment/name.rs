//! Names of files, and the kinds of file that are taken (domain.md #38).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Line, LineError};

/// What may be uploaded (domain.md #38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// `.pdf`
    Pdf,
    /// `.jpg` and `.jpeg`
    Jpeg,
    /// `.png`
    Png,
    /// `.doc`, Word up to 2003
    Doc,
    /// `.docx`
    Docx,
    /// `.xls`, Excel up to 2003
    Xls,
    /// `.xlsx`
    Xlsx,
    /// `.msg`, a message of Outlook
    Msg,
}

impl FileFormat {
    /// The media type that goes with it. The store takes the upload under no other.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Msg => "application/vnd.ms-outlook",
        }
    }

    /// The format that the extension of `name` stands for, if it is one that is taken.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "jpg" | "jpeg" => Self::Jpeg,
            "png" => Self::Png,
            "doc" => Self::Doc,
            "docx" => Self::Docx,
            "xls" => Self::Xls,
            "xlsx" => Self::Xlsx,
            "msg" => Self::Msg,
            _ => return None,
        })
    }
}

/// A file's name: one line without a path, ending in an allowed extension. It may name a patient, so
/// `Debug` shows the extension only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(Line<200>);

/// Why a text is not a file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileNameError {
    /// Not one line of text.
    #[error(transparent)]
    Line(#[from] LineError),
    /// It names a folder.
    #[error("holds a slash or a backslash; give the name of the file without its folder")]
    Folder,
    /// A kind of file that is not taken.
    #[error(
        "is not a kind of file that is taken; send a .pdf, .jpg, .jpeg, .png, .doc, .docx, .xls, .xlsx or .msg file"
    )]
    Kind,
}

impl FileName {
    /// The name, for the people of the review. Never for a log or a queue.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.as_str()
    }

    /// The extension, lower-cased, without its dot.
    #[must_use]
    pub fn extension(&self) -> String {
        let extension = self.0.as_str().rsplit('.').next();
        extension.unwrap_or_default().to_ascii_lowercase()
    }

    /// A name that tells nothing but the format, for what was erased.
    #[must_use]
    pub fn effaced(&self) -> Self {
        let name = format!("erased.{}", self.extension()).parse();
        name.expect("an extension that was taken once is taken again")
    }

    /// The format that its extension promises.
    #[must_use]
    pub fn format(&self) -> FileFormat {
        FileFormat::by_name(self.reveal())
            .expect("a name is parsed with an extension that is taken")
    }
}

impl FromStr for FileName {
    type Err = FileNameError;

    fn from_str(text: &str) -> Result<Self, FileNameError> {
        let name = Self(text.parse()?);
        if name.reveal().contains(['/', '\\']) {
            return Err(FileNameError::Folder);
        }
        let stem = name.reveal().rsplit_once('.').map(|(stem, _)| stem);
        let named = stem.is_some_and(|stem| !stem.trim().is_empty());
        if named && FileFormat::by_name(name.reveal()).is_some() {
            Ok(name)
        } else {
            Err(FileNameError::Kind)
        }
    }
}

impl TryFrom<String> for FileName {
    type Error = FileNameError;

    fn try_from(text: String) -> Result<Self, FileNameError> {
        text.parse()
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0.into()
    }
}

impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileName(….{})", self.extension())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_kinds_that_are_taken() {
        for name in ["a.pdf", "Scan 1.JPG", "x.tar.docx", "mail.msg"] {
            assert!(name.parse::<FileName>().is_ok(), "{name}");
        }
        for name in [
            "a.exe",
            "pdf",
            ".pdf",
            "a.pdf.zip",
            "a.",
            "a.pdf\u{202e}gpj.exe",
        ] {
            assert!(name.parse::<FileName>().is_err(), "{name}");
        }
        let upper: FileName = "Scan 1.JPEG".parse().expect("a name");
        assert_eq!(upper.format(), FileFormat::Jpeg);
        assert_eq!("../a.pdf".parse::<FileName>(), Err(FileNameError::Folder));
        assert_eq!("c:\\a.pdf".parse::<FileName>(), Err(FileNameError::Folder));
    }

    #[test]
    fn a_name_may_name_a_patient_and_stays_out_of_logs() {
        let name: FileName = "Jane Sample 1970.pdf".parse().expect("a name");
        assert_eq!(format!("{name:?}"), "FileName(….pdf)");
    }
}
