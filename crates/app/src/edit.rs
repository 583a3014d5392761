//! Making, changing and settling records by hand.
//!
//! An edit overwrites exactly what its author could see; to change a record the viewer must be
//! allowed on it as it was and as it will be.

use std::collections::BTreeMap;

use forms::answer::parse_answer;
use journal::{Act, Comment, Content, Edit, Lane, Operation, Seen};
use mission::register::Register;
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use model::value::Value;
use policy::{Action, RegisterSchema, Viewer};
use store::Whole;

use crate::error::{AppError, Kind};
use crate::import::ByName;
use crate::node::Node;

/// The values of some fields.
pub(crate) type Values = BTreeMap<Name, Option<Value>>;

/// How a conflict is settled.
#[derive(Debug, Clone)]
pub enum Choice {
    /// With the value of one of the entries.
    Entry(EntryId),
    /// With another value, as text; an empty text clears the field.
    Value(String),
}

impl Node {
    /// Makes a record from texts by field.
    pub fn create_record(
        &mut self,
        viewer: &Viewer,
        register: &str,
        answers: &[(String, String)],
        reason: Option<String>,
    ) -> Result<RecordId, AppError> {
        let register = self.register(register)?.clone();
        let mut values = parse_answers(&register, answers)?;
        classify(&register, &mut values);
        self.check_whole(&register, &values)?;
        allow(viewer, Action::Create, &register, &values)?;
        let mut bytes = [0; 16];
        self.environment.randomness.fill(&mut bytes);
        let id = RecordId::from_bytes(bytes);
        let edits = values.into_iter().filter_map(|(field, value)| {
            let content = Content::Plain(Some(value?));
            Some(Edit { field, content, overwrites: Vec::new() })
        });
        let edits = edits.collect();
        self.set(viewer, (&register.name, id), edits, reason)?;
        Ok(id)
    }

    /// Changes fields of a record, given as texts; an empty text clears its field. Fields that
    /// already hold what is given stay untouched; how many changed.
    pub fn edit_record(
        &mut self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        answers: &[(String, String)],
        reason: Option<String>,
    ) -> Result<usize, AppError> {
        let whole = self.live(viewer, register, id)?;
        let register = self.register(register)?.clone();
        let changes = parse_answers(&register, answers)?;
        let before = shown(&register, &whole);
        let mut after = before.clone();
        after.extend(changes.clone());
        allow(viewer, Action::Edit, &register, &before)?;
        self.check_whole(&register, &after)?;
        allow(viewer, Action::Edit, &register, &after)?;
        let state = whole.state();
        let effective = changes.into_iter().filter(|(field, value)| {
            before.get(field) != Some(value) || state.conflicts().any(|name| name == field)
        });
        let edits: Vec<Edit> = effective
            .map(|(field, value)| Edit {
                overwrites: entries_of(state.fields.get(&field)),
                content: Content::Plain(value),
                field,
            })
            .collect();
        let count = edits.len();
        if count > 0 {
            self.set(viewer, (&register.name, whole.id), edits, reason)?;
        }
        Ok(count)
    }

    /// Settles a field's conflict for good; the reason and who did it stay with the record.
    pub fn settle(
        &mut self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        (field, choice): (&str, &Choice),
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let whole = self.live(viewer, register, id)?;
        let register = self.register(register)?.clone();
        let before = shown(&register, &whole);
        allow(viewer, Action::Settle, &register, &before)?;
        let state = whole.state();
        let name = state.conflicts().find(|name| name.as_str() == field).cloned();
        let name = name.ok_or_else(|| {
            let finding = Finding::error("no-conflict").in_column(field).with("field", field);
            let open: Vec<&str> = state.conflicts().map(Name::as_str).collect();
            AppError::new(Kind::Conflict, finding.with("open", open.join(", ")))
        })?;
        let seen = state.fields.get(&name).map_or(&[][..], Vec::as_slice);
        let content = chosen(&register, &name, seen, choice)?;
        let mut after = before;
        if let Content::Plain(value) = &content {
            after.insert(name.clone(), value.clone());
        }
        self.check_whole(&register, &after)?;
        allow(viewer, Action::Settle, &register, &after)?;
        let overwrites = seen.iter().map(|seen| seen.entry).collect();
        let edits = vec![Edit { field: name, content, overwrites }];
        self.set(viewer, (&register.name, whole.id), edits, reason)
    }

    /// Says something about a record.
    pub fn comment(
        &mut self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        text: &str,
    ) -> Result<(), AppError> {
        let whole = self.whole(viewer, register, id)?;
        let register = self.register(register)?;
        allow(viewer, Action::Comment, register, &shown(register, &whole))?;
        let comment =
            Comment { text: text.to_owned(), field: None, answers: None, overwrites: Vec::new() };
        let operation = self.operation(viewer.user, Act::Comment(comment));
        self.append(Lane::Routine, &[Operation { record: Some(whole.id), ..operation }])
    }

    /// Deletes a record: it leaves every list, its history stays.
    pub fn delete_record(
        &mut self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let whole = self.live(viewer, register, id)?;
        let register = self.register(register)?;
        allow(viewer, Action::Delete, register, &shown(register, &whole))?;
        let state = whole.state();
        let mut overwrites: Vec<EntryId> =
            state.fields.values().flatten().map(|seen| seen.entry).collect();
        overwrites.sort_unstable();
        overwrites.dedup();
        let operation = self.operation(viewer.user, Act::Delete { overwrites });
        self.append(Lane::Routine, &[Operation { record: Some(whole.id), reason, ..operation }])
    }

    /// A record that is there to be changed. An edit brings a deleted record back, which is for those
    /// who could not know.
    fn live(&self, viewer: &Viewer, register: &str, id: &str) -> Result<Whole, AppError> {
        let whole = self.whole(viewer, register, id)?;
        if whole.deleted {
            let finding = Finding::error("record-deleted").with("record", whole.id);
            return Err(AppError::new(Kind::Conflict, finding));
        }
        Ok(whole)
    }

    fn set(
        &mut self,
        viewer: &Viewer,
        (register, id): (&Name, RecordId),
        edits: Vec<Edit>,
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let act = Act::Set { register: register.clone(), edits };
        let operation = self.operation(viewer.user, act);
        self.append(Lane::Routine, &[Operation { record: Some(id), reason, ..operation }])
    }

    fn check_whole(&self, register: &Register, values: &Values) -> Result<(), AppError> {
        let day =
            register.time_field.as_ref().and_then(|field| match values.get(field)?.as_ref()? {
                Value::Time(time) => Some(time.date()),
                Value::Date(date) => Some(*date),
                _ => None,
            });
        let day = day.unwrap_or_else(|| self.environment.clock.now().date());
        let findings = forms::check::check(&register.form, &register.lists, values, day);
        if findings.is_empty() { Ok(()) } else { Err(AppError::invalid(findings)) }
    }
}

/// Texts by field as values; every finding at once.
fn parse_answers(register: &Register, answers: &[(String, String)]) -> Result<Values, AppError> {
    let mut values = Values::new();
    let mut findings = Vec::new();
    for (name, text) in answers {
        let Some(field) = register.form.field(name) else {
            findings.push(forms::check::unknown_field(&register.form, name));
            continue;
        };
        match parse_answer(field, text) {
            Ok(value) => {
                values.insert(field.name.clone(), value);
            }
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(values) } else { Err(AppError::invalid(findings)) }
}

/// A record that does not say how it is classified is what its register says.
fn classify(register: &Register, values: &mut Values) {
    let field = register.form.field(policy::CLASSIFICATION);
    let Some(field) = field else { return };
    let value = values.entry(field.name.clone()).or_default();
    if value.is_none() {
        *value = Some(Value::Code(register.classification.code().to_owned()));
    }
}

fn shown(register: &Register, whole: &Whole) -> Values {
    let names = register.form.fields().iter().map(|field| field.name.clone());
    names.zip(whole.values.iter().cloned()).collect()
}

fn entries_of(seen: Option<&Vec<Seen<'_, Content>>>) -> Vec<EntryId> {
    seen.map_or(&[][..], Vec::as_slice).iter().map(|seen| seen.entry).collect()
}

fn chosen(
    register: &Register,
    name: &Name,
    seen: &[Seen<'_, Content>],
    choice: &Choice,
) -> Result<Content, AppError> {
    match choice {
        Choice::Entry(entry) => {
            let taken = seen.iter().find(|seen| seen.entry == *entry);
            taken.map(|seen| seen.content.clone()).ok_or_else(|| {
                let finding = Finding::error("conflict-entry-unknown").with("entry", entry);
                AppError::invalid(vec![finding.with("field", name)])
            })
        }
        Choice::Value(text) => {
            let values = parse_answers(register, &[(name.to_string(), text.clone())])?;
            Ok(Content::Plain(values.into_values().next().flatten()))
        }
    }
}

fn allow(
    viewer: &Viewer,
    action: Action,
    register: &Register,
    values: &Values,
) -> Result<(), AppError> {
    let schema = RegisterSchema {
        name: &register.name,
        schema: register,
        area_fields: &register.area_fields,
    };
    if viewer.decide(action, &schema, &ByName(values)).allowed {
        return Ok(());
    }
    let finding =
        Finding::error("not-allowed").with("action", action).with("register", &register.name);
    Err(AppError::new(Kind::DeniedOrAbsent, finding))
}
