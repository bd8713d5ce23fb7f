//! Where the story plays: on a stack of its own, or on one that runs already.

use tempfile::TempDir;

use super::{DemoArgs, Ending, story::year};
use crate::{
    cli::RunArgs,
    stack::{Stack, StackError},
    terminal::Terminal,
    trouble::Trouble,
};

/// Why there is no stage.
#[derive(Debug, thiserror::Error)]
pub(super) enum StageError {
    /// No folder for a stack of its own.
    #[error("a temporary folder for the story's own stack cannot be made: {0}")]
    Folder(#[source] std::io::Error),
    /// The address is none that the small client can talk to.
    #[error(
        "--against takes the address that `cargo run` prints, as in http://127.0.0.1:3000; this is none: {0}"
    )]
    Address(String),
    /// The stack does not start.
    #[error(transparent)]
    Stack(#[from] StackError),
}

/// A stack to play on.
pub(super) enum Stage {
    /// Started for the story, on a free port and an empty folder.
    Own { stack: Box<Stack>, folder: TempDir },
    /// Somebody else's, at this address.
    Theirs(String),
}

impl Stage {
    /// Starts a stack, or takes the one that was named.
    pub(super) async fn open(args: &DemoArgs, terminal: &Terminal) -> Result<Self, StageError> {
        if let Some(url) = &args.against {
            let url = url.trim_end_matches('/');
            return match url.strip_prefix("http://") {
                Some(host) if !host.is_empty() => Ok(Self::Theirs(url.to_owned())),
                Some(_) | None => Err(StageError::Address(url.to_owned())),
            };
        }
        let folder = tempfile::Builder::new()
            .prefix("targeted-review-demo-")
            .tempdir()
            .map_err(StageError::Folder)?;
        let run = RunArgs {
            port: 0,
            data: Some(folder.path().to_owned()),
            fresh: false,
            clock: args.year.then(year::begins),
            template: args.template.clone(),
            functions: args.functions.clone(),
            parameters: Vec::new(),
            ready_file: None,
            calls: None,
            trouble: Trouble::default(),
        };
        let stack = Box::new(Stack::start(&run, terminal).await?);
        Ok(Self::Own { stack, folder })
    }

    /// Where the API and the pages answer.
    pub(super) fn url(&self) -> &str {
        match self {
            Self::Own { stack, .. } => stack.url(),
            Self::Theirs(url) => url,
        }
    }

    pub(super) fn is_own(&self) -> bool {
        match self {
            Self::Own { .. } => true,
            Self::Theirs(_) => false,
        }
    }

    /// Ends a stack of its own. Its folder goes too, unless somebody will want to read why the story went wrong.
    pub(super) async fn close(self, ending: Ending, terminal: &Terminal) {
        let Self::Own { stack, folder } = self else {
            return;
        };
        stack.stop().await;
        match ending {
            Ending::AsTold | Ending::BrokenOff => {
                let path = folder.path().to_owned();
                if let Err(error) = folder.close() {
                    terminal.line(format!("{} could not be removed: {error}", path.display()));
                }
            }
            Ending::NotAsTold => {
                let logs = folder.keep().join("logs");
                terminal.line(format!(
                    "What the functions logged is in {}",
                    logs.display()
                ));
            }
        }
    }
}
