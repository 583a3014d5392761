//! The commands, one file each: flags in, a use case of `app`, tables or documents out.

mod alike;
mod clock;
mod doctor;
mod exercise;
mod export;
mod import;
mod init;
mod journal;
mod mandate;
mod pack;
mod phone;
mod phone_refused;
mod query;
mod rebuild;
mod record;
mod register;
mod serve;
mod show;
mod token;
mod user;

use crate::cli::Command;
use crate::context::Context;
use crate::exit::{Exit, Failure};

/// Runs a command.
pub(crate) fn run(context: &mut Context<'_>, command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Init(init) => init::run(context, init),
        Command::Pack(pack) => pack::run(context, pack),
        Command::Register(register) => register::run(context, register),
        Command::Mandate(mandate) => mandate::run(context, mandate),
        Command::Import(import) => import::run(context, import),
        Command::Export(export) => export::run(context, export),
        Command::Query(query) => query::run(context, query),
        Command::Show(record) => show::record(context, record),
        Command::History(record) => show::history(context, record),
        Command::Alike(record) => alike::run(context, record),
        Command::Merge(merge) => alike::merge(context, merge),
        Command::Unmerge(record) => alike::unmerge(context, record),
        Command::Distinct(distinct) => alike::distinct(context, distinct),
        Command::Create(create) => record::create(context, create),
        Command::Edit(edit) => record::edit(context, edit),
        Command::Settle(settle) => record::settle(context, settle),
        Command::Comment(comment) => record::comment(context, comment),
        Command::Transition(transition) => record::transition(context, transition),
        Command::Delete(delete) => record::delete(context, delete),
        Command::Restore(restore) => record::restore(context, restore),
        Command::Exercise(exercise) => exercise::run(context, exercise),
        Command::Journal(journal) => journal::run(context, journal),
        Command::Rebuild => rebuild::run(context),
        Command::User(user) => user::run(context, user),
        Command::Token(token) => token::run(context, token),
        Command::Clock(asked) => clock::run(context, asked),
        Command::Overdue(asked) => clock::overdue(context, asked),
        Command::Phone(phone) => phone::run(context, phone),
        Command::Doctor => doctor::run(context),
        Command::Serve(serve) => serve::run(context, serve),
    }
}
