//! What people's editors write stays what it means.

use richtext::{MAX_CHARACTERS, RichText, RichTextError};

fn html(typed: &str) -> String {
    RichText::from_html(typed)
        .expect("it says something")
        .html()
        .to_owned()
}

fn text(typed: &str) -> String {
    RichText::from_html(typed)
        .expect("it says something")
        .text()
}

#[test]
fn bold_italic_underline_lists_and_headings_stay() {
    assert_eq!(
        html("<h1>Scores</h1><p>The <b>first</b>, the <i>second</i> and the <u>third</u>.</p>"),
        "<h3>Scores</h3><p>The <strong>first</strong>, the <em>second</em> and the <u>third</u>.</p>"
    );
    assert_eq!(
        html("<ul><li>one</li><li>two<ol><li>a</li><li>b</li></ol></li></ul>"),
        "<ul><li>one</li><li>two<ol><li>a</li><li>b</li></ol></li></ul>"
    );
    assert_eq!(html("one<br>two"), "<p>one<br>two</p>");
}

#[test]
fn everything_is_closed_and_nothing_is_empty() {
    assert_eq!(
        html("<b>bold <i>both</b> italic"),
        "<p><strong>bold</strong> <strong><em>both</em></strong> <em>italic</em></p>"
    );
    assert_eq!(html("<p></p><b></b><p>x"), "<p>x</p>");
    assert_eq!(html("</ul></li></p>x</b>"), "<p>x</p>");
    assert_eq!(html("<li>x"), "<p>x</p>");
    assert_eq!(html("<ul>x<li>y"), "<ul><li>x</li><li>y</li></ul>");
}

#[test]
fn other_tags_go_and_their_words_stay() {
    assert_eq!(
        html("<span style=\"color:red\">see <a href=\"https://example.org\">the page</a></span>"),
        "<p>see the page</p>"
    );
    assert_eq!(
        html("<table><tr><td>a</td><td>b</td></tr></table>"),
        "<p>a b</p>"
    );
    assert_eq!(html("a < b & c"), "<p>a &lt; b &amp; c</p>");
}

#[test]
fn plain_text_keeps_its_lines() {
    let typed = "First <line>\nsecond\n\n=1+1 & \"more\"\r\n";
    let read = RichText::from_text(typed).expect("it says something");
    assert_eq!(
        read.html(),
        "<p>First &lt;line&gt;<br>second</p><p>=1+1 &amp; &quot;more&quot;</p>"
    );
    assert_eq!(read.text(), "First <line>\nsecond\n\n=1+1 & \"more\"");
}

#[test]
fn as_plain_text_lists_are_typed() {
    assert_eq!(
        text(
            "<h2>Please send</h2><p>all of:</p><ol><li>one</li><li>two<ul><li>a</li></ul></li></ol><p>Thanks</p>"
        ),
        "Please send\n\nall of:\n\n1. one\n2. two\n  - a\n\nThanks"
    );
}

#[test]
fn nothing_and_too_much_are_refused_with_a_sentence() {
    for nothing in [
        "",
        "  \n ",
        "<p> </p>",
        "<script>alert(1)</script>",
        "<!-- x -->",
        "\u{200b}\u{202e}",
        "<img src=x>",
    ] {
        assert_eq!(
            RichText::from_html(nothing),
            Err(RichTextError::Empty),
            "{nothing:?}"
        );
    }
    let long = "x".repeat(MAX_CHARACTERS);
    assert!(RichText::from_html(&long).is_ok());
    assert_eq!(
        RichText::from_text(&format!("{long}y")),
        Err(RichTextError::TooLong(MAX_CHARACTERS + 1))
    );
    let formatted = "<b>x</b><i>y</i>".repeat(MAX_CHARACTERS / 2);
    assert_eq!(
        RichText::from_html(&formatted),
        Err(RichTextError::TooFormatted)
    );
}

#[test]
fn it_prints_no_word_of_itself() {
    let read = RichText::from_text("heliotrope").expect("it says something");
    assert_eq!(format!("{read:?}"), "RichText(17 bytes)");
}
