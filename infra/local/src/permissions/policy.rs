//! One function's permissions, and how IAM reads them.

use super::needs::Need;

/// All that one function may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What its `Policies` in the template allow.
    pub own: Vec<Statement>,
    /// What SAM adds for that which calls it.
    pub implied: Vec<Statement>,
}

/// Each of the actions on each of the resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `dynamodb:GetItem`, …; never with a wildcard.
    pub actions: Vec<String>,
    /// ARNs; `*` stands for anything, `?` for one character.
    pub resources: Vec<String>,
    /// Its line in the template, from 1; 0 when nobody wrote it.
    pub line: usize,
}

impl Policy {
    /// Whether some statement allows it.
    pub(crate) fn allows(&self, need: &Need) -> bool {
        let mut all = self.own.iter().chain(&self.implied);
        all.any(|statement| statement.allows(need))
    }
}

impl Statement {
    fn allows(&self, need: &Need) -> bool {
        let mut actions = self.actions.iter();
        let mut resources = self.resources.iter();
        actions.any(|action| action.eq_ignore_ascii_case(&need.action))
            && resources.any(|pattern| covers(pattern, &need.resource))
    }
}

/// Whether an ARN with wildcards stands for this one.
pub(super) fn covers(pattern: &str, resource: &str) -> bool {
    let (pattern, resource) = (pattern.as_bytes(), resource.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // Where to go on when the last `*` has to take one more.
    let mut again = None;
    while seen < resource.len() {
        match pattern.get(at) {
            Some(b'*') => {
                again = Some((at, seen));
                at += 1;
            }
            Some(byte) if *byte == b'?' || *byte == resource[seen] => {
                at += 1;
                seen += 1;
            }
            Some(_) | None => match again {
                None => return false,
                Some((star, taken)) => {
                    again = Some((star, taken + 1));
                    at = star + 1;
                    seen = taken + 1;
                }
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_what_iam_says() {
        for (pattern, resource, holds) in [
            ("arn:x:table/t", "arn:x:table/t", true),
            ("arn:x:table/t", "arn:x:table/t/index/due", false),
            ("arn:x:table/t/index/*", "arn:x:table/t/index/due", true),
            ("arn:s3:::b/reviews/*", "arn:s3:::b/reviews/", true),
            ("arn:s3:::b/reviews/*", "arn:s3:::b/other/1", false),
            ("arn:s3:::b/*/files/*", "arn:s3:::b/r/1/files/2", true),
            ("arn:s3:::b/?", "arn:s3:::b/12", false),
            ("arn:s3:::b/??", "arn:s3:::b/12", true),
            ("*", "anything", true),
        ] {
            assert_eq!(covers(pattern, resource), holds, "{pattern} {resource}");
        }
    }

    #[test]
    fn an_action_and_its_resource_must_stand_in_one_statement() {
        let statement = |action: &str, resource: &str| Statement {
            actions: vec![action.to_owned()],
            resources: vec![resource.to_owned()],
            line: 1,
        };
        let policy = Policy {
            own: vec![statement("a:Read", "x")],
            implied: vec![statement("a:Write", "y")],
        };
        assert!(policy.allows(&Need::new("a:Read", "x")));
        assert!(policy.allows(&Need::new("a:Write", "y")));
        assert!(!policy.allows(&Need::new("a:Read", "y")));
        assert!(!policy.allows(&Need::new("a:Write", "x")));
    }
}
