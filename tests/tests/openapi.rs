//! The description of the API that is served is what the functions say of their doors.

use scenarios::api;
use serde_json::Value;

#[test]
fn the_description_that_is_served_is_that_of_the_code() {
    let kept = std::fs::read_to_string(api::path()).expect("the description is there");
    let kept: Value = serde_json::from_str(&kept).expect("it is JSON");
    assert!(
        kept == api::whole(),
        "docs/openapi.json is not what the functions say of their doors any more: run `cargo run -p scenarios --bin openapi`"
    );
}
