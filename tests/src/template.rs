//! A copy of the template, changed in one place or another.

use std::path::Path;

use tempfile::TempDir;

use crate::program;

/// `infra/template.yaml` as it is.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn template_text() -> String {
    std::fs::read_to_string(program::root().join("infra/template.yaml"))
        .expect("the template is readable")
}

/// A changed copy of `infra/template.yaml`, in a folder of its own.
pub struct TemplateCopy {
    folder: TempDir,
    text: String,
}

impl Default for TemplateCopy {
    fn default() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            text: template_text(),
        }
    }
}

impl TemplateCopy {
    /// Replaces `old`, which must stand there exactly once.
    ///
    /// # Panics
    /// When it does not: the template has changed, and the test must follow it.
    #[must_use]
    pub fn with(mut self, old: &str, new: &str) -> Self {
        assert_eq!(
            self.text.matches(old).count(),
            1,
            "the template has not exactly one `{old}`"
        );
        self.text = self.text.replace(old, new);
        self
    }

    /// Lets the tick that takes up outbox entries come by that schedule.
    #[must_use]
    pub fn outbox_tick(self, expression: &str) -> Self {
        const TICK: &str = "are taken up.\n      ScheduleExpression: ";
        self.with(
            &format!("{TICK}rate(5 minutes)"),
            &format!("{TICK}{expression}"),
        )
    }

    /// Lets the tick of the clock rest, so that a test counts the other ones.
    #[must_use]
    pub fn without_clock_tick(self) -> Self {
        const TICK: &str = "a quarter of an hour after their time.\n      ScheduleExpression: ";
        self.with(
            &format!("{TICK}rate(5 minutes)"),
            &format!("{TICK}rate(365 days)"),
        )
    }

    /// Writes it, and returns where it is. It is there as long as this value.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn write(&self) -> std::path::PathBuf {
        let path = Path::join(self.folder.path(), "template.yaml");
        std::fs::write(&path, &self.text).expect("the copy is written");
        path
    }
}
