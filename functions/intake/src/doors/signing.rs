//! What a person signs, as it is read from a body.

use domain::{Certification, Fields, TextRef};

/// The `certification` of a submission or a correction.
pub(crate) fn certification(fields: &mut Fields<'_>) -> Option<Certification> {
    let signed = fields.object("certification", |fields| {
        let text = fields.text::<TextRef>("text");
        let text = fields.require(
            "text",
            text,
            "name the certification that you sign, such as certification-clinician/2024.1",
        );
        let disclosures = fields.text::<TextRef>("disclosures");
        let disclosures = fields.require(
            "disclosures",
            disclosures,
            "name the disclosures that you read, such as disclosures/2024.1",
        );
        Some(Certification {
            text: text?,
            disclosures: disclosures?,
        })
    });
    fields.require(
        "certification",
        signed,
        "sign: name the certification and the disclosures that you read",
    )
}
