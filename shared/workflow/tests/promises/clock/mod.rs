//! What the clock does, stepped by hand: a sweep looks, a queue holds, a command decides.

mod fairness;
mod growth;
mod held;
mod looks;
mod orders;
mod races;
mod reminders;
mod stage;
mod twice;
mod windows;
