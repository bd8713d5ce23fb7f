//! Fetching a file (domain.md #38): what is clean, by those who may read the review.

use domain::{Attachment, AttachmentId, FileState, ReviewId};
use jiff::SignedDuration;

use crate::ports::{DownloadUrl, Downloads, ObjectPlace};
use crate::{Failure, Inbound, OpenPorts, View, view_by_either_side};

/// How long leave to fetch lasts: long enough for a browser to follow it.
const DOWNLOAD_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// What came of asking for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Download {
    /// Leave to fetch it.
    Granted(DownloadUrl),
    /// The review has no such file.
    NoSuchFile,
    /// Nobody can open it as it is.
    Locked(Box<Attachment>),
}

/// Gives leave to fetch the bytes of a file, a minute long.
///
/// # Errors
/// [`Failure::NotFound`] for a review that is not there and for one that is not the actor's.
pub async fn download(
    ports: &(impl OpenPorts + ?Sized),
    store: &(impl Downloads + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
    file: &AttachmentId,
) -> Result<Download, Failure> {
    let View { review, .. } = view_by_either_side(ports, inbound, id).await?;
    let Some(found) = review.dossier.file(file) else {
        return Ok(Download::NoSuchFile);
    };
    if !matches!(found.state, FileState::Clean { .. }) {
        return Ok(Download::Locked(Box::new(found.clone())));
    }
    let place = ObjectPlace {
        review: id.clone(),
        file: file.clone(),
    };
    let url = store
        .download(&place, &found.file.name, DOWNLOAD_LIFE)
        .await?;
    Ok(Download::Granted(url))
}
