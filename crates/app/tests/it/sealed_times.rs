//! Clocks and overdue lists tell nobody of a sealed field, and leave nobody out because of one.

use app::{AppError, OverdueQuestion, Question};
use serde_json::{Value as Json, json};

use crate::desk::{Desk, clocked};

const CANARY: &str = "canary";

/// A desk with three warnings that nobody answered, two of them with a source.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for (title, source) in
        [("one", json!(CANARY)), ("two", json!("canary two")), ("three", Json::Null)]
    {
        let kind = if source.is_null() { Json::Null } else { json!("rumour") };
        desk.warning(json!({ "title": title, "received_at": "2018-03-10T01:00Z", "admin2": "CF11",
                             "source": source, "source_kind": kind }));
    }
    desk
}

fn said(error: &AppError, field: &str) -> Vec<String> {
    error.findings.iter().map(|finding| finding.to_string().replace(field, "FIELD")).collect()
}

#[test]
fn a_clock_that_names_a_sealed_field_is_refused_as_if_there_were_none() {
    let mut desk = desk();
    let watch = desk.person("watch", &["watch"]);
    let filtered = |filter: String| {
        let mut asked = clocked("received", "arrived", &[]);
        asked.question = Question { filter: Some(filter), ..asked.question };
        asked
    };
    let refused = |field: &str| {
        let asked = [
            clocked("received", "arrived", &[field]),
            filtered(format!("{field} IS NULL")),
            filtered(format!("{field} = '{CANARY}'")),
            filtered(format!("NOT ({field} LIKE 'c%')")),
        ];
        asked.map(|asked| said(&desk.node.clock(&watch, &asked).expect_err("refused"), field))
    };
    for field in ["source", "source_kind"] {
        let codes = |all: [Vec<String>; 4]| {
            all.map(|said| said[0].split(' ').next().unwrap_or_default().to_owned())
        };
        assert_eq!(codes(refused(field)), codes(refused("sourze")), "{field}");
        let told = refused(field).concat().join(" ").replace("source_id", "");
        assert!(!told.contains("source") && !told.contains(CANARY), "{told}");
    }
    let by_it = clocked("received", "arrived", &["source_kind"]);
    assert!(desk.node.clock(&desk.admin, &by_it).is_err(), "nobody is told figures by it");
    let kept = filtered(format!("source = '{CANARY}'"));
    assert_eq!(desk.clock(&desk.admin, &kept)["total"]["count"], json!(1));
}

#[test]
fn clocks_and_overdue_lists_are_the_same_within_and_outside() {
    let mut desk = desk();
    let watch = desk.person("watch", &["watch"]);
    let asked = clocked("received", "arrived", &["admin2", "month"]);
    let (within, outside) = (desk.clock(&desk.admin, &asked), desk.clock(&watch, &asked));
    assert_eq!(within, outside);
    assert_eq!(outside["total"]["count"], json!(3));
    let (within, outside) = (desk.overdue(&desk.admin, false), desk.overdue(&watch, false));
    assert_eq!(within, outside);
    assert_eq!(outside.len(), 3);
    let told = Json::from(outside).to_string();
    assert!(!told.contains("source") && !told.contains(CANARY), "{told}");
    let wrong =
        OverdueQuestion { register: Some("source".to_owned()), ..OverdueQuestion::default() };
    assert!(desk.node.overdue(&watch, &wrong).is_err());
}
