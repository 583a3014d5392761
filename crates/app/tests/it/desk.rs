//! A desk that receives warnings: a small pack of its own with deadlines, stamps, second persons and
//! a gate, and a node whose clock the test moves.

mod pack;

use std::sync::Arc;

use app::{
    Answers, AppError, ClockQuestion, Environment, ImportReport, NewUser, Node, OverdueQuestion,
    Question, Viewer,
};
use model::id::RecordId;
use serde_json::{Map, Value as Json, json};
use tempfile::TempDir;
use testkit::{FixedClock, SeededRandomness};

use crate::support::{all, user};

/// The present when a test begins: half past eight at the desk, which is an hour ahead.
pub(crate) const NOW: &str = "2018-03-10T07:30:00Z";

pub(crate) struct Desk {
    folder: TempDir,
    pub(crate) node: Node,
    pub(crate) admin: Viewer,
    pub(crate) clock: Arc<FixedClock>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pack = pack::written_to(folder.path());
        let clock = Arc::new(FixedClock::at(NOW));
        let environment = Environment {
            clock: Box::new(Arc::clone(&clock)),
            randomness: Box::new(SeededRandomness::new(1)),
        };
        let admin =
            NewUser { compartments: vec!["secret".to_owned()], ..user("admin", &["keeper"]) };
        let node = Node::create(&folder.path().join("node"), &pack, admin, environment);
        let node = node.unwrap_or_else(|error| panic!("{error}"));
        let admin = node.viewer(None).expect("one administrator");
        Self { folder, node, admin, clock }
    }

    pub(crate) fn person(&mut self, name: &str, roles: &[&str]) -> Viewer {
        self.node
            .add_user(&self.admin, user(name, roles))
            .unwrap_or_else(|error| panic!("{error}"));
        self.node.viewer(Some(name)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Somebody who was read into compartments.
    pub(crate) fn read_in(&mut self, name: &str, role: &str, compartments: &[&str]) -> Viewer {
        let compartments = compartments.iter().map(|code| (*code).to_owned()).collect();
        let user = NewUser { compartments, ..user(name, &[role]) };
        self.node.add_user(&self.admin, user).unwrap_or_else(|error| panic!("{error}"));
        self.node.viewer(Some(name)).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn make(&mut self, by: &Viewer, register: &str, values: Json) -> String {
        let made = self.try_make(by, register, values);
        made.unwrap_or_else(|error| panic!("{error}")).to_string()
    }

    pub(crate) fn try_make(
        &mut self,
        by: &Viewer,
        register: &str,
        values: Json,
    ) -> Result<RecordId, AppError> {
        let made = self.node.create_record(by, register, Answers::from(&object(values)), None);
        made.map(|made| made.outcome)
    }

    /// A warning made by the administrator.
    pub(crate) fn warning(&mut self, values: Json) -> String {
        let admin = self.admin.clone();
        self.make(&admin, "warning", values)
    }

    pub(crate) fn step(
        &mut self,
        by: &Viewer,
        id: &str,
        name: &str,
        values: Json,
    ) -> Result<(), AppError> {
        let values = object(values);
        let reason = Some("as told".to_owned());
        let step = (name, Answers::from(&values));
        self.node.transition(by, ("warning", id), step, reason).map(|done| done.outcome)
    }

    /// A step of the administrator that is made.
    pub(crate) fn moved(&mut self, id: &str, name: &str, values: Json) {
        let admin = self.admin.clone();
        self.step(&admin, id, name, values).unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) fn edit(&mut self, id: &str, values: Json) {
        let values = object(values);
        let admin = self.admin.clone();
        let edited = self.node.edit_record(&admin, ("warning", id), &values, None);
        edited.unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) fn delete(&mut self, id: &str) {
        let admin = self.admin.clone();
        let deleted = self.node.delete_record(&admin, ("warning", id), None);
        deleted.unwrap_or_else(|error| panic!("{error}"));
    }

    pub(crate) fn value(&self, id: &str, field: &str) -> Json {
        self.shown(id)["values"][field].clone()
    }

    pub(crate) fn shown(&self, id: &str) -> Json {
        let shown = self.node.show(&self.admin, "warning", id);
        shown.unwrap_or_else(|error| panic!("{error}")).0
    }

    pub(crate) fn clock(&self, by: &Viewer, asked: &ClockQuestion) -> Json {
        self.node.clock(by, asked).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn overdue(&self, by: &Viewer, mine: bool) -> Vec<Json> {
        let told = self.node.overdue(by, &OverdueQuestion { register: None, mine });
        match told.unwrap_or_else(|error| panic!("{error}")) {
            Json::Array(late) => late,
            other => panic!("{other} is no list"),
        }
    }

    pub(crate) fn import(&mut self, csv: &str) {
        self.import_to("warning", csv);
    }

    pub(crate) fn import_to(&mut self, register: &str, csv: &str) -> ImportReport {
        let admin = self.admin.clone();
        self.import_by(&admin, register, csv)
    }

    pub(crate) fn import_by(&mut self, by: &Viewer, register: &str, csv: &str) -> ImportReport {
        let file = self.folder.path().join("rows.csv");
        std::fs::write(&file, csv).expect("a file is written");
        let import =
            app::Import { rows_per_commit: 2, ..app::Import::of((register, "generic"), &file) };
        let report = self.node.import(by, &import, &mut |row, fate| {
            assert!(!matches!(fate, app::RowFate::Refused), "row {row}");
        });
        report.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn assert_rebuild_changes_nothing(&mut self) {
        let rebuilt = self.node.rebuild(&self.admin, &mut |_, _| {}).expect("rebuilt");
        assert_eq!(rebuilt.before, rebuilt.after);
    }
}

/// A clock of warnings between two states.
pub(crate) fn clocked(from: &str, to: &str, by: &[&str]) -> ClockQuestion {
    let by = by.iter().map(|word| (*word).to_owned()).collect();
    let question = Question { limit: 0, ..all("warning") };
    ClockQuestion { question, from: from.to_owned(), to: to.to_owned(), by }
}

/// The figures of a group in the order: count, answered, median, 9 of 10, never, open, missing, disorder.
pub(crate) fn figures(group: &Json) -> Json {
    let names = [
        "count",
        "answered",
        "median_s",
        "p90_s",
        "never_answered",
        "still_open",
        "missing_stamp",
        "out_of_order",
    ];
    names.iter().map(|name| group[*name].clone()).collect()
}

fn object(value: Json) -> Map<String, Json> {
    match value {
        Json::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

/// A warning of this title, with whatever else is given.
pub(crate) fn titled(title: &str, more: Json) -> Json {
    let mut values = json!({ "title": title });
    if let (Json::Object(values), Json::Object(more)) = (&mut values, more) {
        values.extend(more);
    }
    values
}
