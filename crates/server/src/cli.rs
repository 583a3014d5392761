//! The command line: which words and flags there are. What they mean to people is in the catalogues
//! (`help-*`), so nothing here carries help text.

mod people;
mod records;

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub(crate) use people::{Phone, Refused, Rights, Token, User};
pub(crate) use records::{
    Comment, Create, Delete, Distinct, Edit, Merge, Record, Restore, Settle, Transition,
};

use crate::words::Language;

/// Records of a page when nothing is said.
const PAGE: usize = 50;
/// The port of Casque.
const PORT: u16 = 8271;
/// The flag for documents instead of tables.
const JSON: &str = "--json";

#[derive(Debug, Parser)]
#[command(name = "casque", version, propagate_version = true, arg_required_else_help = true)]
#[command(disable_help_flag = true, disable_help_subcommand = true, disable_version_flag = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Globals {
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) user: Option<String>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    #[arg(long, global = true, value_name = "HOW", default_value = "auto")]
    pub(crate) progress: Progress,
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, global = true, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Progress {
    Auto,
    Plain,
    None,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    #[command(subcommand)]
    Pack(Pack),
    #[command(subcommand)]
    Register(Register),
    #[command(subcommand)]
    Mandate(Mandate),
    Import(Import),
    Export(Export),
    Query(Query),
    Show(Record),
    History(Record),
    Alike(Record),
    Merge(Merge),
    Unmerge(Restore),
    Distinct(Distinct),
    Create(Create),
    Edit(Edit),
    Settle(Settle),
    Comment(Comment),
    Transition(Transition),
    Delete(Delete),
    Restore(Restore),
    Clock(Clock),
    Overdue(Overdue),
    #[command(subcommand)]
    Exercise(Exercise),
    #[command(subcommand)]
    Journal(Journal),
    Rebuild,
    #[command(subcommand)]
    User(User),
    #[command(subcommand)]
    Token(Token),
    #[command(subcommand)]
    Phone(Phone),
    Doctor,
    Serve(Serve),
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[arg(long, value_name = "PACK")]
    pub(crate) pack: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) admin_password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[arg(long, value_name = "ADDRESS", default_value_t = listen_default())]
    pub(crate) listen: SocketAddr,
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    #[arg(long, conflicts_with = "tls_cert")]
    pub(crate) tls_self_made: bool,
    #[arg(long, value_name = "PACK")]
    pub(crate) pack: Option<PathBuf>,
    #[arg(long)]
    pub(crate) open: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) header_seconds: u64,
    #[arg(long, value_name = "NUMBER", default_value_t = 256)]
    pub(crate) connections: usize,
    #[arg(long, value_name = "NUMBER", default_value_t = 16)]
    pub(crate) connections_per_address: usize,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Pack {
    Check {
        #[arg(id = "pack-folder", value_name = "PACK")]
        pack: PathBuf,
    },
    Diff {
        #[arg(id = "pack-before", value_name = "BEFORE")]
        before: PathBuf,
        #[arg(id = "pack-after", value_name = "AFTER")]
        after: Option<PathBuf>,
    },
    Show(PackSource),
    Use {
        #[arg(id = "pack-folder", value_name = "PACK")]
        pack: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct PackSource {
    #[arg(id = "pack-source", long = "pack", value_name = "PACK")]
    pub(crate) pack: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Mandate {
    List(PackSource),
    Show {
        mandate: String,
        #[command(flatten)]
        source: PackSource,
    },
    Coverage(PackSource),
    Diff {
        #[arg(id = "mandate-before", value_name = "BEFORE")]
        before: String,
        #[arg(id = "mandate-after", value_name = "AFTER")]
        after: String,
        #[command(flatten)]
        source: PackSource,
    },
}

#[derive(Debug, Args)]
#[command(subcommand_negates_reqs = true)]
pub(crate) struct Import {
    #[command(subcommand)]
    pub(crate) verb: Option<ImportVerb>,
    #[arg(required = true, id = "import-file", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, required = true)]
    pub(crate) register: Option<String>,
    #[arg(long, value_name = "NAME", default_value = "generic")]
    pub(crate) mapping: String,
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
    #[arg(long, value_name = "NUMBER", default_value_t = app::ROWS_PER_COMMIT)]
    pub(crate) rows_per_commit: usize,
    #[arg(long)]
    pub(crate) leave_out_alike: bool,
    #[arg(long, id = "import-yes")]
    pub(crate) yes: bool,
    #[arg(long, conflicts_with = "import-yes")]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportVerb {
    List,
    Undo { batch: String },
}

#[derive(Debug, Args)]
pub(crate) struct Selection {
    pub(crate) register: String,
    #[arg(long, value_name = "CQL2")]
    pub(crate) filter: Option<String>,
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Csv,
    Geojson,
    Xlsx,
    Ndjson,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[arg(long, value_name = "NUMBER", default_value_t = PAGE)]
    pub(crate) limit: usize,
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) offset: usize,
    #[arg(long, value_name = "ORDER", default_value = "newest")]
    pub(crate) order: Order,
    #[arg(long, conflicts_with_all = ["sum", "by"])]
    pub(crate) count: bool,
    #[arg(long, value_name = "FIELD", value_delimiter = ',', requires = "by")]
    pub(crate) sum: Vec<String>,
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(crate) by: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Clock {
    pub(crate) register: String,
    #[arg(long, id = "clock-from", value_name = "STATE")]
    pub(crate) from: String,
    #[arg(long, id = "clock-to", value_name = "STATE")]
    pub(crate) to: String,
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(crate) by: Vec<String>,
    #[arg(long, value_name = "CQL2")]
    pub(crate) filter: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Overdue {
    #[arg(long)]
    pub(crate) register: Option<String>,
    #[arg(long)]
    pub(crate) mine: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    Newest,
    Oldest,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Register {
    List(PackSource),
    Import {
        #[arg(id = "form-file", value_name = "FORM")]
        form: PathBuf,
        #[arg(long, id = "register-name", value_name = "NAME")]
        name: Option<String>,
    },
    Check {
        #[arg(id = "form-file", value_name = "FORM")]
        form: PathBuf,
        #[arg(long)]
        xform: bool,
    },
    Xform {
        #[arg(value_name = "REGISTER")]
        register: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Exercise {
    Load {
        #[arg(long, id = "exercise-until", value_name = "DAY")]
        until: String,
    },
    Show,
    Ledger,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    Verify,
    Show {
        #[arg(long, value_name = "NUMBER", default_value_t = 0)]
        after: i64,
        #[arg(long, id = "entries", value_name = "NUMBER", default_value_t = PAGE)]
        limit: usize,
    },
    Export {
        #[arg(id = "journal-folder", value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Where a node is served when nothing is said: on this machine alone.
pub(crate) const fn listen_default() -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT)
}

/// Whether the words ask for documents, before they are understood: wrong words are told alike.
pub(crate) fn asks_for_json(arguments: &[OsString]) -> bool {
    let before_data = arguments.iter().take_while(|word| *word != "--");
    before_data.into_iter().any(|word| word == JSON)
}
