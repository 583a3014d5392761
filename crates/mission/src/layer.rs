//! The folders a pack is made of: itself, the pack it extends, the pack that one extends.

mod manifest;

use forms::sheet::Sheet;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::limits::{PACK_EXTENDS_MAX, PACK_FILE_BYTES_MAX, PACK_FILES_MAX};

use crate::findings::Findings;
use crate::folder::{Folder, Packs};
pub(crate) use manifest::{Manifest, bounds_of};

/// The file that makes a folder a pack.
pub(crate) const MANIFEST: &str = "pack.toml";
/// Files and folders of a pack. A folder ends in `/`; what stands below it may be anything its
/// reader does not refuse.
const KNOWN: [&str; 13] = [
    MANIFEST,
    "roles.toml",
    "indicators.toml",
    "mandates/",
    "registers/",
    "field-groups/",
    "codelists/",
    "mappings/",
    "places/",
    "basemap/",
    "reports/",
    "exercise/",
    "demo/",
];

/// One folder, with what its manifest says.
#[derive(Debug)]
pub(crate) struct LayerFolder {
    /// The folder's name.
    pub(crate) name: Name,
    /// Its files.
    pub(crate) folder: Folder,
    /// What its manifest says.
    pub(crate) manifest: Manifest,
    prefix: String,
}

impl LayerFolder {
    /// A file's name in findings: relative to the pack that was asked for.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The files directly in a folder with this ending: the name before the ending, and the path.
    pub(crate) fn files_in<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.folder.paths().filter_map(move |path| {
            let stem = path.strip_prefix(folder)?.strip_suffix(ending)?;
            (!stem.contains('/')).then_some((stem, path))
        })
    }

    /// The content of a file; empty where it is known by its hash alone.
    pub(crate) fn content(&self, path: &str) -> &[u8] {
        self.folder.get(path).unwrap_or_default()
    }

    /// A file with its name in findings.
    pub(crate) fn sheet(&self, path: &str) -> LayerSheet<'_> {
        LayerSheet { file: self.path(path), bytes: self.content(path) }
    }
}

/// A file of a layer, with its name in findings.
#[derive(Debug)]
pub(crate) struct LayerSheet<'a> {
    /// Its name.
    pub(crate) file: String,
    /// Its content.
    pub(crate) bytes: &'a [u8],
}

impl LayerSheet<'_> {
    /// The same, to be read.
    pub(crate) fn sheet(&self) -> Sheet<'_> {
        Sheet { file: &self.file, bytes: self.bytes }
    }
}

/// The folders of a pack, the one that extends nothing first. Nothing where one of them cannot be
/// read: whatever could be said of the others would follow from that alone.
pub(crate) fn chain(
    name: &str,
    packs: &dyn Packs,
    findings: &Findings,
) -> Option<Vec<LayerFolder>> {
    let mut layers: Vec<LayerFolder> = Vec::new();
    let mut wanted = Some((name.to_owned(), Finding::error("pack-unknown").with("pack", name)));
    while let Some((name, missing)) = wanted.take() {
        let Some(folder) = packs.folder(&name) else {
            findings.push(missing);
            return None;
        };
        let prefix = if layers.is_empty() { String::new() } else { format!("../{name}/") };
        let layer = read_layer(&name, folder, prefix, findings)?;
        wanted = next(&layer, &layers, findings);
        layers.push(layer);
    }
    layers.reverse();
    Some(layers)
}

/// The pack that a layer extends, with what to say where there is none.
fn next(
    layer: &LayerFolder,
    above: &[LayerFolder],
    findings: &Findings,
) -> Option<(String, Finding)> {
    let (base, row) = layer.manifest.extends.as_ref()?;
    let at = |code| {
        let finding = Finding::error(code).in_file(layer.path(MANIFEST)).at_row(*row);
        finding.in_column("extends")
    };
    let names: Vec<&str> = above.iter().chain([layer]).map(|layer| layer.name.as_str()).collect();
    if names.contains(&base.as_str()) {
        let chain = format!("{} > {base}", names.join(" > "));
        findings.push(at("pack-extends-cycle").with("chain", chain));
        return None;
    }
    if names.len() == PACK_EXTENDS_MAX {
        findings.push(at("pack-extends-long").with("max", PACK_EXTENDS_MAX));
        return None;
    }
    Some((base.to_string(), at("pack-extends-unknown").with("pack", base)))
}

fn read_layer(
    name: &str,
    folder: Folder,
    prefix: String,
    findings: &Findings,
) -> Option<LayerFolder> {
    let Ok(name) = Name::new(name) else {
        findings.push(Finding::error("name-invalid").with("value", name));
        return None;
    };
    check_limits(&folder, &prefix, findings);
    let file = format!("{prefix}{MANIFEST}");
    let Some(content) = folder.get(MANIFEST) else {
        findings.push(Finding::error("pack-manifest-missing").in_file(file).with("pack", &name));
        return None;
    };
    let manifest = manifest::read(&name, &file, content, findings)?;
    let layer = LayerFolder { name, folder, manifest, prefix };
    check_paths(&layer, findings);
    Some(layer)
}

fn check_limits(folder: &Folder, prefix: &str, findings: &Findings) {
    let count = folder.paths().count();
    if count > PACK_FILES_MAX {
        let finding = Finding::error("pack-files-many").with("found", count);
        findings.push(finding.with("max", PACK_FILES_MAX));
    }
    for path in folder.paths() {
        let bytes = folder.get(path).unwrap_or_default().len() as u64;
        if bytes > PACK_FILE_BYTES_MAX {
            let finding = Finding::error("pack-file-large").in_file(format!("{prefix}{path}"));
            findings.push(finding.with("bytes", bytes).with("max", PACK_FILE_BYTES_MAX));
        }
    }
}

/// A file nobody reads is probably a slip in its name.
fn check_paths(layer: &LayerFolder, findings: &Findings) {
    for path in layer.folder.paths() {
        if !is_known(path) {
            let head = path.split_once('/').map_or(path, |(head, _rest)| head);
            let known = KNOWN.iter().map(|known| known.trim_end_matches('/'));
            let near = suggestion(head, known);
            let finding = Finding::warning("pack-file-unused").in_file(layer.path(path));
            findings.push(finding.with("file", path).with("nearest", near));
        }
    }
    for path in layer.manifest.overrides.iter().filter(|path| !layer.folder.has(path)) {
        let finding = Finding::error("override-file-missing").in_file(layer.path(MANIFEST));
        let near = suggestion(path, layer.folder.paths());
        let finding = finding.in_column("overrides").with("file", path);
        findings.push(finding.with("nearest", near));
    }
}

fn is_known(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let beside = name.starts_with("README") || name.starts_with("LICENCE") || name.starts_with('.');
    let below = |folder: &str, ending: &str| {
        path.strip_prefix(folder).is_some_and(|rest| !rest.contains('/') && rest.ends_with(ending))
    };
    match path.split_once('/') {
        _ if beside => true,
        None => KNOWN.contains(&path),
        Some(("mandates", _)) => below("mandates/", ".toml"),
        Some(("mappings", _)) => below("mappings/", ".toml"),
        Some(("codelists", _)) => below("codelists/", ".csv"),
        Some(("field-groups", _)) => below("field-groups/", ".csv"),
        Some(("registers", rest)) => match rest.split_once('/') {
            Some((_register, file)) => REGISTER_FILES.contains(&file),
            None => false,
        },
        Some((folder, _)) => KNOWN.iter().any(|known| known.strip_suffix('/') == Some(folder)),
    }
}

/// The files of a register's folder.
const REGISTER_FILES: [&str; 3] = ["register.toml", "survey.csv", "choices.csv"];
