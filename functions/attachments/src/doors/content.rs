//! Fetching a file.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use edge::{Caller, FilePath, Problem, ProblemDocument};
use workflow::Download;

use crate::Desk;

/// Fetch a file's bytes, once it is clean: the answer leads to the store, for a minute.
#[utoipa::path(get, path = "/v1/reviews/{id}/attachments/{file}/content",
    params(("id", description = "The review's id"), ("file", description = "The file's id")), responses(
    (status = 302, description = "Location is where the bytes are, for 60 seconds"),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "Nobody can open it: it has not arrived, is being checked, or was refused", body = ProblemDocument)))]
pub(crate) async fn download(
    State(desk): State<Desk>,
    caller: Caller,
    FilePath(id, file): FilePath,
) -> Result<(StatusCode, HeaderMap), Problem> {
    let inbound = desk.inbound(&caller);
    let (store, signer) = (&*desk.store, &*desk.signer);
    match workflow::download(store, signer, &inbound, &id, &file).await? {
        Download::Granted(url) => {
            let location = HeaderValue::from_str(&url.0)
                .map_err(|_| Problem::bad_request("The address cannot stand in a header."))?;
            let headers = HeaderMap::from_iter([
                (header::LOCATION, location),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ]);
            Ok((StatusCode::FOUND, headers))
        }
        Download::NoSuchFile => Err(Problem::not_found("This review has no such file.")),
        Download::Locked(file) => Err(Problem::locked(file.state.name(), file.state.sentence())),
    }
}
