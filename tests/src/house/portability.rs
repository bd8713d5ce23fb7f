//! Traces of one machine: the project must stand anywhere it is cloned to.

use super::fault::Fault;
use super::files::TextFile;

/// Folders at the root of one machine. Spelled without their slashes, so that this file does not find itself.
const FOLDERS: [&str; 3] = ["work", "root", "tmp"];
/// Words of addresses of package registries and their mirrors, each split for the same reason.
const REGISTRIES: [(&str, &str); 6] = [
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("arti", "factory"),
    ("py", "pi.org"),
    ("files.python", "hosted.org"),
    ("registry.", "npmjs.org"),
];

/// Every line that names an absolute path of a machine, or the host of a package registry.
#[must_use]
pub fn machine_traces(files: &[TextFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            let place = || format!("{}:{}", file.path, index + 1);
            if let Some(folder) = FOLDERS.iter().find(|folder| names_folder(line, folder)) {
                faults.push(Fault {
                    place: place(),
                    wrong: format!("names a path under /{folder} of one machine"),
                    instead: "use a path from the repository, the data folder, or a temporary folder that the system names".into(),
                });
            }
            if let Some((start, end)) = REGISTRIES
                .iter()
                .find(|(start, end)| line.contains(&format!("{start}{end}")))
            {
                faults.push(Fault {
                    place: place(),
                    wrong: format!("names the registry host {start}{end}"),
                    instead: "name the package; each machine's own client knows where to ask"
                        .into(),
                });
            }
        }
    }
    faults
}

/// Whether `line` holds `/folder/` as the beginning of a path, not as the middle of one.
fn names_folder(line: &str, folder: &str) -> bool {
    let path = format!("/{folder}/");
    line.match_indices(&path).any(|(at, _)| {
        !line[..at].ends_with(|before: char| {
            before.is_alphanumeric() || matches!(before, '.' | '_' | '-' | '}' | ')' | '*')
        })
    })
}
