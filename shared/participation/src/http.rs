//! The real look-up, over HTTP.
//!
//! One attempt of two seconds at most: whoever waits is a person with a form, who can go on without it.
//! A redirect is not followed, for it would take the number to an address that nobody has chosen. The
//! client is the one that the SDK brings along already (hyper, and rustls on ring), so this adds no crate
//! to the function; its trust roots are read at the first look-up and not at a cold start
//! (docs/performance.md #3).

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use domain::{Clinician, Npi, PerformanceYear};
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, USER_AGENT};
use hyper::http::uri::{Authority, Scheme};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use workflow::ports::{LookUpError, Participation};

use crate::shape;

/// How long a look-up may take: connecting, asking and reading the whole answer.
pub const TIMEOUT: Duration = Duration::from_secs(2);
/// The longest answer that is read, in bytes; a clinician with fifty practices has a fifth of it.
const LONGEST: usize = 256 * 1024;
/// The version of the answer's shape that we read (domain.md #65).
const VERSION: &str = "application/vnd.qpp.cms.gov.v6+json";
/// The word for a number that cannot be an NPI (domain.md #65).
const NOT_AN_NPI: &[u8] = b"InvalidFormatNpi";

/// The public look-up at an address.
pub struct Http {
    scheme: Scheme,
    authority: Authority,
    timeout: Duration,
    client: OnceLock<HttpsClient>,
}

type HttpsClient = Client<HttpsConnector<HttpConnector>, Empty<Bytes>>;

/// The setting is neither an address that we may ask nor the word for the samples.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "PARTICIPATION_URL must be \"fixture\", or an https address without a path, such as https://qpp.cms.gov (http only for this machine itself); infra/template.yaml sets it"
)]
pub struct NoAddress;

/// A function that cannot start ends with its error's `Debug`, which is where a person reads it.
impl fmt::Debug for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoAddress: {self}")
    }
}

impl Http {
    /// The look-up at `base`, whose answers count if they are whole within `timeout`.
    ///
    /// # Errors
    /// [`NoAddress`] unless `base` is scheme and host alone, and https if that is another machine.
    pub fn at(base: &str, timeout: Duration) -> Result<Self, NoAddress> {
        let parts = base.parse::<Uri>().map_err(|_| NoAddress)?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(NoAddress);
        };
        let bare = parts.path_and_query.is_none_or(|path| path == "/");
        let private = scheme == Scheme::HTTPS
            || scheme == Scheme::HTTP
                && matches!(authority.host(), "127.0.0.1" | "[::1]" | "localhost");
        if bare && private && !authority.as_str().contains('@') {
            Ok(Self {
                scheme,
                authority,
                timeout,
                client: OnceLock::new(),
            })
        } else {
            Err(NoAddress)
        }
    }

    fn client(&self) -> Result<&HttpsClient, LookUpError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let config = tls(self.scheme == Scheme::HTTPS)?;
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .build();
        // A connection that was frozen together with its function is dead more often than not.
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build(connector);
        Ok(self.client.get_or_init(|| client))
    }

    async fn ask(
        &self,
        npi: &Npi,
        year: PerformanceYear,
    ) -> Result<Option<Clinician>, LookUpError> {
        let uri = Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(format!("/api/eligibility/npi/{}?year={year}", npi.as_str()))
            .build();
        let request = Request::get(uri.map_err(|_| LookUpError::Unreachable)?)
            .header(ACCEPT, VERSION)
            .header(USER_AGENT, "targeted-review")
            .body(Empty::new())
            .map_err(|_| LookUpError::Unreachable)?;
        // The client's own words may name the address, and that names the clinician: they stay here.
        let reply = self.client()?.request(request).await;
        let reply = reply.map_err(|_| LookUpError::Unreachable)?;
        match reply.status() {
            StatusCode::OK => shape::read(&body(reply).await?, npi).map(Some),
            StatusCode::NOT_FOUND => Ok(None),
            StatusCode::BAD_REQUEST if holds(&body(reply).await?, NOT_AN_NPI) => Ok(None),
            StatusCode::TOO_MANY_REQUESTS => Err(LookUpError::Throttled),
            other => Err(LookUpError::Status(other.as_u16())),
        }
    }
}

#[async_trait]
impl Participation for Http {
    async fn clinician(
        &self,
        npi: &Npi,
        year: PerformanceYear,
    ) -> Result<Option<Clinician>, LookUpError> {
        tokio::time::timeout(self.timeout, self.ask(npi, year))
            .await
            .unwrap_or(Err(LookUpError::TimedOut))
    }
}

/// TLS on ring (docs/performance.md #1), trusting what the system trusts; nobody, where there is no TLS.
fn tls(needed: bool) -> Result<ClientConfig, LookUpError> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| LookUpError::Unreachable)?;
    let config = if needed {
        config
            .with_native_roots()
            .map_err(|_| LookUpError::NoCertificates)?
    } else {
        config.with_root_certificates(RootCertStore::empty())
    };
    Ok(config.with_no_client_auth())
}

/// The whole body, if it is not too long.
async fn body(reply: Response<Incoming>) -> Result<Bytes, LookUpError> {
    match Limited::new(reply.into_body(), LONGEST).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(LookUpError::Unreadable("it is too long"))
        }
        Err(_) => Err(LookUpError::Unreachable),
    }
}

fn holds(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_without_a_path_and_in_private_will_do() {
        let at = |base| Http::at(base, TIMEOUT).map(|_| ());
        for base in [
            "https://qpp.cms.gov",
            "https://qpp.cms.gov/",
            "https://qpp.example.org:8443",
            "http://127.0.0.1:9",
            "http://localhost:9",
            "http://[::1]:9",
        ] {
            assert_eq!(at(base), Ok(()), "{base}");
        }
        for base in [
            "",
            "Fixture",
            "qpp.cms.gov",
            "http://qpp.cms.gov",
            "http://127.0.0.1.example.org",
            "https://qpp.cms.gov/api",
            "https://qpp.cms.gov?year=2024",
            "https://user:secret@qpp.cms.gov",
            "ftp://qpp.cms.gov",
        ] {
            assert_eq!(at(base), Err(NoAddress), "{base}");
        }
    }

    #[test]
    fn two_seconds_it_is() {
        assert_eq!(TIMEOUT, Duration::from_secs(2)); // domain.md #65
    }
}
