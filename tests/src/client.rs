//! A client as the API's description asks for it: what was not answered, or answered with a failure of ours, is sent again
//! under the same key, until there is an answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::patience::PATIENCE;
use crate::{Ask, Door, Reply, forms};

/// Between two tries the service gets some air.
const PAUSE: Duration = Duration::from_millis(100);

/// Where the API's doors are now: a stack that was killed comes back at another address. Clones share them.
#[derive(Clone)]
pub struct Doors(Arc<Mutex<Door>>);

impl Doors {
    /// Doors that stay where they are until they are moved.
    #[must_use]
    pub fn at(door: Door) -> Self {
        Self(Arc::new(Mutex::new(door)))
    }

    /// From now on they are here.
    ///
    /// # Panics
    /// Never.
    pub fn move_to(&self, door: Door) {
        *self.0.lock().expect("nobody panics with it") = door;
    }

    fn now(&self) -> Door {
        self.0.lock().expect("nobody panics with it").clone()
    }
}

/// A client before the API's doors, which does not give up.
pub struct Client {
    doors: Doors,
    begun: Option<Sender<()>>,
    broken: AtomicU64,
    failed: AtomicU64,
}

impl Client {
    /// A client at these doors.
    #[must_use]
    pub fn new(doors: Doors) -> Self {
        Self {
            doors,
            begun: None,
            broken: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        }
    }

    /// Tells whenever it begins to send a request.
    #[must_use]
    pub fn telling(self, begun: Sender<()>) -> Self {
        Self {
            begun: Some(begun),
            ..self
        }
    }

    /// How often no answer came, and how often the answer was a failure of ours.
    #[must_use]
    pub fn disappointments(&self) -> (u64, u64) {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (read(&self.broken), read(&self.failed))
    }

    /// One try.
    fn tries(&self, ask: Ask<'_>) -> Option<Reply> {
        if let Some(begun) = &self.begun {
            // Nobody may be listening any more.
            begun.send(()).unwrap_or_default();
        }
        match ask.try_send() {
            Ok(reply) if reply.status < 500 && reply.status != 429 => return Some(reply),
            Ok(_) => self.failed.fetch_add(1, Ordering::Relaxed),
            Err(_) => self.broken.fetch_add(1, Ordering::Relaxed),
        };
        std::thread::park_timeout(PAUSE);
        None
    }

    fn insists(&self, what: &str, ask: impl Fn(&Door) -> Ask<'_>) -> Reply {
        patiently(what, || self.tries(ask(&self.doors.now())))
    }

    /// Begins a draft under `key`.
    ///
    /// # Panics
    /// When that is refused, or not answered for two minutes.
    #[must_use]
    pub fn begins(&self, key: &str) -> Reply {
        let body = json!({ "year": 2024, "name": "A sample" });
        let begun = self.insists(key, |door| {
            door.ask("POST", "/v1/reviews").key(key).json(&body)
        });
        assert!(matches!(begun.status, 200 | 201), "{}", begun.text);
        begun
    }

    /// Submits under `key`.
    ///
    /// # Panics
    /// When that is refused, or not answered for two minutes.
    #[must_use]
    pub fn submits(&self, id: &str, revision: u64, key: &str) -> Reply {
        let path = format!("/v1/reviews/{id}/submit");
        let body = forms::submission(revision);
        let answer = self.insists(key, |door| {
            door.ask("POST", path.clone()).key(key).json(&body)
        });
        answer.expect(200)
    }

    /// Completes a draft that nobody else works on, with a contact of its own; its form's revision then.
    ///
    /// # Panics
    /// When that is refused, or not answered for two minutes.
    #[must_use]
    pub fn completes(&self, id: &str, number: usize) -> u64 {
        let mut form = forms::group();
        form["description"] = json!(format!("Number {number}."));
        let address = format!("person-{number}@example.org");
        let people = forms::people(&address, &[]);
        let revision = self.sets(&format!("/v1/reviews/{id}/form"), &form, "/description");
        let contact = "/contact/email";
        self.sets(&format!("/v1/reviews/{id}/people"), &people, contact);
        revision
    }

    /// Patches until the field at `sign` says what it should. A patch whose answer was lost is not sent again before a look:
    /// it may have been done, and its ETag have passed. Returns the number of the last ETag.
    fn sets(&self, path: &str, patch: &Value, sign: &str) -> u64 {
        patiently(path, || {
            let seen = self.insists(path, |door| door.ask("GET", path)).expect(200);
            let etag = seen.header("etag");
            if seen.body.pointer(sign) == patch.pointer(sign) {
                let number = etag.trim_matches('"').parse();
                return Some(number.unwrap_or_else(|_| panic!("{etag} is no number")));
            }
            let door = self.doors.now();
            let ask = door.ask("PATCH", path).header("if-match", etag);
            if let Some(reply) = self.tries(ask.json(patch)) {
                assert!(matches!(reply.status, 200 | 412), "{}", reply.text);
            }
            None
        })
    }
}

/// Tries until something comes of it.
fn patiently<T>(what: &str, mut act: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(done) = act() {
            return done;
        }
    }
    panic!("{what}: no answer in {} s", PATIENCE.as_secs())
}
