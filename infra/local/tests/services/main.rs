//! The embedded services through the real SDK, and the pages: what a function and a person see of them.

mod cors;
mod grants;
mod mail;
mod objects;
mod pages;
mod permissions;
mod place;
mod queues;
mod reports;
mod restart;
mod schedules;
mod tables;
mod uploads;
mod versions;
