//! Users, tokens and phones on the command line.

use std::path::PathBuf;

use app::Scope;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use model::classification::Classification;

/// Days a token lives when nothing is said.
const TOKEN_DAYS: u32 = 90;
/// Days the key of a phone lives when nothing is said.
const PHONE_DAYS: u32 = 180;

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    Add {
        #[arg(id = "user-name", value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "TEXT")]
        display: Option<String>,
        #[command(flatten)]
        rights: Rights,
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    List,
    Change {
        #[arg(id = "user-name", value_name = "NAME")]
        name: String,
        #[command(flatten)]
        rights: Rights,
        #[arg(long, conflicts_with = "enable")]
        disable: bool,
        #[arg(long)]
        enable: bool,
    },
    Password {
        #[arg(id = "user-name", value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    TotpReset {
        #[arg(id = "user-name", value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    Create {
        #[arg(long, value_name = "SCOPE", value_parser = scopes(), default_value = "read")]
        scope: Scope,
        #[arg(long, value_name = "NUMBER", default_value_t = TOKEN_DAYS)]
        days: u32,
        #[arg(long, id = "token-name", value_name = "TEXT")]
        name: Option<String>,
    },
    List,
    Revoke {
        #[arg(value_name = "ID")]
        token: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Phone {
    Invite {
        #[arg(long, value_name = "ADDRESS", value_parser = web_address)]
        url: Option<String>,
        #[arg(long, id = "phone-name", value_name = "TEXT")]
        name: Option<String>,
        #[arg(long, value_name = "NUMBER", default_value_t = PHONE_DAYS)]
        days: u32,
        #[arg(long, value_name = "FILE")]
        qr: Option<PathBuf>,
    },
    List,
    Revoke {
        #[arg(id = "phone-key", value_name = "ID")]
        key: String,
    },
    Refused(Refused),
}

/// What phones sent and somebody has to look at.
#[derive(Clone, Debug, Args)]
pub(crate) struct Refused {
    #[arg(id = "submission", value_name = "ID")]
    pub(crate) id: Option<String>,
    #[arg(
        long,
        requires = "submission",
        requires = "submission-reason",
        conflicts_with = "dismiss"
    )]
    pub(crate) retry: bool,
    #[arg(long, requires = "submission", requires = "submission-reason")]
    pub(crate) dismiss: bool,
    #[arg(long, id = "submission-reason", value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[arg(long, requires = "submission", value_name = "DIR")]
    pub(crate) files: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Rights {
    #[arg(long, value_name = "ROLE", value_delimiter = ',')]
    pub(crate) role: Option<Vec<String>>,
    #[arg(long, value_name = "P-CODE", value_delimiter = ',')]
    pub(crate) area: Option<Vec<String>>,
    #[arg(long, value_name = "COMPARTMENT", value_delimiter = ',')]
    pub(crate) compartment: Option<Vec<String>>,
    #[arg(long, value_name = "LEVEL", value_parser = clearances())]
    pub(crate) clearance: Option<String>,
}

/// The longest name that a machine has, and a port. What is much longer fits into no code.
const ADDRESS_CHARS_MAX: usize = 260;

/// A scheme and a host, without what would follow: the rest is the node's.
fn web_address(text: &str) -> Result<String, &'static str> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |host: &str| {
        (1..=ADDRESS_CHARS_MAX).contains(&host.len())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c))
    };
    host.filter(|host| is_host(host)).map(|_| text.to_owned()).ok_or("http(s)://HOST[:PORT]")
}

fn scopes() -> impl TypedValueParser<Value = Scope> {
    PossibleValuesParser::new(Scope::ALL.map(Scope::code))
        .map(|code| Scope::from_code(&code).unwrap_or(Scope::Read))
}

fn clearances() -> PossibleValuesParser {
    Classification::ALL.map(Classification::code).into()
}
