//! The adapter against a directory that answers well, badly, too much and not at all.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use domain::Clinician;
use participation::{Http, named};
use workflow::ports::{LookUpError, Participation as _};

const NPI: &str = "1234567893";
const SAMPLE: &str = include_str!("../samples/1234567893.json");
/// For answers that come: however slow the machine, they come.
const PATIENT: Duration = Duration::from_secs(300);
/// For one that never comes: however fast the machine, it does not.
const IMPATIENT: Duration = Duration::from_millis(50);

/// What the directory does with the one connection that it takes.
enum Manner {
    Says(String),
    HangsUp,
    IsSilent,
}

/// A directory on this machine, for one request.
struct Directory {
    base: String,
    asked: Receiver<String>,
    /// A silent one keeps its connection until this goes.
    _patience: Sender<()>,
}

fn directory(manner: Manner) -> Directory {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let (tell, asked) = mpsc::channel();
    let (_patience, end) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        tell.send(head(&mut stream)).ok();
        match manner {
            // A client that has read enough hangs up in the middle.
            Manner::Says(reply) => stream.write_all(reply.as_bytes()).unwrap_or_default(),
            Manner::HangsUp => {}
            Manner::IsSilent => end.recv().unwrap_or_default(),
        }
    });
    Directory {
        base,
        asked,
        _patience,
    }
}

/// The head of a request.
fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).expect("a request") == 1 {
        head.extend(byte);
    }
    String::from_utf8(head).expect("a head is text")
}

fn reply(status: &str, body: &str) -> Manner {
    let length = body.len();
    Manner::Says(format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

async fn look_up(base: &str, timeout: Duration) -> Result<Option<Clinician>, LookUpError> {
    let http = Http::at(base, timeout).expect("an address");
    let npi = NPI.parse().expect("ten digits");
    http.clinician(&npi, "2024".parse().expect("a year")).await
}

async fn answer(manner: Manner) -> Result<Option<Clinician>, LookUpError> {
    look_up(&directory(manner).base, PATIENT).await
}

#[tokio::test]
async fn it_is_asked_as_its_publisher_says_and_a_clinician_is_found() {
    let directory = directory(reply("200 OK", SAMPLE));
    let found = look_up(&directory.base, PATIENT).await.expect("an answer");
    let npi = NPI.parse().expect("ten digits");
    let fixture = named("fixture").expect("the samples");
    let sample = fixture
        .clinician(&npi, "2024".parse().expect("a year"))
        .await;
    assert_eq!(found, sample.expect("an answer"));
    assert!(found.is_some());
    let asked = directory.asked.recv().expect("it was asked").to_lowercase();
    assert!(
        asked.starts_with("get /api/eligibility/npi/1234567893?year=2024 http/1.1\r\n"),
        "{asked}"
    );
    assert!(
        asked.contains("\r\naccept: application/vnd.qpp.cms.gov.v6+json\r\n"),
        "{asked}"
    );
}

#[tokio::test]
async fn nobody_of_that_number_is_an_answer() {
    let unknown = reply(
        "404 Not Found",
        r#"{"error":{"type":"NoProviderInformation"}}"#,
    );
    assert_eq!(answer(unknown).await, Ok(None));
    let malformed = reply(
        "400 Bad Request",
        r#"{"error":{"type":"InvalidFormatNpi"}}"#,
    );
    assert_eq!(answer(malformed).await, Ok(None));
}

#[tokio::test]
async fn what_is_no_answer_is_told_by_a_word_and_never_quoted() {
    let secret = format!(r#"{{"secret": "{NPI}"}}"#);
    let cases = [
        (
            reply("429 Too Many Requests", &secret),
            LookUpError::Throttled,
        ),
        (reply("400 Bad Request", &secret), LookUpError::Status(400)),
        (reply("401 Unauthorized", &secret), LookUpError::Status(401)),
        (
            reply("500 Internal Server Error", &secret),
            LookUpError::Status(500),
        ),
        (
            reply("503 Service Unavailable", &secret),
            LookUpError::Status(503),
        ),
        (Manner::HangsUp, LookUpError::Unreachable),
        (
            Manner::Says("secret\r\n\r\n".to_owned()),
            LookUpError::Unreachable,
        ),
    ];
    for (manner, expected) in cases {
        assert_eq!(answer(manner).await, Err(expected));
    }
    let another = SAMPLE.replace(NPI, "0162474486");
    for body in [&secret, "<html>secret</html>", "", &another] {
        let error = answer(reply("200 OK", body)).await.expect_err("no answer");
        assert!(matches!(error, LookUpError::Unreadable(_)), "{error}");
        let told = format!("{error} {error:?}");
        assert!(!told.contains("secret") && !told.contains(NPI), "{told}");
    }
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let half = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{SAMPLE}",
        SAMPLE.len() + 1
    );
    assert_eq!(
        answer(Manner::Says(half)).await,
        Err(LookUpError::Unreachable)
    );
}

#[tokio::test]
async fn an_endless_answer_is_not_read_to_its_end() {
    let long = format!("{SAMPLE}{}", " ".repeat(1024 * 1024));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    for manner in [reply("200 OK", &long), Manner::Says(chunked)] {
        let error = answer(manner).await;
        assert_eq!(error, Err(LookUpError::Unreadable("it is too long")));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = directory(reply("200 OK", SAMPLE));
    let away = format!(
        "HTTP/1.1 302 Found\r\nlocation: {}/\r\ncontent-length: 0\r\n\r\n",
        elsewhere.base
    );
    assert_eq!(
        answer(Manner::Says(away)).await,
        Err(LookUpError::Status(302))
    );
    assert!(elsewhere.asked.try_recv().is_err(), "nobody went there");
}

#[tokio::test]
async fn whoever_never_answers_is_not_waited_for() {
    let silent = directory(Manner::IsSilent);
    let looked_up = look_up(&silent.base, IMPATIENT).await;
    assert_eq!(looked_up, Err(LookUpError::TimedOut));
}

#[tokio::test]
async fn a_body_that_never_ends_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let (patience, end) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        head(&mut stream);
        let begun = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{";
        stream.write_all(begun).unwrap_or_default();
        end.recv().unwrap_or_default();
    });
    let looked_up = look_up(&base, IMPATIENT).await;
    assert_eq!(looked_up, Err(LookUpError::TimedOut));
    drop(patience);
}

#[tokio::test]
async fn where_nobody_listens_there_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    assert_eq!(look_up(&base, PATIENT).await, Err(LookUpError::Unreachable));
}

#[tokio::test]
async fn an_https_address_hears_nothing_in_the_clear() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("https://{}", listener.local_addr().expect("an address"));
    let (tell, heard) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut bytes = [0; 1024];
        let length = stream.read(&mut bytes).expect("a greeting");
        tell.send(bytes[..length].to_vec()).ok();
    });
    match look_up(&base, PATIENT).await {
        Err(LookUpError::Unreachable) => {
            let heard = heard.recv().expect("a greeting");
            assert_eq!(heard[0], 0x16, "the greeting of TLS");
            assert!(!String::from_utf8_lossy(&heard).contains(NPI));
        }
        // A machine that trusts nobody says nothing at all.
        other => assert_eq!(other, Err(LookUpError::NoCertificates)),
    }
}
