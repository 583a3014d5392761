//! Clocks: how long the records of a register take from one state to another, through the viewer's
//! rights.

use mission::register::{ClockKey, Register, Workflow};
use model::finding::Finding;
use model::id::Name;
use model::limits::{CLOCK_GROUPS_MAX, CLOCK_KEYS_MAX};
use model::time::month_text;
use policy::Viewer;
use serde_json::{Map, Value as Json, json};
use store::{ClockGroup, Clocked, Figures};

use crate::ask::Question;
use crate::error::AppError;
use crate::node::Node;

const SECOND_MS: i64 = 1_000;

/// What a clock is asked.
#[derive(Debug, Clone, Default)]
pub struct ClockQuestion {
    /// Which records; its page is passed over.
    pub question: Question,
    /// The state in which the clock starts.
    pub from: String,
    /// The state in which it stops.
    pub to: String,
    /// What records are told apart by: fields, or `month`.
    pub by: Vec<String>,
}

impl Node {
    /// Median and 90th percentile (nearest rank) of the time between two states, by group, with what
    /// has no time counted apart.
    pub fn clock(&self, viewer: &Viewer, asked: &ClockQuestion) -> Result<Json, AppError> {
        let (register, query) = self.asked(viewer, &asked.question)?;
        let keys = keys(&register, &asked.by);
        let (from, to) = states(&register, asked);
        let mut findings = Vec::new();
        let keys = keys.map_err(|wrong| findings.extend(wrong)).unwrap_or_default();
        let states = from.and_then(|from| Ok((from, to?)));
        let states = states.map_err(|wrong| findings.push(wrong)).ok();
        let Some((from, to)) = states.filter(|_| findings.is_empty()) else {
            return Err(AppError::invalid(findings));
        };
        let fields = keys.iter().filter_map(|key| match key {
            ClockKey::Field(name) => Some(name.clone()),
            ClockKey::Month => None,
        });
        let by_month = keys.contains(&ClockKey::Month);
        let (fields, zone) = (fields.collect(), self.zone());
        let clocked = Clocked { from, to, fields, by_month, zone };
        let counted =
            self.store.clock(viewer, (&register.name, &query), &clocked, CLOCK_GROUPS_MAX)?;
        let Some((groups, total)) = counted else {
            let finding = Finding::error("clock-groups-many").in_column("by");
            return Err(AppError::invalid(vec![finding.with("max", CLOCK_GROUPS_MAX)]));
        };
        let groups: Vec<Json> = groups.iter().map(|group| group_json(&keys, group)).collect();
        Ok(json!({
            "register": register.name.as_str(),
            "from": clocked.from.as_str(),
            "to": clocked.to.as_str(),
            "by": keys.iter().map(ClockKey::word).collect::<Vec<_>>(),
            "groups": groups,
            "total": figures_json(total),
        }))
    }
}

/// What records are told apart by, each once.
fn keys(register: &Register, words: &[String]) -> Result<Vec<ClockKey>, Vec<Finding>> {
    let (mut keys, mut findings) = (Vec::new(), Vec::new());
    for word in words {
        match ClockKey::read(word, register) {
            Ok(key) if keys.contains(&key) => {}
            Ok(key) => keys.push(key),
            Err(finding) => findings.push(finding.in_column("by")),
        }
    }
    if keys.len() > CLOCK_KEYS_MAX {
        let finding = Finding::error("clock-keys-many").in_column("by").with("found", keys.len());
        findings.push(finding.with("max", CLOCK_KEYS_MAX));
    }
    if findings.is_empty() { Ok(keys) } else { Err(findings) }
}

fn states(
    register: &Register,
    asked: &ClockQuestion,
) -> (Result<Name, Finding>, Result<Name, Finding>) {
    let Some(workflow) = &register.workflow else {
        let none = || Finding::error("workflow-none").with("register", &register.name);
        return (Err(none()), Err(none()));
    };
    let from = state(register, workflow, ("from", &asked.from));
    let to = state(register, workflow, ("to", &asked.to));
    match (&from, &to) {
        (Ok(first), Ok(second)) if first == second => {
            let finding = Finding::error("clock-nowhere").in_column("to").with("state", second);
            (from, Err(finding))
        }
        _ => (from, to),
    }
}

fn state(
    register: &Register,
    workflow: &Workflow,
    (key, code): (&str, &str),
) -> Result<Name, Finding> {
    let field = register.form.field(workflow.field.as_str());
    let list = field.and_then(|field| register.lists.get(field.list.as_ref()?));
    let known = || list.iter().flat_map(|list| list.codes()).map(|known| known.code.as_str());
    let unknown = || {
        let near = forms::suggestion::suggestion(code, known());
        let finding = Finding::error("workflow-state-unknown").in_column(key).with("code", code);
        finding.with("list", list.map_or("", |list| list.name.as_str())).with("nearest", near)
    };
    match Name::new(code) {
        Ok(name) if known().any(|known| known == code) => Ok(name),
        _ => Err(unknown()),
    }
}

fn group_json(keys: &[ClockKey], group: &ClockGroup) -> Json {
    let mut fields = group.keys.iter();
    let key = |key: &ClockKey| {
        let value = match key {
            ClockKey::Field(_) => fields.next().cloned().flatten(),
            ClockKey::Month => group.month.map(month_text),
        };
        (key.word().to_owned(), json!(value))
    };
    let key: Map<String, Json> = keys.iter().map(key).collect();
    let mut object = figures_json(group.figures);
    object["key"] = Json::Object(key);
    object
}

/// Whole seconds; what is less than one is left off.
fn figures_json(figures: Figures) -> Json {
    let seconds = |ms: Option<i64>| ms.map(|ms| ms / SECOND_MS);
    json!({
        "count": figures.count,
        "answered": figures.answered,
        "median_s": seconds(figures.median_ms),
        "p90_s": seconds(figures.p90_ms),
        "never_answered": figures.never_answered,
        "still_open": figures.still_open,
        "missing_stamp": figures.missing_stamp,
        "out_of_order": figures.out_of_order,
    })
}
