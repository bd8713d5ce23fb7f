//! Takes letters by SMTP (RFC 5321), as much of it as a relay speaks, and keeps them as files.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::deployed::{Captured, keep};

/// Opens it; letters go below `folder`. Its threads end with this process. Where it answers, as `host:port`.
///
/// # Panics
/// When no port is free.
pub(super) fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let (folder, number) = (folder.to_owned(), Arc::new(AtomicUsize::new(0)));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut talk = Talk {
                folder: folder.clone(),
                number: Arc::clone(&number),
                to: Vec::new(),
            };
            // Who hangs up in the middle has not handed a letter over.
            std::thread::spawn(move || talk.hold(&stream).unwrap_or_default());
        }
    });
    address
}

/// One conversation.
struct Talk {
    folder: PathBuf,
    number: Arc<AtomicUsize>,
    to: Vec<String>,
}

impl Talk {
    fn hold(&mut self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream).split(b'\n');
        stream.write_all(b"220 scenarios\r\n")?;
        while let Some(line) = lines.next().transpose()? {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let word = line.split([' ', ':']).next().unwrap_or_default();
            let said: &[u8] = match word.to_ascii_uppercase().as_str() {
                "RCPT" => {
                    let address = line.split(['<', '>']).nth(1).unwrap_or_default();
                    self.to.push(address.to_owned());
                    b"250 yes\r\n"
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n")?;
                    let raw = message(&mut lines)?;
                    self.keep(&raw)?;
                    b"250 kept\r\n"
                }
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n")?;
                    return Ok(());
                }
                "EHLO" | "HELO" | "MAIL" | "RSET" | "NOOP" => b"250 yes\r\n",
                _ => b"502 not here\r\n",
            };
            stream.write_all(said)?;
        }
        Ok(())
    }

    fn keep(&mut self, raw: &str) -> std::io::Result<()> {
        for to in self.to.drain(..) {
            let number = self.number.fetch_add(1, Ordering::Relaxed);
            let raw = raw.to_owned();
            keep(&self.folder, number, &Captured { to, raw })?;
        }
        Ok(())
    }
}

/// The lines up to the one with a dot alone; a dot that was put before another one is taken away.
fn message(lines: &mut impl Iterator<Item = std::io::Result<Vec<u8>>>) -> std::io::Result<String> {
    let mut raw = String::new();
    while let Some(line) = lines.next().transpose()? {
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        if line == "." {
            break;
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(line));
        raw.push_str("\r\n");
    }
    Ok(raw)
}
