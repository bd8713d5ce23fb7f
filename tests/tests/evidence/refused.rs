//! What is not as announced, or not what it should be, is refused with a sentence of its own, and nothing of it stays.

use std::collections::BTreeSet;

use scenarios::{Door, Launch, Stack, forms};
use serde_json::{Value, json};
use testkit::files;

fn draft(stack: &Stack) -> (Door, String) {
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, _) = filer.completes(&forms::group(), &people);
    (filer, id)
}

#[test]
fn the_store_takes_what_was_announced_once_and_nothing_else() {
    let stack = Launch::default().start();
    let (filer, id) = draft(&stack);
    let bytes = files::LETTER_PDF;
    let grant = filer.grants(&id, "letter.pdf", bytes);
    let sent_along: Vec<_> = grant
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let signed = [
        "content-length",
        "content-type",
        "if-none-match",
        "x-amz-checksum-sha256",
    ];
    assert_eq!(
        sent_along, signed,
        "all of it, and nothing that a browser may not send"
    );
    let longer = [bytes, b"more"].concat();
    let mut other = bytes.to_vec();
    other[20] ^= 1;
    let another = filer.grants(&id, "other.pdf", &other);
    let unsigned = scenarios::Grant {
        url: grant.url.split('?').next().expect("a path").to_owned(),
        ..grant.clone()
    };
    let anothers = scenarios::Grant {
        url: another.url.clone(),
        ..grant.clone()
    };
    let without_condition = scenarios::Grant {
        headers: grant
            .headers
            .iter()
            .filter(|(name, _)| name != "if-none-match")
            .cloned()
            .collect(),
        ..grant.clone()
    };
    let refusals = [
        ("longer", grant.put(&longer), 403),
        ("shorter", grant.put(&bytes[..100]), 403),
        ("empty", grant.put(b""), 403),
        ("other bytes", grant.put(&other), 400),
        (
            "another hash",
            grant
                .with("x-amz-checksum-sha256", &another.headers[3].1)
                .put(&other),
            403,
        ),
        (
            "another type",
            grant.with("content-type", "text/html").put(bytes),
            403,
        ),
        ("without its condition", without_condition.put(bytes), 403),
        ("without a signature", unsigned.put(bytes), 403),
        ("to another's place", anothers.put(bytes), 403),
    ];
    for (what, reply, status) in refusals {
        assert_eq!(reply.status, status, "{what}: {}", reply.text);
        assert!(reply.text.contains("<Code>"), "{what}: {}", reply.text);
        assert_eq!(stack.objects(), 0, "{what}");
    }
    assert_eq!(filer.file(&id, &grant.file)["state"], "granted");
    grant.put(bytes).expect(200);
    let again = grant.put(bytes);
    assert_eq!(again.status, 412, "a second PUT: {}", again.text);
    assert_eq!(stack.objects(), 1);
    let seen = filer.sees_file(&stack, &id, &grant.file, "clean");
    assert_eq!(seen["size"], bytes.len());
}

#[test]
fn what_can_never_be_taken_is_not_granted() {
    let stack = Launch::default().start();
    let (filer, id) = draft(&stack);
    let sound = Door::announcement("letter.pdf", b"bytes");
    let with = |name: &str, value: Value| {
        let mut other = sound.clone();
        other[name] = value;
        filer.announces(&id, &other)
    };
    let long = format!("{}.pdf", "x".repeat(296));
    let refusals = [
        ("zero bytes", with("size", json!(0)), "/size"),
        ("25 MB and a byte", with("size", json!(25_000_001)), "/size"),
        ("a program", with("name", json!("setup.exe")), "/name"),
        ("a path", with("name", json!("../letter.pdf")), "/name"),
        (
            "a path of Windows",
            with("name", json!("C:\\letter.pdf")),
            "/name",
        ),
        (
            "a control character",
            with("name", json!("let\u{7}ter.pdf")),
            "/name",
        ),
        (
            "a turned direction",
            with("name", json!("letter\u{202e}fdp.pdf")),
            "/name",
        ),
        ("300 characters", with("name", json!(long)), "/name"),
        (
            "another type",
            with("media_type", json!("text/html")),
            "/media_type",
        ),
        ("no hash", with("sha256", json!("abc")), "/sha256"),
        ("another kind", with("kind", json!("gossip")), "/kind"),
        (
            "a request that is not open",
            with("place", json!({"with": "request"})),
            "/place",
        ),
        (
            "a comment without its id",
            with("place", json!({"with": "comment"})),
            "/place/comment",
        ),
    ];
    let mut sentences = BTreeSet::new();
    for (what, reply, pointer) in &refusals {
        assert_eq!(reply.status, 422, "{what}: {}", reply.text);
        assert_eq!(reply.fault_pointers(), [*pointer], "{what}: {}", reply.text);
        sentences.insert(reply.body["errors"][0]["message"].to_string());
    }
    // Two sizes and two paths share theirs.
    assert_eq!(sentences.len(), refusals.len() - 2, "{sentences:?}");
    let list = filer
        .get(format!("/v1/reviews/{id}/attachments"))
        .expect(200);
    assert_eq!(list.body["attachments"], json!([]), "nothing is counted");

    for number in 0..20 {
        let name = format!("letter-{number}.pdf");
        filer
            .announces(&id, &Door::announcement(&name, b"bytes"))
            .expect(201);
    }
    let full = filer.announces(&id, &sound).expect(409);
    assert!(full.text_at("/detail").contains("as many"), "{}", full.text);
}

#[test]
fn an_hour_has_a_hundred_grants_and_the_next_one_says_when() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let mut last = None;
    for number in 0..6 {
        let id = filer.begins(&format!("Draft {number}"));
        for place in 0..20 {
            let name = format!("letter-{place}.pdf");
            let reply = filer.announces(&id, &Door::announcement(&name, b"bytes"));
            let expected = if number < 5 { 201 } else { 429 };
            last = Some(reply.expect(expected));
            if number == 5 {
                break;
            }
        }
    }
    let refused = last.expect("it was asked");
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=3_600).contains(&wait), "{wait}");
    assert!(refused.text_at("/type").ends_with("too-many-uploads"));
    let id = filer.begins("Somewhat later");
    stack.advance_clock("2025-10-20T15:00:00Z").expect(200);
    let filer = stack.door("filer");
    filer
        .announces(&id, &Door::announcement("letter.pdf", b"bytes"))
        .expect(201);
}

#[test]
fn a_file_that_is_not_what_it_should_be_is_refused_with_its_sentence_and_nothing_of_it_stays() {
    let stack = Launch::default().start();
    let (filer, _) = draft(&stack);
    let refused: Vec<_> = files::refused()
        .into_iter()
        .filter(|(sample, _)| !sample.bytes.is_empty())
        .collect();
    let mut sent = Vec::new();
    for part in refused.chunks(20) {
        let people = forms::people("filer@example.org", &[]);
        let (id, _) = filer.completes(&forms::group(), &people);
        for (sample, why) in part {
            let file = filer.uploads(&id, sample.name, &sample.bytes);
            sent.push((id.clone(), file, sample.name, *why));
        }
    }
    for (id, file, name, why) in &sent {
        let seen = filer.sees_file(&stack, id, file, "rejected");
        assert_eq!(seen["why"], json!(why), "{name}");
        assert_eq!(seen["sentence"], why.sentence(), "{name}");
        let locked = filer.asks_for(id, file).expect(409);
        assert_eq!(locked.text_at("/detail"), why.sentence(), "{name}");
    }
    let virus = filer.begins("With malware");
    filer.names_people(&virus, &forms::people("filer@example.org", &[]));
    let file = filer.uploads(&virus, "letter.pdf", &files::hostile::eicar_pdf());
    filer.sees_file(&stack, &virus, &file, "infected");
    filer.asks_for(&virus, &file).expect(409);
    scenarios::until(|| match stack.objects() {
        0 => Ok(()),
        left => Err(format!("{left} objects are left\n{}", stack.complaints())),
    });
    // Each is told, once, by name and reason; none of them takes one of the twenty places.
    let letters = stack.letters(sent.len() + 1);
    for (id, _, name, why) in &sent {
        let told = |letter: &&scenarios::Mail| {
            let text = letter.text.split_whitespace().collect::<Vec<_>>().join(" ");
            letter.notice.starts_with(id) && text.contains(name) && text.contains(why.sentence())
        };
        assert!(
            letters.iter().any(|letter| told(&letter)),
            "{name}: {why:?}"
        );
    }
    assert_eq!(letters.len(), sent.len() + 1);
    let (id, ..) = &sent[0];
    filer
        .announces(id, &Door::announcement("letter.pdf", b"bytes"))
        .expect(201);
}
