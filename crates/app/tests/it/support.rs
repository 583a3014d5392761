//! What the tests of this crate share: nodes in temporary folders, with a clock and seeded bytes.

use std::path::{Path, PathBuf};

use app::{Environment, Import, ImportReport, NewUser, Node, Viewer};
use model::classification::Classification;
use model::finding::Finding;
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

impl TestNode {
    /// A node of the MINUSMA pack.
    pub(crate) fn minusma() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let admin = NewUser {
            name: "admin".to_owned(),
            display: String::new(),
            roles: vec!["administrator".to_owned()],
            areas: Vec::new(),
            compartments: Vec::new(),
            clearance: Classification::StrictlyConfidential,
            password: None,
        };
        let data = folder.path().join("node");
        let node = Node::create(&data, &packs().join("minusma"), admin, environment(1));
        let node = node.unwrap_or_else(|error| panic!("{error}"));
        let admin = node.viewer(None).expect("one administrator");
        Self { folder, node, admin }
    }

    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a file is written");
        path
    }

    pub(crate) fn import(&mut self, register: &str, mapping: &str, file: &Path) -> ImportReport {
        let words = |finding: &Finding| finding.to_string();
        let import = Import { register, mapping, file, sheet: None, rows_per_commit: app::ROWS_PER_COMMIT, words: &words };
        let report = self.node.import(&self.admin, &import, &mut |_row, _fate| {});
        report.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn ucdp(&mut self) -> ImportReport {
        let file = packs().join("minusma/demo/ucdp-mali-1990-2019.csv");
        self.import("incident", "ucdp", &file)
    }
}
