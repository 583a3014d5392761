//! Registers as documents: their form, lists and workflow, and what the viewer may do with them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use filter::Filter;
use forms::form::{Field, Group};
use forms::labels::Labels;
use forms::list::CodeList;
use mission::register::{ClockKey, Deadline, Escalation, Register, StateClock, Workflow};
use model::finding::Finding;
use model::id::Name;
use model::time::Date;
use model::value::FieldType;
use policy::{Action, RegisterSchema, Viewer};
use serde_json::{Map, Value as Json, json};
use store::Query;

use crate::error::AppError;
use crate::node::Node;

const SECOND_MS: i64 = 1_000;

/// What can be done in a register, in the order people are told.
const CAN: [Action; 10] = [
    Action::Read,
    Action::Export,
    Action::Create,
    Action::Edit,
    Action::Transition,
    Action::Comment,
    Action::Settle,
    Action::Attach,
    Action::Import,
    Action::Delete,
];

impl Node {
    /// The registers the viewer may read or file into, with the number of records they may read.
    pub fn registers_json(&self, viewer: &Viewer, language: &str) -> Result<Json, AppError> {
        let mut all = Vec::new();
        for register in self.open_to(viewer, &[Action::Read, Action::Create]) {
            all.push(json!({
                "name": register.name.as_str(),
                "title": register.labels.get(language),
                "count": self.all(viewer, register)?,
                "can": can(viewer, register),
            }));
        }
        Ok(Json::Array(all))
    }

    /// A register with all that a form, a list and a filter need.
    pub fn register_json(
        &self,
        viewer: &Viewer,
        name: &str,
        language: &str,
    ) -> Result<Json, AppError> {
        let register = &*self.form_for(viewer, self.register_for(viewer, name)?)?;
        let closed = self.store.table(&register.name)?.closed(viewer, Action::Read);
        let words = Telling { language, closed: &closed };
        let today = self.now().date();
        let one = |name: &Option<Name>| name.as_ref().map(Name::to_string);
        let lists: Map<String, Json> = register
            .lists
            .iter()
            .map(|(name, list)| (name.to_string(), list_json(list, language, today)))
            .collect();
        let sums = register.cube.as_ref().map_or_else(Vec::new, |cube| names(&cube.sums));
        Ok(json!({
            "name": register.name.as_str(),
            "title": register.labels.get(language),
            "time_field": one(&register.time_field),
            "place_field": one(&register.place_field),
            "title_field": one(&register.title_field),
            "key_field": one(&register.key_field),
            "area_fields": names(&register.area_fields),
            "list_columns": names(&register.list_columns),
            "search_fields": names(&register.search_fields),
            "classification": register.classification.code(),
            "caveat": register.caveat.as_ref().map(Name::as_str),
            "symbol": symbol_json(register, self.pack().exercise),
            "can": can(viewer, register),
            "form": words.fields(register.form.fields(), register.form.groups()),
            "lists": lists,
            "workflow": register.workflow.as_ref().map(|known| workflow_json(known, language)),
            "clocks": register.clocks.iter().map(|clock| clock_json(clock, language)).collect::<Vec<_>>(),
            "sums": sums,
        }))
    }

    /// A register the viewer may read or file into; any other is unknown to them.
    pub fn register_for(&self, viewer: &Viewer, name: &str) -> Result<&Register, AppError> {
        self.register_open_to(viewer, &[Action::Read, Action::Create], name)
    }

    /// A register with the fields a viewer's form has: whoever may make records may fill in what is
    /// sealed, and need not be able to read it afterwards.
    pub(crate) fn form_for<'r>(
        &self,
        viewer: &Viewer,
        register: &'r Register,
    ) -> Result<Cow<'r, Register>, AppError> {
        if viewer.may_ever(Action::Create, &schema(register)) {
            return Ok(Cow::Borrowed(register));
        }
        self.seen_by(viewer, Action::Read, register)
    }

    /// A register of which the viewer may read anything at all, as they see it; any other is unknown
    /// to them.
    pub fn readable_register(
        &self,
        viewer: &Viewer,
        name: &str,
    ) -> Result<Cow<'_, Register>, AppError> {
        let register = self.register_open_to(viewer, &[Action::Read], name)?;
        self.seen_by(viewer, Action::Read, register)
    }

    /// The registers of which the viewer may read anything at all, as they see them, in the order of
    /// their names.
    pub fn readable(&self, viewer: &Viewer) -> Vec<Cow<'_, Register>> {
        let readable = self.open_to(viewer, &[Action::Read]);
        readable.filter_map(|known| self.seen_by(viewer, Action::Read, known).ok()).collect()
    }

    /// The registers in which the viewer may do one of these to anything at all.
    pub(crate) fn open_to(
        &self,
        viewer: &Viewer,
        actions: &[Action],
    ) -> impl Iterator<Item = &Register> {
        self.pack().registers.values().filter(move |known| is_open(viewer, actions, known))
    }

    /// A register that is closed to the viewer and one that is not there are unknown in the same
    /// words, which name open ones only.
    fn register_open_to(
        &self,
        viewer: &Viewer,
        actions: &[Action],
        name: &str,
    ) -> Result<&Register, AppError> {
        let known = self.pack().register(name).filter(|known| is_open(viewer, actions, known));
        known.ok_or_else(|| {
            let names = self.open_to(viewer, actions).map(|known| known.name.as_str());
            let near = forms::suggestion::suggestion(name, names);
            let finding = Finding::error("register-unknown").with("register", name);
            AppError::invalid(vec![finding.with("nearest", near)])
        })
    }

    /// All records the viewer may read, from the sums kept ready where there are any.
    fn all(&self, viewer: &Viewer, register: &Register) -> Result<i64, AppError> {
        let query = Query::of(Filter::all());
        let groups = self.store.sums(viewer, (&register.name, &query), &[], &[])?;
        Ok(groups.iter().map(|group| group.count).sum())
    }
}

/// What the policy needs to know of a register.
pub(crate) fn schema(register: &Register) -> RegisterSchema<'_> {
    RegisterSchema {
        name: &register.name,
        schema: register,
        area_fields: &register.area_fields,
        caveat: register.caveat.as_ref().map(Name::as_str),
    }
}

fn is_open(viewer: &Viewer, actions: &[Action], register: &Register) -> bool {
    let schema = schema(register);
    actions.iter().any(|action| viewer.may_ever(*action, &schema))
}

fn can(viewer: &Viewer, register: &Register) -> Json {
    let schema = schema(register);
    let may =
        |action: &Action| (action.code().to_owned(), Json::Bool(viewer.may_ever(*action, &schema)));
    Json::Object(CAN.iter().map(may).collect())
}

/// What the document of a form depends on.
struct Telling<'t> {
    language: &'t str,
    /// Sealed fields that the viewer fills in and does not read.
    closed: &'t BTreeSet<Name>,
}

impl Telling<'_> {
    /// Fields within their groups, in the order of the form.
    fn fields(&self, fields: &[Field], groups: &[Group]) -> Json {
        let groups: BTreeMap<&str, &Group> =
            groups.iter().map(|group| (group.name.as_str(), group)).collect();
        let mut root = Vec::new();
        for field in fields {
            let mut path = Vec::new();
            let mut group = field.group.as_deref();
            while let Some(found) = group.and_then(|name| groups.get(name)) {
                path.push(*found);
                group = found.parent.as_deref().filter(|_| path.len() <= groups.len());
            }
            path.reverse();
            self.place(&mut root, &path, field);
        }
        Json::Array(root)
    }

    /// Puts a field under its groups, making those that are not there yet.
    fn place(&self, siblings: &mut Vec<Json>, path: &[&Group], field: &Field) {
        let Some((group, rest)) = path.split_first() else {
            siblings.push(self.field(field));
            return;
        };
        let is_group = |known: &Json| known["kind"] == "group" && known["name"] == *group.name;
        let at = siblings.iter().position(is_group).unwrap_or_else(|| {
            let label = group.labels.get(self.language);
            siblings.push(json!({
                "kind": "group",
                "name": group.name,
                "label": label,
                "relevant": group.relevant,
                "children": [],
            }));
            siblings.len() - 1
        });
        let children = siblings.get_mut(at).and_then(|group| group["children"].as_array_mut());
        if let Some(children) = children {
            self.place(children, rest, field);
        }
    }

    fn field(&self, field: &Field) -> Json {
        let other = |name: &str| field.other.get(name);
        let read_only = ["read_only", "readonly"].iter().find_map(|name| other(name));
        let read_only =
            read_only.is_some_and(|text| matches!(text.as_str(), "yes" | "true" | "true()"));
        let mut told = json!({
            "kind": "field",
            "name": field.name.as_str(),
            "label": field.labels.get(self.language),
            "hint": field.hints.get(self.language),
            "type": field.kind.code(),
            "question": field.question,
            "required": field.required,
            "list": field.list.as_ref().map(Name::as_str),
            "register": field.register.as_ref().map(Name::as_str),
            "appearance": field.appearance,
            "default": other("default"),
            "relevant": field.relevant,
            "constraint": field.constraint,
            "constraint_message": constraint_message(field, self.language),
            "calculation": field.calculation,
            "choice_filter": other("choice_filter"),
            "read_only": read_only || field.calculation.is_some(),
            "sealed": field.sealed,
            "closed": self.closed.contains(&field.name),
        });
        if field.kind == FieldType::Rows {
            told["fields"] = self.fields(&field.fields, &field.groups);
            told["repeat_count"] = other("repeat_count").map(String::as_str).into();
        }
        told
    }
}

/// What is said of an answer that is not allowed: in the language asked for, else as the sheet has it.
fn constraint_message<'f>(field: &'f Field, language: &str) -> Option<&'f String> {
    let in_language = format!("({language})");
    let mut said = field.other.iter().filter(|(name, _)| name.starts_with("constraint_message"));
    let plain = said.clone().next();
    said.find(|(name, _)| name.ends_with(&in_language)).or(plain).map(|(_, text)| text)
}

fn list_json(list: &CodeList, language: &str, today: Date) -> Json {
    let mut told = BTreeSet::new();
    let codes = list.codes().iter().filter(|code| told.insert(code.code.as_str()));
    let codes = codes.filter_map(|code| list.get(&code.code)).map(|code| {
        json!({
            "code": code.code,
            "label": code.labels.get(language),
            "definition": code.definitions.get(language),
            "parent": code.parent,
            "retired": list.on(&code.code, today).is_none(),
        })
    });
    codes.collect()
}

fn workflow_json(workflow: &Workflow, language: &str) -> Json {
    let label = |labels: &Labels| labels.get(language).map(str::to_owned);
    let transitions = workflow.transitions.iter().map(|step| {
        json!({
            "name": step.name.as_str(),
            "label": label(&step.labels),
            "from": names(&step.from),
            "to": step.to.as_str(),
            "requires": names(&step.requires),
            "reason": step.reason,
            "roles": names(&step.roles),
            "other_than": names(&step.other_than),
            "not_author": step.not_author,
            "condition": step.condition.as_ref().map(|known| &known.text),
            "condition_message": label(&step.condition_message),
            "stamp": step.stamp.as_ref().map(Name::as_str),
            "gate": step.gate.as_ref().map(|gate| gate.field.as_str()),
        })
    });
    json!({
        "name": workflow.name.as_str(),
        "field": workflow.field.as_str(),
        "start": workflow.start.as_str(),
        "stamp": workflow.stamp.as_ref().map(Name::as_str),
        "transitions": transitions.collect::<Vec<_>>(),
        "deadlines": workflow.deadlines.iter().map(|known| deadline_json(known, language)).collect::<Vec<_>>(),
    })
}

fn deadline_json(deadline: &Deadline, language: &str) -> Json {
    let escalation =
        |to: &Escalation| json!({ "after_s": to.after.ms() / SECOND_MS, "to": to.to.as_str() });
    json!({
        "name": deadline.name.as_str(),
        "label": deadline.labels.get(language),
        "states": names(&deadline.states),
        "within": deadline.within.to_string(),
        "within_s": deadline.within.ms().map(|ms| ms / SECOND_MS),
        "of": deadline.of.as_ref().map(Name::as_str),
        "only_dated": deadline.only_dated,
        "when": deadline.when.as_ref().map(|known| &known.text),
        "escalate": deadline.escalate.iter().map(escalation).collect::<Vec<_>>(),
    })
}

/// The twenty digits of what its records look like on a map, and of the codes that look otherwise.
fn symbol_json(register: &Register, exercise: bool) -> Option<Json> {
    let symbol = register.symbol.as_ref()?;
    let codes: BTreeMap<String, String> = symbol.codes(register, exercise).into_iter().collect();
    Some(json!({
        "digits": symbol.digits(register, None, exercise),
        "by": symbol.by.as_ref().map(Name::as_str),
        "codes": codes,
    }))
}

fn clock_json(clock: &StateClock, language: &str) -> Json {
    json!({
        "name": clock.name.as_str(),
        "label": clock.labels.get(language),
        "from": clock.from.as_str(),
        "to": clock.to.as_str(),
        "by": clock.by.iter().map(ClockKey::word).collect::<Vec<_>>(),
    })
}

fn names(names: &[Name]) -> Vec<&str> {
    names.iter().map(Name::as_str).collect()
}
