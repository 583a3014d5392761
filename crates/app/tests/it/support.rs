//! What the tests of this crate share: nodes in temporary folders, with a clock and seeded bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::{
    Answers, AppError, Environment, ExportFormat, Import, ImportReport, Kind, NewUser, Node,
    Question, RowFate, SumBy, SumRow, Viewer,
};
use model::id::RecordId;
use serde_json::Value as Json;
use tempfile::TempDir;
use testkit::{FixedClock, SeededRandomness};

/// The project's packs.
pub(crate) fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

/// A node in a folder that goes away with the test.
pub(crate) struct TestNode {
    pub(crate) folder: TempDir,
    pub(crate) node: Node,
    pub(crate) admin: Viewer,
}

pub(crate) fn environment(seed: u64) -> Environment {
    Environment {
        clock: Box::new(FixedClock::at("2026-11-22T08:00:00Z")),
        randomness: Box::new(SeededRandomness::new(seed)),
    }
}

/// A user of these roles who may see whatever the roles may.
pub(crate) fn user(name: &str, roles: &[&str]) -> NewUser {
    NewUser::cleared(name, roles)
}

/// A question about all records of a register.
pub(crate) fn all(register: &str) -> Question {
    Question { register: register.to_owned(), limit: 10_000, ..Question::default() }
}

/// A question about the records of a filter.
pub(crate) fn filtered(register: &str, filter: &str) -> Question {
    Question { filter: Some(filter.to_owned()), ..all(register) }
}

/// Created, updated, unchanged, skipped, refused.
pub(crate) fn counts(report: &ImportReport) -> [u64; 5] {
    [report.created, report.updated, report.unchanged, report.skipped, report.refused]
}

/// The codes of an error's findings and its kind.
pub(crate) fn said(error: &AppError) -> (Kind, Vec<&'static str>) {
    (error.kind, error.findings.iter().map(|finding| finding.code).collect())
}

/// What an error says where there must be one.
pub(crate) fn refusal<T: std::fmt::Debug>(
    outcome: Result<T, AppError>,
) -> (Kind, Vec<&'static str>) {
    said(&outcome.expect_err("it is refused"))
}

/// The id of a record that the generic mapping made.
pub(crate) fn id_of(register: &str, key: &str) -> String {
    let register = model::id::Name::new(register).expect("a name");
    RecordId::derived(&register, "generic", key).to_string()
}

impl TestNode {
    /// A node of the MINUSMA pack.
    pub(crate) fn minusma() -> Self {
        Self::of("minusma")
    }

    /// A node of the MINUSEK pack.
    pub(crate) fn minusek() -> Self {
        Self::of("minusek")
    }

    /// A node of the small pack with rows and sealed fields, whose administrator sees both.
    pub(crate) fn cases() -> Self {
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/packs/cases");
        Self::of_folder(&pack, &["administrator"])
    }

    /// A node of a pack, with one administrator who may see everything of an exercise.
    fn of(pack: &str) -> Self {
        let mut roles = vec!["administrator"];
        if pack == "minusek" {
            roles.push("exercise-controller");
        }
        Self::of_folder(&packs().join(pack), &roles)
    }

    pub(crate) fn of_folder(pack: &Path, roles: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("node");
        let loaded = app::load_pack(pack).unwrap_or_else(|error| panic!("{error}"));
        let compartments = loaded.compartments.keys().map(ToString::to_string).collect();
        let admin = NewUser { compartments, ..user("admin", roles) };
        let node = Node::create(&data, pack, admin, environment(1));
        let node = node.unwrap_or_else(|error| panic!("{error}"));
        let admin = node.viewer(None).expect("one administrator");
        Self { folder, node, admin }
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a file is written");
        path
    }

    /// Adds a user and gives what they may do.
    pub(crate) fn add(&mut self, user: NewUser) -> Viewer {
        let name = user.name.clone();
        self.node.add_user(&self.admin, user).unwrap_or_else(|error| panic!("{error}"));
        self.node.viewer(Some(&name)).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn import(&mut self, register: &str, mapping: &str, file: &Path) -> ImportReport {
        let admin = self.admin.clone();
        let report = self.try_import(&admin, (register, mapping), file, app::ROWS_PER_COMMIT);
        report.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn try_import(
        &mut self,
        viewer: &Viewer,
        (register, mapping): (&str, &str),
        file: &Path,
        rows_per_commit: usize,
    ) -> Result<ImportReport, AppError> {
        let import = Import { rows_per_commit, ..Import::of((register, mapping), file) };
        self.node.import(viewer, &import, &mut |_row, _fate| {})
    }

    /// Imports incidents from CSV text by the generic mapping.
    pub(crate) fn incidents(&mut self, csv: &str) -> ImportReport {
        let file = self.file("incidents.csv", csv);
        self.import("incident", "generic", &file)
    }

    /// What importing incidents would do, and the fate of each row.
    pub(crate) fn preview(&mut self, csv: &str) -> (ImportReport, Vec<(u64, RowFate)>) {
        let file = self.file("incidents.csv", csv);
        let import = Import { rows_per_commit: 1, ..Import::of(("incident", "generic"), &file) };
        let mut fates = Vec::new();
        let report =
            self.node.preview(&self.admin, &import, &mut |row, fate| fates.push((row, fate)));
        (report.unwrap_or_else(|error| panic!("{error}")), fates)
    }

    pub(crate) fn ucdp(&mut self) -> ImportReport {
        let file = packs().join("minusma/demo/ucdp-mali-1990-2019.csv");
        self.import("incident", "ucdp", &file)
    }

    /// A record as the administrator sees it.
    pub(crate) fn show(&self, register: &str, id: &str) -> Json {
        self.node.show(&self.admin, register, id).unwrap_or_else(|error| panic!("{error}")).0
    }

    /// A shown value of an incident by its source's key.
    pub(crate) fn value(&self, key: &str, field: &str) -> Json {
        self.show("incident", &id_of("incident", key))["values"][field].clone()
    }

    /// The names of the fields of an incident whose values conflict.
    pub(crate) fn conflicts(&self, key: &str) -> Vec<String> {
        let shown = self.show("incident", &id_of("incident", key));
        let conflicts = shown["conflicts"].as_object().expect("an object");
        conflicts.keys().cloned().collect()
    }

    /// A record's history, oldest first.
    pub(crate) fn history(&self, key: &str) -> Vec<Json> {
        let steps = self.node.history(&self.admin, "incident", &id_of("incident", key));
        steps.expect("a history").into_iter().map(|step| step.0).collect()
    }

    /// Corrects fields of an incident as the administrator.
    pub(crate) fn edit(&mut self, key: &str, answers: &[(&str, &str)]) -> usize {
        let id = id_of("incident", key);
        let changed = self.node.edit_record(&self.admin, ("incident", &id), &texts(answers), None);
        changed.unwrap_or_else(|error| panic!("{error}")).outcome
    }

    /// Moves an incident along its workflow as the administrator, with whatever a step may ask for.
    pub(crate) fn step(&mut self, id: &str, transition: &str) {
        let values = texts(&[
            ("verified_on", "2021-11-05"),
            ("verified_by", "JOC"),
            ("verification_basis", "two patrols"),
        ]);
        let (admin, step) = (self.admin.clone(), (transition, Answers::from(&values)));
        let reason = Some("new witnesses".to_owned());
        let outcome = self.node.transition(&admin, ("incident", id), step, reason);
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Deletes an incident as the administrator.
    pub(crate) fn delete(&mut self, key: &str) {
        let (id, reason) = (id_of("incident", key), Some("a false report".to_owned()));
        let outcome = self.node.delete_record(&self.admin, ("incident", &id), reason);
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }

    /// The keys of the live incidents a viewer may read.
    pub(crate) fn keys(&self, viewer: &Viewer, filter: Option<&str>) -> Vec<String> {
        let question = Question { filter: filter.map(str::to_owned), ..all("incident") };
        let answer = self.node.ask(viewer, &question).unwrap_or_else(|error| panic!("{error}"));
        let objects = answer.records.iter().map(|record| answer.json(record));
        let mut keys: Vec<String> =
            objects.filter_map(|object| Some(object["source_id"].as_str()?.to_owned())).collect();
        keys.sort();
        keys
    }

    /// The lines of an export.
    pub(crate) fn export(
        &self,
        viewer: &Viewer,
        question: &Question,
    ) -> Result<Vec<Json>, AppError> {
        let mut out = Vec::new();
        self.node.export(viewer, question, ExportFormat::Ndjson, &mut out)?;
        let text = String::from_utf8(out).expect("text");
        Ok(text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
    }

    /// Counts and sums of deaths by a field.
    pub(crate) fn deaths_by(
        &mut self,
        viewer: &Viewer,
        filter: Option<&str>,
        by: &[&str],
    ) -> BTreeMap<Vec<Option<String>>, (i64, i64)> {
        let question = Question { filter: filter.map(str::to_owned), ..all("incident") };
        let by = by.iter().map(|field| (*field).to_owned()).collect();
        let asked = SumBy { question, sums: vec!["deaths_best".to_owned()], by };
        let rows = self.node.sums(viewer, &asked).unwrap_or_else(|error| panic!("{error}"));
        let pair = |row: SumRow| (row.keys, (row.count, row.sums[0].sum));
        rows.into_iter().map(pair).collect()
    }

    /// Fails where a rebuild would change anything.
    pub(crate) fn assert_rebuild_changes_nothing(&mut self) {
        let rebuilt = self.node.rebuild(&self.admin, &mut |_, _| {}).expect("rebuilt");
        assert_eq!(rebuilt.before, rebuilt.after);
    }

    /// How many entries the journal has, all of them good.
    pub(crate) fn entries(&self) -> u64 {
        let verified = self.node.verify(&mut |_, _| {}).expect("verified");
        assert!(verified.damage.is_empty(), "{:?}", verified.damage);
        verified.entries
    }
}

/// Answers by field, owned.
pub(crate) fn texts(answers: &[(&str, &str)]) -> Vec<(String, String)> {
    answers.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
}
