//! What the people of an exercise do, by the use cases everybody works with: form, rights and workflow hold
//! for every act.

use journal::Lane;
use mission::exercise::{Act, Deed};
use model::finding::Finding;
use policy::Viewer;

use super::Load;
use crate::alike::Merge;
use crate::answers::Answers;
use crate::error::{AppError, Kind};
use crate::node::Node;

impl Load<'_> {
    /// The acts of a day that are not done yet.
    pub(super) fn acts(&mut self, node: &mut Node, day: u16) -> Result<(), AppError> {
        let exercise = self.exercise;
        let done = node.exercise.loaded().map_or(0, |loaded| loaded.acts);
        let acts = exercise.acts.iter().filter(|act| act.day == day);
        for (place, act) in acts.enumerate().skip(done) {
            node.exercise.hold(act.at);
            node.exercise.mark_acts(exercise, place + 1);
            let outcome = node.act(self.cast.person(&act.by)?, act);
            self.told(act, outcome)?;
        }
        Ok(())
    }

    /// Holds what came of an act against what must.
    fn told(&mut self, act: &Act, outcome: Result<Outcome, AppError>) -> Result<(), AppError> {
        let at = |finding: Finding| finding.in_file(&*act.place.0).at_row(act.place.1);
        match (outcome, &act.refused) {
            (Err(error), _) if matches!(error.kind, Kind::Unavailable | Kind::Damaged) => {
                return Err(error);
            }
            (Ok(Outcome::Done), None) => self.report.acts += 1,
            (Ok(Outcome::Known), _) => self.report.known += 1,
            (Err(error), Some(code)) if error.findings.iter().any(|f| f.code == code) => {
                self.report.refused += 1;
            }
            (Ok(Outcome::Done), Some(code)) => {
                let finding = Finding::error("exercise-act-not-refused").with("user", &act.by);
                self.fail(at(finding.with("key", &act.key).with("wanted", code)));
            }
            (Err(error), wanted) => {
                let finding = Finding::error("exercise-act-refused").with("user", &act.by);
                let wanted = wanted.as_deref().unwrap_or("none");
                self.fail(at(finding.with("key", &act.key).with("wanted", wanted)));
                for finding in error.findings {
                    self.fail(at(finding));
                }
            }
        }
        Ok(())
    }
}

/// What came of an act that was not refused.
enum Outcome {
    Done,
    /// The record was there already.
    Known,
}

impl Node {
    fn act(&mut self, by: &Viewer, act: &Act) -> Result<Outcome, AppError> {
        let (register, id) = (act.register.as_str(), act.record.to_string());
        let (aim, reason) = ((register, &id), act.reason.clone());
        match &act.deed {
            Deed::Create(values) => {
                if self.store.record(by, &act.register, &act.record)?.is_some() {
                    return Ok(Outcome::Known);
                }
                let place = (register, act.record);
                let made = self.making_as(by, place, Answers::from(values), reason)?;
                self.append(Lane::Routine, &[made.outcome.1])?;
            }
            Deed::Edit(values) => drop(self.edit_record(by, aim, values, reason)?),
            Deed::Step(step, values) => {
                drop(self.transition(by, aim, (step.as_str(), Answers::from(values)), reason)?);
            }
            Deed::Comment(text) => self.comment(by, aim, text, None)?,
            Deed::Merge(other, take) => {
                let merge =
                    Merge { other: &other.to_string(), take, reason: act.reason.as_deref() };
                drop(self.merge(by, aim, merge)?);
            }
            Deed::Distinct(other) => self.say_distinct(by, aim, &other.to_string(), reason)?,
            Deed::Delete => self.delete_record(by, aim, reason)?,
        }
        Ok(Outcome::Done)
    }
}
