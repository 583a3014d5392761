//! The dependency budget: how many packages the lock file may name.

use super::Violation;
use crate::workspace::Tree;

/// Packages the lock file may name, our own included. Raising it is a decision to write down.
const PACKAGES_MAX: usize = 340;

/// The lock file stays within the budget.
pub(crate) fn packages(tree: &Tree) -> Vec<Violation> {
    let count = count(tree);
    let over = count > PACKAGES_MAX;
    let message =
        format!("{count} packages, {PACKAGES_MAX} are allowed: do without one, or decide");
    over.then(|| Violation::new("Cargo.lock", 0, message)).into_iter().collect()
}

/// A line for the reader: how much of the budget is used.
pub(crate) fn report(tree: &Tree) -> String {
    format!("packages: {} of {PACKAGES_MAX} in Cargo.lock", count(tree))
}

fn count(tree: &Tree) -> usize {
    tree.text("Cargo.lock")
        .unwrap_or_default()
        .lines()
        .filter(|line| *line == "[[package]]")
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    #[test]
    fn one_package_over_the_budget_is_found() {
        let full = "[[package]]\n".repeat(PACKAGES_MAX);
        assert_eq!(messages(packages, &[("Cargo.lock", &full)]), [""; 0]);
        let over = format!("{full}[[package]]\n");
        assert_eq!(messages(packages, &[("Cargo.lock", &over)]).len(), 1);
    }
}
