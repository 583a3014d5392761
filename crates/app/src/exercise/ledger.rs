//! The truth about the background up to the loaded day, and what the node makes of it.

use std::collections::BTreeSet;

use mission::exercise::Exercise;
use mission::exercise::background::{Background, Event};
use mission::register::Register;
use policy::Viewer;
use serde_json::{Value as Json, json};

use super::background::{id, key_column, tally};
use crate::accounts::must_administer;
use crate::ask::Question;
use crate::error::AppError;
use crate::node::Node;

impl Node {
    /// Every row of the background that was told of by the loaded day with the truth about it, the totals of
    /// the truth, and the same totals as the node has them.
    pub fn exercise_ledger(&self, viewer: &Viewer) -> Result<Json, AppError> {
        must_administer(viewer)?;
        let exercise = self.exercise_of_pack()?;
        let day = self.loaded_day(&exercise)?;
        let Some(background) = &exercise.background else {
            return Ok(json!({ "name": exercise.name.as_str(), "day": day, "rows": [] }));
        };
        let events = self.told_events(&exercise, background, day)?;
        // On day 0 nobody is there yet to look.
        let node = if day == 0 {
            Json::Null
        } else {
            let by = self.user_named(background.person.name.as_str())?;
            self.counted(&self.viewer_of(&by), background, &events)?
        };
        Ok(json!({
            "name": exercise.name.as_str(),
            "day": day,
            "seed": background.seed,
            "register": background.register.as_str(),
            "truth": truth(&events, &self.withdrawn(&exercise, &events, day)),
            "node": node,
            "rows": events.iter().map(row).collect::<Json>(),
        }))
    }

    /// The rows told of by the end of a day.
    fn told_events(
        &self,
        exercise: &Exercise,
        background: &Background,
        day: u16,
    ) -> Result<Vec<Event>, AppError> {
        let zone = self.zone();
        let begins = exercise.begins(1, &zone);
        let mut events = background.events(&*self.places()?, begins, exercise.days);
        events.retain(|event| day > 0 && event.reported <= exercise.ends(day, &zone));
        Ok(events)
    }

    fn withdrawn<'e>(&self, exercise: &Exercise, events: &'e [Event], day: u16) -> Vec<&'e Event> {
        let ends = exercise.ends(day, &self.zone());
        let by_then = |event: &&Event| event.withdrawn.is_some_and(|at| at <= ends);
        events.iter().filter(by_then).collect()
    }

    /// Every record of the background that somebody sees, and of which more is true.
    pub(super) fn drawn(
        &self,
        by: &Viewer,
        (register, background): (&Register, &Background),
        more: &str,
    ) -> Result<Vec<Json>, AppError> {
        let question = Question {
            register: register.name.to_string(),
            filter: Some(format!("{} LIKE '{}%'{more}", key_column(register), background.key)),
            limit: model::limits::PAGE_MAX,
            ..Question::default()
        };
        let mut records = Vec::new();
        loop {
            let page = Question { offset: records.len(), ..question.clone() };
            let answer = self.ask(by, &page)?;
            records.extend(answer.records.iter().map(|record| answer.json(record)));
            if !answer.more {
                return Ok(records);
            }
        }
    }

    /// What the node has of these rows, as the keeper of the log sees it.
    fn counted(
        &self,
        by: &Viewer,
        background: &Background,
        events: &[Event],
    ) -> Result<Json, AppError> {
        let register = self.register(&background.register)?;
        let level = usize::from(background.level).saturating_sub(1);
        let area = register.area_fields.get(level);
        let records = self.drawn(by, (register, background), "")?;
        let text = |record: &Json, field: Option<&model::id::Name>| {
            let value = field.and_then(|field| record[field.as_str()].as_str());
            value.unwrap_or("-").to_owned()
        };
        let state = register.workflow.as_ref().map(|workflow| &workflow.field);
        let marked = background.withdraw.last().zip(register.workflow.as_ref());
        let marked = marked.and_then(|((step, _), workflow)| workflow.transition(step.as_str()));
        let is_marked =
            |record: &&Json| marked.is_some_and(|step| text(record, state) == step.to.as_str());
        let merged = events.iter().filter(|event| event.again.is_some());
        let ids: BTreeSet<&str> =
            records.iter().filter_map(|record| record["id"].as_str()).collect();
        let standing = |event: &&Event| ids.contains(id(register, event).to_string().as_str());
        let not_found = merged.clone().filter(standing).count();
        Ok(json!({
            "records": records.len(),
            "by_area": tally(records.iter().map(|record| text(record, area))),
            "withdrawn": records.iter().filter(is_marked).count(),
            "duplicates_merged": merged.count() - not_found,
            "duplicates_not_found": not_found,
        }))
    }
}

fn truth(events: &[Event], withdrawn: &[&Event]) -> Json {
    let first = || events.iter().filter(|event| event.again.is_none());
    let faults =
        first().filter_map(|event| event.told_at).map(|(fault, _)| fault.code().to_owned());
    json!({
        "events": first().count(),
        "by_area": tally(first().map(|event| event.area.clone())),
        "duplicates": events.iter().filter(|event| event.again.is_some()).count(),
        "wrong_grids": tally(faults),
        "late": first().filter(|event| event.is_late).count(),
        "withdrawn": withdrawn.len(),
    })
}

fn row(event: &Event) -> Json {
    json!({
        "key": event.key,
        "occurred": event.occurred.to_string(),
        "reported": event.reported.to_string(),
        "area": event.area,
        "place": [event.position.lon_text(), event.position.lat_text()],
        "told_at": event.told_at.map(|(_, at)| [at.lon_text(), at.lat_text()]),
        "fault": event.told_at.map(|(fault, _)| fault.code()),
        "again": event.again,
        "late": event.is_late,
        "withdrawn": event.withdrawn.map(|at| at.to_string()),
        "values": event.values,
    })
}
