//! What is sound goes from its grant to its readers, whole.

use std::thread;

use scenarios::{Door, Launch, fetch, forms};
use serde_json::json;
use testkit::files;

#[test]
fn every_kind_of_file_that_is_taken_goes_from_its_grant_to_clean_and_back() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let (id, revision) = filer.completes(&forms::group(), &forms::people("filer@example.org", &[]));
    let sound = files::sound();
    let sent: Vec<_> = sound
        .iter()
        .map(|sample| filer.uploads(&id, sample.name, &sample.bytes))
        .collect();
    for (sample, file) in sound.iter().zip(&sent) {
        let seen = filer.sees_file(&stack, &id, file, "clean");
        assert_eq!(seen["name"], sample.name);
        assert_eq!(seen["size"], sample.bytes.len());
        let leads = filer.asks_for(&id, file).expect(302);
        assert_eq!(leads.header("cache-control"), "no-store");
        let fetched = fetch(leads.header("location")).expect(200);
        assert!(
            fetched.bytes == sample.bytes,
            "{}: other bytes",
            sample.name
        );
        let kept_as = fetched.header("content-disposition");
        let expected = format!(
            "attachment; filename=\"{0}\"; filename*=UTF-8''{0}",
            sample.name
        );
        assert_eq!(kept_as, expected);
    }
    // The receipt names each by its hash, and so does the review.
    let submitted = filer.submits(&id, revision, "submit").expect(200);
    assert_eq!(submitted.text_at("/status"), "in_review");
    let letter = &stack.letters(1)[0];
    let review = filer.get(format!("/v1/reviews/{id}")).expect(200);
    let named = review.body["submission"]["files"]
        .as_array()
        .expect("files");
    assert_eq!(named.len(), sound.len());
    for sample in &sound {
        let hash = &Door::announcement(sample.name, &sample.bytes)["sha256"];
        assert!(
            named.iter().any(|file| file["sha256"] == *hash),
            "{}",
            sample.name
        );
        let hash = hash.as_str().expect("a text");
        assert!(
            letter.text.contains(hash),
            "{}: {}",
            sample.name,
            letter.text
        );
    }
    // The review team reads what was submitted; nobody else does.
    let reviewer = stack.door("reviewer");
    reviewer.asks_for(&id, &sent[0]).expect(302);
    stack.door("other").asks_for(&id, &sent[0]).expect(404);
    assert_eq!(filer.verifies(&id)["verified"], json!(true));
}

#[test]
fn a_grant_is_given_again_for_the_time_that_is_left_and_an_expired_one_takes_nothing() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let id = filer.begins("A sample");
    let bytes = files::LETTER_PDF;
    let path = format!("/v1/reviews/{id}/attachments");
    let asks = || {
        let ask = filer.ask("POST", path.clone()).key("the-same");
        ask.json(&Door::announcement("letter.pdf", bytes))
            .send()
            .expect(201)
    };
    let first = asks();
    let again = asks();
    assert_eq!(first.body["file"], again.body["file"]);
    assert_ne!(
        first.body["upload"]["url"], again.body["upload"]["url"],
        "signed anew"
    );
    // Some seconds are left: leave that is given now ends with them.
    let granted_at = first.text_at("/granted_at/at").parse::<jiff::Timestamp>();
    let last = granted_at.expect("an instant") + jiff::SignedDuration::from_secs(570);
    stack.advance_clock(&last.to_string()).expect(200);
    let leave = scenarios::Grant::of(&asks());
    let told = scenarios::until(|| {
        let reply = leave.put(b"other bytes, which are never taken");
        if reply.text.contains("expired") {
            Ok(reply)
        } else {
            Err(format!("its time ends: {}", reply.text))
        }
    });
    assert_eq!(told.status, 403);
    assert_eq!(leave.put(bytes).status, 403, "not even what was announced");
    assert_eq!(filer.file(&id, &leave.file)["state"], "granted");
    scenarios::until(|| match asks().body.get("upload") {
        None => Ok(()),
        Some(_) => Err("the grant ends".to_owned()),
    });
    // What was given before is still good: it was signed by the machine's clock.
    scenarios::Grant::of(&first).put(bytes).expect(200);
    filer.sees_file(&stack, &id, &leave.file, "clean");
}

#[test]
fn somebody_of_the_staff_may_begin_with_a_file() {
    let stack = Launch::default().start();
    let (filer, staff) = (stack.door("filer"), stack.door("staff"));
    for door in [&filer, &staff] {
        door.accepts();
    }
    let people = forms::people("filer@example.org", &["staff@example.org"]);
    let (id, _) = filer.completes(&forms::group(), &people);
    // Their first act: from now on the review is in the list of their account, and no more in that of their address.
    let file = staff.uploads(&id, "letter.pdf", files::LETTER_PDF);
    filer.sees_file(&stack, &id, &file, "clean");
    staff.asks_for(&id, &file).expect(302);
    let list = staff.get("/v1/reviews").expect(200);
    assert_eq!(list.text.matches(&id).count(), 1, "{}", list.text);
}

#[test]
fn what_is_removed_is_erased_and_what_tells_of_another_patient_is_locked() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let (id, revision) = filer.completes(&forms::group(), &forms::people("filer@example.org", &[]));
    let removed = filer.uploads(&id, "letter.pdf", files::LETTER_PDF);
    let wrong = filer.uploads(&id, "scan.png", files::SCAN_PNG);
    for file in [&removed, &wrong] {
        filer.sees_file(&stack, &id, file, "clean");
    }
    let leads = filer.asks_for(&id, &removed).expect(302);
    let link = leads.header("location");
    fetch(link).expect(200);
    filer.steps(&id, &removed, "remove").expect(200);
    filer.asks_for(&id, &removed).expect(409);
    // The next tick takes its bytes away. Who signed the link may not list the bucket, so S3 does not say what is in it.
    stack.advance_clock("2025-10-20T14:10:00Z").expect(200);
    scenarios::until(|| match fetch(link).status {
        403 => Ok(()),
        status => Err(format!(
            "it is still there: {status}\n{}",
            stack.complaints()
        )),
    });
    filer.steps(&id, &wrong, "wrong-patient").expect(200);
    let locked = filer.asks_for(&id, &wrong).expect(409);
    assert!(
        locked.text_at("/detail").contains("somebody else"),
        "{}",
        locked.text
    );
    filer.submits(&id, revision, "submit").expect(200);
    filer.steps(&id, &wrong, "remove").expect(409);
    let history = filer.get(format!("/v1/reviews/{id}/history")).expect(200);
    for sentence in ["Removed the file", "was erased", "about somebody else"] {
        assert!(
            history.text.contains(sentence),
            "{sentence}: {}",
            history.text
        );
    }
}

#[test]
fn files_that_are_sent_at_one_moment_are_all_taken() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let id = filer.begins("A sample");
    let sound = files::sound();
    // As many senders at once as a browser has connections to one host.
    let sent: Vec<_> = thread::scope(|scope| {
        let (filer, id) = (&filer, &id);
        let senders = sound.chunks(sound.len().div_ceil(6)).map(|samples| {
            scope.spawn(move || {
                let sent = samples
                    .iter()
                    .map(|sample| filer.uploads(id, sample.name, &sample.bytes));
                sent.collect::<Vec<_>>()
            })
        });
        let senders: Vec<_> = senders.collect();
        let sent = senders
            .into_iter()
            .map(|sender| sender.join().expect("a sender"));
        sent.flatten().collect()
    });
    for file in &sent {
        filer.sees_file(&stack, &id, file, "clean");
    }
}
