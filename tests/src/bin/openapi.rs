//! Writes `docs/openapi.json`: what all HTTP functions say of their doors, put together.

use std::io;

fn main() -> io::Result<()> {
    let text = format!("{:#}\n", scenarios::api::whole());
    std::fs::write(scenarios::api::path(), text)
}
