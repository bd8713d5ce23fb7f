//! What people typed, made safe to quote in a letter.
//!
//! Types refuse most of this at the door, but letters are the last door out: a name must never break out
//! of its line, turn the direction of the text around it, or carry the TIN that someone typed into the
//! wrong field. Markup is not for this module: the HTML layout escapes every value.

/// Digit groups in which nine-digit numbers are written: a TIN plain or as `12-3456789`, or as a social
/// security number `123-45-6789` (domain.md #60).
const TIN_SHAPES: [&[usize]; 3] = [&[9], &[2, 7], &[3, 2, 4]];

/// Digits of a TIN that a letter may show (domain.md #52).
const SHOWN: usize = 4;

/// `text` on one line, in its own direction, with any TIN masked to its last four digits.
pub(crate) fn quoted(text: &str) -> String {
    masked(&one_line(text))
}

fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|&c| !hidden(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    // White space of any kind, the line and paragraph separators included, becomes single spaces.
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that show nothing but change how their surroundings show. The joiners that some scripts
/// need inside of words are not among them.
fn hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
            ..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

fn masked(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let groups = digit_groups(&chars);
    for shape in TIN_SHAPES {
        for window in groups.windows(shape.len()) {
            let digits = window.iter().map(ExactSizeIterator::len);
            let joined = window
                .windows(2)
                .all(|pair| pair[0].end + 1 == pair[1].start && joins(chars[pair[0].end]));
            if joined && digits.eq(shape.iter().copied()) {
                let places: Vec<_> = window.iter().cloned().flatten().collect();
                for &place in &places[..places.len() - SHOWN] {
                    chars[place] = '*';
                }
            }
        }
    }
    chars.into_iter().collect()
}

/// The longest runs of digits, as ranges of places.
fn digit_groups(chars: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (place, c) in chars.iter().enumerate() {
        match groups.last_mut() {
            _ if !c.is_ascii_digit() => {}
            Some(last) if last.end == place => last.end += 1,
            Some(_) | None => groups.push(place..place + 1),
        }
    }
    groups
}

/// What stands between the groups of a written number: hyphens and dashes, a dot, a space.
fn joins(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_on_its_line_and_in_its_direction() {
        assert_eq!(
            quoted(" Sample\r\nBcc: x@example.org\u{2028}Clinic\u{85}A\u{0}B "),
            "Sample Bcc: x@example.org Clinic A B"
        );
        assert_eq!(
            quoted("\u{202e}cilnic\u{202c} \u{2067}x\u{2069}"),
            "cilnic x"
        );
        assert_eq!(
            quoted("Clínica Ñandú – 東京 عيادة"),
            "Clínica Ñandú – 東京 عيادة"
        );
        assert_eq!(quoted("\u{200f}\n"), "");
    }

    #[test]
    fn a_tin_in_a_name_is_masked_however_it_is_written() {
        for (typed, shown) in [
            ("Clinic 000045100", "Clinic *****5100"),
            ("00-0045100 Clinic", "**-***5100 Clinic"),
            ("SSN 123-45-6789.", "SSN ***-**-6789."),
            ("123 45 6789", "*** ** 6789"),
            ("12345\u{200b}6789", "*****6789"),
            ("12–3456789", "**–***6789"),
            ("Suite 2024 12-3456789", "Suite 2024 **-***6789"),
        ] {
            assert_eq!(quoted(typed), shown);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "NPI 1112223334",
            "*****5100",
            "1-866-288-8292",
            "Baltimore 21244-1850",
            "12345678",
        ] {
            assert_eq!(quoted(text), text);
        }
    }
}
