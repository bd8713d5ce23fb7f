//! The mail service, in memory.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::NoticeId;
use workflow::ports::{Mail, MailError, Mailer};

use crate::mishap::{Op, Plan, Went};

/// Keeps every mail that it took. Like the real one it takes the same mail as often as it is sent.
/// A clone is the same service.
///
/// Planned for [`Op::Send`]: `Declined` answers `Throttled`; `Unavailable` is no answer and no mail;
/// `ReplyLost` is no answer though the mail is out.
#[derive(Debug, Clone, Default)]
pub struct MemoryMailer {
    /// What goes wrong.
    pub plan: Plan,
    taken: Arc<Mutex<Vec<Mail>>>,
}

impl MemoryMailer {
    /// An empty one that follows `plan`, which other ports may follow as well.
    #[must_use]
    pub fn following(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            ..Self::default()
        }
    }

    /// Every mail so far, in the order of sending.
    #[must_use]
    pub fn sent(&self) -> Vec<Mail> {
        self.lock().clone()
    }

    /// How often a mail went out for `notice`.
    #[must_use]
    pub fn times(&self, notice: &NoticeId) -> usize {
        let taken = self.lock();
        taken.iter().filter(|mail| mail.notice == *notice).count()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Mail>> {
        self.taken
            .lock()
            .expect("nothing panics while it is locked")
    }
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, mail: &Mail) -> Result<String, MailError> {
        let take = || {
            let mut taken = self.lock();
            taken.push(mail.clone());
            format!("memory-{}", taken.len())
        };
        match self.plan.around(Op::Send, take).await {
            Went::Well(message_id) => Ok(message_id),
            Went::Declined => Err(MailError::Throttled {
                code: "Throttling".to_owned(),
            }),
            Went::Silent => Err(MailError::Unknown("a planned mishap".into())),
        }
    }
}
