//! Where letters send people.

use domain::ReviewId;

/// The addresses that letters link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The base address of the service as people reach it, such as `https://reviews.example.org`. A
    /// trailing slash is allowed and makes no difference.
    pub sign_in: String,
}

/// The base address cannot be linked to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "letters cannot link to \"{0}\": set the sign-in address to a web address such as https://reviews.example.org, without spaces, query or fragment"
)]
pub struct LinkError(String);

impl Links {
    /// The address at which a person sees the review: today the API's own.
    ///
    /// # Errors
    /// [`LinkError`] when the base is not an http(s) address that paths can be joined to.
    pub fn review(&self, id: &ReviewId) -> Result<String, LinkError> {
        let base = self.sign_in.trim_end_matches('/');
        let host = base
            .strip_prefix("https://")
            .or_else(|| base.strip_prefix("http://"));
        let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\`?#@".contains(c);
        match host {
            Some(host) if !host.is_empty() && host.chars().all(plain) => {
                Ok(format!("{base}/v1/reviews/{id}"))
            }
            Some(_) | None => Err(LinkError(self.sign_in.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(base: &str) -> Result<String, LinkError> {
        let id = ReviewId::from_random("2024".parse().expect("a year"), 7);
        let links = Links {
            sign_in: base.to_owned(),
        };
        links
            .review(&id)
            .map(|link| link.replace(id.as_str(), "<id>"))
    }

    #[test]
    fn a_review_has_an_address_below_the_base() {
        for (base, link) in [
            (
                "https://reviews.example.org",
                "https://reviews.example.org/v1/reviews/<id>",
            ),
            (
                "http://127.0.0.1:9000/",
                "http://127.0.0.1:9000/v1/reviews/<id>",
            ),
            (
                "https://example.org/stage",
                "https://example.org/stage/v1/reviews/<id>",
            ),
        ] {
            assert_eq!(review(base).as_deref(), Ok(link));
        }
    }

    #[test]
    fn a_base_that_is_no_web_address_is_refused_with_what_to_do() {
        for wrong in [
            "",
            "/",
            "https://",
            "reviews.example.org",
            "javascript:alert(1)",
            "https://example.org/?next=",
            "https://example.org/#top",
            "https://trusted.example@evil.example",
            "https://example.org/\r\nx",
            "https://example.org/\"><b>",
        ] {
            let refused = review(wrong).expect_err(wrong).to_string();
            assert!(refused.contains("set the sign-in address"), "{refused}");
        }
    }
}
