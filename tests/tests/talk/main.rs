//! Both sides talk (domain.md #49), and a request for documents is answered (domain.md #18, #19, #24): through the doors, to
//! the mailbox.

mod documents;
mod hostile;
mod sides;

use scenarios::{Door, Launch, Reply, Stack, forms};
use serde_json::{Value, json};

/// A submitted request of the sample filer's, with a reviewer who has taken it.
pub(crate) struct Cast {
    pub(crate) stack: Stack,
    pub(crate) filer: Door,
    pub(crate) staff: Door,
    pub(crate) reviewer: Door,
    pub(crate) id: String,
}

impl Cast {
    pub(crate) fn new() -> Self {
        let stack = Launch::default().start();
        let (filer, staff) = (stack.door("filer"), stack.door("staff"));
        filer.accepts();
        staff.accepts();
        let people = forms::people("front.desk@example.org", &["staff@example.org"]);
        let (id, _) = filer.completes(&forms::group(), &people);
        staff.get(format!("/v1/reviews/{id}")).expect(200);
        Self {
            reviewer: stack.door("reviewer"),
            stack,
            filer,
            staff,
            id,
        }
    }

    pub(crate) fn submitted() -> Self {
        let cast = Self::new();
        cast.submits();
        cast.reviewer
            .team_does(&cast.id, "/take", &json!({}))
            .expect(200);
        cast
    }

    pub(crate) fn submits(&self) {
        let review = self
            .filer
            .get(format!("/v1/reviews/{}", self.id))
            .expect(200);
        let revision = review.number_at("/form_revision");
        self.filer.submits(&self.id, revision, "submit").expect(200);
    }

    /// Posts a comment by the filers' door.
    pub(crate) fn says(&self, door: &Door, body: &Value) -> Reply {
        let path = format!("/v1/reviews/{}/comments", self.id);
        door.ask("POST", path).new_key().json(body).send()
    }

    /// What the filers read.
    pub(crate) fn reads(&self, door: &Door) -> Vec<Value> {
        let reply = door
            .get(format!("/v1/reviews/{}/comments", self.id))
            .expect(200);
        list(&reply)
    }

    /// What the team reads.
    pub(crate) fn team_reads(&self) -> Vec<Value> {
        list(&self.reviewer.team_sees(&self.id, "/comments").expect(200))
    }

    /// Posts to one of the filers' doors about documents.
    pub(crate) fn answers(&self, verb: &str, body: &Value) -> Reply {
        let path = format!("/v1/reviews/{}/documents{verb}", self.id);
        self.filer.ask("POST", path).new_key().json(body).send()
    }

    pub(crate) fn documents(&self) -> Reply {
        let path = format!("/v1/reviews/{}/documents", self.id);
        self.filer.get(path).expect(200)
    }
}

fn list(reply: &Reply) -> Vec<Value> {
    reply.body["comments"].as_array().expect("a list").clone()
}
