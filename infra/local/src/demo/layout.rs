//! Sets JSON and prose in lines of a given width.

use serde_json::Value;

/// JSON in as few lines as fit: what fits on one line stays on one. A text that is longer than a line is broken at its
/// spaces, for reading; so this is for people and not for parsers.
pub(super) fn json(value: &Value, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    put(value, "", "", 0, width, &mut lines);
    lines
}

fn put(
    value: &Value,
    name: &str,
    comma: &str,
    indent: usize,
    width: usize,
    lines: &mut Vec<String>,
) {
    let margin = " ".repeat(indent);
    let whole = format!("{margin}{name}{}{comma}", inline(value));
    if whole.chars().count() <= width {
        lines.push(whole);
        return;
    }
    match value {
        Value::Array(items) => {
            lines.push(format!("{margin}{name}["));
            for (place, item) in items.iter().enumerate() {
                put(
                    item,
                    "",
                    comma_after(place, items.len()),
                    indent + 2,
                    width,
                    lines,
                );
            }
            lines.push(format!("{margin}]{comma}"));
        }
        Value::Object(fields) => {
            lines.push(format!("{margin}{name}{{"));
            for (place, (field, value)) in fields.iter().enumerate() {
                let field = format!("{}: ", quoted(field));
                put(
                    value,
                    &field,
                    comma_after(place, fields.len()),
                    indent + 2,
                    width,
                    lines,
                );
            }
            lines.push(format!("{margin}}}{comma}"));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            lines.extend(hanging(&whole[indent..], indent, indent + 4, width));
        }
    }
}

fn comma_after(place: usize, length: usize) -> &'static str {
    if place + 1 < length { "," } else { "" }
}

fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", quoted(name), inline(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn quoted(name: &str) -> String {
    Value::from(name).to_string()
}

/// Prose, each of its lines broken at spaces; its own empty lines stay.
pub(super) fn prose(text: &str, width: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| hanging(line, 0, 0, width))
        .collect()
}

/// One line broken at spaces: the first begins at `first`, the others at `next`. A longer word stays whole.
fn hanging(text: &str, first: usize, next: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(first);
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(next)));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_fits_stays_on_one_line_and_the_rest_is_broken() {
        let value = json!({"a": [1, 2], "text": "one two three four", "z": null});
        assert_eq!(
            json(&value, 60),
            [r#"{"a": [1, 2], "text": "one two three four", "z": null}"#]
        );
        let broken = [
            "{",
            r#"  "a": [1, 2],"#,
            r#"  "text": "one two"#,
            "      three four\",",
            r#"  "z": null"#,
            "}",
        ];
        assert_eq!(json(&value, 18), broken);
    }

    #[test]
    fn prose_keeps_its_empty_lines_and_its_long_words() {
        assert_eq!(
            prose("one two\n\nextraordinarily long", 8),
            ["one two", "", "extraordinarily", "long"]
        );
    }
}
