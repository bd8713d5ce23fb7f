//! A request for documents as the team sees it: with who asked, and when the clock looks at it.

use domain::{DocumentRequest, Returned};
use edge::wire::{InstantDocument, RequestDocument};
use serde::Serialize;
use utoipa::ToSchema;

/// A request for documents.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamDocumentRequest)]
pub(crate) struct TeamRequestDocument {
    /// The reviewer, by the key that stands for the account.
    asked_by: String,
    /// When it is next settled, should nothing more come.
    settles_from: InstantDocument,
    #[serde(flatten)]
    request: RequestDocument,
}

impl TeamRequestDocument {
    pub(super) fn open(request: &DocumentRequest) -> Self {
        Self {
            asked_by: request.asked_by.to_string(),
            settles_from: InstantDocument::of(request.settle_from()),
            request: RequestDocument::open(request),
        }
    }

    pub(super) fn past(returned: &Returned) -> Self {
        Self {
            request: RequestDocument::past(returned),
            ..Self::open(&returned.request)
        }
    }
}
