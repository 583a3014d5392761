//! Every right of every role as one table: what a reviewer reads, and what tests keep.

use model::classification::Classification;
use model::id::Name;

use crate::action::Action;
use crate::grant::{Compartments, Grant, Role};
use crate::rule::RegisterSchema;

/// The table in Markdown: a line for each role, register and action that is granted, a column for
/// each classification. `yes` is every record without a caveat; limits and compartments are named.
/// In a register whose records all have a caveat, a grant that does not reach it says so.
/// A scope that the register's fields do not allow grants nothing, and the cell says so.
pub fn table(roles: &[Role], registers: &[RegisterSchema<'_>]) -> String {
    let levels = Classification::ALL.map(Classification::code);
    let mut text = format!("| role | register | action | {} |\n", levels.join(" | "));
    text.push_str("|---|---|---|---|---|---|\n");
    for role in roles {
        for register in registers {
            let lines = Action::ALL.into_iter().filter_map(|action| line(role, register, action));
            text.extend(lines);
        }
    }
    text
}

fn line(role: &Role, register: &RegisterSchema<'_>, action: Action) -> Option<String> {
    let applies =
        |grant: &&Grant| grant.actions.contains(&action) && grant.registers.hold(register.name);
    let grants: Vec<&Grant> = role.grants.iter().filter(applies).collect();
    let cells = Classification::ALL.map(|level| cell(&grants, level, register)).join(" | ");
    let line = format!("| {} | {} | {action} | {cells} |\n", role.name, register.name);
    (!grants.is_empty()).then_some(line)
}

fn cell(grants: &[&Grant], level: Classification, register: &RegisterSchema<'_>) -> String {
    let reaching = grants.iter().filter(|grant| grant.clearance >= level);
    let cells: Vec<String> = reaching.map(|grant| limits(grant, register)).collect();
    if cells.is_empty() { "-".to_owned() } else { cells.join(" or ") }
}

fn limits(grant: &Grant, register: &RegisterSchema<'_>) -> String {
    let mut parts = Vec::new();
    if grant.own_area {
        parts.push("own area".to_owned());
    }
    if let Some(scope) = &grant.scope {
        let readable = filter::parse(scope, register.schema).is_ok();
        let word = if readable { "where" } else { "never: unreadable here:" };
        parts.push(format!("{word} {}", scope.replace('|', "\\|").replace('\n', " ")));
    }
    if let Some(caveat) = register.caveat.filter(|caveat| !grant.compartments.hold(caveat)) {
        parts.push(format!("never without a caveat, which is {caveat}"));
    }
    match &grant.compartments {
        Compartments::All => parts.push("every compartment".to_owned()),
        Compartments::Some(names) if names.is_empty() => {}
        Compartments::Some(names) => parts.push(format!("compartments {}", joined(names.iter()))),
    }
    if parts.is_empty() { "yes".to_owned() } else { parts.join("; ") }
}

fn joined<'a>(names: impl Iterator<Item = &'a Name>) -> String {
    names.map(Name::as_str).collect::<Vec<_>>().join(" ")
}
