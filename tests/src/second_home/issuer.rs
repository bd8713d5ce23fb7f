//! The issuer of the local stack, behind a door of its own.

use std::net::{TcpListener, TcpStream};
use std::path::Path;

use local::data::DataFolder;
use local::identity::Issuer;

use crate::directory::{question, reply};
use crate::signed;

/// Where the issuer answers.
pub(super) struct Place {
    /// Its address: `/token?as=<person>` gives a token there.
    pub(super) url: String,
    /// The `iss` of its tokens.
    pub(super) issuer: String,
    /// The `aud` of its tokens.
    pub(super) audience: String,
}

/// Opens it with a key that is kept in `folder`. Its thread ends with this process.
///
/// # Panics
/// When it cannot be opened.
pub(super) fn serve(folder: &Path) -> Place {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let data = DataFolder::open(folder, false).expect("a folder for its key");
    let issuer = Issuer::open(&data, &url).expect("an issuer");
    let place = Place {
        issuer: issuer.issuer_url(),
        audience: issuer.audience().to_owned(),
        url,
    };
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Who hangs up is not told, and the next one is.
            answer(&issuer, &stream).unwrap_or_default();
        }
    });
    place
}

fn answer(issuer: &Issuer, stream: &TcpStream) -> std::io::Result<()> {
    let line = question(stream)?;
    let path = line.split(' ').nth(1).unwrap_or_default();
    let found = if path.ends_with("/.well-known/openid-configuration") {
        Some(issuer.discovery().to_string())
    } else if path.ends_with("/jwks.json") {
        Some(issuer.key_set().to_string())
    } else {
        path.strip_prefix("/token?as=")
            .and_then(|person| issuer.token_for(person, signed::now()))
    };
    match found {
        Some(text) => reply(stream, "200 OK", &text),
        None => reply(stream, "404 Not Found", ""),
    }
}
