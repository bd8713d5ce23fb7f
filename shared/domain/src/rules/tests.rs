use super::*;
use crate::{ApplicationType, Window, WindowState};

fn rules(year: &str) -> &'static RuleSet {
    rule_set(year.parse().expect("a year")).expect("a rule set")
}

#[test]
fn every_year_is_read_and_complete() {
    let years: Vec<_> = rule_sets().map(|rules| rules.year.to_string()).collect();
    assert_eq!(years, ["2024", "2023", "2020", "2019", "2017"]);
    for rules in rule_sets() {
        let year = rules.year;
        assert_eq!(rules.categories.len(), 5, "{year}");
        assert_eq!(rules.issues.len(), 5, "{year}");
        assert!(
            rules.issues.iter().all(|issue| issue.example.is_some()),
            "{year}"
        );
        assert_eq!(rules.relationships.len(), 8, "{year}");
        assert_eq!(rules.questions.len(), 6, "{year}");
        assert_eq!(
            rules.denial_reasons.len(),
            if year.to_string() == "2017" { 9 } else { 10 },
            "{year}"
        );
        for name in [
            "preparation",
            "disclosures",
            "certification-clinician",
            "certification-on-behalf",
        ] {
            let text = rules.text(name).expect(name);
            assert!(text.body.len() > 80, "{name}");
            assert_eq!(text.reference.version(), format!("{year}.1"));
        }
    }
    assert!(statement_of_truth().body.len() > 80);
}

#[test]
fn the_table_of_years() {
    // domain.md C, row by row.
    let row = |year| {
        let rules = rules(year);
        (
            rules.document_days,
            rules.application_types.len(),
            rules.reporting_options.len(),
            rules.text("reasons").is_some(),
            rules.draft_complete,
        )
    };
    assert_eq!(row("2017"), (None, 2, 0, false, false));
    assert_eq!(row("2019"), (Some(30), 5, 0, false, true));
    assert_eq!(row("2020"), (Some(30), 5, 0, false, true));
    assert_eq!(row("2023"), (Some(30), 5, 3, true, false));
    assert_eq!(row("2024"), (Some(15), 5, 3, true, false));
    for rules in rule_sets() {
        let has = |kind| rules.application_types.contains(&kind);
        let year = i64::from(rules.year);
        assert_eq!(has(ApplicationType::Unknown), (2019..=2020).contains(&year));
        assert_eq!(has(ApplicationType::Subgroup), year >= 2023);
        assert_eq!(has(ApplicationType::ApmEntity), year >= 2019);
        assert_eq!(rules.reasons.is_empty(), rules.text("reasons").is_none());
        assert_eq!(rules.mvps.is_empty(), rules.reporting_options.is_empty());
        assert_eq!(rules.additional_adjustment, year <= 2022);
        assert_eq!(i64::from(rules.keep_until.year()), year + 6);
    }
}

#[test]
fn every_announced_close_to_the_millisecond() {
    // domain.md C: the close as last announced, in UTC.
    for (year, close) in [
        ("2017", "2018-10-16T00:00:00Z"),
        ("2019", "2020-10-06T00:00:00Z"),
        ("2020", "2021-11-30T01:00:00Z"),
        ("2023", "2024-10-12T00:00:00Z"),
        ("2024", "2025-11-15T01:00:00Z"),
    ] {
        let close: jiff::Timestamp = close.parse().expect("an instant");
        let state = |milliseconds: i64| {
            let at = close + jiff::SignedDuration::from_millis(milliseconds);
            Window::at(at, &rules(year).window).state()
        };
        assert_eq!(state(-1), WindowState::Open(Some(close)), "{year}");
        assert_eq!(state(0), WindowState::Closed(close), "{year}");
        assert_eq!(state(1), WindowState::Closed(close), "{year}");
    }
}

#[test]
fn an_extension_holds_from_the_day_it_was_published() {
    for (year, first_close, before, after) in [
        (
            "2017",
            "2018-10-01T00:00:00Z",
            "2018-09-28T03:59:59.999Z",
            "2018-09-28T04:00:00Z",
        ),
        (
            "2020",
            "2021-10-02T00:00:00Z",
            "2021-09-30T03:59:59.999Z",
            "2021-09-30T04:00:00Z",
        ),
    ] {
        let closes =
            |at: &str| Window::at(at.parse().expect("an instant"), &rules(year).window).closes();
        let first = first_close.parse().ok();
        assert_eq!(closes(before), first, "{year}");
        assert_ne!(closes(after), first, "{year}");
    }
}

#[test]
fn a_window_of_unknown_opening_is_open_once_it_is_known() {
    let state =
        |at: &str| Window::at(at.parse().expect("an instant"), &rules("2017").window).state();
    assert_eq!(state("2018-07-01T03:59:59.999Z"), WindowState::Unannounced);
    assert!(matches!(
        state("2018-07-01T04:00:00Z"),
        WindowState::Open(Some(_))
    ));
}

#[test]
fn messages_are_shown_on_their_days_in_new_york() {
    let shown = |at: &str| {
        rules("2024")
            .announced(at.parse().expect("an instant"))
            .count()
    };
    assert_eq!(shown("2025-10-01T03:59:59Z"), 0);
    assert_eq!(shown("2025-10-01T04:00:00Z"), 1);
    assert_eq!(shown("2025-11-13T04:59:59Z"), 1);
    assert_eq!(shown("2025-11-13T05:00:00Z"), 0);
}

#[test]
fn an_unknown_year_names_the_known_ones() {
    let refused = rule_set("2016".parse().expect("a year")).expect_err("no rule set");
    assert_eq!(
        refused.to_string(),
        "there are no rules for performance year 2016; known years: 2024, 2023, 2020, 2019, 2017"
    );
}
