//! Evidence, and what both sides write to each other.

use scenarios::{Door, Stack};
use serde_json::json;
use testkit::files::LETTER_PDF;

/// A file with a name that tells of somebody goes from grant to its bytes; one of another kind is refused by its name.
pub(crate) fn evidence(stack: &Stack, filer: &Door, id: &str) {
    let file = filer.uploads(id, "Honeysuckle 1970.pdf", LETTER_PDF);
    filer.sees_file(stack, id, &file, "clean");
    let leads = filer.asks_for(id, &file).expect(302);
    assert!(leads.header("location").contains("Honeysuckle"));
    let program = Door::announcement("Honeysuckle.exe", b"bytes");
    filer.announces(id, &program).expect(422);
}

/// A comment that is taken, and one that is not.
pub(crate) fn comments(filer: &Door, id: &str) {
    for (words, status) in [
        (
            json!({ "html": "<p>The <b>oleander</b> said so.</p>" }),
            201,
        ),
        (json!({ "html": "oleander", "text": "oleander" }), 422),
    ] {
        let comment = filer.ask("POST", format!("/v1/reviews/{id}/comments"));
        comment.new_key().json(&words).send().expect(status);
    }
    filer.get(format!("/v1/reviews/{id}/comments")).expect(200);
}
