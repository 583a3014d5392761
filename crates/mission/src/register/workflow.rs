//! A workflow: the field that shows where a record stands, and the steps from one state to another.
//!
//! States are the codes of that field. The journal keeps them as names, so a code that is no name
//! can be no state. Deadlines, second persons and gates are not read yet: a key nobody knows is an
//! error, so none of them can be written down and silently not be kept.

use std::collections::BTreeSet;

use forms::form::Form;
use forms::labels::Labels;
use forms::list::{CodeList, Lists};
use forms::suggestion::suggestion;
use model::finding::{Finding, Severity};
use model::id::Name;
use model::value::FieldType;

use super::read::Fields;
use crate::document::Section;
use crate::translation::Translations;

const KEYS: [&str; 4] = ["name", "field", "start", "transition"];
const TRANSITION_KEYS: [&str; 6] = ["name", "title", "from", "to", "requires", "reason"];

/// How the records of a register move from state to state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Its name: what the journal calls it.
    pub name: Name,
    /// The code field that shows the state.
    pub field: Name,
    /// The state of a record that shows none, and of one made by hand that does not say.
    pub start: Name,
    /// The steps, in the order of the file.
    pub transitions: Vec<Transition>,
}

/// A step of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Its name.
    pub name: Name,
    /// What people read on its button: what is done.
    pub labels: Labels,
    /// The states it starts from; at least one.
    pub from: Vec<Name>,
    /// The state it leads to.
    pub to: Name,
    /// The fields that must have a value when it is done.
    pub requires: Vec<Name>,
    /// Whether whoever does it must say why.
    pub reason: bool,
}

impl Workflow {
    /// The transition of this name.
    pub fn transition(&self, name: &str) -> Option<&Transition> {
        self.transitions.iter().find(|transition| transition.name.as_str() == name)
    }

    /// The transitions that start from this state.
    pub fn leaving(&self, state: &str) -> impl Iterator<Item = &Transition> {
        let starts =
            move |from: &&Transition| from.from.iter().any(|known| known.as_str() == state);
        self.transitions.iter().filter(starts)
    }

    /// The states that transitions lead to from the start, the start among them.
    pub fn reachable(&self) -> BTreeSet<&Name> {
        let mut reached = BTreeSet::from([&self.start]);
        loop {
            let leads = |step: &&Transition| step.from.iter().any(|from| reached.contains(from));
            let next: Vec<&Name> = self
                .transitions
                .iter()
                .filter(leads)
                .map(|step| &step.to)
                .filter(|to| !reached.contains(to))
                .collect();
            if next.is_empty() {
                return reached;
            }
            reached.extend(next);
        }
    }
}

/// What a workflow is read against.
pub(super) struct Around<'a> {
    pub(super) form: &'a Form,
    pub(super) lists: &'a Lists,
    pub(super) words: Translations<'a>,
}

/// Reads `[workflow]`; nothing where it has no field, no start or no step to make.
pub(super) fn read(section: &Section<'_>, around: &Around<'_>) -> Option<Workflow> {
    section.knows(&KEYS);
    for key in ["field", "start", "transition"] {
        section.demand(key);
    }
    let name = section.required_name("name");
    let field = Fields { root: section, form: around.form }.one("field", &[FieldType::Code])?;
    let list = around.form.field(field.as_str())?.list.as_ref();
    let states = States { list: around.lists.get(list?)? };
    let start = states.one(section, "start");
    let steps = section.sections("transition");
    let transitions = steps.iter().filter_map(|step| states.transition(step, around)).collect();
    let workflow = Workflow { name: name?, field, start: start?, transitions };
    check_names(&workflow, &steps);
    states.check_reachable(&workflow, section);
    Some(workflow)
}

/// The codes that can be states.
struct States<'a> {
    list: &'a CodeList,
}

impl States<'_> {
    fn transition(&self, section: &Section<'_>, around: &Around<'_>) -> Option<Transition> {
        section.knows(&TRANSITION_KEYS);
        for key in ["from", "to"] {
            section.demand(key);
        }
        let name = section.required_name("name");
        let labels = section.required_labels("title");
        let at = Finding { severity: Severity::Warning, ..section.finding("", "title") };
        around.words.check_optional(&labels, &at, name.as_ref().map_or("", Name::as_str));
        let to = self.one(section, "to");
        let from = self.several(section, "from");
        if let Some(to) = to.as_ref().filter(|to| from.contains(to)) {
            section.report(section.finding("workflow-step-nowhere", "to").with("state", to));
        }
        let fields = Fields { root: section, form: around.form };
        let requires = fields.several("requires", &FieldType::ALL);
        let reason = section.flag("reason", false);
        Some(Transition { name: name?, labels, from, to: to?, requires, reason })
    }

    fn one(&self, section: &Section<'_>, key: &str) -> Option<Name> {
        let code = section.text(key)?;
        self.state(section, key, &code)
    }

    fn several(&self, section: &Section<'_>, key: &str) -> Vec<Name> {
        let codes = section.texts(key);
        if codes.is_empty() && section.has(key) {
            section.report(section.finding("toml-text-empty", key).with("key", key));
        }
        codes.iter().filter_map(|code| self.state(section, key, code)).collect()
    }

    fn state(&self, section: &Section<'_>, key: &str, code: &str) -> Option<Name> {
        if !self.list.knows(code) {
            let known = self.list.codes().iter().map(|known| known.code.as_str());
            let near = suggestion(code, known);
            let finding = section.finding("workflow-state-unknown", key).with("code", code);
            section.report(finding.with("list", &self.list.name).with("nearest", near));
            return None;
        }
        let wrong = |_no_name| {
            section.report(section.finding("workflow-state-name", key).with("code", code));
        };
        Name::new(code).map_err(wrong).ok()
    }

    /// A code no step leads to can be a leftover of an older workflow: worth knowing, no error.
    fn check_reachable(&self, workflow: &Workflow, section: &Section<'_>) {
        let reached: BTreeSet<&str> = workflow.reachable().into_iter().map(Name::as_str).collect();
        let codes: BTreeSet<&str> = self.list.codes().iter().map(|c| c.code.as_str()).collect();
        for code in codes.into_iter().filter(|code| !reached.contains(code)) {
            let finding = section.finding("workflow-state-unreachable", "transition");
            let finding = Finding { severity: Severity::Warning, ..finding };
            section.report(finding.with("state", code).with("start", &workflow.start));
        }
    }
}

fn check_names(workflow: &Workflow, steps: &[Section<'_>]) {
    let mut seen = BTreeSet::new();
    for step in steps {
        let Some(name) = step.text("name") else { continue };
        if !seen.insert(name.clone()) {
            let finding = step.finding("workflow-transition-twice", "name").with("name", name);
            step.report(finding.with("workflow", &workflow.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Tiny;

    const RIGHT: &str = "[workflow]\nname = \"sorting\"\nfield = \"type\"\nstart = \"other\"\n\
         [[workflow.transition]]\nname = \"clash\"\ntitle = { en = \"A clash\" }\nfrom = [\"other\"]\nto = \"clash\"\n\
         [[workflow.transition]]\nname = \"kill\"\ntitle = { en = \"A killing\" }\nfrom = [\"clash\", \"other\"]\nto = \"killing\"\n\
         requires = [\"deaths\", \"summary\"]\nreason = true\n";

    fn with(workflow: &str) -> Tiny {
        Tiny::new().edited(
            "registers/incident/register.toml",
            "[cube]",
            &format!("{workflow}[cube]"),
        )
    }

    fn name(text: &str) -> Name {
        Name::new(text).expect("a name")
    }

    #[test]
    fn a_workflow_is_read_with_its_steps() {
        assert_eq!(with(RIGHT).said("core"), Vec::<String>::new());
        let pack = with(RIGHT).pack("core");
        let workflow = pack.register("incident").expect("a register").workflow.as_ref();
        let workflow = workflow.expect("a workflow");
        assert_eq!((workflow.name.as_str(), workflow.field.as_str()), ("sorting", "type"));
        let kill = workflow.transition("kill").expect("a step");
        assert_eq!((kill.labels.get("fr"), kill.reason), (Some("A killing"), true));
        assert_eq!(kill.requires, [name("deaths"), name("summary")]);
        let steps =
            |state| workflow.leaving(state).map(|step| step.name.as_str()).collect::<Vec<_>>();
        assert_eq!(steps("other"), ["clash", "kill"]);
        assert_eq!(steps("clash"), ["kill"]);
        assert_eq!(steps("killing"), Vec::<&str>::new());
    }

    #[test]
    fn every_fault_of_a_workflow_is_said_at_once() {
        let wrong = "[workflow]\nname = \"Sorting\"\nfield = \"type\"\nstart = \"othr\"\ndeadline = 3\n\
             [[workflow.transition]]\nname = \"a\"\nfrom = [\"clash\", \"klash\"]\nto = \"clash\"\nrequires = [\"deth\"]\n\
             [[workflow.transition]]\nname = \"a\"\ntitle = { en = \"A\" }\nfrom = []\nto = \"killing\"\n";
        let said = with(wrong).said("core");
        let expected = [
            "name-invalid registers/incident/register.toml:12 [workflow.name] value=Sorting",
            "workflow-state-unknown registers/incident/register.toml:14 [workflow.start] code=othr list=kind nearest=other",
            "toml-key-unknown registers/incident/register.toml:15 [workflow.deadline] key=deadline nearest=field, name, start, transition",
            "toml-key-missing registers/incident/register.toml:16 [workflow.transition.title] key=title",
            "workflow-state-unknown registers/incident/register.toml:18 [workflow.transition.from] code=klash list=kind nearest=clash",
            "workflow-step-nowhere registers/incident/register.toml:19 [workflow.transition.to] state=clash",
            "register-field-unknown registers/incident/register.toml:20 [workflow.transition.requires] field=deth nearest=deaths",
            "toml-text-empty registers/incident/register.toml:24 [workflow.transition.from] key=from",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn steps_of_one_name_and_states_nobody_reaches_are_said() {
        let twice =
            RIGHT.replace("\"kill\"", "\"clash\"").replace("\"clash\", \"other\"", "\"killing\"");
        let twice = twice.replace("to = \"killing\"", "to = \"other\"");
        assert_eq!(
            with(&twice).said("core"),
            [
                "workflow-state-unreachable registers/incident/register.toml:15 [workflow.transition] state=killing start=other",
                "workflow-transition-twice registers/incident/register.toml:21 [workflow.transition.name] name=clash workflow=sorting",
            ]
        );
        assert!(
            with(&RIGHT.replace("\"type\"", "\"deaths\"")).said("core")[0]
                .starts_with("register-field-type")
        );
    }

    #[test]
    fn codes_that_are_no_names_are_no_states() {
        let tiny = with(&RIGHT.replace("other", "Other"))
            .edited("codelists/kind.csv", "other,Other,", "Other,Other,")
            .edited("mappings/ucdp.toml", "\"9\" = \"other\"", "\"9\" = \"Other\"");
        let said = tiny.said("core");
        assert!(said[0].starts_with("workflow-state-name"), "{said:?}");
    }

    #[test]
    fn a_button_without_a_word_in_a_language_is_a_warning() {
        let tiny = with(RIGHT).edited("pack.toml", "[\"en\"]", "[\"en\", \"fr\"]");
        let expected = "translation-missing registers/incident/register.toml:17 [workflow.transition.title] name=clash language=fr";
        assert!(tiny.said("core").iter().any(|said| said == expected), "{:#?}", tiny.said("core"));
    }
}
