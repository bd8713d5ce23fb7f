//! A template's policies beside what functions were seen to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::excused::{EXCUSED, Excuse};
use super::needs::{Need, SOMETHING};
use super::policy::{Policy, covers};
use super::record::{self, Used};

/// What came out. It displays as what a person should read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Functions of which no call was noted, so that nothing can be said.
    pub unseen: Vec<String>,
    /// What was done and is not allowed, a sentence each.
    pub missing: Vec<String>,
    /// What is allowed and was not done, a sentence each.
    pub unused: Vec<String>,
    /// What need not be used, with the reason.
    pub excused: Vec<String>,
    /// Permissions that were allowed and used.
    pub fitting: usize,
}

impl Report {
    /// Whether each function may do exactly what it does.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.unseen.is_empty() && self.missing.is_empty() && self.unused.is_empty()
    }
}

/// Compares the policies of `template` with what the file `calls` notes.
///
/// # Errors
/// When one of the two cannot be read, in a sentence.
pub fn check(template: &Path, calls: &Path) -> Result<Report, String> {
    let policies = crate::stack::policies(template).map_err(|error| error.to_string())?;
    let used = record::read(calls).map_err(|error| error.to_string())?;
    Ok(compare(template, &policies, &used, EXCUSED))
}

fn compare(
    template: &Path,
    policies: &BTreeMap<String, Policy>,
    used: &BTreeSet<Used>,
    excused: &[Excuse],
) -> Report {
    let mut report = Report {
        unseen: Vec::new(),
        missing: Vec::new(),
        unused: Vec::new(),
        excused: Vec::new(),
        fitting: 0,
    };
    let mut needless: Vec<bool> = vec![true; excused.len()];
    for (function, policy) in policies {
        let used: Vec<_> = used
            .iter()
            .filter(|one| one.function == *function)
            .collect();
        if used.is_empty() {
            report.unseen.push(format!(
                "{function}: no call of it was noted; run the scenarios that call it"
            ));
            continue;
        }
        missing(function, policy, &used, &mut report.missing);
        for permission in permissions(policy) {
            match permission.finding(&used) {
                None => report.fitting += 1,
                Some(finding) => {
                    let excuse = excused.iter().position(|one| permission.is(function, one));
                    if let Some(at) = excuse {
                        needless[at] = false;
                        let reason = excused[at].reason;
                        report.excused.push(format!(
                            "{function}: {} on {}: {reason}",
                            permission.action, permission.resource
                        ));
                    } else {
                        report.unused.push(format!(
                            "{}:{}: {function}: {} on {}: {finding}",
                            shown(template).display(),
                            permission.line,
                            permission.action,
                            permission.resource
                        ));
                    }
                }
            }
        }
    }
    let needless = excused
        .iter()
        .zip(needless)
        .filter(|(_, needless)| *needless);
    report.unused.extend(needless.map(|(excuse, _)| {
        format!(
            "infra/local/src/permissions/excused.rs: {}: {} on …{} is used, or in no policy; the excuse has to go",
            excuse.function, excuse.action, excuse.resource
        )
    }));
    report
}

fn shown(template: &Path) -> PathBuf {
    let names: Vec<_> = template.iter().collect();
    names[names.len().saturating_sub(2)..].iter().collect()
}

/// What no statement allows: each once, with the first call that asked for it.
fn missing(function: &str, policy: &Policy, used: &[&Used], told: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for one in used {
        let need = Need::new(one.action.clone(), one.resource.clone());
        if !policy.allows(&need) && seen.insert(need) {
            told.push(format!(
                "{function}: {} on {}: its policy does not allow it, and {} needs it",
                one.action, one.resource, one.call
            ));
        }
    }
}

/// One action on one resource of one statement.
struct Permission<'a> {
    action: &'a str,
    resource: &'a str,
    line: usize,
}

fn permissions(policy: &Policy) -> impl Iterator<Item = Permission<'_>> {
    policy.own.iter().flat_map(|statement| {
        statement.actions.iter().flat_map(|action| {
            statement.resources.iter().map(|resource| Permission {
                action,
                resource,
                line: statement.line,
            })
        })
    })
}

impl Permission<'_> {
    fn is(&self, function: &str, excuse: &Excuse) -> bool {
        excuse.function == function
            && excuse.action.eq_ignore_ascii_case(self.action)
            && self.resource.ends_with(excuse.resource)
    }

    /// Why it is more than what was used needs.
    fn finding(&self, used: &[&Used]) -> Option<String> {
        let of_it = used.iter().filter(|one| {
            one.action.eq_ignore_ascii_case(self.action) && covers(self.resource, &one.resource)
        });
        let of_it: Vec<_> = of_it.map(|one| one.resource.as_str()).collect();
        let Some((first, others)) = of_it.split_first() else {
            return Some("nothing used it".to_owned());
        };
        let mut common = *first;
        for other in others {
            let same = common
                .bytes()
                .zip(other.bytes())
                .take_while(|(a, b)| a == b);
            common = &common[..same.count()];
        }
        let common = common.split(SOMETHING).next().unwrap_or_default();
        let written = self.resource.split(['*', '?']).next().unwrap_or_default();
        // What names no resource at all can only be allowed for any.
        (common.len() > written.len() && written != self.resource && *first != "*")
            .then(|| format!("it is wider than what used it, which was all of {common}*"))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("Nothing is known of", &self.unseen),
            ("Missing", &self.missing),
            ("Unused", &self.unused),
            ("Unused, and right", &self.excused),
        ];
        for (title, lines) in parts {
            if !lines.is_empty() {
                writeln!(f, "{title} ({}):", lines.len())?;
                for line in lines {
                    writeln!(f, "  {line}")?;
                }
            }
        }
        write!(f, "{} permissions are allowed and used", self.fitting)
    }
}

#[cfg(test)]
mod tests;
