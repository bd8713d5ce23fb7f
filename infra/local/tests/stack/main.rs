//! The program as a whole: started on small templates, with real processes, asked through its doors.

mod harness;
mod http;
mod lifetime;
mod queue;
mod refusals;
mod schedule;
mod services;
mod stream;
mod trouble;
