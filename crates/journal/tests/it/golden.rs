//! The files in `fixtures/journals`: what a release once wrote, every later one writes and reads.
//!
//! They change only with the version of the format. After such a change `cargo xtask gen` writes
//! them anew: under `UPDATE=1` the test that compares writes first.

mod every_act;

use std::fs;
use std::path::PathBuf;

use journal::wire::file::{Reader, Writer, read_verified};
use journal::{Body, Entry, Lane, LogDescriptor};
use model::id::Name;

use crate::{describe, independent, sample};

#[test]
fn the_files_are_written_today_as_they_were_when_they_were_made() {
    if updating() {
        write_the_files();
    }
    for golden in goldens() {
        assert!(
            golden.bytes() == golden.committed("journal"),
            "{} is written differently",
            golden.name
        );
        assert_eq!(
            golden.story(),
            String::from_utf8(golden.committed("txt")).expect("a fixture"),
            "{}",
            golden.name
        );
    }
}

#[test]
fn the_files_are_read_as_what_was_written() {
    for golden in goldens() {
        let bytes = golden.committed("journal");
        let reader = Reader::new(&bytes[..]).expect("a fixture");
        assert_eq!(reader.descriptor(), &golden.descriptor);
        assert_eq!(reader.collect::<Result<Vec<Entry>, _>>().expect("a fixture"), golden.entries);
        assert!(read_verified(&bytes[..], |_entry| ()).is_ok());
    }
}

#[test]
fn a_reader_that_knows_only_the_document_tells_the_same_story() {
    for golden in goldens() {
        assert_eq!(
            independent::story(&golden.committed("journal")),
            Ok(golden.story()),
            "{}",
            golden.name
        );
    }
}

#[test]
fn the_independent_reader_is_no_easier_to_fool() {
    let golden = &goldens()[0];
    let good = golden.bytes();
    for place in 0..good.len() {
        let mut bad = good.clone();
        bad[place] ^= 1 << (place % 8);
        assert!(independent::story(&bad).is_err(), "byte {place}");
        assert!(independent::story(&good[..place]).is_err(), "cut at {place}");
    }
}

#[test]
fn the_golden_files_hold_every_kind_there_is() {
    let kinds = goldens().iter().map(Golden::story).collect::<String>();
    for kind in (1..=12).chain(16..=20).chain([every_act::UNKNOWN_KIND]) {
        assert!(kinds.contains(&format!("\n  kind {kind} ")), "kind {kind}");
    }
}

#[test]
fn the_example_in_the_document_is_the_beginning_of_the_small_file() {
    let document = fs::read_to_string(root().join("docs/journal-format.md")).expect("a fixture");
    let (_, example) = document.split_once("## 8. An example").expect("a fixture");
    let lines = example.split("```").nth(1).expect("a fixture").lines();
    let example: String = lines.filter_map(|line| line.split(' ').next()).collect();
    let Golden { descriptor, entries, .. } = small();
    let first = Golden { name: "first", descriptor, entries: entries[..1].to_vec() };
    let end = 36;
    let bytes = first.bytes();
    assert_eq!(example, sample::hex(&bytes[..bytes.len() - end]));
    assert!(document.contains(&entries[0].id().to_string()));
}

#[expect(clippy::disallowed_methods, reason = "how every generated file of the project is renewed")]
fn updating() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

fn write_the_files() {
    for golden in goldens() {
        fs::write(golden.path("journal"), golden.bytes()).expect("a fixture");
        fs::write(golden.path("txt"), golden.story()).expect("a fixture");
    }
}

/// A file and what it holds.
struct Golden {
    name: &'static str,
    descriptor: LogDescriptor,
    entries: Vec<Entry>,
}

impl Golden {
    fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), &self.descriptor).expect("a fixture");
        for entry in &self.entries {
            writer.entry(entry).expect("a fixture");
        }
        writer.finish().expect("a fixture")
    }

    fn story(&self) -> String {
        describe::story(&self.descriptor, &self.entries)
    }

    fn committed(&self, extension: &str) -> Vec<u8> {
        fs::read(self.path(extension)).expect("a fixture")
    }

    fn path(&self, extension: &str) -> PathBuf {
        root().join("fixtures/journals").join(self.name).with_extension(extension)
    }
}

fn goldens() -> Vec<Golden> {
    vec![small(), every_act(), erased(), empty(), rows()]
}

/// Two reports: the second corrects the first.
fn small() -> Golden {
    let signer = sample::signer(1);
    let descriptor = sample::descriptor(&signer);
    let entries = sample::log(&signer, &descriptor, &every_act::report_and_correction(&signer));
    Golden { name: "small", descriptor, entries }
}

/// Every kind of operation and every type of value.
fn every_act() -> Golden {
    let signer = sample::signer(2);
    let compartment = Some(Name::new("crsv-survivor").expect("a fixture"));
    let descriptor =
        LogDescriptor { device: signer.device(), compartment, lane: Lane::Flash, incarnation: 3 };
    let entries = sample::log(&signer, &descriptor, &every_act::operations());
    Golden { name: "every-act", descriptor, entries }
}

/// Values of rows: none, empty ones, three deep, and a report that takes one back.
fn rows() -> Golden {
    let signer = sample::signer(5);
    let descriptor = sample::descriptor(&signer);
    let entries = sample::log(&signer, &descriptor, &every_act::rows());
    Golden { name: "rows", descriptor, entries }
}

/// A log of which two bodies are gone.
fn erased() -> Golden {
    let signer = sample::signer(3);
    let descriptor = LogDescriptor { lane: Lane::Bulk, ..sample::descriptor(&signer) };
    let mut entries = sample::log(&signer, &descriptor, &sample::reports(4));
    entries[1].body = Body::Erased;
    entries[3].body = Body::Erased;
    Golden { name: "erased", descriptor, entries }
}

/// A log nothing was written to.
fn empty() -> Golden {
    let descriptor = sample::descriptor(&sample::signer(4));
    Golden { name: "empty", descriptor, entries: vec![] }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
