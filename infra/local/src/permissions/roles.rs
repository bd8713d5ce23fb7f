//! Who calls, whether it may, and that it did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, header};

use super::Policy;
use super::needs::Need;
use super::record::{Record, Used};
use crate::data::DataError;
use crate::services::ACCOUNT;
use crate::terminal::Terminal;

/// Whose calls are looked at.
#[derive(Clone, Debug, Default)]
pub struct RolesPlan {
    /// What each function may do, by its logical id, which is also the key that it signs with.
    pub policies: BTreeMap<String, Policy>,
    /// Where it is noted what they did. No template says it.
    pub calls: Option<PathBuf>,
    /// Where refusals are told.
    pub(crate) terminal: Option<Terminal>,
}

/// A handle on all roles.
#[derive(Clone, Debug)]
pub struct Roles(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    policies: BTreeMap<String, Policy>,
    record: Option<Record>,
    terminal: Option<Terminal>,
    /// What was refused already: each is told once, for a source may try it forever.
    told: Mutex<BTreeSet<Denied>>,
}

/// A call that no statement of its function allows.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq, PartialOrd, Ord)]
#[error(
    "User: arn:aws:sts::{ACCOUNT}:assumed-role/{function}/{function} is not authorized to perform: {action} on resource: \
     {resource} because no identity-based policy allows the {action} action"
)]
pub(crate) struct Denied {
    function: String,
    action: String,
    resource: String,
}

impl Roles {
    pub(crate) fn open(plan: RolesPlan) -> Result<Self, DataError> {
        let record = plan.calls.map(Record::open).transpose()?;
        Ok(Self(Arc::new(Inner {
            policies: plan.policies,
            record,
            terminal: plan.terminal,
            told: Mutex::default(),
        })))
    }

    /// The keys of all functions.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.policies.keys().map(String::as_str)
    }

    /// Whether `key` is that of a function.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.policies.contains_key(key)
    }

    /// Lets `call` pass or not, and notes what it needs; whoever is no function may do everything.
    ///
    /// # Errors
    /// The first thing that the function may not do.
    pub(crate) fn may(&self, key: &str, call: &str, needs: &[Need]) -> Result<(), Denied> {
        let Some(policy) = self.0.policies.get(key) else {
            return Ok(());
        };
        for need in needs {
            self.note(key, call, need);
        }
        match needs.iter().find(|need| !policy.allows(need)) {
            None => Ok(()),
            Some(need) => {
                let denied = Denied {
                    function: key.to_owned(),
                    action: need.action.clone(),
                    resource: need.resource.clone(),
                };
                self.tell(call, &denied);
                Err(denied)
            }
        }
    }

    /// Whether `call` may do what changes its answer but is not asked for; noted only if so.
    pub(crate) fn may_too(&self, key: &str, call: &str, need: &Need) -> bool {
        let Some(policy) = self.0.policies.get(key) else {
            return true;
        };
        let may = policy.allows(need);
        if may {
            self.note(key, call, need);
        }
        may
    }

    fn tell(&self, call: &str, denied: &Denied) {
        let mut told = self.0.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(denied.clone())
            && let Some(terminal) = &self.0.terminal
        {
            let Denied {
                function,
                action,
                resource,
            } = denied;
            terminal.line(format!(
                "error: {function} was refused {call}: its Policies in the template do not allow {action} on {resource}"
            ));
        }
    }

    fn note(&self, function: &str, call: &str, need: &Need) {
        if let Some(record) = &self.0.record {
            record.note(Used {
                function: function.to_owned(),
                action: need.action.clone(),
                resource: need.shape(),
                call: call.to_owned(),
            });
        }
    }
}

/// The key that a request is signed with in its header.
pub(crate) fn signer(headers: &HeaderMap) -> Option<&str> {
    let authorization = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (_, credential) = authorization.split_once("Credential=")?;
    credential.split_once('/').map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::Statement;

    #[test]
    fn a_function_may_what_its_policy_says_and_a_person_everything() {
        let policy = Policy {
            own: vec![Statement {
                actions: vec!["sqs:SendMessage".to_owned()],
                resources: vec!["q".to_owned()],
                line: 1,
            }],
            implied: Vec::new(),
        };
        let roles = Roles::open(RolesPlan {
            policies: [("Relay".to_owned(), policy)].into(),
            ..RolesPlan::default()
        })
        .expect("nothing to open");
        let (sends, deletes) = (
            Need::new("sqs:SendMessage", "q"),
            Need::new("sqs:DeleteMessage", "q"),
        );
        assert_eq!(
            roles.may("Relay", "SendMessage", std::slice::from_ref(&sends)),
            Ok(())
        );
        let denied = roles
            .may("Relay", "Both", &[sends, deletes.clone()])
            .expect_err("one is not allowed")
            .to_string();
        assert!(denied.contains("assumed-role/Relay/Relay"), "{denied}");
        assert!(
            denied.contains("sqs:DeleteMessage on resource: q "),
            "{denied}"
        );
        assert_eq!(roles.may("local", "DeleteMessage", &[deletes]), Ok(()));
    }

    #[test]
    fn the_signer_stands_in_the_credential() {
        let mut headers = HeaderMap::new();
        assert_eq!(signer(&headers), None);
        let value = "AWS4-HMAC-SHA256 Credential=IntakeFunction/20251120/us-east-1/dynamodb/aws4_request, \
                     SignedHeaders=host, Signature=0";
        headers.insert(header::AUTHORIZATION, value.parse().expect("a value"));
        assert_eq!(signer(&headers), Some("IntakeFunction"));
    }
}
