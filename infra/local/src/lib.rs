//! Runs what `infra/template.yaml` deploys, on one machine.

pub mod clock;
pub mod data;
pub mod identity;
pub mod pages;
pub mod services;
