//! What can be told to end is not deployed.

use std::path::Path;

use scenarios::{binaries, crashing_binaries};

/// The variable that a binary with points reads.
const MARK: &[u8] = b"CRASH_POINTS";

fn bears_the_mark(binary: &Path) -> bool {
    let bytes =
        std::fs::read(binary).unwrap_or_else(|error| panic!("{}: {error}", binary.display()));
    bytes.windows(MARK.len()).any(|window| window == MARK)
}

#[test]
fn the_points_are_in_the_variant_and_in_no_binary_that_is_built_without_asking_for_it() {
    let (ours, crashing) = (binaries(), crashing_binaries());
    assert_eq!(ours.len(), crashing.len());
    // A function whose crate has no variant runs as it is.
    let varied: Vec<_> = crashing.iter().filter(|one| !ours.contains(one)).collect();
    assert!(varied.len() >= 6, "{varied:?}");
    for binary in varied {
        assert!(bears_the_mark(binary), "{} has no points", binary.display());
    }
    // After the variant was built: it has put nothing in their place.
    for binary in ours {
        assert!(!bears_the_mark(binary), "{} has points", binary.display());
    }
}

/// What is deployed is built without features (`sam build`), and so is what CI weighs: no crate has the points by default,
/// and the template asks for none.
#[test]
fn nothing_that_is_deployed_asks_for_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| {
        let text = std::fs::read_to_string(root.join(path));
        text.unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    for manifest in [
        "shared/edge/Cargo.toml",
        "functions/intake/Cargo.toml",
        "functions/relay/Cargo.toml",
        "functions/notify/Cargo.toml",
        "functions/deadlines/Cargo.toml",
        "functions/transitions/Cargo.toml",
    ] {
        let manifest_text = read(manifest);
        assert!(manifest_text.contains("\ncrashing = ["), "{manifest}");
        assert!(!manifest_text.contains("\ndefault = "), "{manifest}");
        assert!(!manifest_text.contains("edge = {"), "{manifest}");
    }
    for wiring in ["infra/template.yaml", "samconfig.toml"] {
        assert!(!read(wiring).contains("crashing"), "{wiring}");
    }
}
