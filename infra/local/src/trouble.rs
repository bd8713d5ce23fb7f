//! What may go wrong on purpose: disturbances that AWS promises nobody to be free of, for tests and for people who want
//! to see that nothing is lost by them.
//!
//! They change how events are delivered, what mail is taken and what a process finds in its environment; never what is
//! wired to what, which only the template says.

use std::num::NonZeroU32;

use crate::services::Mood;

/// Arguments that ask for trouble; the default is none.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Trouble on purpose")]
pub(crate) struct Trouble {
    /// Delivers events worse than usual; may be repeated.
    #[arg(long, value_name = "HOW")]
    pub(crate) disturb: Vec<Disturbance>,
    /// Gives the processes of a function one more variable, as in NotifyFunction=CRASH_AT=after-send; may be repeated.
    #[arg(long = "fault", value_name = "FUNCTION=NAME=VALUE", value_parser = fault)]
    pub(crate) faults: Vec<Fault>,
    /// Refuses mail beyond so many in a second of the machine's clock, as SES does: "Maximum sending rate exceeded."
    #[arg(long, value_name = "MAILS PER SECOND")]
    pub(crate) mail_rate: Option<NonZeroU32>,
    /// How the stand-in for GuardDuty is, which looks at every object; POST /_local/scanner changes it while all runs.
    #[arg(long, value_name = "MOOD", value_enum, default_value_t)]
    pub(crate) scanner: Mood,
}

/// A way to deliver events that nobody would choose, and everybody must bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Disturbance {
    /// Every batch of a queue or a stream is delivered twice in a row, and the second time counts.
    Duplicate,
    /// What was received of a queue together is handed on the newest first.
    Reverse,
}

/// A variable for the processes of one function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) function: String,
    pub(crate) name: String,
    pub(crate) value: String,
}

/// How events are delivered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Delivery {
    pub(crate) duplicate: bool,
    pub(crate) reverse: bool,
}

impl Trouble {
    pub(crate) fn delivery(&self) -> Delivery {
        Delivery {
            duplicate: self.disturb.contains(&Disturbance::Duplicate),
            reverse: self.disturb.contains(&Disturbance::Reverse),
        }
    }
}

fn fault(text: &str) -> Result<Fault, String> {
    let parts = text
        .split_once('=')
        .and_then(|(function, rest)| Some((function, rest.split_once('=')?)));
    match parts {
        Some((_, (name, _))) if name.starts_with("AWS_") => {
            Err("names that begin with AWS_ belong to the Lambda service".to_owned())
        }
        Some((function, (name, value))) if !function.is_empty() && !name.is_empty() => Ok(Fault {
            function: function.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
        }),
        Some(_) | None => Err("a fault is given as FUNCTION=NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_function_and_variable() {
        let expected = Fault {
            function: "NotifyFunction".to_owned(),
            name: "CRASH_AT".to_owned(),
            value: "after=send".to_owned(),
        };
        assert_eq!(fault("NotifyFunction=CRASH_AT=after=send"), Ok(expected));
        for wrong in [
            "",
            "NotifyFunction",
            "NotifyFunction=CRASH_AT",
            "=A=b",
            "F==b",
            "F=AWS_REGION=x",
        ] {
            assert!(fault(wrong).is_err(), "{wrong}");
        }
    }
}
