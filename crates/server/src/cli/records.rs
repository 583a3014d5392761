//! What is done to one record, on the command line.

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Record {
    pub(crate) register: String,
    #[arg(value_name = "ID")]
    pub(crate) record: String,
}

#[derive(Debug, Args)]
pub(crate) struct Why {
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    pub(crate) register: String,
    #[arg(required = true, value_name = "FIELD=VALUE")]
    pub(crate) values: Vec<String>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    #[command(flatten)]
    pub(crate) record: Record,
    #[arg(required = true, value_name = "FIELD=VALUE")]
    pub(crate) values: Vec<String>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Settle {
    #[command(flatten)]
    pub(crate) record: Record,
    pub(crate) field: String,
    #[arg(long, value_name = "ENTRY", required_unless_present = "value", conflicts_with = "value")]
    pub(crate) take: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) value: Option<String>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Comment {
    #[command(flatten)]
    pub(crate) record: Record,
    pub(crate) text: String,
    #[arg(long, id = "about", value_name = "FIELD")]
    pub(crate) field: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Transition {
    #[command(flatten)]
    pub(crate) record: Record,
    #[arg(id = "transition", value_name = "TRANSITION")]
    pub(crate) step: String,
    #[arg(value_name = "FIELD=VALUE")]
    pub(crate) values: Vec<String>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) record: Record,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Delete {
    #[command(flatten)]
    pub(crate) record: Record,
    #[arg(long, id = "delete-yes")]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    pub(crate) register: String,
    #[arg(value_name = "KEPT")]
    pub(crate) kept: String,
    #[arg(id = "merged", value_name = "OTHER")]
    pub(crate) other: String,
    #[arg(long, id = "take-fields", value_name = "FIELD", value_delimiter = ',')]
    pub(crate) take: Vec<String>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Args)]
pub(crate) struct Distinct {
    #[command(flatten)]
    pub(crate) record: Record,
    #[arg(id = "other", value_name = "OTHER")]
    pub(crate) other: String,
    #[arg(long = "undo", id = "unsay")]
    pub(crate) undo: bool,
    #[command(flatten)]
    pub(crate) why: Why,
}
