//! What the people of an exercise must see, and must not, asked as they would ask.

use mission::exercise::Check;
use model::finding::Finding;

use super::Load;
use crate::ask::Question;
use crate::error::{AppError, Kind};
use crate::node::Node;

impl Load<'_> {
    /// The checks of a day.
    pub(super) fn checks(&mut self, node: &Node, day: u16) -> Result<(), AppError> {
        let exercise = self.exercise;
        for check in exercise.checks.iter().filter(|check| check.day == day) {
            let found = self.seen(node, check)?;
            let (least, most) = check.count;
            if (least..=most).contains(&found) {
                self.report.held += 1;
            } else {
                self.fail(failed(check, found));
            }
        }
        Ok(())
    }

    /// How many records a person sees. A register or a field that is closed to them is one in which they see
    /// nothing: what the pack could not mean was said when it was checked.
    fn seen(&self, node: &Node, check: &Check) -> Result<u64, AppError> {
        let question = Question {
            register: check.register.to_string(),
            filter: check.filter.clone(),
            ..Question::default()
        };
        match node.count(self.cast.person(&check.by)?, &question) {
            Err(error) if matches!(error.kind, Kind::DeniedOrAbsent | Kind::Invalid) => Ok(0),
            counted => counted,
        }
    }
}

fn failed(check: &Check, found: u64) -> Finding {
    let (least, most) = check.count;
    let wanted = match most {
        most if most == least => least.to_string(),
        u64::MAX => format!("≥ {least}"),
        most => format!("{least}–{most}"),
    };
    let finding = Finding::error("exercise-check-failed").in_file(&*check.place.0);
    let says = check.says.get("en").unwrap_or_default();
    let sayings = check.says.iter().map(|(language, text)| (language.to_owned(), text.to_owned()));
    finding
        .at_row(check.place.1)
        .with("message", says)
        .with("user", &check.by)
        .with("register", &check.register)
        .with("found", found)
        .with("wanted", wanted)
        .saying(sayings.collect())
}
