//! Evidence on the real stack: files made by real tools, sent by real HTTP PUTs, checked, refused and fetched (domain.md #38).

mod accepted;
#[cfg(target_os = "linux")]
mod memory;
mod refused;
mod store;
mod trouble;
