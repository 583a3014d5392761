//! What a pack's registers are evidence for, and what stands in each of them: as documents, for
//! whoever judges a pack before anything is recorded with it. Nothing here reads a record.

use std::collections::{BTreeMap, BTreeSet};

use forms::answer::parse_answer;
use forms::compiled::{Answers, Context};
use forms::form::Field;
use forms::labels::Labels;
use mission::mandate::Mandate;
use mission::pack::Pack;
use mission::register::{Deadline, Register, Workflow};
use model::finding::Finding;
use model::id::Name;
use model::time::Timestamp;
use policy::Action;
use serde_json::{Map, Value as Json, json};

use crate::registers::schema;

/// What somebody can be let do in a register, as the list of registers tells it.
const TOLD: [Action; 5] =
    [Action::Read, Action::Create, Action::Edit, Action::Transition, Action::Export];
const SECOND_MS: i64 = 1_000;

/// The tasks and cross-cutting issues of every resolution of a pack, by the day of adoption, each
/// with the registers that are evidence for it: `{mandates: [{key, title, tasks_known, rows: [{id,
/// kind: task|issue, priority, text, registers: [{name, title}]}]}], tasks, covered, without: [id]}`.
pub fn coverage_json(pack: &Pack, language: &str) -> Json {
    let evident = evidence(pack);
    let mandates: Vec<Json> =
        pack.mandates.iter().map(|mandate| covered(pack, mandate, &evident, language)).collect();
    let ids: BTreeSet<&str> = pack.mandates.iter().flat_map(ids).collect();
    let without: Vec<&str> = ids.iter().filter(|id| !evident.contains_key(*id)).copied().collect();
    json!({
        "mandates": mandates,
        "tasks": ids.len(),
        "covered": ids.len() - without.len(),
        "without": without,
    })
}

/// Every register of a pack with what stands in it, and what they come to together: `{registers:
/// [{name, title, evidence_for, fields, sealed, lists, codes, workflow, clocks, access, ..}],
/// totals: {registers, fields, lists, codes, tasks, covered}, untranslated: {fr: 0}}`.
pub fn register_list_json(pack: &Pack, language: &str) -> Json {
    let registers: Vec<Json> =
        pack.registers.values().map(|register| listed(pack, register, language)).collect();
    let ids: BTreeSet<&str> = pack.mandates.iter().flat_map(ids).collect();
    let evident = evidence(pack);
    json!({
        "registers": registers,
        "totals": {
            "registers": registers.len(),
            "fields": pack.registers.values().map(fields).sum::<usize>(),
            "lists": pack.lists.len(),
            "codes": pack.lists.values().map(|list| list.codes().len()).sum::<usize>(),
            "tasks": ids.len(),
            "covered": ids.iter().filter(|id| evident.contains_key(*id)).count(),
        },
        "untranslated": untranslated(pack),
    })
}

/// The registers that are evidence for each task or issue.
fn evidence(pack: &Pack) -> BTreeMap<&str, Vec<&Register>> {
    let mut evident: BTreeMap<&str, Vec<&Register>> = BTreeMap::new();
    for register in pack.registers.values() {
        for id in &register.evidence_for {
            evident.entry(id).or_default().push(register);
        }
    }
    evident
}

fn ids(mandate: &Mandate) -> impl Iterator<Item = &str> {
    let tasks = mandate.tasks.iter().map(|task| task.id.as_str());
    tasks.chain(mandate.issues.iter().map(|issue| issue.id.as_str()))
}

fn covered(
    pack: &Pack,
    mandate: &Mandate,
    evident: &BTreeMap<&str, Vec<&Register>>,
    language: &str,
) -> Json {
    let row = |id: &str, kind: &str, priority: bool, texts: &Labels| {
        let registers = evident.get(id).into_iter().flatten();
        let registers = registers.map(|register| {
            json!({ "name": register.name.as_str(), "title": register.labels.get(language) })
        });
        json!({
            "id": id,
            "kind": kind,
            "priority": priority,
            "text": texts.get(language),
            "registers": registers.collect::<Vec<_>>(),
        })
    };
    let tasks = mandate.tasks.iter().map(|task| row(&task.id, "task", task.priority, &task.texts));
    let issues = mandate.issues.iter().map(|issue| row(&issue.id, "issue", false, &issue.texts));
    json!({
        "mission": mandate.key.mission.as_str(),
        "pack": pack.name.as_str(),
        "key": format!("{}-{}", mandate.key.number, mandate.key.year),
        "citation": mandate.citation(),
        "title": mandate.titles.get(language),
        "tasks_known": mandate.tasks_known,
        "rows": tasks.chain(issues).collect::<Vec<_>>(),
    })
}

fn listed(pack: &Pack, register: &Register, language: &str) -> Json {
    let lists = &register.lists;
    json!({
        "name": register.name.as_str(),
        "title": register.labels.get(language),
        "evidence_for": register.evidence_for,
        "classification": register.classification.code(),
        "caveat": register.caveat.as_ref().map(Name::as_str),
        "fields": fields(register),
        "asked_first": asked_first(register),
        "required": register.form.every_field().filter(|field| field.required).count(),
        "rows": register.form.fields().iter().filter(|field| !field.fields.is_empty())
            .map(|field| field.name.as_str()).collect::<Vec<_>>(),
        "sealed": sealed(register),
        "lists": lists.len(),
        "codes": lists.values().map(|list| list.codes().len()).sum::<usize>(),
        "links": links(register),
        "list_columns": register.list_columns.iter().map(Name::as_str).collect::<Vec<_>>(),
        "workflow": register.workflow.as_ref().map(|known| workflow(known, register, language)),
        "clocks": register.clocks.iter()
            .map(|clock| json!({ "name": clock.name.as_str(), "title": clock.labels.get(language),
                "from": clock.from.as_str(), "to": clock.to.as_str() }))
            .collect::<Vec<_>>(),
        "look_alike": register.look_alike.is_some(),
        "access": access(pack, register),
    })
}

/// The fields of a register, rows and their columns counted.
fn fields(register: &Register) -> usize {
    register.form.every_field().count()
}

/// How many questions a new record asks before anything is answered but what the form itself begins
/// with; rows count as one question.
fn asked_first(register: &Register) -> usize {
    let state = register.workflow.as_ref().map(|known| (&known.field, known.start.as_str()));
    let begun = |field: &Field| {
        let known = field.other.get("default").map(String::as_str);
        let start = state.filter(|(name, _start)| **name == field.name).map(|(_name, start)| start);
        let text = known.or(start)?;
        let value = parse_answer(field, text).ok()?;
        Some((field.name.clone(), value))
    };
    let answers: Answers = register.form.fields().iter().filter_map(begun).collect();
    let now = Timestamp::from_ms(0);
    let context = Context { now, on: now.date(), offset_minutes: 0, language: "", seed: [0; 2] };
    register.compiled.asked(&answers, &context).len()
}

/// The fields that only a compartment reads, by compartment.
fn sealed(register: &Register) -> BTreeMap<&str, Vec<&str>> {
    let mut sealed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for field in register.form.fields() {
        if let Some(compartment) = &field.sealed {
            sealed.entry(compartment).or_default().push(field.name.as_str());
        }
    }
    sealed
}

/// The registers its records point to.
fn links(register: &Register) -> BTreeSet<&str> {
    let fields = register.form.every_field();
    fields.filter_map(|field| field.register.as_ref()).map(Name::as_str).collect()
}

/// States in the order in which they can be reached, with their words, and the deadlines in them.
fn workflow(workflow: &Workflow, register: &Register, language: &str) -> Json {
    let label = |state: &Name| {
        let list = register.form.field(workflow.field.as_str()).and_then(|f| f.list.as_ref());
        let code = list.and_then(|list| register.lists.get(list))?.get(state.as_str())?;
        code.labels.get(language).map(str::to_owned)
    };
    let mut states: Vec<&Name> = vec![&workflow.start];
    for step in &workflow.transitions {
        if !states.contains(&&step.to) {
            states.push(&step.to);
        }
    }
    let deadline = |deadline: &Deadline| {
        json!({
            "name": deadline.name.as_str(),
            "title": deadline.labels.get(language),
            "states": deadline.states.iter().map(Name::as_str).collect::<Vec<_>>(),
            "within": deadline.within.to_string(),
            "within_s": deadline.within.ms().map(|ms| ms / SECOND_MS),
            "of": deadline.of.as_ref().map(Name::as_str),
            "only_dated": deadline.only_dated,
            "when": deadline.when.as_ref().map(|known| &known.text),
        })
    };
    json!({
        "states": states.iter()
            .map(|state| json!({ "name": state.as_str(), "title": label(state) }))
            .collect::<Vec<_>>(),
        "transitions": workflow.transitions.len(),
        "deadlines": workflow.deadlines.iter().map(deadline).collect::<Vec<_>>(),
    })
}

/// The roles that can be let do each thing to a record, where whoever has them is cleared for it; how far
/// they reach (classification, area, compartment, scope), the table of the policy says.
fn access(pack: &Pack, register: &Register) -> Json {
    let schema = schema(register);
    let roles = |action| {
        let roles = pack.roles.values().filter(|role| role.may_ever(action, &schema));
        roles.map(|role| role.name.as_str()).collect::<Vec<_>>()
    };
    let told = TOLD.map(|action| (action.code().to_owned(), json!(roles(action))));
    Json::Object(told.into_iter().collect::<Map<String, Json>>())
}

/// How many texts lack each language of the pack.
fn untranslated(pack: &Pack) -> BTreeMap<&str, usize> {
    let lacks = |finding: &&Finding, language: &str| {
        finding.code == "translation-missing" && finding.value("language") == Some(language)
    };
    let count = |language: &String| pack.warnings.iter().filter(|f| lacks(f, language)).count();
    pack.languages.iter().map(|language| (language.as_str(), count(language))).collect()
}
