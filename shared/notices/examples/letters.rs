//! Writes every letter into a folder, to be looked at: `cargo run -p notices --example letters -- <folder>`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;

use domain::Detail;
use samples::{letters, samples};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or(
        "say which folder to write to: cargo run -p notices --example letters -- <folder>",
    )?;
    std::fs::create_dir_all(&folder)?;
    for (name, entry) in samples() {
        for (place, (detail, letter)) in letters(&entry).into_iter().enumerate() {
            let word = match detail {
                Detail::Full => "full",
                Detail::Brief => "brief",
            };
            let file = |ending: &str| folder.join(format!("{name}-{place}-{word}.{ending}"));
            let text = format!("Subject: {}\n\n{}", letter.subject, letter.text);
            std::fs::write(file("txt"), text)?;
            std::fs::write(file("html"), letter.html)?;
            if let Some(calendar) = letter.calendar {
                std::fs::write(file("ics"), calendar.text)?;
            }
        }
    }
    Ok(())
}
