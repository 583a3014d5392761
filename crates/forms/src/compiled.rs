//! A form ready to check answers: its expressions read, its questions in the order they depend on
//! each other, its patterns compiled.
//!
//! What is wrong with a form's expressions is found here, all at once. What is wrong with answers is
//! found by [`Compiled::check`], which tells what it computed and what it left out.

mod answers;
mod asked;
mod lists;
mod order;
mod rules;
mod run;
mod scope;
mod sealed;

use std::collections::BTreeMap;
use std::sync::Arc;

use model::finding::Finding;
use model::id::Name;
use model::time::{Date, Timestamp};
use model::value::Value;
use regex::Regex;

use crate::expression::evaluate::ListDocuments;
use crate::form::Form;
use crate::list::Lists;
use crate::shape::Shape;
pub(crate) use lists::cells;
use order::Reads;
use rules::Rule;
pub use scope::Change;

/// The answers of a record; a name without a value is as good as none.
pub type Answers = BTreeMap<Name, Option<Value>>;

/// When and where answers are checked.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The present instant, for `now()` and `today()`.
    pub now: Timestamp,
    /// The day on which codes must hold.
    pub on: Date,
    /// How far clocks of the mission are ahead of UTC.
    pub offset_minutes: i32,
    /// The language of labels, for `jr:choice-name`. Messages come in all their languages.
    pub language: &'c str,
    /// Random bits for `uuid()` and `random()`, others for each record.
    pub seed: [u64; 2],
}

/// A form whose expressions are understood.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    form: Form,
    lists: Lists,
    shape: Arc<Shape>,
    /// What is asked of each part, by its place in the shape.
    rules: Vec<Rule>,
    /// Parts of which it must be found out whether they are asked or what they come to, each after
    /// those it depends on.
    order: Vec<usize>,
    /// Parts whose answers must fulfil something.
    judged: Vec<usize>,
    /// Whether anything is asked of a part, or looks at it: nothing else is laid out for a check.
    laid: Vec<bool>,
    /// What the rules of each part read.
    reads: Vec<Reads>,
    documents: Arc<ListDocuments>,
    /// The items of the lists that are filtered, by list and code.
    items: lists::Items,
    patterns: BTreeMap<String, Regex>,
    /// How many mistakes it has: nothing can be held to one that is not understood.
    mistakes: usize,
}

/// What came of checking answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What differs from the answers: computed, or left out because it is not asked.
    pub changes: Answers,
    /// Everything that is wrong; warnings say what was left out.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// The answers as they should be kept.
    #[must_use]
    pub fn values(&self, answers: &Answers) -> Answers {
        let mut values = answers.clone();
        values.extend(self.changes.clone());
        values
    }

    /// Whether anything refuses the answers.
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }
}

/// Forms compile to the same where they and their lists are the same.
impl PartialEq for Compiled {
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form && self.lists == other.lists && self.mistakes == other.mistakes
    }
}

impl Eq for Compiled {}

impl Compiled {
    /// Understands a form's expressions; else everything that is wrong with them.
    pub fn new(form: &Form, lists: &Lists) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut reading = rules::read(form, lists, &mut findings);
        let order = order::of(&reading, &mut findings);
        let reads = order::reads(&reading.shape, &reading.rules);
        findings.extend(sealed::shown(&reading, &reads));
        if findings.iter().any(Finding::is_error) {
            return Err(findings);
        }
        let rules::Reading { shape, rules, patterns, .. } = &mut reading;
        let order = order.into_iter().filter(|part| is_computed(shape, rules, *part));
        let order: Vec<usize> = order.collect();
        let is_judged = |part: &usize| rules.get(*part).is_some_and(Rule::is_judged);
        let judged: Vec<usize> = (0..rules.len()).filter(is_judged).collect();
        let laid = laid(shape, (&order, &judged), &reads);
        let documents = lists::documents(rules, lists);
        let items = lists::items(rules, lists);
        Ok(Self {
            form: form.clone(),
            lists: lists.clone(),
            reads,
            shape: Arc::new(std::mem::take(shape)),
            rules: std::mem::take(rules),
            order,
            judged,
            laid,
            documents: Arc::new(documents),
            items,
            patterns: std::mem::take(patterns),
            mistakes: 0,
        })
    }

    /// A form that is not understood: whatever is checked against it is refused. Of its mistakes only
    /// the number is said then, since they may name what is sealed.
    pub fn unusable(mistakes: usize) -> Self {
        Self { mistakes, ..Self::default() }
    }

    /// Whether it is one that is not understood.
    pub fn is_unusable(&self) -> bool {
        self.mistakes > 0
    }

    /// Checks all answers of a record: what is relevant, what is computed, what must be answered and
    /// with what. The answers themselves stay as they are.
    pub fn check(&self, answers: &Answers, context: &Context<'_>) -> Checked {
        if self.is_unusable() {
            return self.refused();
        }
        run::check(self, answers, context)
    }

    /// Checks what a change of a record has to do with: the fields it touches and those that look at
    /// them. `answers` are all that the record has after it. Everything else stays as it is.
    pub fn check_change(
        &self,
        answers: &Answers,
        context: &Context<'_>,
        change: &Change<'_>,
    ) -> Checked {
        if self.is_unusable() {
            return self.refused();
        }
        run::check_change(self, answers, context, change)
    }

    fn refused(&self) -> Checked {
        let finding = Finding::error("form-unusable").with("count", self.mistakes);
        Checked { findings: vec![finding], ..Checked::default() }
    }
}

/// Whether it takes an expression to say if a part is asked, or what it comes to.
fn is_computed(shape: &Shape, rules: &[Rule], part: usize) -> bool {
    let decides = |part: &usize| rules.get(*part).is_some_and(|rule| rule.relevant.is_some());
    let is_calculated = rules.get(part).is_some_and(|rule| rule.calculation.is_some());
    is_calculated || shape.lineage(part).iter().any(decides)
}

/// The parts that a rule is about or looks at, with those they stand in; of a repeat everything, since
/// its rows are kept whole.
fn laid(shape: &Shape, (order, judged): (&[usize], &[usize]), reads: &[Reads]) -> Vec<bool> {
    let mut laid = vec![false; shape.parts().len()];
    let read = reads.iter().flat_map(|reads| &reads.all);
    for part in order.iter().chain(judged).chain(read) {
        for outer in shape.lineage(*part) {
            let whole = if shape.is_repeat(outer) { shape.below(outer) } else { vec![outer] };
            for part in whole {
                laid.get_mut(part).into_iter().for_each(|known| *known = true);
            }
        }
    }
    laid
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
