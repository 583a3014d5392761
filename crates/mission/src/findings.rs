//! Where findings gather while a pack is read, so that one reading tells everything.

use std::cell::RefCell;

use model::finding::{Finding, Severity};
use model::limits::FINDINGS_MAX;

/// A growing list that many readers share.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    all: RefCell<Vec<Finding>>,
    /// Whether a node works with the pack already.
    is_in_use: bool,
}

impl Findings {
    /// Those of a pack that a node works with already.
    pub(crate) fn of_pack_in_use() -> Self {
        Self { is_in_use: true, ..Self::default() }
    }

    /// Whether a node works with the pack already: what only its author can mend was told before.
    pub(crate) fn is_of_pack_in_use(&self) -> bool {
        self.is_in_use
    }

    /// Adds mistakes that make a form unusable and nothing else: they refuse a pack, but not the one that
    /// a node works with. A newer program may be the first to see them, and nobody could mend the pack of
    /// a node that does not open.
    pub(crate) fn extend_of_form(&self, mistakes: impl IntoIterator<Item = Finding>) {
        let severity = if self.is_in_use { Severity::Warning } else { Severity::Error };
        self.extend(mistakes.into_iter().map(|mistake| Finding { severity, ..mistake }));
    }

    /// Adds one.
    pub(crate) fn push(&self, finding: Finding) {
        self.all.borrow_mut().push(finding);
    }

    /// Adds several.
    pub(crate) fn extend(&self, findings: impl IntoIterator<Item = Finding>) {
        self.all.borrow_mut().extend(findings);
    }

    /// All of them by place, each once. Those over the limit are counted in a last one, which is an
    /// error if one of them is; errors are kept before warnings.
    pub(crate) fn into_sorted(self) -> Vec<Finding> {
        let mut findings = self.all.into_inner();
        findings.sort();
        findings.dedup();
        let more = findings.len().saturating_sub(FINDINGS_MAX);
        if more > 0 {
            findings.sort_by_key(|finding| !finding.is_error());
            let cut_error = findings.get(FINDINGS_MAX).is_some_and(Finding::is_error);
            findings.truncate(FINDINGS_MAX);
            findings.sort();
            let last = if cut_error { Finding::error } else { Finding::warning };
            findings.push(last("findings-more").with("count", more));
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_sorted_single_and_the_rest_is_counted_with_errors_kept() {
        let findings = Findings::default();
        for row in 0..1_500 {
            findings.push(Finding::warning("w").in_file("a").at_row(row));
        }
        findings.push(Finding::error("e").in_file("z"));
        findings.push(Finding::error("e").in_file("z"));
        let all = findings.into_sorted();
        assert_eq!(all.len(), FINDINGS_MAX + 1);
        assert_eq!(all[FINDINGS_MAX].to_string(), "findings-more count=501");
        assert_eq!(all[FINDINGS_MAX - 1].code, "e");
        assert_eq!(all[0].at.row, Some(0));
    }
}
