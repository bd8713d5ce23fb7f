//! Which route a request takes.
//!
//! API Gateway's order: a full match of a path before one with a greedy parameter, `$default` last; within one path,
//! its own method before any method. A literal segment is more specific than `{id}`, and both than `{proxy+}`.

use std::time::Duration;

use axum::http::Method;

use super::Parameters;
use crate::template::{JwtAuthorizer, RoutePlan};

/// All routes, the most specific first.
pub(super) struct Routes {
    ordered: Vec<Route>,
}

/// One route, ready to be matched.
pub(super) struct Route {
    /// `GET /v1/reviews/{id}`, `ANY /x` or `$default`, as the event names it.
    pub(super) key: String,
    pub(super) function: String,
    pub(super) authorizer: Option<JwtAuthorizer>,
    pub(super) timeout: Duration,
    method: Option<String>,
    /// None matches everything.
    segments: Option<Vec<Segment>>,
}

/// A route and what it read from the path.
pub(super) struct Matched<'a> {
    pub(super) route: &'a Route,
    pub(super) parameters: Parameters,
}

/// In the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(String),
    One(String),
    Rest(String),
}

impl Routes {
    pub(super) fn new(plans: Vec<RoutePlan>) -> Self {
        let mut ordered: Vec<_> = plans.into_iter().map(Route::from).collect();
        ordered.sort_by_key(|route| {
            let kinds = route
                .segments
                .as_ref()
                .map(|segments| segments.iter().map(Segment::rank).collect::<Vec<_>>());
            (kinds.is_none(), kinds, route.method.is_none())
        });
        Self { ordered }
    }

    /// The first route that takes this method and this path (percent-decoded).
    pub(super) fn find(&self, method: &Method, path: &str) -> Option<Matched<'_>> {
        let matching = self.ordered.iter().filter(|route| {
            route
                .method
                .as_deref()
                .is_none_or(|own| own == method.as_str())
        });
        matching
            .filter_map(|route| {
                Some(Matched {
                    parameters: route.read(path)?,
                    route,
                })
            })
            .next()
    }
}

impl Route {
    fn read(&self, path: &str) -> Option<Parameters> {
        let mut parameters = Parameters::new();
        let Some(segments) = &self.segments else {
            return Some(parameters);
        };
        let mut rest = Some(path.strip_prefix('/')?);
        for segment in segments {
            let here = rest?;
            let (first, after) = here
                .split_once('/')
                .map_or((here, None), |(first, after)| (first, Some(after)));
            match segment {
                Segment::Literal(text) if text == first => rest = after,
                Segment::One(name) if !first.is_empty() => {
                    parameters.insert(name.clone(), first.to_owned());
                    rest = after;
                }
                Segment::Rest(name) if !here.is_empty() => {
                    parameters.insert(name.clone(), here.to_owned());
                    rest = None;
                }
                Segment::Literal(_) | Segment::One(_) | Segment::Rest(_) => return None,
            }
        }
        rest.is_none().then_some(parameters)
    }
}

impl Segment {
    fn read(text: &str) -> Self {
        match text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
        {
            None => Self::Literal(text.to_owned()),
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Self::Rest(name.to_owned()),
                None => Self::One(name.to_owned()),
            },
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Literal(_) => 0,
            Self::One(_) => 1,
            Self::Rest(_) => 2,
        }
    }
}

impl From<RoutePlan> for Route {
    fn from(plan: RoutePlan) -> Self {
        let method = plan.method.as_deref().unwrap_or("ANY");
        let key = plan
            .path
            .as_ref()
            .map_or_else(|| "$default".to_owned(), |path| format!("{method} {path}"));
        let segments = plan
            .path
            .map(|path| path.split('/').skip(1).map(Segment::read).collect());
        Self {
            key,
            function: plan.function,
            authorizer: plan.authorizer,
            timeout: plan.timeout,
            method: plan.method,
            segments,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(keys: &[&str]) -> Routes {
        let plan = |key: &&str| {
            let (method, path) = key
                .split_once(' ')
                .map_or((None, None), |(method, path)| (Some(method), Some(path)));
            RoutePlan {
                method: method.filter(|method| *method != "ANY").map(str::to_owned),
                path: path.map(str::to_owned),
                function: "F".to_owned(),
                authorizer: None,
                timeout: Duration::from_secs(1),
            }
        };
        Routes::new(keys.iter().map(plan).collect())
    }

    #[test]
    fn the_most_specific_route_takes_the_request() {
        let routes = routes(&[
            "$default",
            "ANY /v1/{proxy+}",
            "GET /v1/reviews/{id}",
            "GET /v1/reviews/mine",
            "ANY /v1/reviews/mine",
            "POST /v1/reviews",
            "GET /v1/reviews/{id}/form",
        ]);
        let table = [
            (Method::GET, "/v1/reviews/mine", "GET /v1/reviews/mine", ""),
            (Method::PUT, "/v1/reviews/mine", "ANY /v1/reviews/mine", ""),
            (Method::GET, "/v1/reviews/7", "GET /v1/reviews/{id}", "id=7"),
            (
                Method::GET,
                "/v1/reviews/7/form",
                "GET /v1/reviews/{id}/form",
                "id=7",
            ),
            (
                Method::PUT,
                "/v1/reviews/7",
                "ANY /v1/{proxy+}",
                "proxy=reviews/7",
            ),
            (Method::POST, "/v1/reviews", "POST /v1/reviews", ""),
            (
                Method::POST,
                "/v1/reviews/",
                "ANY /v1/{proxy+}",
                "proxy=reviews/",
            ),
            (
                Method::GET,
                "/v1/reviews//form",
                "ANY /v1/{proxy+}",
                "proxy=reviews//form",
            ),
            (Method::GET, "/v1", "$default", ""),
            (Method::GET, "/", "$default", ""),
        ];
        for (method, path, key, parameters) in table {
            let found = routes.find(&method, path).expect("there is a default");
            let read: Vec<_> = found
                .parameters
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            assert_eq!(
                (found.route.key.as_str(), read.join(",").as_str()),
                (key, parameters),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn without_a_default_what_no_route_takes_is_not_found() {
        let routes = routes(&["GET /v1/reviews"]);
        assert!(routes.find(&Method::POST, "/v1/reviews").is_none());
        assert!(routes.find(&Method::GET, "/v1/reviews/7").is_none());
        assert!(routes.find(&Method::GET, "/v2/reviews").is_none());
    }
}
