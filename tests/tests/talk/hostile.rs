//! Hostile strings through the real doors: harmless for whoever reads the comment, and in no letter at all.
//!
//! The cleaner has a long list of its own (`shared/richtext/tests/hostile.rs`); here a handful shows that nothing gets by it.

use serde_json::json;

use crate::Cast;

const MARKUP: [&str; 9] = [
    "<script>alert(1)</script>left",
    "<img src=x onerror=alert(1)>left",
    "<svg/onload=alert(1)>left</svg>",
    "<a href=\"javascript:alert(1)\">left</a>",
    "<p style=\"background:url(javascript:alert(1))\" onmouseover='alert(1)'>left</p>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>left",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">left",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">left</noscript>left",
    "&lt;script&gt;alert(1)&lt;/script&gt;left",
];

/// What a spreadsheet would take for a formula, and what a letter's head would take for its own lines.
const PLAIN: [&str; 8] = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "=HYPERLINK(\"http://example.org\";\"left\")",
    "left\r\nBcc: everybody@example.org",
    "left\nSubject: another\n\n<b>left</b>",
];

/// Every tag of a cleaned text is one of a dozen, and has no attribute.
fn harmless(html: &str) {
    let allowed = ["p", "h3", "h4", "ul", "ol", "li", "br", "strong", "em", "u"];
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag is closed");
        assert!(
            allowed.contains(&tag.trim_start_matches('/')),
            "<{tag}> in {html}"
        );
    }
}

#[test]
fn hostile_strings_are_harmless_to_both_sides_and_stand_in_no_letter() {
    let cast = Cast::submitted();
    for typed in MARKUP.map(|typed| format!("<p>words</p>{typed}")) {
        cast.says(&cast.filer, &json!({ "html": typed }))
            .expect(201);
        let theirs = json!({ "html": typed });
        cast.reviewer
            .team_does(&cast.id, "/comments", &theirs)
            .expect(201);
    }
    for typed in PLAIN {
        cast.says(&cast.filer, &json!({ "text": typed }))
            .expect(201);
    }
    for read in [cast.reads(&cast.staff), cast.team_reads()] {
        assert_eq!(read.len(), 2 * MARKUP.len() + PLAIN.len());
        for comment in &read {
            harmless(comment["html"].as_str().expect("HTML"));
        }
        // The words of plain text are kept as they are: it is shown, and goes into no cell and no head.
        let plain = &read[2 * MARKUP.len()..];
        assert_eq!(plain[0]["text"], "=1+1");
        assert_eq!(plain[0]["html"], "<p>=1+1</p>");
        let last = plain[7]["html"].as_str().expect("HTML");
        assert!(last.contains("&lt;b&gt;left&lt;/b&gt;"), "{last}");
    }
    // Staff are told of their access, three people of the receipt; a letter for each of the filers' comments, and three for each of the team's.
    let due = 1 + 3 + (MARKUP.len() + PLAIN.len()) + 3 * MARKUP.len();
    let letters = cast.stack.letters(due);
    for letter in &letters {
        for word in ["alert(", "everybody@example.org", "HYPERLINK", "left"] {
            assert!(!letter.raw.contains(word), "{word} in {}", letter.raw);
        }
    }
}

#[test]
fn what_stands_in_a_letters_head_or_in_a_list_is_one_line_and_no_tag() {
    let cast = Cast::new();
    let id = &cast.id;
    // A line that breaks is no line: names, labels, items and files say so by their place.
    let broken = "left\r\nBcc: everybody@example.org";
    let version = cast
        .filer
        .get(format!("/v1/reviews/{id}"))
        .expect(200)
        .number_at("/version");
    let rename = cast
        .filer
        .ask("PATCH", format!("/v1/reviews/{id}"))
        .if_match(version);
    let refused = rename.json(&json!({ "name": broken })).send().expect(422);
    assert_eq!(refused.fault_pointers(), ["/name"]);
    // What is one line is kept, whatever a spreadsheet would make of it, and stands escaped in HTML.
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>"] {
        let version = cast
            .filer
            .get(format!("/v1/reviews/{id}"))
            .expect(200)
            .number_at("/version");
        let rename = cast
            .filer
            .ask("PATCH", format!("/v1/reviews/{id}"))
            .if_match(version);
        rename.json(&json!({ "name": name })).send().expect(200);
        let list = cast.filer.get("/v1/reviews").expect(200);
        assert_eq!(list.body["reviews"][0]["name"], name);
    }
    cast.submits();
    for what in [broken, "left\u{0}", "left\u{85}right"] {
        let items = json!({ "items": [{ "what": what }] });
        let refused = cast
            .reviewer
            .team_does(id, "/documents", &items)
            .expect(422);
        assert_eq!(refused.fault_pointers(), ["/items/0/what"], "{what:?}");
        let label = json!({ "name": what, "audience": "public" });
        let refused = cast.reviewer.team_does(id, "/labels", &label).expect(422);
        assert_eq!(refused.fault_pointers(), ["/name"], "{what:?}");
    }
    let label = json!({ "name": "=1+1", "audience": "public" });
    cast.reviewer.team_does(id, "/labels", &label).expect(200);
    let items = json!({ "items": [{ "what": "=1+1 <img src=x onerror=alert(1)>" }] });
    cast.reviewer
        .team_does(id, "/documents", &items)
        .expect(200);
    let list = cast.filer.get("/v1/reviews").expect(200);
    assert_eq!(list.body["reviews"][0]["labels"], json!(["=1+1"]));
    // What staff are told of their access; the receipt and the request for documents, for three people each.
    for letter in &cast.stack.letters(1 + 3 + 3) {
        let (head, _) = letter.raw.split_once("\r\n\r\n").expect("a head");
        let heads = |name: &str| {
            let lines = head
                .lines()
                .filter(|line| line.to_ascii_lowercase().starts_with(name));
            lines.count()
        };
        assert_eq!(
            (heads("subject:"), heads("to:"), heads("bcc:"), heads("cc:")),
            (1, 1, 0, 0)
        );
        assert!(!letter.html.contains("<img"), "{}", letter.html);
        assert!(!letter.html.contains("<script"), "{}", letter.html);
    }
}
