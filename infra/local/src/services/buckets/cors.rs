//! Which web pages of other origins may use a bucket, by the rules of the template, answered as S3 does.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderName, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue};

use crate::services::CorsRulePlan;

/// What a browser asks before it sends a request.
pub(super) struct Asked<'a> {
    pub(super) origin: &'a str,
    pub(super) method: &'a str,
    /// Lower-case names.
    pub(super) headers: Vec<String>,
}

impl<'a> Asked<'a> {
    /// A preflight's question. None: it names no origin or no method.
    pub(super) fn before(headers: &'a HeaderMap) -> Option<Self> {
        let names = text(headers, &ACCESS_CONTROL_REQUEST_HEADERS).unwrap_or_default();
        let names = names
            .split(',')
            .map(|name| name.trim().to_ascii_lowercase());
        Some(Self {
            origin: text(headers, &ORIGIN)?,
            method: text(headers, &ACCESS_CONTROL_REQUEST_METHOD)?,
            headers: names.filter(|name| !name.is_empty()).collect(),
        })
    }

    /// What a request itself asks: its headers were asked for before. None: no browser page of another origin sends it.
    pub(super) fn with(headers: &'a HeaderMap, method: &'a str) -> Option<Self> {
        Some(Self {
            origin: text(headers, &ORIGIN)?,
            method,
            headers: Vec::new(),
        })
    }

    /// The first rule that allows it.
    pub(super) fn rule<'r>(&self, rules: &'r [CorsRulePlan]) -> Option<&'r CorsRulePlan> {
        rules.iter().find(|rule| {
            let mut headers = self.headers.iter();
            let allowed = |name: &String| {
                let mut rules = rule.headers.iter();
                rules.any(|allowed| matches(&allowed.to_ascii_lowercase(), name))
            };
            rule.origins
                .iter()
                .any(|allowed| matches(allowed, self.origin))
                && rule.methods.iter().any(|allowed| allowed == self.method)
                && headers.all(allowed)
        })
    }

    /// The headers of an answer that `rule` allows.
    pub(super) fn answer(&self, rule: &CorsRulePlan) -> HeaderMap {
        let mut answer = HeaderMap::new();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                answer.insert(name, value);
            }
        };
        if rule.origins.iter().any(|origin| origin == "*") {
            set(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        } else {
            set(ACCESS_CONTROL_ALLOW_ORIGIN, self.origin);
            set(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        set(ACCESS_CONTROL_ALLOW_METHODS, &rule.methods.join(", "));
        if !self.headers.is_empty() {
            set(ACCESS_CONTROL_ALLOW_HEADERS, &self.headers.join(", "));
        }
        if !rule.exposed.is_empty() {
            set(ACCESS_CONTROL_EXPOSE_HEADERS, &rule.exposed.join(", "));
        }
        if let Some(seconds) = rule.max_age {
            set(ACCESS_CONTROL_MAX_AGE, &seconds.to_string());
        }
        set(
            VARY,
            "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
        );
        answer
    }
}

/// Whether `text` is `pattern`, in which one `*` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => {
            text.len() >= before.len() + after.len()
                && text.starts_with(before)
                && text.ends_with(after)
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn one_star_stands_for_anything() {
        for (pattern, text, expected) in [
            ("https://a.example.org", "https://a.example.org", true),
            ("https://a.example.org", "https://b.example.org", false),
            ("https://*.example.org", "https://b.example.org", true),
            ("https://*.example.org", "https://example.org", false),
            ("https://*.example.org", "https://b.example.com", false),
            ("ab*ba", "aba", false),
            ("*", "null", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
