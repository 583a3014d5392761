//! Bare `SQLite`: what the library itself gives on the same data with its own means (R*Tree for
//! place and time, FTS5 for words, a covering index for sums), without journal, signatures,
//! packs or history. What Casque adds on top is measured against this.
//!
//! Rows are keyed by their second, which is unique in made-up data: then "newest first" is the
//! order of every index, the best case for `SQLite`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use model::classification::Classification;
use model::place::Position;
use model::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, Row, Transaction, params, params_from_iter};

use crate::event::COLUMNS;
use crate::measure::{bytes_under, own_cpu};
use crate::subject::{CLEARANCE, Figure, Hit, Step, Subject, TEXT_LIMIT, WINDOW_LIMIT, step};
use crate::workload::{TextQuery, Window};

const FILE: &str = "floor.sqlite";
const SCHEMA: &str = include_str!("floor/schema.sql");
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -65536; PRAGMA mmap_size = 4294967296; PRAGMA temp_store = MEMORY;";

const IN_WINDOW: &str = "east >= ?1 AND west <= ?2 AND north >= ?3 AND south <= ?4
    AND until_s >= ?5 AND from_s < ?6 AND rank_low <= ?7";
const HIT: &str = "incident.source_id, incident.id, incident.lon, incident.lat, incident.type,
    incident.admin2, incident.deaths_best, incident.verification";

/// The subject.
#[derive(Debug)]
pub(crate) struct Floor {
    folder: PathBuf,
    connection: Option<Connection>,
}

impl Floor {
    /// In `folder`; nothing is opened yet.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), connection: None }
    }

    fn connected(&mut self) -> anyhow::Result<&mut Connection> {
        if self.connection.is_none() {
            let connection = Connection::open(self.folder.join(FILE))?;
            connection.execute_batch(SETTINGS)?;
            connection.set_prepared_statement_cache_capacity(32);
            self.connection = Some(connection);
        }
        self.connection.as_mut().context("just opened")
    }
}

impl Subject for Floor {
    fn name(&self) -> &'static str {
        "floor"
    }

    fn version(&self) -> String {
        format!("SQLite {} with R*Tree and FTS5, one file, not encrypted", rusqlite::version())
    }

    fn load(&mut self, csv: &Path) -> anyhow::Result<Vec<Step>> {
        let connection = self.connected()?;
        connection.execute_batch(SCHEMA)?;
        let cpu = || Ok(own_cpu());
        Ok(vec![
            step("rows", cpu, || insert_rows(connection, csv))?,
            step("index of places and times", cpu, || {
                run(connection, include_str!("floor/fill_places.sql"))
            })?,
            step("index of sums and ids", cpu, || {
                run(connection, include_str!("floor/index_sums.sql"))
            })?,
            step("index of words", cpu, || {
                run(connection, "INSERT INTO incident_text (incident_text) VALUES ('rebuild');")
            })?,
            step("analyze", cpu, || run(connection, "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);"))?,
        ])
    }

    fn newest_in_window(&mut self, window: &Window) -> anyhow::Result<Vec<Hit>> {
        let sql = format!(
            "SELECT {HIT} FROM incident WHERE id IN (SELECT id FROM incident_place
             WHERE {IN_WINDOW} ORDER BY id DESC LIMIT {WINDOW_LIMIT}) ORDER BY id DESC"
        );
        let mut statement = self.connected()?.prepare_cached(&sql)?;
        let hits = statement.query_map(params_from_iter(window_values(window)), hit)?;
        Ok(hits.collect::<Result<_, _>>()?)
    }

    fn count_in_window(&mut self, window: &Window) -> anyhow::Result<u64> {
        let sql = format!("SELECT count(*) FROM incident_place WHERE {IN_WINDOW}");
        let mut statement = self.connected()?.prepare_cached(&sql)?;
        let count =
            statement.query_row(params_from_iter(window_values(window)), |row| row.get(0))?;
        Ok(i64::cast_unsigned(count))
    }

    fn text_newest(&mut self, query: &TextQuery) -> anyhow::Result<Vec<Hit>> {
        let sql = format!(
            "SELECT {HIT} FROM incident_text JOIN incident ON incident.id = incident_text.rowid
             WHERE incident_text MATCH ?1 AND incident.classification_rank <= ?2
             ORDER BY incident_text.rowid DESC LIMIT {TEXT_LIMIT}"
        );
        let quoted: Vec<String> = query.0.iter().map(|word| format!("\"{word}\"")).collect();
        let mut statement = self.connected()?.prepare_cached(&sql)?;
        let hits = statement.query_map(params![quoted.join(" "), CLEARANCE.rank()], hit)?;
        Ok(hits.collect::<Result<_, _>>()?)
    }

    fn deaths_by_district_month(&mut self) -> anyhow::Result<Vec<Figure>> {
        let mut statement = self.connected()?.prepare_cached(
            "SELECT admin2, month, count(*), coalesce(sum(deaths_best), 0) FROM incident
             WHERE classification_rank <= ?1 GROUP BY admin2, month ORDER BY admin2, month",
        )?;
        let figures = statement.query_map(params![CLEARANCE.rank()], |row| {
            Ok(Figure {
                admin2: row.get(0)?,
                month: row.get(1)?,
                events: row.get(2)?,
                deaths_best: row.get(3)?,
            })
        })?;
        Ok(figures.collect::<Result<_, _>>()?)
    }

    fn cpu(&self) -> anyhow::Result<Duration> {
        Ok(own_cpu())
    }

    fn bytes_on_disk(&mut self) -> anyhow::Result<u64> {
        bytes_under(&self.folder)
    }

    fn open(&mut self) -> anyhow::Result<()> {
        self.connected().map(|_| ())
    }
}

fn run(connection: &Connection, sql: &str) -> anyhow::Result<()> {
    Ok(connection.execute_batch(sql)?)
}

fn insert_rows(connection: &mut Connection, csv: &Path) -> anyhow::Result<()> {
    let mut reader = csv::Reader::from_path(csv)?;
    let transaction = connection.transaction()?;
    let mut cells = csv::StringRecord::new();
    while reader.read_record(&mut cells)? {
        insert(&transaction, &cells)?;
    }
    Ok(transaction.commit()?)
}

fn insert(transaction: &Transaction<'_>, cells: &csv::StringRecord) -> anyhow::Result<()> {
    let cell = |column: &str| {
        let index = COLUMNS.iter().position(|name| *name == column);
        index.and_then(|index| cells.get(index)).unwrap_or_default()
    };
    let count = |column: &str| cell(column).parse::<i64>().ok();
    let at: Timestamp = cell("occurred_at").parse()?;
    let place = position(cell("place"))?;
    let classification: Classification = cell("classification").parse()?;
    transaction
        .prepare_cached(
            "INSERT INTO incident VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?
        .execute(params![
            at.as_ms() / 1_000,
            cell("source_id"),
            place.lon(),
            place.lat(),
            at.date().month_index(),
            cell("place_precision"),
            cell("place_name"),
            cell("admin1"),
            cell("admin2"),
            cell("type"),
            count("deaths_low"),
            count("deaths_best"),
            count("deaths_high"),
            cell("side_a"),
            cell("side_b"),
            cell("verification"),
            cell("source_grade"),
            cell("credibility"),
            classification.rank(),
            cell("summary"),
        ])?;
    Ok(())
}

/// Reads `POINT(lon lat)`.
fn position(wkt: &str) -> anyhow::Result<Position> {
    let inner = wkt.strip_prefix("POINT(").and_then(|rest| rest.strip_suffix(')'));
    let (lon, lat) = inner.and_then(|pair| pair.split_once(' ')).context("not a point")?;
    Ok(Position::parse(lon, lat)?)
}

fn window_values(window: &Window) -> [i64; 7] {
    [
        i64::from(window.bounds.west),
        i64::from(window.bounds.east),
        i64::from(window.bounds.south),
        i64::from(window.bounds.north),
        window.from.as_ms() / 1_000,
        window.until.as_ms() / 1_000,
        i64::from(CLEARANCE.rank()),
    ]
}

fn hit(row: &Row<'_>) -> rusqlite::Result<Hit> {
    let off_the_earth =
        |error| rusqlite::Error::FromSqlConversionFailure(2, Type::Integer, Box::new(error));
    Ok(Hit {
        source_id: row.get(0)?,
        occurred_at: Timestamp::from_ms(row.get::<_, i64>(1)? * 1_000),
        place: Position::from_units(row.get(2)?, row.get(3)?).map_err(off_the_earth)?,
        kind: row.get(4)?,
        admin2: row.get(5)?,
        deaths_best: row.get(6)?,
        verification: row.get(7)?,
    })
}
