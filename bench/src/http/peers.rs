//! The peers: tipg and pygeoapi, each one worker on one PostGIS table, as their documentation has it.
//!
//! They ask a view that holds what the viewer may see. Nothing is installed here; what is missing is
//! said, and the run goes on without it.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::process::{Process, free_port};
use super::servers::{Dialect, Serving};
use super::{Plan, program};
use crate::note;
use crate::subject::Subject;
use crate::subject::postgres::Postgres;

/// Made once the rows are in: what the viewer of all questions may see.
const VIEW: &str = include_str!("peers/view.sql");
const PYGEOAPI: &str = include_str!("peers/pygeoapi.yml");

/// Whether there is any peer to load PostgreSQL for.
pub(crate) fn are_wanted(plan: &Plan) -> bool {
    let python = plan.python.as_deref();
    let any = ["uvicorn", "gunicorn"].iter().any(|name| program(python, name).is_some());
    any && Postgres::is_installed()
}

/// PostgreSQL with the rows; loaded before, where the folder is there.
pub(crate) fn postgres(work: &Path, csv: &Path) -> anyhow::Result<Postgres> {
    let folder = work.join("postgres");
    let is_loaded = folder.join("loaded");
    fs::create_dir_all(&folder)?;
    let port = free_port()?;
    if is_loaded.exists() {
        return Postgres::reopen(&folder, port);
    }
    note("loading postgres");
    let mut postgres = Postgres::start_on(&folder, port)?;
    postgres.load(csv)?;
    postgres.execute(VIEW)?;
    fs::write(is_loaded, "")?;
    Ok(postgres)
}

/// tipg on uvicorn.
pub(crate) fn tipg(plan: &Plan, postgres: &Postgres) -> anyhow::Result<Serving> {
    let python = plan.python.as_deref();
    let uvicorn =
        program(python, "uvicorn").context("tipg: no uvicorn (pip install tipg uvicorn)")?;
    let version = version(python, "tipg")?;
    let port = free_port()?;
    let mut command = Command::new(uvicorn);
    command.args([
        "tipg.main:app",
        "--host",
        "127.0.0.1",
        "--no-access-log",
        "--log-level",
        "error",
    ]);
    command.args(["--port", &port.to_string()]);
    command.env("DATABASE_URL", postgres.url());
    command.env("TIPG_DB_SCHEMAS", "[\"seen\"]");
    command.env("TIPG_TABLE_CONFIG__seen_incident__pk", "source_id");
    command.env("TIPG_TABLE_CONFIG__seen_incident__datetimecol", "occurred_at");
    let server = listening(command, &plan.work.join("tipg.log"), port)?;
    let name = format!("tipg {version}, uvicorn, one worker, on PostGIS");
    let (base, database) = (format!("http://127.0.0.1:{port}"), Some(postgres.process()));
    Ok(Serving::new("tipg", name, (server, &base), (Dialect::Tipg, database)))
}

/// pygeoapi on gunicorn.
pub(crate) fn pygeoapi(plan: &Plan, postgres: &Postgres) -> anyhow::Result<Serving> {
    let python = plan.python.as_deref();
    let missing = "pygeoapi: not there (pip install pygeoapi geoalchemy2 psycopg2-binary gunicorn)";
    let (own, gunicorn) = (program(python, "pygeoapi"), program(python, "gunicorn"));
    let (own, gunicorn) = (own.context(missing)?, gunicorn.context(missing)?);
    let version = version(python, "pygeoapi")?;
    let port = free_port()?;
    let (settings, openapi) = (plan.work.join("pygeoapi.yml"), plan.work.join("openapi.yml"));
    let text = PYGEOAPI.replace("PORT_OF_SERVER", &port.to_string());
    fs::write(&settings, text.replace("PORT_OF_DATABASE", &postgres.port().to_string()))?;
    let mut generate = Command::new(own);
    generate.args(["openapi", "generate"]).arg(&settings).arg("--output-file").arg(&openapi);
    generate.env("PYGEOAPI_CONFIG", &settings);
    let output = generate.output().context("cannot run pygeoapi")?;
    ensure!(
        output.status.success(),
        "pygeoapi: its description failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut command = Command::new(gunicorn);
    command.args(["pygeoapi.flask_app:APP", "--workers", "1", "--threads", "1"]);
    command.args(["--keep-alive", "300", "--bind", &format!("127.0.0.1:{port}")]);
    command.env("PYGEOAPI_CONFIG", &settings).env("PYGEOAPI_OPENAPI", &openapi);
    let server = listening(command, &plan.work.join("pygeoapi.log"), port)?;
    let name = format!("pygeoapi {version}, gunicorn, one worker, on PostGIS");
    let (base, database) = (format!("http://127.0.0.1:{port}"), Some(postgres.process()));
    Ok(Serving::new("pygeoapi", name, (server, &base), (Dialect::Pygeoapi, database)))
}

fn listening(mut command: Command, log: &Path, port: u16) -> anyhow::Result<Process> {
    let log = fs::File::create(log)?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let mut process = Process::start(&mut command)?;
    process.wait_for(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    Ok(process)
}

/// The version of an installed Python package.
fn version(python: Option<&Path>, package: &str) -> anyhow::Result<String> {
    let interpreter: PathBuf = program(python, "python3").context("no python3")?;
    let script = format!("import importlib.metadata as m; print(m.version('{package}'))");
    let output = Command::new(interpreter).args(["-c", &script]).output()?;
    if !output.status.success() {
        bail!("{package}: not installed");
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
