//! Every right of every role as one table: what a reviewer reads, and what tests keep.

use model::classification::Classification;
use model::id::Name;

use crate::action::Action;
use crate::grant::{Compartments, Grant, Role};
use crate::rule::RegisterSchema;

/// The table in Markdown: a line for each role, register and action that is granted, a column for
/// each classification. `yes` is every record without a caveat; limits and compartments are named.
/// A scope that the register's fields do not allow grants nothing, and the cell says so.
pub fn table(roles: &[Role], registers: &[RegisterSchema<'_>]) -> String {
    let mut text = String::from("| role | register | action |");
    for level in Classification::ALL {
        text.push_str(&format!(" {level} |"));
    }
    text.push_str("\n|---|---|---|---|---|---|\n");
    for role in roles {
        for register in registers {
            for action in Action::ALL {
                text.push_str(&line(role, register, action));
            }
        }
    }
    text
}

fn line(role: &Role, register: &RegisterSchema<'_>, action: Action) -> String {
    let applies =
        |grant: &&Grant| grant.actions.contains(&action) && grant.registers.hold(register.name);
    let grants: Vec<&Grant> = role.grants.iter().filter(applies).collect();
    if grants.is_empty() {
        return String::new();
    }
    let mut line = format!("| {} | {} | {action} |", role.name, register.name);
    for level in Classification::ALL {
        line.push_str(&format!(" {} |", cell(&grants, level, register)));
    }
    line.push('\n');
    line
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
