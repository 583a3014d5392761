//! The dictionary that bodies are compressed with in a node's database, trained on the real data the
//! project ships: field names, codes, the words of sources. Never on made-up events, or the
//! benchmark would measure what it had taught.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use anyhow::Context;
use app::Node;
use journal::wire::file::Reader;

use crate::subject::casque::{import_file, new_node};

/// Bytes of the dictionary.
const SIZE: usize = 16 * 1024;
/// Register, mapping and file of what it learns from, below the pack's `demo` folder.
const SOURCES: [(&str, &str, &str); 4] = [
    ("incident", "ucdp", "ucdp-mali-1990-2019.csv"),
    ("casualty", "un-fatalities", "un-fatalities-minusma-2013-2022.csv"),
    ("site", "ourairports", "ourairports-mali.csv"),
    ("site", "who-health-sites", "who-health-sites-mali.csv"),
];

/// Writes the dictionary to `out`.
pub(crate) fn write(out: &Path) -> anyhow::Result<()> {
    let work = tempfile::tempdir()?;
    let bodies = bodies(work.path())?;
    let dictionary = zstd::dict::from_samples(&bodies, SIZE).context("cannot train")?;
    fs::write(out, dictionary).with_context(|| format!("cannot write {}", out.display()))
}

fn bodies(work: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/minusma");
    let (mut node, viewer) = new_node(&work.join("node"), &pack, "administrator")?;
    let demo = pack.join("demo");
    for (register, mapping, file) in SOURCES {
        import_file(&mut node, &viewer, (register, mapping), &demo.join(file))?;
    }
    let folder = work.join("journal");
    Node::export_journal(&node, &viewer, &folder)?;
    let mut bodies = Vec::new();
    for entry in fs::read_dir(&folder)? {
        for entry in Reader::new(BufReader::new(File::open(entry?.path())?))? {
            bodies.extend(entry?.body.bytes().map(<[u8]>::to_vec));
        }
    }
    Ok(bodies)
}
