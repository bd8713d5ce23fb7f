//! A participation look-up of the test's own: what the service asks is seen, and what it hears is the test's to say.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A directory on 127.0.0.1. Its thread ends with the test's process.
pub struct Directory {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Directory {
    /// Gives these answers in turn, each a status line's end and a body, and the last one from then on.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn answering<const N: usize>(answers: [(&'static str, String); N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut answers = VecDeque::from(answers);
            for stream in listener.incoming().flatten() {
                let answer = match answers.len() {
                    0 => break,
                    1 => answers.front().cloned(),
                    _ => answers.pop_front(),
                };
                // Who hangs up is not told, and the next one is.
                if let (Some((status, body)), Ok(line)) = (answer, question(&stream)) {
                    told.lock().expect("nobody panics with it").push(line);
                    reply(&stream, status, &body).unwrap_or_default();
                }
            }
        });
        Self { url, asked }
    }

    /// Where nobody listens.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn closed() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        format!("http://{}", listener.local_addr().expect("an address"))
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The request lines so far.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panics with it").clone()
    }
}

/// The first line of a request that is read to the end of its head.
pub(crate) fn question(stream: &TcpStream) -> std::io::Result<String> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    Ok(first)
}

/// Answers, with a status line's end and a body.
pub(crate) fn reply(mut stream: &TcpStream, status: &str, body: &str) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
