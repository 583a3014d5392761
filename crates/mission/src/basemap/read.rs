//! Reads `basemap/basemap.toml` and the files it names.

use model::finding::Finding;
use model::place::BoundingBox;

use super::{Basemap, LABELS, LAYERS, Layer, features};
use crate::document::{self, Section};
use crate::findings::Findings;
use crate::folder::Packs;
use crate::layer::{self, LayerFolder, bounds_of};
use crate::packed::{below, held_file, unpacked};

/// The folder of the map.
const FOLDER: &str = "basemap/";
/// The file that says what is in it.
const FILE: &str = "basemap/basemap.toml";
const KEYS: [&str; 5] = ["layer", "file", "zoom", "covers", "labels"];
/// The largest zoom a map is drawn at.
const ZOOM_MAX: u8 = 22;

/// The map of a pack and of those it extends. Without one there are no layers.
pub fn load(name: &str, packs: &dyn Packs) -> Result<Basemap, Vec<Finding>> {
    let findings = Findings::default();
    let layers = layer::chain(name, packs, &findings);
    let basemap = layers.map(|layers| read(&layers, &findings)).unwrap_or_default();
    let findings = findings.into_sorted();
    if findings.iter().any(Finding::is_error) { Err(findings) } else { Ok(basemap) }
}

/// Reads the maps of all layers of a pack.
pub(crate) fn read(layers: &[LayerFolder], findings: &Findings) -> Basemap {
    let mut basemap = Basemap::default();
    for files in layers {
        let Some(content) = files.folder.get(FILE) else { continue };
        document::read(&files.path(FILE), content, findings, |root| {
            root.knows(&["attribution", "layer"]);
            basemap.attributions.extend(root.required_text("attribution"));
            for section in root.sections("layer") {
                basemap.layers.extend(read_layer(&section, files, findings));
            }
        });
    }
    basemap
}

fn read_layer(section: &Section<'_>, files: &LayerFolder, findings: &Findings) -> Option<Layer> {
    section.knows(&KEYS);
    section.demand("zoom");
    let name = section.required_text("layer");
    let name = name.and_then(|name| known(section, "layer", &name, &LAYERS));
    let labels = section.text("labels").and_then(|text| known(section, "labels", &text, &LABELS));
    let zoom = zooms(section);
    let covers = covers(section);
    let path = section.required_text("file")?;
    let content = held_file(section, files, FOLDER, &path)?;
    let file = files.path(&below(FOLDER, &path));
    let bytes = unpacked(&file, content, findings)?;
    let features = features::read(&file, &bytes, findings);
    Some(Layer { name: name?, zoom: zoom?, covers, labels, features })
}

fn known(
    section: &Section<'_>,
    key: &str,
    word: &str,
    words: &'static [&'static str],
) -> Option<&'static str> {
    words.get(section.choice(key, word, words)?).copied()
}

/// The first and the last zoom.
fn zooms(section: &Section<'_>) -> Option<(u8, u8)> {
    let numbers = section.numbers("zoom")?;
    let zoom = |text: &String| text.parse::<u8>().ok().filter(|zoom| *zoom <= ZOOM_MAX);
    let zooms = match numbers.as_slice() {
        [first, last] => zoom(first).zip(zoom(last)).filter(|(first, last)| first <= last),
        _ => None,
    };
    if zooms.is_none() {
        let finding = section.finding("basemap-zoom", "zoom").with("value", numbers.join(", "));
        section.report(finding.with("max", ZOOM_MAX));
    }
    zooms
}

fn covers(section: &Section<'_>) -> Option<BoundingBox> {
    let numbers = section.numbers("covers")?;
    let bounds = bounds_of(&numbers).filter(|bounds| bounds.west < bounds.east);
    if bounds.is_none() {
        let finding = section.finding("pack-bounding-box", "covers");
        section.report(finding.with("value", numbers.join(", ")));
    }
    bounds
}
