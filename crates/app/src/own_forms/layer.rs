//! The layer of forms taken in here: a pack above the mission's, which extends it and holds nothing but
//! registers. It stays when the mission's pack is replaced by another.

use std::fmt::Write;

use mission::folder::Folder;
use mission::pack::Pack;
use model::id::Name;
use store::Ground;

use crate::error::AppError;
use crate::packs::PackFolders;

/// What the name of such a layer ends with.
const ENDING: &str = "-forms";
const MANIFEST: &str = "pack.toml";
const REGISTERS: &str = "registers/";

/// The registers that were taken in here.
#[derive(Debug, Default)]
pub(crate) struct OwnForms {
    layer: String,
    /// How often it was changed.
    version: u64,
    files: Vec<(String, Vec<u8>)>,
}

impl OwnForms {
    /// Those of the pack a node works with; nothing where it has none.
    pub(crate) fn of_node(ground: &Ground) -> Result<Option<Self>, AppError> {
        match ground.pack()? {
            Some((pack, _files)) if pack.name.as_str().ends_with(ENDING) => {
                Ok(Some(Self::of(&PackFolders::of_node(ground)?, &pack.version)))
            }
            _ => Ok(None),
        }
    }

    /// Those of a pack that has them, or none yet above a pack.
    pub(crate) fn of(folders: &PackFolders, version: &str) -> Self {
        let name = folders.name();
        if !name.ends_with(ENDING) {
            return Self { layer: layer_above(name), ..Self::default() };
        }
        let folder = folders.folder_of(name).cloned().unwrap_or_default();
        let paths = folder.paths().filter(|path| path.starts_with(REGISTERS));
        let files = paths.filter_map(|path| Some((path.to_owned(), folder.get(path)?.to_vec())));
        let version = version.parse().unwrap_or(0);
        Self { layer: name.to_owned(), version, files: files.collect() }
    }

    /// The name of the layer.
    pub(crate) fn layer(&self) -> &str {
        &self.layer
    }

    /// Whether a register was taken in here.
    pub(crate) fn has(&self, register: &Name) -> bool {
        let folder = format!("{REGISTERS}{register}/");
        self.files.iter().any(|(path, _)| path.starts_with(&folder))
    }

    /// Sets the files of a register, in the place of those it had.
    pub(crate) fn set(&mut self, register: &Name, files: Vec<(&str, Vec<u8>)>) {
        let folder = format!("{REGISTERS}{register}/");
        self.files.retain(|(path, _)| !path.starts_with(&folder));
        let files = files.into_iter().map(|(file, content)| (format!("{folder}{file}"), content));
        self.files.extend(files);
    }

    /// The folders of a pack with this layer above it.
    pub(crate) fn onto(self, folders: PackFolders, base: &Pack) -> PackFolders {
        let layer = layer_above(base.name.as_str());
        let extends = base_of(base, &layer);
        let mut folder = Folder::default();
        let version = self.version.saturating_add(1);
        folder.insert(MANIFEST, manifest(&layer, &extends, version, base).into_bytes());
        for (path, content) in self.files {
            folder.insert(path, content);
        }
        folders.below(&layer, folder)
    }
}

/// The name of the layer above a pack; that of the layer itself is its own.
fn layer_above(name: &str) -> String {
    let stem: String = name.strip_suffix(ENDING).unwrap_or(name).chars().take(57).collect();
    format!("{stem}{ENDING}")
}

/// What the layer extends: the pack itself, or the layer below where the pack is the layer.
fn base_of(pack: &Pack, layer: &str) -> String {
    let mut names = pack.layers.iter().rev().map(|layer| layer.name.as_str());
    names.find(|name| *name != layer).unwrap_or_default().to_owned()
}

/// The manifest says of the mission what the pack below says.
fn manifest(name: &str, extends: &str, version: u64, base: &Pack) -> String {
    let mut text = format!(
        "name = \"{name}\"\nmission = \"{extends}\"\nversion = \"{version}\"\nextends = \"{extends}\"\n"
    );
    let titles: Vec<String> = base
        .titles
        .iter()
        .map(|(language, title)| format!("{language} = {}", serde_json::json!(title)))
        .collect();
    let bounds = base.bounds.map(|bounds| {
        let sides = [bounds.west, bounds.south, bounds.east, bounds.north];
        let sides = sides.map(model::place::degrees_text).join(", ");
        format!("bounding_box = [{sides}]\n")
    });
    // Writing into a text cannot fail.
    write!(
        text,
        "title = {{ {} }}\nlanguages = {}\ntime_zone = \"{}\"\n{}countries = {}\n\
         fictional = {}\nexercise = {}\n",
        titles.join(", "),
        serde_json::json!(base.languages),
        base.time_zone,
        bounds.unwrap_or_default(),
        serde_json::json!(base.countries),
        base.fictional,
        base.exercise,
    )
    .unwrap_or_default();
    text
}
