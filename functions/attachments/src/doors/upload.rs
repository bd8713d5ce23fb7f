//! Granting an upload.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use domain::{AttachmentKind, CommentId, Digest, Fields, FileName, NewFile, Place};
use edge::wire::IdempotencyHeader;
use edge::{Caller, Posted, Problem, ProblemDocument, ReviewPath};

use crate::Desk;
use crate::wire::{GrantBody, GrantDocument};

/// Ask for leave to upload a file; then send its bytes by PUT to `upload.url`, with `upload.headers` word for word, within ten
/// minutes. The store takes nothing but what was announced here, and takes it once. Repeat this request with the same key to
/// be given leave again for the time that is left.
#[utoipa::path(post, path = "/v1/reviews/{id}/attachments", params(("id", description = "The review's id"), IdempotencyHeader),
    request_body = GrantBody, responses(
    (status = 201, description = "Granted; Location is where the file's bytes can be fetched once it is clean", body = GrantDocument),
    (status = 403, description = "The statement of truth has not been accepted", body = ProblemDocument),
    (status = 404, description = "Not there, or not yours", body = ProblemDocument),
    (status = 409, description = "Not in this status; 20 files are there already; the time for documents has ended; the window is closed", body = ProblemDocument),
    (status = 422, description = "Faults, each by JSON pointer, or a reused key", body = ProblemDocument),
    (status = 429, description = "100 uploads were granted to you within an hour; Retry-After says when the next can be", body = ProblemDocument)))]
pub(crate) async fn grant(
    State(desk): State<Desk>,
    caller: Caller,
    ReviewPath(id): ReviewPath,
    posted: Posted,
) -> Result<(StatusCode, HeaderMap, Json<GrantDocument>), Problem> {
    let file = posted.read(announced)?;
    let key = posted.key(format!("attach {id}"))?;
    let inbound = desk.inbound(&caller);
    let (store, signer) = (&*desk.store, &*desk.signer);
    let granted = workflow::grant_upload(store, signer, &inbound, &key, &id, &file).await?;
    let at = format!(
        "/v1/reviews/{id}/attachments/{}/content",
        granted.answer.file
    );
    let location = at
        .parse()
        .map_err(|_| Problem::bad_request("The id cannot stand in a header."))?;
    let headers = HeaderMap::from_iter([
        (header::LOCATION, location),
        (header::ETAG, edge::etag(granted.answer.version)),
    ]);
    Ok((
        StatusCode::CREATED,
        headers,
        Json(GrantDocument::of(granted)),
    ))
}

/// The file as its sender announces it.
fn announced(fields: &mut Fields<'_>) -> Option<NewFile> {
    let name = fields.text::<FileName>("name");
    let name = fields.require("name", name, "give the file's name, such as extract.pdf");
    let kind = fields.choice("kind", &AttachmentKind::ALL);
    let kind = fields.require("kind", kind, "say what the file is, such as ehr_extract");
    let size = fields.number("size");
    let size = fields.require("size", size, "give the file's size in bytes");
    media_type(fields, name.as_ref());
    let sha256 = fields.text::<Digest>("sha256");
    let sha256 = fields.require(
        "sha256",
        sha256,
        "give the SHA-256 of the file's bytes, in hex",
    );
    let place = fields.object("place", place);
    let place = fields.require(
        "place",
        place,
        r#"say where it belongs, such as {"with": "form"}"#,
    );
    Some(NewFile {
        kind: kind?,
        name: name?,
        size: size?,
        sha256: sha256?,
        place: place?,
    })
}

/// The media type follows from the name; who gives another has mistaken one for the other.
fn media_type(fields: &mut Fields<'_>, name: Option<&FileName>) {
    let given = fields.text::<String>("media_type");
    if let (Some(given), Some(name)) = (given, name) {
        let expected = name.format().media_type();
        if !given.eq_ignore_ascii_case(expected) {
            let message = format!(
                "a .{} file is sent as {expected}; give that, or leave it out",
                name.extension()
            );
            fields.fault("media_type", "not_allowed", message);
        }
    }
}

fn place(fields: &mut Fields<'_>) -> Option<Place> {
    let with = fields.choice(
        "with",
        &[
            "form".to_owned(),
            "request".to_owned(),
            "comment".to_owned(),
        ],
    );
    let with = fields.require("with", with, "say with what: form, request or comment");
    let item = fields.number("item");
    let comment = fields.text::<CommentId>("comment");
    match with?.as_str() {
        "form" => Some(Place::Form),
        "request" => {
            let number = item.map(u16::try_from).transpose();
            if number.is_err() {
                fields.fault("item", "invalid", "an item's number is at most 65535");
            }
            number.ok().map(|item| Place::Request { item })
        }
        _ => {
            let comment = fields.require("comment", comment, "name the comment that it belongs to");
            comment.map(|comment| Place::Comment { comment })
        }
    }
}
