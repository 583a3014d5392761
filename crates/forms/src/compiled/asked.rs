//! Which questions are asked: with the answers of a record, and with each code that a field can have.
//!
//! Of conditions that look at one field and at others it is found out what that field decides: whatever
//! looks at others alone may hold or not, with every code alike.

use std::collections::BTreeMap;

use model::id::Name;
use model::value::Value;

use super::run::Run;
use super::{Answers, Compiled, Context};
use crate::expression::Function;
use crate::expression::tree::{Operator, Tree};
use crate::form::Field;

/// Of more things that may hold or not, no condition is judged: each doubles the work.
const UNKNOWN_MAX: usize = 10;

impl Compiled {
    /// The questions that are asked with these answers, in the order of the form. What is computed is no
    /// question; rows are one, and their columns are asked with each row.
    pub fn asked(&self, answers: &Answers, context: &Context<'_>) -> Vec<&Field> {
        let mut run = Run::new(self, answers, context);
        run.all();
        let mut asked = Vec::new();
        for (part, rule) in self.rules.iter().enumerate() {
            let Some(field) = rule.field.as_deref() else { continue };
            let is_question = rule.calculation.is_none() && !field.is_retired();
            if is_question && !self.is_column(part) && run.is_part_asked(part) {
                asked.push(field);
            }
        }
        asked
    }

    /// The fields, columns among them, that may be asked with one code of a field and, while all else
    /// stays as it is, not with another.
    pub fn lost(&self, by: &Name, (from, to): (&str, &str), context: &Context<'_>) -> Vec<&Field> {
        let lost = |worlds: &[[bool; 2]]| worlds.contains(&[true, false]);
        self.fields_where(by, [from, to], context, &lost)
    }

    /// The fields that are never asked with a code of a field, whatever else is answered.
    pub fn never_asked(&self, by: &Name, code: &str, context: &Context<'_>) -> Vec<&Field> {
        let never = |worlds: &[[bool; 2]]| worlds.iter().all(|world| *world == [false, false]);
        self.fields_where(by, [code, code], context, &never)
    }

    fn fields_where(
        &self,
        by: &Name,
        codes: [&str; 2],
        context: &Context<'_>,
        is_meant: &dyn Fn(&[[bool; 2]]) -> bool,
    ) -> Vec<&Field> {
        let Some(part) = self.shape.named(by.as_str(), 0) else { return Vec::new() };
        let answers =
            codes.map(|code| Answers::from([(by.clone(), Some(Value::Code(code.to_owned())))]));
        let runs = answers.each_ref().map(|answers| Run::new(self, answers, context));
        let mut judge = Judge { compiled: self, by: part, runs };
        let mut found = Vec::new();
        for (part, rule) in self.rules.iter().enumerate() {
            let Some(field) = rule.field.as_deref() else { continue };
            if judge.worlds(part).is_some_and(|worlds| is_meant(&worlds)) {
                found.push(field);
            }
        }
        found
    }
}

/// What a condition comes to.
#[derive(Debug)]
enum Truth {
    /// With the first code, and with the second.
    Known([bool; 2]),
    /// One of the things that may hold or not, with either code or with both.
    Open([usize; 2]),
    Not(Box<Truth>),
    All(Vec<Truth>),
    Any(Vec<Truth>),
}

impl Truth {
    /// Whether it holds with each code, where these things hold.
    fn holds(&self, holding: usize) -> [bool; 2] {
        let both = |parts: &[Self], join: fn(bool, bool) -> bool, first: bool| {
            parts.iter().fold([first; 2], |[a, b], part| {
                let [c, d] = part.holds(holding);
                [join(a, c), join(b, d)]
            })
        };
        match self {
            Self::Known(known) => *known,
            Self::Open(open) => open.map(|one| holding >> one & 1 == 1),
            Self::Not(inner) => inner.holds(holding).map(|holds| !holds),
            Self::All(parts) => both(parts, |a, b| a && b, true),
            Self::Any(parts) => both(parts, |a, b| a || b, false),
        }
    }
}

/// Judges conditions by two codes of one field.
struct Judge<'r> {
    compiled: &'r Compiled,
    by: usize,
    runs: [Run<'r>; 2],
}

impl Judge<'_> {
    /// Whether a part is asked with each code, in every world that may be; nothing where the field does
    /// not decide it, or too much else does.
    fn worlds(&mut self, part: usize) -> Option<Vec<[bool; 2]>> {
        let compiled = self.compiled;
        let lineage = compiled.shape.lineage(part);
        let mut open = BTreeMap::new();
        let mut all = Vec::new();
        let mut decides = false;
        for (part, tree) in lineage
            .into_iter()
            .filter_map(|part| Some((part, &compiled.rules.get(part)?.relevant.as_ref()?.tree)))
        {
            decides = decides || self.looks(tree);
            all.push(self.truth(part, tree, &mut open));
        }
        if !decides || open.len() > UNKNOWN_MAX {
            return None;
        }
        let all = Truth::All(all);
        Some((0..1_usize << open.len()).map(|holding| all.holds(holding)).collect())
    }

    /// Whether an expression looks at the field.
    fn looks(&self, tree: &Tree) -> bool {
        let mut looks = false;
        tree.walk(&mut |part| {
            looks = looks || matches!(part, Tree::Reference(known) if known.part == Some(self.by));
        });
        looks
    }

    /// Whether an expression looks at anything else.
    fn looks_elsewhere(&self, tree: &Tree) -> bool {
        let mut elsewhere = false;
        tree.walk(&mut |part| {
            elsewhere = elsewhere
                || match part {
                    Tree::Reference(known) => known.part != Some(self.by),
                    Tree::Path(_) => true,
                    _ => false,
                };
        });
        elsewhere
    }

    fn truth(&mut self, part: usize, tree: &Tree, open: &mut BTreeMap<String, usize>) -> Truth {
        match tree {
            Tree::Chain(first, rest) => {
                let parts = std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part));
                match rest.first() {
                    Some((Operator::And, _)) => {
                        return Truth::All(parts.map(|one| self.truth(part, one, open)).collect());
                    }
                    Some((Operator::Or, _)) => {
                        return Truth::Any(parts.map(|one| self.truth(part, one, open)).collect());
                    }
                    _ => {}
                }
            }
            Tree::Call(call) if call.function == Some(Function::Not) => {
                if let Some(inner) = call.arguments.first() {
                    return Truth::Not(Box::new(self.truth(part, inner, open)));
                }
            }
            _ => {}
        }
        self.single(part, tree, open)
    }

    /// What no `and`, `or` and `not` divides.
    fn single(&mut self, part: usize, tree: &Tree, open: &mut BTreeMap<String, usize>) -> Truth {
        if !self.looks_elsewhere(tree) && self.looks(tree) {
            let known = self.runs.each_mut().map(|run| run.tells(part, tree));
            if let [Some(first), Some(second)] = known {
                return Truth::Known([first, second]);
            }
        }
        // What looks at both may come out otherwise with each code.
        let names = if self.looks(tree) {
            [format!("0 {tree}"), format!("1 {tree}")]
        } else {
            [tree.to_string(), tree.to_string()]
        };
        Truth::Open(names.map(|name| {
            let next = open.len();
            *open.entry(name).or_insert(next)
        }))
    }
}
