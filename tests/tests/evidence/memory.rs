//! The most memory that checking the largest file takes, of the function's own process.

use std::fs;

use scenarios::{Launch, Stack};
use testkit::files::made::pdf_of;

/// What Lambda gives to `ObjectsFunction` is four times this.
const MOST: u64 = 64 * 1024;

/// The most memory, in kB, of the processes of the stack that run `binary`.
fn peak(stack: &Stack, binary: &str) -> u64 {
    let own = u64::from(stack.process());
    let field = |status: &str, name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let processes = fs::read_dir("/proc").expect("Linux has it").flatten();
    let statuses =
        processes.filter_map(|entry| fs::read_to_string(entry.path().join("status")).ok());
    let of_stack = statuses.filter(|status| {
        let is_named = status.lines().next() == Some(&format!("Name:\t{binary}"));
        is_named && field(status, "PPid:") == Some(own)
    });
    let peaks = of_stack.filter_map(|status| field(&status, "VmHWM:"));
    peaks.max().expect("the function has run")
}

#[test]
fn the_largest_file_is_checked_in_64_megabytes() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let id = filer.begins("A sample");
    let small = filer.uploads(&id, "small.pdf", testkit::files::LETTER_PDF);
    filer.sees_file(&stack, &id, &small, "clean");
    let before = peak(&stack, "objects");
    let bytes = pdf_of(25_000_000);
    let file = filer.uploads(&id, "large.pdf", &bytes);
    filer.sees_file(&stack, &id, &file, "clean");
    let after = peak(&stack, "objects");
    println!(
        "objects: {before} kB at most with a small file, {after} kB with one of {} bytes",
        bytes.len()
    );
    assert!(after < MOST, "{after} kB");
}
