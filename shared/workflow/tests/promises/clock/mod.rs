//! What the clock does, stepped by hand: a sweep looks, a queue holds, a command decides.

mod arrivals;
mod fairness;
mod growth;
mod held;
mod looks;
mod orders;
mod races;
mod reassign;
mod reminders;
mod stage;
mod twice;
mod windows;
