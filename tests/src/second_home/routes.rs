//! Routes and authoriser of the HTTP API. ministack makes the API, but does not import its description: so each path of the
//! deployed template becomes a route here, with the function and the authoriser that it names.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::deployment::Deployment;
use crate::signed;

/// What was made.
pub(super) struct Routes {
    /// Where the API answers.
    pub(super) url: String,
    /// How many routes it has.
    pub(super) count: usize,
}

/// Makes them.
///
/// # Panics
/// When a route is described in a way that is unknown here, or refused.
pub(super) fn create(deployment: &Deployment) -> Routes {
    let api = Api {
        deployment,
        id: deployment.resource("Api"),
    };
    let description = &deployment.template["Resources"]["Api"]["Properties"]["Body"];
    let authorizers = api.authorizers(&description["components"]["securitySchemes"]);
    let mut integrations = BTreeMap::new();
    let mut count = 0;
    for (path, methods) in description["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let function = function_of(operation);
            let integration = integrations
                .entry(function.clone())
                .or_insert_with(|| api.integration(&function));
            let mut route = json!({
                "routeKey": format!("{} {path}", method.to_uppercase()),
                "target": format!("integrations/{integration}"),
            });
            let security = operation["security"][0].as_object();
            for scheme in security.into_iter().flat_map(serde_json::Map::keys) {
                if let Some(authorizer) = authorizers.get(scheme) {
                    route["authorizationType"] = json!("JWT");
                    route["authorizerId"] = json!(authorizer);
                }
            }
            api.makes("routes", &route);
            count += 1;
        }
    }
    Routes {
        url: format!("{}/_aws/execute-api/{}/$default", deployment.home, api.id),
        count,
    }
}

struct Api<'a> {
    deployment: &'a Deployment,
    id: &'a str,
}

impl Api<'_> {
    /// Ids by name.
    fn authorizers(&self, schemes: &Value) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for (name, scheme) in schemes.as_object().into_iter().flatten() {
            let told = &scheme["x-amazon-apigateway-authorizer"];
            // `NONE` of a route is a scheme, too, and has none.
            if told["type"] != "jwt" {
                continue;
            }
            let jwt = &told["jwtConfiguration"];
            let audience = jwt["audience"].as_array().into_iter().flatten();
            let audience: Vec<_> = audience.map(|one| self.deployment.resolved(one)).collect();
            let made = self.makes(
                "authorizers",
                &json!({
                    "name": name,
                    "authorizerType": "JWT",
                    "identitySource": [told["identitySource"]],
                    "jwtConfiguration": {
                        "issuer": self.deployment.resolved(&jwt["issuer"]),
                        "audience": audience,
                    },
                }),
            );
            all.insert(name.clone(), text(&made, "authorizerId"));
        }
        all
    }

    fn integration(&self, function: &str) -> String {
        let name = self.deployment.resource(function);
        let made = self.makes(
            "integrations",
            &json!({
                "integrationType": "AWS_PROXY",
                "integrationUri": format!("arn:aws:lambda:us-east-1:000000000000:function:{name}"),
                "payloadFormatVersion": "2.0",
            }),
        );
        text(&made, "integrationId")
    }

    fn makes(&self, what: &str, body: &Value) -> Value {
        let url = format!("{}/v2/apis/{}/{what}", self.deployment.home, self.id);
        let headers = [("content-type", "application/json")];
        let reply = signed::send("POST", "apigateway", &url, &headers, &body.to_string());
        reply.expect(201).body
    }
}

/// The function that an operation is integrated with, by its logical name.
fn function_of(operation: &Value) -> String {
    let uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"].as_str();
    let named = uri.and_then(|uri| uri.split_once("functions/${")?.1.split_once(".Arn}"));
    let (name, _) = named.unwrap_or_else(|| panic!("no function is named: {operation}"));
    name.to_owned()
}

fn text(made: &Value, name: &str) -> String {
    made[name]
        .as_str()
        .expect("what was made has an id")
        .to_owned()
}
