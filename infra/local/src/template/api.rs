//! `AWS::Serverless::HttpApi`: whose tokens it accepts.

use std::collections::BTreeMap;

use super::{
    Fault,
    plan::JwtAuthorizer,
    properties::{NoEffect, Properties},
    yaml::Node,
};

const WITHOUT_EFFECT: &[NoEffect] = &[
    ("Description", "for readers"),
    ("FailOnWarnings", "a setting of the deployment"),
    (
        "AccessLogSettings",
        "the functions' own logs are files in the data folder",
    ),
    (
        "DefaultRouteSettings",
        "nobody but you calls: one machine refuses no request for its number, and gathers no metrics",
    ),
    (
        "RouteSettings",
        "nobody but you calls: one machine refuses no request for its number, and gathers no metrics",
    ),
    ("Tags", "for bills"),
];

/// One HTTP API.
pub(super) struct Api {
    pub(super) id: String,
    authorizers: BTreeMap<String, JwtAuthorizer>,
    default: Option<String>,
}

impl Api {
    /// The authoriser of an event whose `Auth.Authorizer` is `named`: its own, the default, or with `NONE` nobody.
    pub(super) fn authorizer(&self, named: Option<&Node>) -> Result<Option<JwtAuthorizer>, Fault> {
        let name = match named {
            Some(node) if node.text()? == "NONE" => return Ok(None),
            Some(node) => Some((node.text()?, node)),
            None => None,
        };
        match (name, &self.default) {
            (Some((name, node)), _) => match self.authorizers.get(name) {
                Some(found) => Ok(Some(found.clone())),
                None => Err(node.fault(format!("{} has no authorizer called {name}", self.id))),
            },
            (None, Some(default)) => Ok(self.authorizers.get(default).cloned()),
            (None, None) => Ok(None),
        }
    }
}

/// Reads the properties of the API `id`.
pub(super) fn read(id: &str, node: &Node) -> Result<Api, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(WITHOUT_EFFECT);
    let mut api = Api {
        id: id.to_owned(),
        authorizers: BTreeMap::new(),
        default: None,
    };
    if let Some(stage) = properties.take("StageName")
        && stage.text()? != "$default"
    {
        return Err(stage.fault(
            "only the stage $default is served here: others put their name before every path",
        ));
    }
    if let Some(auth) = properties.take("Auth") {
        let mut auth = Properties::of(auth)?;
        for (name, node) in auth
            .take("Authorizers")
            .map(Node::map)
            .transpose()?
            .unwrap_or_default()
        {
            api.authorizers.insert(name.clone(), jwt(node)?);
        }
        if let Some(default) = auth.take("DefaultAuthorizer") {
            let name = default.text()?;
            if !api.authorizers.contains_key(name) {
                return Err(default.fault(format!("no authorizer is called {name}")));
            }
            api.default = Some(name.to_owned());
        }
        auth.finish()?;
    }
    properties.finish()?;
    Ok(api)
}

fn jwt(node: &Node) -> Result<JwtAuthorizer, Fault> {
    let mut authorizer = Properties::of(node)?;
    let source = authorizer.need("IdentitySource")?;
    if source.text()? != "$request.header.Authorization" {
        return Err(source.fault("tokens are read from $request.header.Authorization only"));
    }
    let mut jwt = Properties::of(authorizer.need("JwtConfiguration")?)?;
    let issuer = jwt.need("issuer")?.text()?.to_owned();
    let audiences = jwt.need("audience")?.list()?.iter();
    let audiences = audiences
        .map(|node| node.text().map(str::to_owned))
        .collect::<Result<_, _>>()?;
    jwt.finish()?;
    authorizer.finish()?;
    Ok(JwtAuthorizer { issuer, audiences })
}
