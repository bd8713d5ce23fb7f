//! Shapes of what is sent. Bodies are read field by field, so that every fault is named; these are for
//! the OpenAPI document alone.
#![expect(dead_code, reason = "shapes for the OpenAPI document, never built")]

use utoipa::ToSchema;

/// Accepting the statement of truth.
#[derive(ToSchema)]
pub(crate) struct AcceptBody {
    /// The text's name and version, as `GET /v1/texts/statement-of-truth` shows it.
    #[schema(example = "statement-of-truth/1")]
    text: String,
    /// In the name of your organization, for its machine clients.
    #[schema(required = false)]
    for_organization: Option<bool>,
}

/// Beginning a draft.
#[derive(ToSchema)]
pub(crate) struct BeginBody {
    /// The performance year.
    #[schema(example = 2024)]
    year: u16,
    /// Your own label, at most 100 characters; "Untitled" if it is left out.
    #[schema(required = false, example = "Dr. Sample, special status")]
    name: Option<String>,
}

/// Copying a request as a new draft.
#[derive(ToSchema)]
pub(crate) struct CopyBody {
    /// Your own label, at most 100 characters; the copied request's if it is left out.
    #[schema(required = false)]
    name: Option<String>,
}

/// Renaming.
#[derive(ToSchema)]
pub(crate) struct RenameBody {
    /// Your own label, at most 100 characters; `null` makes it "Untitled".
    #[schema(example = "Dr. Sample, special status")]
    name: Option<String>,
}

/// Offering the review.
#[derive(ToSchema)]
pub(crate) struct OfferBody {
    /// The address of one of the staff.
    #[schema(example = "staff@example.org")]
    to: String,
}

/// Correcting a submitted request.
#[derive(ToSchema)]
pub(crate) struct CorrectionBody {
    /// The form's field.
    #[schema(example = "description")]
    field: String,
    /// Its whole new value; `null` takes it away.
    #[schema(value_type = Object, example = json!("The measure was filed under the TIN of our old practice."))]
    new: String,
    /// Why.
    #[schema(example = "The first wording named the wrong practice.")]
    why: String,
    /// What you sign.
    certification: CertificationBody,
}

/// Certifying and submitting.
#[derive(ToSchema)]
pub(crate) struct SubmitBody {
    /// The form's revision that you certify: its ETag.
    #[schema(example = 4)]
    form_revision: u64,
    /// What you sign.
    certification: CertificationBody,
}

/// What is signed.
#[derive(ToSchema)]
pub(crate) struct CertificationBody {
    /// `certification-clinician/…` if the relationship is `clinician`, else `certification-on-behalf/…`.
    #[schema(example = "certification-on-behalf/2024.1")]
    text: String,
    /// The disclosures that you read.
    #[schema(example = "disclosures/2024.1")]
    disclosures: String,
}

/// Withdrawing: an empty object while the window is open.
#[derive(ToSchema)]
pub(crate) struct WithdrawBody {
    /// After the close: that you know that nothing can be filed again for this year.
    #[schema(required = false)]
    acknowledge_final: Option<bool>,
}
