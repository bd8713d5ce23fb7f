//! What people send is taken or refused, each for its own reason (domain.md #38).

use domain::{FileFault, FileName};
use inspection::inspect;
use testkit::files::{self, Sample};

/// Every sample whose verdict is not the one that it should have, in words.
fn strays(samples: impl IntoIterator<Item = (Sample, Result<(), FileFault>)>) -> Vec<String> {
    let mut strays = Vec::new();
    for (number, (sample, right)) in samples.into_iter().enumerate() {
        let name: FileName = sample.name.parse().expect("a name");
        let seen = inspect(&name, &sample.bytes);
        if seen != right {
            strays.push(format!(
                "{number}, {}: {seen:?} and not {right:?}",
                sample.name
            ));
        }
    }
    strays
}

#[test]
fn a_sound_file_of_each_kind_is_taken() {
    let none: Vec<String> = Vec::new();
    let sound = files::sound().into_iter().map(|sample| (sample, Ok(())));
    assert_eq!(strays(sound), none);
}

#[test]
fn what_is_refused_is_refused_for_its_own_reason() {
    let none: Vec<String> = Vec::new();
    let refused = files::refused().into_iter();
    assert_eq!(
        strays(refused.map(|(sample, fault)| (sample, Err(fault)))),
        none
    );
}
