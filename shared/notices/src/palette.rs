//! The colours of a letter in HTML, light and dark, each readable on its ground (WCAG 2.2, 1.4.3).

/// The colours of one mode, as CSS hex.
#[derive(Debug)]
pub(crate) struct Palette {
    /// The ground.
    pub(crate) paper: &'static str,
    /// Text.
    pub(crate) ink: &'static str,
    /// Labels and the small print.
    pub(crate) soft: &'static str,
    /// Links, and the ground of the button.
    pub(crate) link: &'static str,
    /// Text on the button.
    pub(crate) on_button: &'static str,
    /// Lines between parts: an ornament that carries no meaning.
    pub(crate) rule: &'static str,
}

/// For readers without a preference, and in the `style` attributes.
pub(crate) const LIGHT: Palette = Palette {
    paper: "#ffffff",
    ink: "#1b1f24",
    soft: "#4b535d",
    link: "#0b4f8a",
    on_button: "#ffffff",
    rule: "#d0d7de",
};

/// For readers who prefer dark.
pub(crate) const DARK: Palette = Palette {
    paper: "#14181d",
    ink: "#eef1f4",
    soft: "#b4bdc7",
    link: "#8ec7ff",
    on_button: "#0e1216",
    rule: "#3a434d",
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG defines it.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("two hex digits");
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_is_readable_on_its_ground_in_both_modes() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        for palette in [LIGHT, DARK] {
            for (text, ground) in [
                (palette.ink, palette.paper),
                (palette.soft, palette.paper),
                (palette.link, palette.paper),
                (palette.on_button, palette.link),
            ] {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
            }
        }
    }
}
