//! What an inspection holds beside the file is bounded, whatever the file says of itself.
//!
//! Alone in its program, and one test after the other in one: the allocator counts for all threads.

use domain::{FileFault, FileName, MAX_FILE_SIZE};
use inspection::inspect;
use peak_alloc::PeakAlloc;
use testkit::files::{self, hostile, made};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// What is reserved at most: a library does it once for a table as long as the file, and is stopped before it reads that
/// much. With the file it is 53 MB, which leaves a function the rest of 64 for itself.
const MOST: usize = 28 * 1_000_000;

/// The verdict, after the bytes that were held at once beside the file were found to be few.
fn bounded(name: &str, bytes: &[u8]) -> Result<(), FileFault> {
    let name: FileName = name.parse().expect("a name");
    let before = ALLOCATED.current_usage();
    ALLOCATED.reset_peak_usage();
    let verdict = inspect(&name, bytes);
    let held = ALLOCATED.peak_usage() - before;
    assert!(
        held <= MOST,
        "{held} bytes were held beside {} of {name:?}",
        bytes.len()
    );
    verdict
}

#[test]
fn few_bytes_are_held_beside_the_file() {
    let size = usize::try_from(MAX_FILE_SIZE).expect("25 MB");
    let large = size - 1_000_000;
    let pdf = made::pdf_of(size);
    assert_eq!(pdf.len(), size);
    assert_eq!(bounded("large.pdf", &pdf), Ok(()));
    let message = made::message(&[
        ("large.pdf", &pdf[..0]),
        ("large.pdf", &made::pdf_of(large)),
    ]);
    assert_eq!(
        bounded("empty.msg", &message),
        Err(FileFault::AttachmentFaulty)
    );
    let message = made::message(&[("large.pdf", &made::pdf_of(large))]);
    assert_eq!(bounded("large.msg", &message), Ok(()));
    let noise = noise(large);
    assert_eq!(
        bounded(
            "large.docx",
            &made::docx_with("word/media/image1.png", &noise)
        ),
        Ok(())
    );
    assert_eq!(
        bounded("large.doc", &made::doc_with("/Data", &noise)),
        Ok(())
    );
    assert_eq!(
        bounded("bomb.docx", &hostile::bomb_docx()),
        Err(FileFault::UnpacksTooLarge)
    );
    assert_eq!(
        bounded("many.docx", &hostile::docx_of_many_parts()),
        Err(FileFault::UnpacksTooLarge)
    );
    for (what, bytes) in hostile::swollen_docs(size) {
        assert_eq!(
            bounded("swollen.doc", &bytes),
            Err(FileFault::Damaged),
            "{what}"
        );
    }
    let refused = files::refused().into_iter();
    for (sample, fault) in refused {
        assert_eq!(bounded(sample.name, &sample.bytes), Err(fault));
    }
}

/// Bytes that cannot be packed, the same each time.
fn noise(size: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    std::iter::repeat_with(next).flatten().take(size).collect()
}
