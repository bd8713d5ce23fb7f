//! Whatever bytes arrive, a verdict comes back: no panic, no loop, and no more than whole files are taken.

use domain::{FileFault, FileName};
use inspection::inspect;
use proptest::prelude::*;
use testkit::files::{self, Sample};

fn name(sample: &Sample) -> FileName {
    sample.name.parse().expect("a name")
}

/// Everything at hand, sound or not, that can be looked at many times.
fn small() -> Vec<Sample> {
    let refused = files::refused().into_iter().map(|(sample, _)| sample);
    files::sound().into_iter().chain(refused).collect()
}

/// The largest end that a sound file can lose and still be whole: a line's end, or the filling of a last sector.
fn spare(sample: &Sample) -> usize {
    match name(sample).extension().as_str() {
        "pdf" => 1,
        "doc" | "xls" | "msg" => 512,
        _ => 0,
    }
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    for sample in files::sound() {
        let end = sample.bytes.len() - spare(&sample);
        // Each of the last kilobytes, and some thousand places before.
        let step = end / 1_000 + 1;
        let places = (0..end).step_by(step).chain(end.saturating_sub(2_048)..end);
        for at in places {
            let seen = inspect(&name(&sample), &sample.bytes[..at]);
            // A PDF with a later change is whole at the end of the earlier one, as far as anybody can tell.
            let earlier = sample.name == "words.pdf"
                && (0..=1_024).contains(&(at + 1).wrapping_sub(files::LETTER_PDF.len()));
            assert!(seen.is_err() || earlier, "{} cut at {at}", sample.name);
        }
    }
}

#[test]
fn nothing_at_all_is_empty_whatever_it_is_called() {
    for sample in files::sound() {
        assert_eq!(inspect(&name(&sample), &[]), Err(FileFault::Empty));
    }
}

#[test]
fn a_fault_of_the_store_or_of_a_scanner_is_never_found_in_bytes() {
    for sample in small() {
        let seen = inspect(&name(&sample), &sample.bytes);
        let elsewhere = [Err(FileFault::NotAsAnnounced), Err(FileFault::Malware)];
        assert!(!elsewhere.contains(&seen), "{}: {seen:?}", sample.name);
    }
}

thread_local! {
    static SMALL: Vec<Sample> = small();
}

fn one_of(which: &prop::sample::Index) -> Sample {
    SMALL.with(|samples| which.get(samples).clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Bytes changed anywhere: a verdict, and the same one each time.
    #[test]
    fn changed_bytes_are_judged(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        early in any::<bool>(),
    ) {
        let mut sample = one_of(&which);
        // Heads and tables decide more than what lies in the middle.
        let most = if early { sample.bytes.len().min(2_048) } else { sample.bytes.len() };
        if most > 0 {
            for (at, byte) in changes {
                let at = at.index(most);
                sample.bytes[at] = byte;
            }
        }
        let first = inspect(&name(&sample), &sample.bytes);
        prop_assert_eq!(first, inspect(&name(&sample), &sample.bytes));
    }

    /// A piece of a file in the place of another: offsets lead astray.
    #[test]
    fn pieces_of_files_are_judged(
        which in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        length in 1_usize..600,
    ) {
        let mut sample = one_of(&which);
        if !sample.bytes.is_empty() {
            let (from, to) = (from.index(sample.bytes.len()), to.index(sample.bytes.len()));
            let length = length.min(sample.bytes.len() - from.max(to));
            sample.bytes.copy_within(from..from + length, to);
        }
        let first = inspect(&name(&sample), &sample.bytes);
        prop_assert_eq!(first, inspect(&name(&sample), &sample.bytes));
    }

    /// The right beginning, and anything after it.
    #[test]
    fn a_right_beginning_is_no_file(
        which in any::<prop::sample::Index>(),
        rest in prop::collection::vec(any::<u8>(), 0..4_096),
    ) {
        let sample = one_of(&which);
        let beginning = &sample.bytes[..sample.bytes.len().min(16)];
        prop_assert!(inspect(&name(&sample), &[beginning, &rest].concat()).is_err());
    }
}
