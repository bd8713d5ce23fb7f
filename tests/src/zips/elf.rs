//! As much of ELF as says what a program is for (`man 5 elf`, 64 bit, little-endian).

/// A program of Linux.
pub(super) struct Binary<'a>(&'a [u8]);

impl<'a> Binary<'a> {
    /// It, if the bytes are one.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let head = bytes.starts_with(b"\x7fELF\x02\x01") && bytes.len() > 64;
        head.then_some(Self(bytes))
    }

    /// The processor, as the template's parameter calls it.
    pub(super) fn processor(&self) -> Option<&'static str> {
        match self.number(18, 2)? {
            0x3e => Some("x86_64"),
            0xb7 => Some("arm64"),
            _ => None,
        }
    }

    /// The size of a section in bytes.
    pub(super) fn section(&self, name: &str) -> Option<u64> {
        let (at, each) = (self.number(40, 8)?, self.number(58, 2)?);
        let (count, names) = (self.number(60, 2)?, self.number(62, 2)?);
        let names = self.number(at + names * each + 24, 8)?;
        (0..count).map(|one| at + one * each).find_map(|head| {
            let place = usize::try_from(names + self.number(head, 4)?).ok()?;
            let its = self.0.get(place..)?.split(|byte| *byte == 0).next()?;
            if its == name.as_bytes() {
                self.number(head + 32, 8)
            } else {
                None
            }
        })
    }

    fn number(&self, at: u64, width: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let bytes = self.0.get(at..at + width)?.iter().rev();
        Some(bytes.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::Binary;

    #[test]
    fn this_very_program_is_read() {
        let own = std::env::current_exe().expect("it knows its file");
        let bytes = std::fs::read(own).expect("it is readable");
        if let Some(binary) = Binary::of(&bytes) {
            let here = match std::env::consts::ARCH {
                "aarch64" => "arm64",
                other => other,
            };
            assert_eq!(binary.processor(), Some(here));
            assert!(
                binary.section(".gcc_except_table").expect("it unwinds") > super::super::UNWINDING
            );
            assert_eq!(binary.section(".nothing"), None);
        }
        assert!(Binary::of(b"PK\x03\x04").is_none());
    }
}
