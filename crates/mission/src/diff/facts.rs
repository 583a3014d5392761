//! A pack told as facts.

use std::collections::BTreeMap;
use std::fmt::Display;

use forms::form::{Field, Group};
use forms::labels::Labels;
use forms::list::{Code, CodeList};

use model::id::Name;
use model::place::degrees_text;
use policy::{Compartments, Grant, Registers};

use super::Part;
use crate::mandate::{Mandate, Task};
use crate::mapping::{FieldMapping, Mapping, Origin, Words};
use crate::pack::Pack;
use crate::register::{ClockKey, Deadline, Gate, LookAlike, Near, Register, StateClock, Workflow};

/// Attributes and their texts; an attribute without text is not there.
pub(super) type Facts = BTreeMap<String, String>;

/// Everything a pack says.
pub(super) fn of(pack: &Pack) -> BTreeMap<(Part, String), Facts> {
    let mut all = BTreeMap::new();
    all.insert((Part::Pack, "pack".to_owned()), pack_facts(pack));
    for mandate in &pack.mandates {
        all.insert((Part::Mandate, mandate.citation()), mandate_facts(mandate));
        let tasks =
            mandate.tasks.iter().map(|task| ((Part::Task, task.id.clone()), task_facts(task)));
        all.extend(tasks);
    }
    for (name, register) in &pack.registers {
        all.insert((Part::Register, name.to_string()), register_facts(register));
        tell_fields(&mut all, name.as_str(), register.form.fields());
        tell_groups(&mut all, name.as_str(), register.form.groups());
        for list in register.own_lists(&pack.lists) {
            tell_list(&mut all, &format!("{name}.{}", list.name), list);
        }
    }
    for (name, list) in &pack.lists {
        tell_list(&mut all, name.as_str(), list);
    }
    for (name, role) in &pack.roles {
        let mut telling = Telling::default();
        telling.labels("title", &role.labels.iter().collect());
        for (number, grant) in (1..).zip(&role.grants) {
            telling.grant(number, grant);
        }
        all.insert((Part::Role, name.to_string()), telling.0);
    }
    for (name, titles) in &pack.compartments {
        let mut telling = Telling::default();
        telling.labels("title", titles);
        all.insert((Part::Compartment, name.to_string()), telling.0);
    }
    for (name, mapping) in &pack.mappings {
        all.insert((Part::Mapping, name.to_string()), mapping_facts(mapping));
    }
    all
}

/// Facts that are being gathered.
#[derive(Default)]
struct Telling(Facts);

impl Telling {
    fn say(&mut self, attribute: &str, text: impl Display) {
        let text = text.to_string();
        if !text.is_empty() {
            self.0.insert(attribute.to_owned(), text);
        }
    }

    fn maybe(&mut self, attribute: &str, text: Option<impl Display>) {
        if let Some(text) = text {
            self.say(attribute, text);
        }
    }

    fn labels(&mut self, attribute: &str, labels: &Labels) {
        for (language, text) in labels.iter() {
            self.say(&format!("{attribute}.{language}"), text);
        }
    }

    fn grant(&mut self, number: usize, grant: &Grant) {
        let attribute = |key: &str| format!("grant.{number}.{key}");
        match &grant.registers {
            Registers::All => self.say(&attribute("registers"), "*"),
            Registers::AllBut(names) => {
                self.say(&attribute("registers"), "*");
                self.names(&attribute("except"), names);
            }
            Registers::Some(names) => self.names(&attribute("registers"), names),
        }
        match &grant.compartments {
            Compartments::All => self.say(&attribute("compartments"), "*"),
            Compartments::Some(names) => self.names(&attribute("compartments"), names),
        }
        self.names(&attribute("actions"), &grant.actions);
        self.maybe(&attribute("scope"), grant.scope.as_ref());
        self.say(&attribute("own_area"), grant.own_area);
        self.say(&attribute("clearance"), grant.clearance);
    }

    fn workflow(&mut self, workflow: &Workflow) {
        self.say("workflow", &workflow.name);
        self.say("workflow.field", &workflow.field);
        self.say("workflow.start", &workflow.start);
        self.maybe("workflow.stamp", workflow.stamp.as_ref());
        for step in &workflow.transitions {
            let attribute = |key: &str| format!("workflow.{}.{key}", step.name);
            self.labels(&attribute("title"), &step.labels);
            self.names(&attribute("from"), &step.from);
            self.say(&attribute("to"), &step.to);
            self.names(&attribute("requires"), &step.requires);
            self.say(&attribute("reason"), step.reason);
            self.names(&attribute("roles"), &step.roles);
            let author = step.not_author.then_some("author").into_iter();
            let others = author.chain(step.other_than.iter().map(Name::as_str));
            self.names(&attribute("other_than"), others);
            self.maybe(&attribute("condition"), step.condition.as_ref().map(|known| &known.text));
            self.labels(&attribute("condition_message"), &step.condition_message);
            self.maybe(&attribute("stamp"), step.stamp.as_ref());
            if let Some(gate) = &step.gate {
                self.gate(&attribute("gate"), gate);
            }
        }
        for deadline in &workflow.deadlines {
            self.deadline(deadline);
        }
    }

    fn gate(&mut self, attribute: &str, gate: &Gate) {
        self.say(&format!("{attribute}.field"), &gate.field);
        self.maybe(&format!("{attribute}.when"), gate.when.as_ref().map(|known| &known.text));
        self.maybe(&format!("{attribute}.filter"), gate.filter.as_ref());
        self.maybe(&format!("{attribute}.from"), gate.from.as_ref());
        self.maybe(&format!("{attribute}.until"), gate.until.as_ref());
    }

    fn deadline(&mut self, deadline: &Deadline) {
        let attribute = |key: &str| format!("workflow.deadline.{}.{key}", deadline.name);
        self.labels(&attribute("title"), &deadline.labels);
        self.names(&attribute("states"), &deadline.states);
        self.say(&attribute("within"), deadline.within);
        self.maybe(&attribute("of"), deadline.of.as_ref());
        if deadline.only_dated {
            self.say(&attribute("only_dated"), true);
        }
        self.maybe(&attribute("when"), deadline.when.as_ref().map(|known| &known.text));
        let to = deadline.escalate.iter().map(|to| format!("{} after {}", to.to, to.after));
        self.names(&attribute("escalate"), to);
    }

    fn clock(&mut self, clock: &StateClock) {
        let attribute = |key: &str| format!("clock.{}.{key}", clock.name);
        self.labels(&attribute("title"), &clock.labels);
        self.say(&attribute("from"), &clock.from);
        self.say(&attribute("to"), &clock.to);
        self.names(&attribute("by"), clock.by.iter().map(ClockKey::word));
    }

    fn look_alike(&mut self, rule: &LookAlike) {
        self.say("look_alike.threshold", rule.threshold);
        self.near("look_alike.place", rule.place.as_ref());
        self.near("look_alike.time", rule.time.as_ref());
        for same in &rule.same {
            let must = if same.must { "must, " } else { "" };
            let attribute = format!("look_alike.same.{}", same.field);
            self.say(&attribute, format!("{must}weight {}", same.weight));
        }
        if let Some(words) = &rule.words {
            self.names("look_alike.words", &words.fields);
            self.say("look_alike.words.weight", words.weight);
        }
    }

    fn near<T: Display>(&mut self, attribute: &str, near: Option<&Near<T>>) {
        let Some(near) = near else { return };
        self.say(attribute, &near.field);
        self.maybe(&format!("{attribute}.until"), near.until.as_ref());
        self.say(&format!("{attribute}.within"), &near.within);
        self.say(&format!("{attribute}.weight"), near.weight);
        let Some(precision) = &near.precision else { return };
        self.say(&format!("{attribute}.precision"), &precision.field);
        let off = precision.off.iter().map(|(code, off)| format!("{code} {off}"));
        self.names(&format!("{attribute}.off"), off);
        self.names(&format!("{attribute}.unknown"), &precision.unknown);
    }

    fn names<N: Display>(&mut self, attribute: &str, names: impl IntoIterator<Item = N>) {
        let names: Vec<String> = names.into_iter().map(|name| name.to_string()).collect();
        self.say(attribute, names.join(", "));
    }
}

fn pack_facts(pack: &Pack) -> Facts {
    let mut telling = Telling::default();
    telling.say("name", &pack.name);
    telling.say("version", &pack.version);
    telling.labels("title", &pack.titles);
    telling.names("languages", &pack.languages);
    telling.say("time_zone", &pack.time_zone);
    if let Some(bounds) = pack.bounds {
        let sides = [bounds.west, bounds.south, bounds.east, bounds.north];
        telling.names("bounding_box", sides.map(degrees_text));
    }
    telling.names("countries", &pack.countries);
    telling.say("fictional", pack.fictional);
    telling.say("exercise", pack.exercise);
    telling.0
}

fn mandate_facts(mandate: &Mandate) -> Facts {
    let mut telling = Telling::default();
    telling.labels("title", &mandate.titles);
    telling.labels("note", &mandate.notes);
    telling.say("adopted", mandate.adopted);
    telling.maybe("until", mandate.until);
    telling.maybe("chapter", mandate.chapter);
    telling.say("fictional", mandate.key.fictional);
    telling.maybe("source", mandate.source.as_ref());
    telling.say("tasks_known", mandate.tasks_known);
    telling.names("replaces", mandate.replaces.iter().map(|(n, year)| format!("{n} ({year})")));
    for (category, ceiling) in &mandate.ceilings {
        telling.say(&format!("ceilings.{category}"), ceiling);
    }
    for issue in &mandate.issues {
        telling.labels(&format!("issue.{}", issue.id), &issue.texts);
    }
    telling.0
}

fn task_facts(task: &Task) -> Facts {
    let mut telling = Telling::default();
    telling.labels("text", &task.texts);
    telling.say("priority", task.priority);
    telling.say("kind", task.kind.code());
    telling.names("continues", &task.continues);
    telling.names("modules", &task.modules);
    telling.maybe("duplicate_of", task.duplicate_of.as_ref());
    telling.0
}

fn register_facts(register: &Register) -> Facts {
    let mut telling = Telling::default();
    telling.labels("title", &register.labels);
    telling.maybe("time_field", register.time_field.as_ref());
    telling.maybe("place_field", register.place_field.as_ref());
    telling.names("area_fields", &register.area_fields);
    telling.names("search_fields", &register.search_fields);
    telling.maybe("title_field", register.title_field.as_ref());
    telling.names("list_columns", &register.list_columns);
    telling.names("map_fields", &register.map_fields);
    telling.say("classification", register.classification);
    telling.maybe("caveat", register.caveat.as_ref());
    telling.maybe("key_field", register.key_field.as_ref());
    telling.names("evidence_for", &register.evidence_for);
    if let Some(cube) = &register.cube {
        telling.say("cube.area", &cube.area);
        telling.names("cube.sums", &cube.sums);
    }
    if let Some(workflow) = &register.workflow {
        telling.workflow(workflow);
    }
    for clock in &register.clocks {
        telling.clock(clock);
    }
    if let Some(rule) = &register.look_alike {
        telling.look_alike(rule);
    }
    if let Some(symbol) = &register.symbol {
        telling.say("symbol.set", &symbol.set);
        telling.say("symbol.entity", &symbol.entity);
        telling.say("symbol.identity", symbol.identity());
        telling.maybe("symbol.by", symbol.by.as_ref());
    }
    telling.0
}

/// Fields under the name of what they belong to, the columns of rows under that of their field.
fn tell_fields(all: &mut BTreeMap<(Part, String), Facts>, around: &str, fields: &[Field]) {
    for field in fields {
        let name = format!("{around}.{}", field.name);
        tell_fields(all, &name, &field.fields);
        tell_groups(all, &name, &field.groups);
        all.insert((Part::Field, name), field_facts(field));
    }
}

/// Groups under the name of the register or of the field of rows they stand in.
fn tell_groups(all: &mut BTreeMap<(Part, String), Facts>, around: &str, groups: &[Group]) {
    for group in groups {
        let mut telling = Telling::default();
        telling.labels("label", &group.labels);
        telling.maybe("group", group.parent.as_ref());
        telling.maybe("relevant", group.relevant.as_ref());
        all.insert((Part::Group, format!("{around}.{}", group.name)), telling.0);
    }
}

/// A list and its codes, each under the name of the list.
fn tell_list(all: &mut BTreeMap<(Part, String), Facts>, name: &str, list: &CodeList) {
    all.insert((Part::List, name.to_owned()), Facts::new());
    for code in list.codes() {
        let period = code.valid_from.map_or_else(String::new, |from| format!("@{from}"));
        all.insert((Part::Code, format!("{name}.{}{period}", code.code)), code_facts(code));
    }
}

fn field_facts(field: &Field) -> Facts {
    let mut telling = Telling::default();
    telling.say("type", &field.question);
    telling.maybe("list", field.list.as_ref());
    telling.maybe("register", field.register.as_ref());
    telling.labels("label", &field.labels);
    telling.labels("hint", &field.hints);
    telling.say("required", field.required);
    telling.maybe("group", field.group.as_ref());
    telling.maybe("constraint", field.constraint.as_ref());
    telling.maybe("relevant", field.relevant.as_ref());
    telling.maybe("calculation", field.calculation.as_ref());
    telling.maybe("appearance", field.appearance.as_ref());
    telling.maybe("sealed", field.sealed.as_ref());
    for (header, text) in &field.other {
        telling.say(header, text);
    }
    telling.0
}

fn code_facts(code: &Code) -> Facts {
    let mut telling = Telling::default();
    telling.labels("label", &code.labels);
    telling.labels("definition", &code.definitions);
    telling.maybe("parent", code.parent.as_ref());
    telling.maybe("valid_from", code.valid_from);
    telling.maybe("valid_to", code.valid_to);
    telling.maybe("source", code.source.as_ref());
    for (scheme, theirs) in &code.crosswalks {
        telling.names(scheme, theirs);
    }
    telling.0
}

fn mapping_facts(mapping: &Mapping) -> Facts {
    let mut telling = Telling::default();
    telling.labels("title", &mapping.titles);
    telling.say("register", &mapping.register);
    telling.say("namespace", &mapping.namespace);
    telling.names("key", &mapping.key);
    telling.maybe("source", mapping.source.as_ref());
    telling.names("required_columns", &mapping.required_columns);
    for (column, values) in &mapping.only {
        telling.names(&format!("where.{column}"), values);
    }
    telling.say("number_repeats", mapping.numbers_repeats);
    mapping_fields(&mut telling, "fields", &mapping.fields);
    for (name, part) in &mapping.parts {
        telling.say(&format!("part.{name}.count"), &part.count);
        mapping_fields(&mut telling, &format!("part.{name}.fields"), &part.fields);
    }
    telling.0
}

fn mapping_fields(telling: &mut Telling, path: &str, fields: &BTreeMap<Name, FieldMapping>) {
    for (name, field) in fields {
        let attribute = format!("{path}.{name}");
        telling.say(&attribute, origin_text(&field.origin));
        let words = field.codes.iter().flat_map(Words::iter);
        let codes = words.map(|(theirs, ours)| format!("{theirs} = {ours}"));
        telling.names(&format!("{attribute}.codes"), codes);
        telling
            .maybe(&format!("{attribute}.link"), field.link.as_ref().map(|link| &link.namespace));
        telling.maybe(&format!("{attribute}.default"), field.default.as_ref());
        telling.say(&format!("{attribute}.optional"), field.optional);
        telling.say(&format!("{attribute}.lenient"), field.lenient);
        let days = field.days.map(|days| format!("{days:?}").to_lowercase());
        telling.maybe(&format!("{attribute}.days"), days.as_ref());
        telling.say(&format!("{attribute}.file_day"), field.file_day);
        telling.say(&format!("{attribute}.after"), field.after);
    }
}

/// Where a value comes from, as a mapping's file says it.
fn origin_text(origin: &Origin) -> String {
    match origin {
        Origin::Columns(columns) => format!("columns {}", columns.join(", ")),
        Origin::Coordinates { longitude, latitude } => format!("columns {longitude}, {latitude}"),
        Origin::Constant(value) => format!("value {value}"),
        Origin::Area(level) => format!("area_level {level}"),
        Origin::Text(template) => format!("template {template}"),
    }
}
