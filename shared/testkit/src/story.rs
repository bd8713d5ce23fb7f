//! The way of a request through the use cases, on any ports: accepted, draft, complete, submitted.

use domain::{Review, ReviewId, statement_of_truth};
use jiff::Timestamp;
use workflow::{Answer, IdempotencyKey, InNameOf, accept_statement, begin, change, edit};

use crate::filer::command;
use crate::{Filer, Ports, sample};

/// A filer in front of some ports. Each step does the ones before it that are still to be done.
#[derive(Debug, Clone)]
pub struct Story<P> {
    /// Where it happens.
    pub ports: P,
    /// To whom.
    pub filer: Filer,
}

impl<P: Ports> Story<P> {
    /// The samples' owner, who has accepted the statement of truth.
    ///
    /// # Panics
    /// When a port fails, as every step of a story.
    pub async fn accepted(ports: P) -> Self {
        Self::accepted_by(ports, Filer::owner()).await
    }

    /// `filer`, who has accepted the statement of truth.
    ///
    /// # Panics
    /// When a port fails.
    pub async fn accepted_by(ports: P, filer: Filer) -> Self {
        let story = Self { ports, filer };
        let key = story.key("accept", "accept");
        let text = &statement_of_truth().reference;
        accept_statement(
            &story.ports,
            &story.filer.inbound(),
            &key,
            text,
            InNameOf::Oneself,
        )
        .await
        .expect("accepting goes well");
        story
    }

    /// The same filer at `at`, in front of the same ports if a clone of them is the same.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Self
    where
        P: Clone,
    {
        let filer = self.filer.clone().at(at);
        Self {
            filer,
            ports: self.ports.clone(),
        }
    }

    /// A key for `route`; the body is the key itself, so another key is another body.
    #[must_use]
    pub fn key(&self, route: &str, key: &str) -> IdempotencyKey {
        self.filer.key(route, key, key)
    }

    /// Begins a draft under the key `name`.
    ///
    /// # Panics
    /// When it is refused or a port fails.
    pub async fn draft(&self, name: &str) -> Review {
        let key = self.key("begin", name);
        let answer = begin(
            &self.ports,
            &self.filer.inbound(),
            &key,
            sample::year(),
            None,
        )
        .await
        .expect("beginning goes well");
        self.review(&answer.id).await
    }

    /// Begins a draft and fills in the form of an individual, the contact and two staff.
    ///
    /// # Panics
    /// When it is refused or a port fails.
    pub async fn complete(&self, name: &str) -> Review {
        let draft = self.draft(name).await;
        let id = &draft.outline.id;
        let inbound = self.filer.inbound();
        let form = command::edit_form(&draft, sample::individual());
        let draft = edit(&self.ports, &inbound, id, &form)
            .await
            .expect("editing the form goes well");
        let people = command::edit_people(&draft, sample::contact_and_staff());
        edit(&self.ports, &inbound, id, &people)
            .await
            .expect("editing the people goes well")
    }

    /// Begins a draft, completes and submits it. Four people are told: contact, owner and two staff.
    ///
    /// # Panics
    /// When it is refused or a port fails.
    pub async fn submitted(&self, name: &str) -> (Review, Answer) {
        let complete = self.complete(name).await;
        let id = &complete.outline.id;
        let submit = command::submit(&complete, sample::certification());
        let key = self.key(&format!("submit {id}"), name);
        let answer = change(&self.ports, &self.filer.inbound(), &key, id, &submit)
            .await
            .expect("submitting goes well");
        (self.review(id).await, answer)
    }

    /// The review as it is stored.
    ///
    /// # Panics
    /// When there is none or a port fails.
    pub async fn review(&self, id: &ReviewId) -> Review {
        let review = self.ports.load(id).await.expect("loading goes well");
        review.expect("the review is there")
    }
}
