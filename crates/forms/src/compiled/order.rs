//! What depends on what: the order in which a form is computed, and the cycles it must not have.

use std::collections::BTreeSet;

use model::finding::Finding;

use super::rules::{Reading, Rule};
use crate::expression::tree::{Axis, Call, Path, Start, Step, Test, Tree};
use crate::expression::{Expression, Function};
use crate::shape::Shape;

/// The parts that must be looked at before a question is computed, in an order that does so. Each
/// cycle is a finding that names every part of it.
pub(super) fn of(reading: &Reading, findings: &mut Vec<Finding>) -> Vec<usize> {
    let needs: Vec<Vec<usize>> = reading
        .rules
        .iter()
        .enumerate()
        .map(|(part, rule)| needs(&reading.shape, part, rule))
        .collect();
    let sorted = Sorting { needs: &needs, marks: vec![Mark::New; needs.len()], order: Vec::new() };
    let (order, cycles) = sorted.run();
    for cycle in cycles {
        findings.extend(told(reading, &cycle));
    }
    order
}

fn told(reading: &Reading, cycle: &[usize]) -> Option<Finding> {
    let name = |part: &usize| reading.shape.get(*part).map(|part| part.name.to_string());
    let first = cycle.first()?;
    let names: Vec<String> = cycle.iter().chain([first]).filter_map(name).collect();
    let finding = Finding::error("form-cycle").with("cycle", names.join(" → "));
    let rule = reading.rules.get(*first)?;
    let column = if rule.calculation.is_some() { "calculation" } else { "relevant" };
    Some(reading.places.get(*first)?.locate(finding, column))
}

/// The parts that what `part` holds depends on, and the part it stands in.
fn needs(shape: &Shape, part: usize, rule: &Rule) -> Vec<usize> {
    let mut found = read_by(shape, part, rule.computed());
    found.extend(shape.get(part).and_then(|part| part.parent));
    found.into_iter().collect()
}

fn read_by<'r>(
    shape: &Shape,
    part: usize,
    expressions: impl Iterator<Item = &'r Expression>,
) -> BTreeSet<usize> {
    let mut finder = Finder { shape, current: part, found: BTreeSet::new() };
    for expression in expressions {
        finder.nodes(&expression.tree, &[part], false);
    }
    finder.found
}

/// What the rules of a part read; of groups and repeats all that is in them.
#[derive(Clone, Debug)]
pub(super) struct Reads {
    /// What decides whether it is asked and what it comes to, and the part it stands in.
    pub(super) by_value: BTreeSet<usize>,
    /// What any of its expressions looks at.
    pub(super) all: BTreeSet<usize>,
}

/// What the rules of every part read.
pub(super) fn reads(shape: &Shape, rules: &[Rule]) -> Vec<Reads> {
    let whole = |parts: BTreeSet<usize>| parts.into_iter().flat_map(|part| shape.below(part));
    let of = |(part, rule): (usize, &Rule)| {
        let mut by_value: BTreeSet<usize> = whole(read_by(shape, part, rule.computed())).collect();
        by_value.extend(shape.get(part).and_then(|part| part.parent));
        let every = rule.expressions().map(|(_column, expression)| expression);
        Reads { by_value, all: whole(read_by(shape, part, every)).collect() }
    };
    rules.iter().enumerate().map(of).collect()
}

/// Follows an expression through the parts of a form, without any answers.
struct Finder<'s> {
    shape: &'s Shape,
    current: usize,
    found: BTreeSet<usize>,
}

impl Finder<'_> {
    /// Notes what `tree` reads; the parts whose nodes it gives. `elsewhere` is true where other rows
    /// of a repeat are meant, so that a question may read itself there.
    fn nodes(&mut self, tree: &Tree, here: &[usize], elsewhere: bool) -> Vec<usize> {
        match tree {
            Tree::Number(_) | Tree::Text(_) => Vec::new(),
            Tree::Reference(reference) => {
                let parts: Vec<usize> = reference.part.into_iter().collect();
                self.note(&parts, elsewhere);
                parts
            }
            Tree::Call(call) => self.call(call, here, elsewhere),
            Tree::Chain(first, rest) => {
                self.nodes(first, here, elsewhere);
                for (_operator, operand) in rest {
                    self.nodes(operand, here, elsewhere);
                }
                Vec::new()
            }
            Tree::Negation(inner) => {
                self.nodes(inner, here, elsewhere);
                Vec::new()
            }
            Tree::Union(parts) => {
                parts.iter().flat_map(|part| self.nodes(part, here, elsewhere)).collect()
            }
            Tree::Path(path) => self.path(path, here, elsewhere),
        }
    }

    fn note(&mut self, parts: &[usize], elsewhere: bool) {
        let known = parts.iter().filter(|part| !(elsewhere && **part == self.current));
        self.found.extend(known.copied());
    }

    fn call(&mut self, call: &Call, here: &[usize], elsewhere: bool) -> Vec<usize> {
        let elsewhere = elsewhere || call.function == Some(Function::IndexedRepeat);
        let given: Vec<Vec<usize>> =
            call.arguments.iter().map(|part| self.nodes(part, here, elsewhere)).collect();
        match call.function {
            Some(Function::Current) => vec![self.current],
            Some(Function::IndexedRepeat) => given.into_iter().next().unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn path(&mut self, path: &Path, here: &[usize], elsewhere: bool) -> Vec<usize> {
        let chosen = |step: &Step| !step.predicates.is_empty() || is_beside(step.axis);
        let elsewhere = elsewhere || path.steps.iter().any(chosen) || !path.predicates.is_empty();
        // The root is one above the first part.
        let mut at: Vec<Option<usize>> = match &path.start {
            Start::Here => here.iter().copied().map(Some).collect(),
            Start::Root => vec![None],
            Start::Given(start) => {
                self.nodes(start, here, elsewhere).into_iter().map(Some).collect()
            }
        };
        self.predicates(&path.predicates, &at, elsewhere);
        for step in &path.steps {
            at = at.iter().flat_map(|part| self.step(step, *part)).collect();
            at.sort_unstable();
            at.dedup();
            self.predicates(&step.predicates, &at, elsewhere);
        }
        let reached: Vec<usize> = at.into_iter().flatten().collect();
        // `.` reads what is there, which is no dependency.
        let moved = path.steps.iter().any(|step| step.axis != Axis::Itself);
        if moved {
            self.note(&reached, elsewhere);
        }
        reached
    }

    fn predicates(&mut self, predicates: &[Tree], at: &[Option<usize>], elsewhere: bool) {
        let here: Vec<usize> = at.iter().copied().flatten().collect();
        for predicate in predicates {
            self.nodes(predicate, &here, elsewhere);
        }
    }

    fn step(&self, step: &Step, from: Option<usize>) -> Vec<Option<usize>> {
        let parent = |part: usize| self.shape.get(part).and_then(|known| known.parent);
        let above = |part: Option<usize>| std::iter::successors(part, |part| parent(*part));
        let parts = 0..self.shape.parts().len();
        let is_below = |part: &usize| {
            let outer = above(parent(*part)).map(Some).chain([None]);
            outer.into_iter().any(|outer| outer == from)
        };
        let all: Vec<Option<usize>> = match step.axis {
            Axis::Itself => vec![from],
            Axis::Parent => from.map(parent).into_iter().collect(),
            Axis::Ancestor => above(from).skip(1).map(Some).collect(),
            Axis::AncestorOrSelf => above(from).map(Some).collect(),
            Axis::Child => {
                let child = |part: &usize| match from {
                    None => *part == 0,
                    Some(_) => parent(*part) == from,
                };
                parts.filter(child).map(Some).collect()
            }
            Axis::Descendant => parts.filter(is_below).map(Some).collect(),
            Axis::DescendantOrSelf => parts.filter(is_below).map(Some).chain([from]).collect(),
            Axis::FollowingSibling | Axis::PrecedingSibling => {
                let beside = from.and_then(parent);
                parts.filter(|part| beside.is_some() && parent(*part) == beside).map(Some).collect()
            }
        };
        let passes = |part: &Option<usize>| match (&step.test, part) {
            (Test::Any, _) => true,
            (Test::Name(name), Some(part)) => {
                self.shape.get(*part).is_some_and(|part| *part.name == **name)
            }
            (Test::Name(_), None) => false,
        };
        all.into_iter().filter(passes).collect()
    }
}

fn is_beside(axis: Axis) -> bool {
    matches!(axis, Axis::FollowingSibling | Axis::PrecedingSibling)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Depth first, with a stack of its own: a form may be a long chain.
struct Sorting<'n> {
    needs: &'n [Vec<usize>],
    marks: Vec<Mark>,
    order: Vec<usize>,
}

impl Sorting<'_> {
    fn run(mut self) -> (Vec<usize>, Vec<Vec<usize>>) {
        let mut cycles = Vec::new();
        for part in 0..self.needs.len() {
            self.visit(part, &mut cycles);
        }
        (self.order, cycles)
    }

    fn mark(&self, part: usize) -> Mark {
        self.marks.get(part).copied().unwrap_or(Mark::Done)
    }

    fn set(&mut self, part: usize, mark: Mark) {
        if let Some(known) = self.marks.get_mut(part) {
            *known = mark;
        }
    }

    fn visit(&mut self, start: usize, cycles: &mut Vec<Vec<usize>>) {
        if self.mark(start) != Mark::New {
            return;
        }
        self.set(start, Mark::Open);
        let needs = self.needs;
        let of = |part: usize| needs.get(part).map_or(&[][..], Vec::as_slice).iter();
        let mut stack = vec![(start, of(start))];
        while let Some((part, due)) = stack.last_mut() {
            let part = *part;
            match due.next().copied() {
                None => {
                    self.set(part, Mark::Done);
                    self.order.push(part);
                    stack.pop();
                }
                Some(next) => match self.mark(next) {
                    Mark::Done => {}
                    Mark::New => {
                        self.set(next, Mark::Open);
                        stack.push((next, of(next)));
                    }
                    Mark::Open => {
                        let path = stack.iter().map(|(part, _due)| *part);
                        cycles.push(path.skip_while(|part| *part != next).collect());
                    }
                },
            }
        }
    }
}
