//! Packs on disk and packs in a node: folders of files, read within limits.
//!
//! A pack at `packs/minusma` finds what it extends beside itself (`packs/core`). In a node a pack's
//! files are content under their hashes, listed by its journal entry as `core/registers/...`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use journal::PackFile;
use mission::basemap::Basemap;
use mission::folder::{Folder, Packs};
use mission::pack::Pack;
use mission::places::Places;
use model::finding::Finding;
use model::limits::{FINDINGS_MAX, PACK_FILE_BYTES_MAX, PACK_FILES_MAX};
use store::Ground;

use crate::error::{AppError, Kind};

/// Files of a pack's folder that belong to it; others (a README, an editor's backup) do not.
const EXTENSIONS: [&str; 6] = ["toml", "csv", "geojson", "gz", "typ", "ftl"];
/// The folder of rows that a pack shows itself with: no part of it, but where an exercise draws on them.
const DEMO: &str = "demo";
const EXERCISE: &str = "exercise";
/// Folders of a pack that are megabytes where the rest is kilobytes: read when they are needed.
const PLACES: &str = "places";
const BASEMAP: &str = "basemap";

/// Packs found beside each other in a directory.
#[derive(Debug)]
pub struct PackFolders {
    name: String,
    folders: BTreeMap<String, Folder>,
}

impl PackFolders {
    /// Reads the pack at `path` and every pack beside it that it could extend.
    pub fn read(path: &Path) -> Result<Self, AppError> {
        let path = fs::canonicalize(path).map_err(|error| AppError::file(path, error))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| not_a_pack(&path))?;
        if !path.join("pack.toml").is_file() {
            return Err(not_a_pack(&path));
        }
        let mut folders = BTreeMap::from([(name.clone(), read_folder(&path)?)]);
        for beside in siblings(&path)? {
            if let Some(other) =
                beside.file_name().map(|other| other.to_string_lossy().into_owned())
                && !folders.contains_key(&other)
            {
                folders.insert(other, read_folder(&beside)?);
            }
        }
        Ok(Self { name, folders })
    }

    /// The pack's name: that of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pack a node works with, with all its files.
    pub(crate) fn of_node(ground: &Ground) -> Result<Self, AppError> {
        let (name, folders) = node_folders(ground, &|_path| true)?;
        Ok(Self { name, folders })
    }

    /// The folder of a layer.
    pub(crate) fn folder_of(&self, layer: &str) -> Option<&Folder> {
        self.folders.get(layer)
    }

    /// The same with `folder` as the pack, which extends what it names.
    #[must_use]
    pub(crate) fn below(mut self, name: &str, folder: Folder) -> Self {
        self.folders.insert(name.to_owned(), folder);
        Self { name: name.to_owned(), ..self }
    }

    /// The files of the pack and of those it extends, by `layer/path`.
    pub(crate) fn files_of(&self, pack: &Pack) -> Vec<(String, &[u8])> {
        let mut files = Vec::new();
        for layer in &pack.layers {
            let Some(folder) = self.folders.get(layer.name.as_str()) else { continue };
            for path in folder.paths() {
                if let Some(content) = folder.get(path) {
                    files.push((format!("{}/{path}", layer.name), content));
                }
            }
        }
        files
    }
}

impl Packs for PackFolders {
    fn folder(&self, name: &str) -> Option<Folder> {
        self.folders.folder(name)
    }
}

/// Loads the pack at `path`; every finding at once where it has errors.
pub fn load_pack(path: &Path) -> Result<Pack, AppError> {
    let folders = PackFolders::read(path)?;
    mission::load::load(folders.name(), &folders)
        .map_err(|findings| AppError::invalid(capped(findings)))
}

/// Everything there is to say about the pack at `path` and its places, errors and warnings.
pub fn check_pack(path: &Path) -> Result<Vec<Finding>, AppError> {
    let folders = PackFolders::read(path)?;
    Ok(capped(mission::load::check(folders.name(), &folders)))
}

/// The pack a node works with, its places, its map and its exercise named by hash only.
pub(crate) fn of_node(ground: &Ground) -> Result<Pack, AppError> {
    let later = [PLACES, BASEMAP, EXERCISE, DEMO];
    let (name, folders) =
        node_folders(ground, &|path| !later.iter().any(|folder| is_in(path, folder)))?;
    mission::load::load_in_use(&name, &folders).map_err(damaged)
}

/// The places of the pack a node works with.
pub(crate) fn places_of_node(ground: &Ground) -> Result<Places, AppError> {
    let (name, folders) =
        node_folders(ground, &|path| is_in(path, PLACES) || path.ends_with("pack.toml"))?;
    mission::places::load(&name, &folders).map_err(damaged)
}

/// The map of the pack a node works with.
pub(crate) fn basemap_of_node(ground: &Ground) -> Result<Basemap, AppError> {
    let (name, folders) =
        node_folders(ground, &|path| is_in(path, BASEMAP) || path.ends_with("pack.toml"))?;
    mission::basemap::load(&name, &folders).map_err(damaged)
}

/// Keeps the files of a pack as content; what its journal entry lists.
pub(crate) fn keep(ground: &Ground, files: &[(String, &[u8])]) -> Result<Vec<PackFile>, AppError> {
    let mut kept = Vec::new();
    for (path, content) in files {
        let blob = ground.put_blob(content)?;
        kept.push(PackFile { path: path.clone(), blob, bytes: content.len() as u64 });
    }
    Ok(kept)
}

fn is_in(path: &str, folder: &str) -> bool {
    path.split('/').nth(1) == Some(folder)
}

fn node_folders(
    ground: &Ground,
    held: &dyn Fn(&str) -> bool,
) -> Result<(String, BTreeMap<String, Folder>), AppError> {
    let missing = || AppError::new(Kind::Damaged, Finding::error("node-without-pack"));
    let (pack, files) = ground.pack()?.ok_or_else(missing)?;
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for file in files {
        let Some((layer, path)) = file.path.split_once('/') else { continue };
        let folder = folders.entry(layer.to_owned()).or_default();
        if held(&file.path) {
            folder.insert(path, ground.blob(&file.blob)?.ok_or_else(missing)?);
        } else {
            folder.insert_named(path, file.blob);
        }
    }
    Ok((pack.name.to_string(), folders))
}

fn damaged(findings: Vec<Finding>) -> AppError {
    AppError { kind: Kind::Damaged, findings: capped(findings), source: None }
}

/// At most [`FINDINGS_MAX`], errors before warnings where some are left out; the rest as a count, which is
/// an error if one of them is.
pub(crate) fn capped(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > FINDINGS_MAX {
        findings.sort_by_key(|finding| !finding.is_error());
        let more = findings.split_off(FINDINGS_MAX);
        let cuts_error = more.iter().any(Finding::is_error);
        let last = if cuts_error { Finding::error } else { Finding::warning };
        findings.push(last("findings-more").with("count", more.len()));
    }
    findings
}

fn not_a_pack(path: &Path) -> AppError {
    let finding = Finding::error("pack-not-found").in_file(path.display().to_string());
    AppError::invalid(vec![finding])
}

fn siblings(path: &Path) -> Result<Vec<PathBuf>, AppError> {
    let Some(parent) = path.parent() else { return Ok(Vec::new()) };
    let entries = fs::read_dir(parent).map_err(|error| AppError::file(parent, error))?;
    let mut found = Vec::new();
    for entry in entries {
        let beside = entry.map_err(|error| AppError::file(parent, error))?.path();
        if beside != path && beside.join("pack.toml").is_file() {
            found.push(beside);
        }
    }
    Ok(found)
}

fn read_folder(root: &Path) -> Result<Folder, AppError> {
    let mut reading = Reading {
        root,
        has_demo: root.join(EXERCISE).is_dir(),
        folder: Folder::default(),
        count: 0,
    };
    reading.read(root)?;
    Ok(reading.folder)
}

struct Reading<'r> {
    root: &'r Path,
    /// Whether the rows it shows itself with belong to it.
    has_demo: bool,
    folder: Folder,
    count: usize,
}

impl Reading<'_> {
    fn read(&mut self, directory: &Path) -> Result<(), AppError> {
        let entries = fs::read_dir(directory).map_err(|error| AppError::file(directory, error))?;
        for entry in entries {
            let path = entry.map_err(|error| AppError::file(directory, error))?.path();
            let relative = relative(self.root, &path);
            let kind = fs::symlink_metadata(&path).map_err(|error| AppError::file(&path, error))?;
            if kind.is_dir() && (self.has_demo || relative != DEMO) {
                self.read(&path)?;
            } else if kind.is_file() && belongs(&path) {
                self.count += 1;
                if self.count > PACK_FILES_MAX || kind.len() > PACK_FILE_BYTES_MAX {
                    let finding = Finding::error("pack-too-large").in_file(relative);
                    return Err(AppError::invalid(vec![finding]));
                }
                let content = fs::read(&path).map_err(|error| AppError::file(&path, error))?;
                self.folder.insert(relative, content);
            }
        }
        Ok(())
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let parts: Vec<String> =
        parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn belongs(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
    !name.starts_with('.') && extension.is_some_and(|found| EXTENSIONS.contains(&found.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};
    use testkit::{FixedClock, SeededRandomness};

    use super::*;
    use crate::{Environment, NewUser, Node};

    const SURVEY: &str = "registers/stay/survey.csv";

    fn environment(seed: u64) -> Environment {
        Environment {
            clock: Box::new(FixedClock::at("2026-11-22T08:00:00Z")),
            randomness: Box::new(SeededRandomness::new(seed)),
        }
    }

    /// The node with a pack whose survey no program would take today, as an earlier one did.
    fn with_mistake(node: Node, good: &Path) -> Node {
        let mut folders = PackFolders::read(good).expect("a pack");
        let cases = folders.folders.get_mut("cases").expect("the pack");
        let survey = String::from_utf8(cases.get(SURVEY).expect("a survey").to_vec());
        let survey =
            survey.expect("text").replace("${colour} = 'red',,", "hue(${colour}) = 'red',,");
        cases.insert(SURVEY, survey.into_bytes());
        assert!(node.loaded(&folders).is_err(), "nobody takes it today");
        let pack = mission::load::load_in_use("cases", &folders).expect("it was taken");
        let user = node.viewer(None).expect("one administrator").user;
        node.take_pack(user, &folders, pack).expect("taken").0
    }

    #[test]
    fn of_many_findings_the_errors_are_said_and_warnings_alone_refuse_nothing() {
        let warnings = vec![Finding::warning("pack-field-demanded"); FINDINGS_MAX + 1];
        let said = capped(warnings.clone());
        assert_eq!(said.len(), FINDINGS_MAX + 1);
        assert_eq!(said.last().map(Finding::to_string).as_deref(), Some("findings-more count=1"));
        assert!(!said.iter().any(Finding::is_error));
        let said = capped([warnings, vec![Finding::error("pack-field-gone")]].concat());
        assert_eq!(said.first().map(|finding| finding.code), Some("pack-field-gone"));
        assert!(!said.iter().skip(1).any(Finding::is_error));
    }

    #[test]
    fn a_node_whose_pack_has_a_mistake_in_a_form_opens_is_read_and_can_be_mended() {
        let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/packs/cases");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("node");
        let node = Node::create(
            &data,
            &good,
            NewUser::cleared("admin", &["administrator"]),
            environment(1),
        );
        let mut node = node.expect("a node");
        let viewer = node.viewer(None).expect("one administrator");
        let began = json!({ "began_at": "2021-11-02T06:00Z" });
        let values: Map<_, _> = began.as_object().expect("an object").clone();
        let made = node.create_record(&viewer, "stay", &values, None).expect("made").outcome;
        let id = made.to_string();
        drop(with_mistake(node, &good));

        let mut node = Node::open(&data, environment(2)).expect("it opens");
        node.show(&viewer, "stay", &id).expect("what was filed is read");
        let warnings: Vec<_> = node.pack().warnings.iter().map(|finding| finding.code).collect();
        assert_eq!(warnings, ["expression-function-unknown"]);
        let mut refused = vec![node.create_record(&viewer, "stay", &values, None).map(|_| ())];
        let later = Map::from_iter([("summary".to_owned(), json!("later"))]);
        refused.push(node.edit_record(&viewer, ("stay", &*id), &later, None).map(|_| ()));
        for refused in refused {
            let findings = refused.expect_err("nothing is held to such a form").findings;
            let said: Vec<String> = findings.iter().map(Finding::to_string).collect();
            assert_eq!(said, ["form-unusable count=1"]);
        }
        node.delete_record(&viewer, ("stay", &*id), None).expect("no form is asked");
        let form = folder.path().join("call");
        fs::create_dir(&form).expect("a folder");
        fs::write(form.join("survey.csv"), "type,name,label\ntext,word,Word\n").expect("a survey");
        let form = crate::read_form(&form).expect("a form");
        let (node, _taken) = node.import_register(&viewer, &form, None).expect("a form beside it");
        let (mut node, _effects) = node.use_pack(&viewer, &good).expect("mended");
        node.create_record(&viewer, "stay", &values, None).expect("made");
    }
}
