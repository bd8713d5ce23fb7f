//! What the review team does with a request: it looks, notes, labels, searches, and is shown the full TIN.

use scenarios::Door;
use serde_json::json;

pub(crate) fn works_on(reviewer: &Door, id: &str) {
    reviewer.team_sees(id, "").expect(200);
    let note = json!({ "text": "The verbena called about 918273645." });
    reviewer.team_does(id, "/notes", &note).expect(200);
    let label = json!({ "name": "jacaranda", "audience": "internal" });
    reviewer.team_does(id, "/labels", &label).expect(200);
    let revealed = reviewer.team_does(id, "/tin", &json!({})).expect(200);
    let tin = revealed.text_at("/tins/0/tin");
    assert!(["918273645", "827364519"].contains(&tin), "{tin}");
    for part in ["/notes", "/comments", "/history", "/notices", "/same-party"] {
        reviewer.team_sees(id, part).expect(200);
    }
    let wrong = json!({ "items": [{ "what": "The heliotrope", "kind": "Marigold" }] });
    reviewer.team_does(id, "/documents", &wrong).expect(422);
    let wrong = json!({ "subject": "Marigold", "email": "columbine" });
    reviewer.team_does(id, "/assign", &wrong).expect(422);
    for (by, value, status) in [
        ("npi", "1987654320", 200),
        ("tin", "918273645", 200),
        ("tin", "73645-1982", 422),
        ("Marigold", "heliotrope", 422),
    ] {
        let sought = json!({ "by": by, "value": value });
        let ask = reviewer.ask("POST", "/v1/team/search").json(&sought);
        ask.send().expect(status);
    }
    reviewer.get("/v1/team/queue?label=jacaranda").expect(200);
    reviewer.get("/v1/team/queue?before=Marigold").expect(400);
}
