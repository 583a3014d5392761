//! Casque itself, in this process, through the interface its command line uses: every question is
//! CQL2 text asked by a user whose clearance cuts the answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use app::{Environment, Import, ImportReport, NewUser, Node, Question, SumBy, Viewer};
use model::classification::Classification;
use model::place::{Geometry, degrees_text};
use model::random::Randomness;
use model::time::{Clock, Timestamp};
use model::value::Value;

use crate::generator::{Generator, write_csv};
use crate::measure::{Stopwatch, bytes_under, own_cpu};
use crate::subject::{
    CLEARANCE, Extra, Figure, Hit, Step, Subject, TEXT_LIMIT, WINDOW_LIMIT, step,
};
use crate::workload::{TextQuery, Window};

const PACK: &str = r#"name = "benchmark"
version = "1"
title = { en = "Benchmark", fr = "Mesures" }
languages = ["en", "fr"]
extends = "core"
time_zone = "Africa/Bamako"
fictional = true
exercise = true
"#;
const ROLES: &str = r#"[[role]]
name = "everything"
title = { en = "Everything", fr = "Tout" }
[[role.grant]]
registers = ["*"]
actions = ["read", "export", "create", "edit", "transition", "comment", "settle", "attach", "link", "import", "delete", "administer"]
clearance = "strictly-confidential"
compartments = ["*"]
"#;
/// Rows of a live import in one commit.
const LIVE_ROWS: usize = 500;
/// Events imported live, on top of those loaded.
const LIVE_EVENTS: u64 = 20_000;
/// The seed of those; no run uses it.
const LIVE_SEED: u64 = 0x11fe;
const FIELDS: [&str; 7] =
    ["source_id", "occurred_at", "place", "type", "admin2", "deaths_best", "verification"];

/// The subject.
#[derive(Debug)]
pub(crate) struct Casque {
    folder: PathBuf,
    events: u64,
    open: Option<(Node, Viewer)>,
}

impl Casque {
    /// In `folder`; nothing is opened yet.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), events: 0, open: None }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("node")
    }

    fn node(&mut self) -> anyhow::Result<(&mut Node, &Viewer)> {
        let (node, viewer) = self.open.as_mut().context("nothing is loaded")?;
        Ok((node, viewer))
    }

    /// From now on everything is asked by this user.
    fn see_as(&mut self, user: &str) -> anyhow::Result<()> {
        let (node, viewer) = self.open.as_mut().context("nothing is loaded")?;
        *viewer = node.viewer(Some(user))?;
        Ok(())
    }

    /// Holds windows in memory, as a server does.
    fn warm(&mut self) -> anyhow::Result<()> {
        Ok(self.node()?.0.warm()?)
    }

    /// A window's newest as one page of GeoJSON with the exact count: what a server sends.
    pub(crate) fn page(&mut self, window: &Window, out: &mut Vec<u8>) -> anyhow::Result<u64> {
        let (node, viewer) = self.node()?;
        let fields = Vec::new();
        let limit = WINDOW_LIMIT as usize;
        let question = Question { limit, fields, ..window_question(window) };
        Ok(node.features(viewer, &question, out)?.matched)
    }

    fn import(&mut self, csv: &Path, rows_per_commit: usize) -> anyhow::Result<()> {
        let (node, viewer) = self.node()?;
        let viewer = viewer.clone();
        let report = import(node, &viewer, ("incident", "generic"), csv, rows_per_commit)?;
        anyhow::ensure!(
            report.refused == 0,
            "rows were refused: {:?}",
            report.refused_rows.first()
        );
        Ok(())
    }

    fn ask(&mut self, question: &Question) -> anyhow::Result<Vec<Hit>> {
        let (node, viewer) = self.node()?;
        let answer = node.ask(viewer, question)?;
        answer.records.into_iter().map(|record| hit(record.values)).collect()
    }

    /// Entries for each second of CPU.
    fn rate(
        &mut self,
        entries: u64,
        work: impl FnOnce(&mut Self) -> anyhow::Result<()>,
    ) -> anyhow::Result<String> {
        let (before, watch) = (own_cpu(), Stopwatch::start());
        work(self)?;
        let (cpu, wall) = (own_cpu().saturating_sub(before), watch.elapsed());
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let rate = entries as f64 / cpu.as_secs_f64();
        Ok(format!("{rate:.0} entries per CPU second ({:.1} s wall)", wall.as_secs_f64()))
    }
}

impl Subject for Casque {
    fn name(&self) -> &'static str {
        "casque"
    }

    fn version(&self) -> String {
        "Casque of this checkout, node not encrypted, every entry signed".to_owned()
    }

    fn load(&mut self, csv: &Path) -> anyhow::Result<Vec<Step>> {
        let cpu = || Ok(own_cpu());
        let begun = step("a new node with its pack", cpu, || {
            let pack = benchmark_pack(&self.folder)?;
            let (mut node, admin) = new_node(&self.data(), &pack, "everything")?;
            node.add_user(&admin, user("watch", "everything", CLEARANCE))?;
            self.open = Some((node, admin));
            Ok(())
        })?;
        let rows = app::ROWS_PER_COMMIT;
        let loaded =
            step("import: signed entries and every index", cpu, || self.import(csv, rows))?;
        self.see_as("watch")?;
        self.warm()?;
        self.events = u64::try_from(csv::Reader::from_path(csv)?.into_records().count())?;
        Ok(vec![begun, loaded])
    }

    fn newest_in_window(&mut self, window: &Window) -> anyhow::Result<Vec<Hit>> {
        self.ask(&Question { limit: WINDOW_LIMIT as usize, ..window_question(window) })
    }

    fn count_in_window(&mut self, window: &Window) -> anyhow::Result<u64> {
        let (node, viewer) = self.node()?;
        Ok(node.count(viewer, &window_question(window))?)
    }

    fn text_newest(&mut self, query: &TextQuery) -> anyhow::Result<Vec<Hit>> {
        let search = Some(query.0.join(" "));
        self.ask(&Question { search, limit: TEXT_LIMIT as usize, ..incident() })
    }

    fn deaths_by_district_month(&mut self) -> anyhow::Result<Vec<Figure>> {
        let asked = SumBy {
            question: Question { limit: usize::MAX, ..incident() },
            sums: vec!["deaths_best".to_owned()],
            by: vec!["admin2".to_owned(), "month".to_owned()],
        };
        let (node, viewer) = self.node()?;
        let viewer = viewer.clone();
        let rows = node.sums(&viewer, &asked)?;
        rows.iter().map(figure).collect()
    }

    fn cpu(&self) -> anyhow::Result<Duration> {
        Ok(own_cpu())
    }

    fn bytes_on_disk(&mut self) -> anyhow::Result<u64> {
        bytes_under(&self.folder)
    }

    fn open(&mut self) -> anyhow::Result<()> {
        let node = Node::open(&self.data(), environment())?;
        let viewer = node.viewer(Some("watch"))?;
        self.open = Some((node, viewer));
        self.warm()
    }

    fn extras(&mut self) -> anyhow::Result<Vec<Extra>> {
        let (changed, new) = (self.folder.join("changed.csv"), self.folder.join("new.csv"));
        let file = std::io::BufWriter::new(fs::File::create(&changed)?);
        write_csv(Generator::new(LIVE_SEED, LIVE_EVENTS), file)?;
        // Made-up events of any seed have the same ids: as they are, they change what is loaded.
        fs::write(&new, fs::read_to_string(&changed)?.replace("SIM-", "NEW-"))?;
        let events = self.events;
        let verify = self.rate(events, |casque| {
            let (node, _) = casque.node()?;
            let verified = node.verify(&mut |_done, _all| {})?;
            anyhow::ensure!(verified.damage.is_empty(), "the journal is damaged");
            Ok(())
        })?;
        self.see_as("admin")?;
        let live = self.rate(LIVE_EVENTS, |casque| casque.import(&new, LIVE_ROWS))?;
        let update = self.rate(LIVE_EVENTS, |casque| casque.import(&changed, LIVE_ROWS))?;
        let rebuild = self.rate(events + 2 * LIVE_EVENTS, |casque| {
            let (node, viewer) = casque.node()?;
            let viewer = viewer.clone();
            node.rebuild_only(&viewer)?;
            Ok(())
        })?;
        fs::remove_file(&new)?;
        fs::remove_file(&changed)?;
        let extra = |what: &str, value| Extra { what: what.to_owned(), value };
        Ok(vec![
            extra("verify every hash and signature", verify),
            extra("live import of new events, 500 a commit, on top of the load", live),
            extra("a newer release: every field of an event changed, 500 a commit", update),
            extra("rebuild everything derived", rebuild),
        ])
    }
}

/// A new node of a pack in `packs`, its administrator and the user of all questions.
pub(crate) fn new_node(
    folder: &Path,
    pack: &Path,
    administrator: &str,
) -> anyhow::Result<(Node, Viewer)> {
    let administrator = user("admin", administrator, Classification::StrictlyConfidential);
    let node = Node::create(folder, pack, administrator, environment())?;
    let viewer = node.viewer(None)?;
    Ok((node, viewer))
}

fn user(name: &str, role: &str, clearance: Classification) -> NewUser {
    NewUser {
        name: name.to_owned(),
        display: String::new(),
        roles: vec![role.to_owned()],
        areas: Vec::new(),
        compartments: Vec::new(),
        clearance,
        password: None,
    }
}

/// The project's core pack with one more role, which may do everything with every classification.
pub(crate) fn benchmark_pack(work: &Path) -> anyhow::Result<PathBuf> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/core");
    let packs = work.join("packs");
    copy_folder(&core, &packs.join("core"))?;
    let pack = packs.join("benchmark");
    fs::create_dir_all(&pack)?;
    fs::write(pack.join("pack.toml"), PACK)?;
    fs::write(pack.join("roles.toml"), ROLES)?;
    Ok(pack)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Imports a file, whatever becomes of its rows.
pub(crate) fn import_file(
    node: &mut Node,
    viewer: &Viewer,
    how: (&str, &str),
    file: &Path,
) -> anyhow::Result<()> {
    import(node, viewer, how, file, app::ROWS_PER_COMMIT).map(|_report| ())
}

fn import(
    node: &mut Node,
    viewer: &Viewer,
    (register, mapping): (&str, &str),
    file: &Path,
    rows_per_commit: usize,
) -> anyhow::Result<ImportReport> {
    let import = Import { rows_per_commit, ..Import::of((register, mapping), file) };
    Ok(node.import(viewer, &import, &mut |_row, _fate| {})?)
}

fn incident() -> Question {
    Question {
        register: "incident".to_owned(),
        fields: FIELDS.map(str::to_owned).to_vec(),
        ..Question::default()
    }
}

fn window_question(window: &Window) -> Question {
    let bounds = window.bounds;
    let corners = [bounds.west, bounds.south, bounds.east, bounds.north].map(degrees_text);
    let filter = format!(
        "S_INTERSECTS(place, BBOX({})) AND occurred_at >= TIMESTAMP('{}') AND occurred_at < TIMESTAMP('{}')",
        corners.join(", "),
        window.from,
        window.until
    );
    Question { filter: Some(filter), ..incident() }
}

fn hit(values: Vec<Option<Value>>) -> anyhow::Result<Hit> {
    let values =
        <[Option<Value>; 7]>::try_from(values).ok().context("seven fields were asked for")?;
    match values {
        [
            Some(Value::Text(source_id)),
            Some(Value::Time(occurred_at)),
            Some(Value::Geometry(Geometry::Point(place))),
            Some(Value::Code(kind)),
            Some(Value::Text(admin2)),
            deaths,
            Some(Value::Code(verification)),
        ] => {
            let deaths_best = match deaths {
                Some(Value::Integer(number)) => Some(number),
                _ => None,
            };
            Ok(Hit { source_id, occurred_at, place, kind, admin2, deaths_best, verification })
        }
        other => anyhow::bail!("a record is not what was loaded: {other:?}"),
    }
}

fn figure(row: &app::SumRow) -> anyhow::Result<Figure> {
    let [Some(admin2), Some(month)] = &row.keys[..] else { anyhow::bail!("a group without keys") };
    let (year, number) = month.split_once('-').context("no month")?;
    Ok(Figure {
        admin2: admin2.clone(),
        month: year.parse::<i32>()? * 12 + number.parse::<i32>()? - 1,
        events: row.count,
        deaths_best: row.sums.first().map_or(0, |sum| sum.sum),
    })
}

fn environment() -> Environment {
    Environment { clock: Box::new(FixedClock), randomness: Box::new(Counter(0)) }
}

/// The same instant for ever: nothing measured depends on it.
struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_ms(1_795_000_000_000)
    }
}

/// Bytes that differ from call to call: a benchmark keeps no secrets.
struct Counter(u64);

impl Randomness for Counter {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = self.0.to_be_bytes()[0];
        }
    }
}
