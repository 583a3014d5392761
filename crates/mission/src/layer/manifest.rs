//! `pack.toml`: what a pack is, where it works, what it extends.

use forms::labels::{Labels, is_language_code};
use model::id::Name;
use model::place::{BoundingBox, Position};
use model::time::zone::Zone;

use crate::document::{self, Section};
use crate::findings::Findings;

const KEYS: [&str; 13] = [
    "mission",
    "name",
    "version",
    "title",
    "languages",
    "extends",
    "time_zone",
    "bounding_box",
    "countries",
    "fictional",
    "exercise",
    "overrides",
    "compartment",
];

/// What a pack's manifest says.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) version: String,
    pub(crate) titles: Labels,
    pub(crate) languages: Vec<String>,
    pub(crate) time_zone: String,
    pub(crate) bounds: Option<BoundingBox>,
    pub(crate) countries: Vec<String>,
    pub(crate) fictional: bool,
    pub(crate) exercise: bool,
    /// The mission whose mandates it has, where its own name is another.
    pub(crate) mission: Option<Name>,
    /// The pack it extends, and the line that says so.
    pub(crate) extends: Option<(Name, u64)>,
    /// The sheets it has in the place of those of the same path below it.
    pub(crate) overrides: Vec<String>,
    /// Its compartments, each with its line.
    pub(crate) compartments: Vec<(Name, Labels, u64)>,
}

/// Reads the manifest of the folder `name`.
pub(super) fn read(
    name: &Name,
    file: &str,
    content: &[u8],
    findings: &Findings,
) -> Option<Manifest> {
    document::read(file, content, findings, |root| read_root(name, root))
}

fn read_root(name: &Name, root: &Section<'_>) -> Manifest {
    root.knows(&KEYS);
    if let Some(said) = root.required_name("name").filter(|said| said != name) {
        let finding = root.finding("pack-name-differs", "name").with("name", said);
        root.report(finding.with("folder", name));
    }
    Manifest {
        version: root.required_text("version").unwrap_or_default(),
        titles: root.required_labels("title"),
        languages: read_languages(root),
        time_zone: read_time_zone(root),
        bounds: read_bounds(root),
        countries: read_countries(root),
        fictional: root.flag("fictional", false),
        exercise: root.flag("exercise", false),
        mission: root.name("mission"),
        extends: root.name("extends").map(|base| (base, root.row_of("extends"))),
        overrides: root.texts("overrides"),
        compartments: root.sections("compartment").iter().filter_map(read_compartment).collect(),
    }
}

fn read_languages(root: &Section<'_>) -> Vec<String> {
    root.demand("languages");
    let languages = root.texts("languages");
    for language in languages.iter().filter(|language| !is_language_code(language)) {
        let finding = root.finding("language-invalid", "languages");
        root.report(finding.with("value", language));
    }
    languages.into_iter().filter(|language| is_language_code(language)).collect()
}

/// A zone of the IANA database: `UTC` or `Area/City`.
fn read_time_zone(root: &Section<'_>) -> String {
    let zone = root.required_text("time_zone").unwrap_or_default();
    let known = (zone == "UTC" || zone.contains('/')) && Zone::named(&zone).is_some();
    if !known && root.has("time_zone") {
        root.report(root.finding("pack-time-zone", "time_zone").with("value", &zone));
    }
    zone
}

fn read_bounds(root: &Section<'_>) -> Option<BoundingBox> {
    let numbers = root.numbers("bounding_box")?;
    let bounds = bounds_of(&numbers);
    if bounds.is_none() {
        let finding = root.finding("pack-bounding-box", "bounding_box");
        root.report(finding.with("value", numbers.join(", ")));
    }
    bounds
}

/// West, south, east, north. West over east crosses the date line.
pub(crate) fn bounds_of(numbers: &[String]) -> Option<BoundingBox> {
    let [west, south, east, north] = numbers else { return None };
    let low = Position::parse(west, south).ok()?;
    let high = Position::parse(east, north).ok()?;
    let (west, south, east, north) = (low.lon(), low.lat(), high.lon(), high.lat());
    (south < north && west != east).then_some(BoundingBox { west, south, east, north })
}

fn read_countries(root: &Section<'_>) -> Vec<String> {
    let countries = root.texts("countries");
    let fits =
        |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    for country in countries.iter().filter(|country| !fits(country)) {
        root.report(root.finding("pack-country", "countries").with("value", country));
    }
    countries
}

fn read_compartment(section: &Section<'_>) -> Option<(Name, Labels, u64)> {
    section.knows(&["name", "title"]);
    let titles = section.required_labels("title");
    Some((section.required_name("name")?, titles, section.row))
}
