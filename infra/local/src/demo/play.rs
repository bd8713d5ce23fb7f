//! Plays one step after the other, and holds what comes against what is told.

use std::time::{Duration, Instant};

use axum::http::Method;
use serde_json::Value;

use super::{
    PATIENCE,
    client::{Answer, Client, Request},
    clock, letters,
    memory::Memory,
    mismatch::Mismatch,
    show::Page,
    step::{Ask, Check, Send, Source, Step},
};

/// Between two looks at what takes its time.
const PAUSE: Duration = Duration::from_millis(100);

/// Where the play has come to.
pub(super) struct Player<'a> {
    client: Client,
    url: String,
    page: &'a Page,
    /// What idempotency keys begin with: a new play is a new request, also on a stack that has seen one before.
    prefix: String,
    pub(super) memory: Memory,
}

impl<'a> Player<'a> {
    pub(super) fn new(url: &str, page: &'a Page) -> Self {
        let (play, ..) = uuid::Uuid::new_v4().as_fields();
        Self {
            client: Client::new(url),
            url: url.to_owned(),
            page,
            prefix: format!("demo-{play:08x}"),
            memory: Memory::default(),
        }
    }

    /// Plays it.
    ///
    /// # Errors
    /// The first thing that is not as told.
    pub(super) async fn play(&mut self, step: &Step) -> Result<(), Mismatch> {
        match step {
            Step::Ask(ask) => self.ask(ask).await,
            Step::Send(send) => self.send_file(send).await,
            Step::Letters(wanted) => letters::await_them(self, wanted).await,
            Step::Tally(tally) => letters::count_them(self, tally).await,
            Step::Clock(jump) => clock::advance(self, jump).await,
        }
    }

    async fn ask(&mut self, ask: &Ask) -> Result<(), Mismatch> {
        let mut request = Request {
            method: ask.method.clone(),
            path: self.memory.text(ask.path)?,
            headers: Vec::new(),
            body: ask
                .body
                .as_ref()
                .map(|body| self.memory.fill(body))
                .transpose()?,
        };
        if let Some(key) = ask.key {
            request = request.with("Idempotency-Key", format!("{}-{key}", self.prefix));
        }
        if let Some(etag) = ask.if_match {
            request = request.with("If-Match", self.memory.text(etag)?);
        }
        if request.body.is_some() {
            let kind = if ask.method == Method::PATCH {
                "application/merge-patch+json"
            } else {
                "application/json"
            };
            request = request.with("Content-Type", kind);
        }
        self.page.request(ask.person, &request);
        let token = self.token(ask.person).await?;
        let request = request.with("Authorization", format!("Bearer {token}"));
        let answer = if ask.patient {
            self.until_as_told(ask, &request).await?
        } else {
            self.send(&request).await?
        };
        self.page.answer(&answer);
        self.judge(ask, &answer)?;
        for (name, source) in &ask.kept {
            let value = found(&answer, source)?;
            self.memory.keep(name, value);
        }
        Ok(())
    }

    /// The first answer in which all is as told, or the last when patience ends.
    async fn until_as_told(&self, ask: &Ask, request: &Request) -> Result<Answer, Mismatch> {
        let began = Instant::now();
        loop {
            let answer = self.send(request).await?;
            let body = answer.json();
            let mut checks = ask.checks.iter();
            let holds = checks.all(|check| {
                self.holds(check, body.as_ref())
                    .is_ok_and(|(_, _, holds)| holds)
            });
            if holds || PATIENCE < began.elapsed() {
                return Ok(answer);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Sends a file as its leave says.
    async fn send_file(&mut self, send: &Send) -> Result<(), Mismatch> {
        let url = self.memory.text(send.url)?;
        let headers = self.memory.fill(&Value::from(send.headers))?;
        let header =
            |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        let headers = headers.as_object().into_iter().flatten();
        let headers: Vec<_> = headers.filter_map(header).collect();
        self.page.file(&url, &headers, send.bytes.len());
        let sent = self.client.put(&url, &headers, send.bytes.clone()).await;
        let answer = sent.map_err(|source| Mismatch::Unreachable {
            url: self.url.clone(),
            source,
        })?;
        self.page.answer(&answer);
        if answer.status == send.status {
            self.page.as_told(&format!("the answer is {}", send.status));
            Ok(())
        } else {
            Err(Mismatch::Status {
                wanted: send.status,
                found: answer.status,
                detail: Some(answer.body),
            })
        }
    }

    async fn token(&self, person: &str) -> Result<String, Mismatch> {
        let answer = self
            .send(&Request::get(format!("/_local/token?as={person}")))
            .await?;
        if answer.status.is_success() {
            return Ok(answer.body.trim().to_owned());
        }
        Err(Mismatch::NoToken {
            person: person.to_owned(),
            answer: answer.body.trim().to_owned(),
        })
    }

    /// What is at `path` of the local pages, as JSON.
    pub(super) async fn page_of_stack(&self, path: &str) -> Result<Value, Mismatch> {
        let answer = self
            .send(&Request::get(path).with("Accept", "application/json"))
            .await?;
        answer
            .json()
            .ok_or_else(|| Mismatch::Mailbox(path.to_owned()))
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn page(&self) -> &Page {
        self.page
    }

    pub(super) async fn send(&self, request: &Request) -> Result<Answer, Mismatch> {
        self.client
            .send(request)
            .await
            .map_err(|source| Mismatch::Unreachable {
                url: self.url.clone(),
                source,
            })
    }

    fn judge(&self, ask: &Ask, answer: &Answer) -> Result<(), Mismatch> {
        let body = answer.json();
        if answer.status != ask.status {
            let detail = body.as_ref().and_then(|body| body["detail"].as_str());
            return Err(Mismatch::Status {
                wanted: ask.status,
                found: answer.status,
                detail: detail.map(str::to_owned),
            });
        }
        self.page.as_told(&format!("the answer is {}", ask.status));
        for check in &ask.checks {
            self.check(check, body.as_ref())?;
        }
        Ok(())
    }

    /// Where a check looks, what it wants there, and whether that is so.
    fn holds<'c>(
        &self,
        check: &'c Check,
        body: Option<&Value>,
    ) -> Result<(&'c str, String, bool), Mismatch> {
        let at = |pointer: &str| body.and_then(|body| body.pointer(pointer));
        Ok(match check {
            Check::Is(pointer, value) => {
                let value = self.memory.fill(value)?;
                let wanted = if pointer.is_empty() {
                    "the same as before".to_owned()
                } else {
                    value.to_string()
                };
                (*pointer, wanted, at(pointer) == Some(&value))
            }
            Check::Says(pointer, phrase) => {
                let text = at(pointer).and_then(Value::as_str);
                (
                    *pointer,
                    format!("a text with \"{phrase}\""),
                    text.is_some_and(|text| text.contains(phrase)),
                )
            }
            Check::Counts(pointer, length) => {
                let list = at(pointer).and_then(Value::as_array);
                (
                    *pointer,
                    format!("a list of {length}"),
                    list.is_some_and(|list| list.len() == *length),
                )
            }
        })
    }

    fn check(&self, check: &Check, body: Option<&Value>) -> Result<(), Mismatch> {
        let (pointer, wanted, holds) = self.holds(check, body)?;
        let place = if pointer.is_empty() {
            "the whole answer"
        } else {
            pointer
        };
        if holds {
            self.page.as_told(&format!("{place} is {wanted}"));
            return Ok(());
        }
        Err(Mismatch::Value {
            place: place.to_owned(),
            wanted,
            found: body.and_then(|body| body.pointer(pointer)).cloned(),
        })
    }
}

fn found(answer: &Answer, source: &Source) -> Result<Value, Mismatch> {
    match source {
        Source::Header(name) => answer
            .header(name)
            .map(Value::from)
            .ok_or(Mismatch::NoHeader(name)),
        Source::Body(pointer) => {
            let body = answer.json();
            let value = body.as_ref().and_then(|body| body.pointer(pointer));
            value.cloned().ok_or_else(|| Mismatch::Value {
                place: (*pointer).to_owned(),
                wanted: "there".to_owned(),
                found: None,
            })
        }
    }
}
