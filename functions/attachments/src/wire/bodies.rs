//! Shapes of what is sent. Bodies are read field by field, so that every fault is named; these are for
//! the OpenAPI document alone.
#![expect(dead_code, reason = "shapes for the OpenAPI document, never built")]

use utoipa::ToSchema;

/// Announcing a file.
#[derive(ToSchema)]
pub(crate) struct GrantBody {
    /// The file's name without a folder, at most 200 characters: .pdf, .jpg, .jpeg, .png, .doc, .docx, .xls, .xlsx or .msg.
    #[schema(example = "extract.pdf")]
    name: String,
    /// What it is.
    kind: AttachmentKindShape,
    /// Its size in bytes: 1 to 25,000,000.
    #[schema(example = 48_213)]
    size: u64,
    /// The media type that goes with its name; it can be left out.
    #[schema(required = false, example = "application/pdf")]
    media_type: Option<String>,
    /// SHA-256 of its bytes, in hex.
    #[schema(example = "9f9660c34b2282952b7ba19a66f401427c86a72c84cab4cf9c37f9c5b6ffe4b7")]
    sha256: String,
    /// Where it belongs.
    place: PlaceBody,
}

#[derive(ToSchema)]
#[schema(as = AttachmentKind, rename_all = "snake_case")]
enum AttachmentKindShape {
    EhrExtract,
    DataGivenToIntermediary,
    DataSubmitted,
    ServiceCenterCase,
    Contract,
    ApmParticipation,
    MvpRegistration,
    PartialQpElection,
    Other,
}

/// Where a file belongs.
#[derive(ToSchema)]
struct PlaceBody {
    /// The form of a draft, the open request for documents, or a comment.
    with: PlaceShape,
    /// With a request: the number of the item that it answers.
    #[schema(required = false)]
    item: Option<u16>,
    /// With a comment: the comment's id.
    #[schema(required = false)]
    comment: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = PlaceName, rename_all = "snake_case")]
enum PlaceShape {
    Form,
    Request,
    Comment,
}
