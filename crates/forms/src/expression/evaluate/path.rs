//! Steps from node to node, and what `${name}` leads to.

use super::{Datum, Evaluated, Evaluator, Failure, Focus, truth_of};
use crate::expression::node::{Document, NodeId};
use crate::expression::tree::{Axis, Path, Reference, Start, Step, Test, Tree};
use crate::expression::value::count;

impl<'d> Evaluator<'d, '_> {
    /// The nodes that `${name}` means to the question.
    pub(super) fn referenced(&mut self, reference: &Reference) -> Evaluated<'d> {
        let Some(part) = reference.part else { return Ok(Datum::Nodes(Vec::new())) };
        Ok(Datum::Nodes(self.of_part(part)?))
    }

    /// The nodes of a part of the form, within the innermost repeat that the question shares with it.
    pub(super) fn of_part(&mut self, part: usize) -> Result<Vec<NodeId>, Failure> {
        let (document, shape) = (self.scene.document, self.scene.shape);
        if !shape.is_repeated(part) {
            let index = document.first_of(part);
            self.visit(1)?;
            return Ok(index.map(|index| NodeId { document: 0, index }).into_iter().collect());
        }
        let lineage = shape.lineage(part);
        let current = self.current.index;
        let above = std::iter::once(current).chain(document.ancestors(current)).find_map(|index| {
            let known = document.get(index).map(|node| node.part)?;
            let place = lineage.iter().position(|part| *part == known)?;
            let inner = lineage.get(place.saturating_add(1)..)?;
            (shape.is_repeat(known) && !inner.is_empty()).then_some((index, inner))
        });
        let (start, inner) = above.unwrap_or((0, &lineage));
        let mut nodes = vec![start];
        for wanted in inner {
            let mut below = Vec::new();
            for index in nodes {
                for child in document.children(index) {
                    self.visit(1)?;
                    below.extend(
                        document.get(child).is_some_and(|n| n.part == *wanted).then_some(child),
                    );
                }
            }
            nodes = below;
        }
        Ok(nodes.into_iter().map(|index| NodeId { document: 0, index }).collect())
    }

    pub(super) fn path(&mut self, path: &Path, focus: Focus) -> Evaluated<'d> {
        let mut nodes = match &path.start {
            Start::Here => vec![focus.node],
            Start::Root => vec![NodeId { index: 0, ..focus.node }],
            Start::Given(start) => match self.evaluate(start, focus)? {
                Datum::Nodes(nodes) => self.filtered(nodes, &path.predicates)?,
                _ => return Err(Failure::NotNodes("/")),
            },
        };
        for step in &path.steps {
            nodes = self.step(step, &nodes)?;
        }
        Ok(Datum::Nodes(nodes))
    }

    fn step(&mut self, step: &Step, from: &[NodeId]) -> Result<Vec<NodeId>, Failure> {
        let mut reached = Vec::new();
        for node in from {
            let found = self.along(step, *node)?;
            reached.extend(self.filtered(found, &step.predicates)?);
        }
        if from.len() > 1 || is_reverse(step.axis) {
            reached.sort_unstable();
            reached.dedup();
        }
        Ok(reached)
    }

    /// The nodes of an axis that pass the test, those of reverse axes nearest first.
    fn along(&mut self, step: &Step, from: NodeId) -> Result<Vec<NodeId>, Failure> {
        let document = self.scene.document(from);
        let indexes = axis(document, step.axis, from.index);
        let mut found = Vec::new();
        for index in indexes {
            self.visit(1)?;
            let passes = match &step.test {
                Test::Any => true,
                Test::Name(name) => document.get(index).is_some_and(|node| *node.name == **name),
            };
            if passes {
                found.push(NodeId { index, ..from });
            }
        }
        Ok(found)
    }

    fn filtered(
        &mut self,
        mut nodes: Vec<NodeId>,
        predicates: &[Tree],
    ) -> Result<Vec<NodeId>, Failure> {
        for predicate in predicates {
            let size = nodes.len();
            let mut kept = Vec::new();
            for (place, node) in nodes.into_iter().enumerate() {
                let focus = Focus { node, position: place.saturating_add(1), size };
                if self.passes(predicate, focus)? {
                    kept.push(node);
                }
            }
            nodes = kept;
        }
        Ok(nodes)
    }

    /// Whether a node passes a predicate: a number is a position.
    #[expect(clippy::float_cmp, reason = "a position is a whole number or matches nothing")]
    fn passes(&mut self, predicate: &Tree, focus: Focus) -> Result<bool, Failure> {
        Ok(match self.evaluate(predicate, focus)? {
            Datum::Number(number) | Datum::Moment { days: number, .. } => {
                number == count(focus.position)
            }
            other => truth_of(&other),
        })
    }
}

fn is_reverse(axis: Axis) -> bool {
    matches!(axis, Axis::Ancestor | Axis::AncestorOrSelf | Axis::PrecedingSibling)
}

fn axis<'d>(
    document: &'d Document<'d>,
    axis: Axis,
    from: usize,
) -> Box<dyn Iterator<Item = usize> + 'd> {
    let after = from.saturating_add(1);
    let sibling = |forward: bool| {
        let beside = move |index: usize| {
            document.get(index).and_then(|node| if forward { node.next } else { node.previous })
        };
        std::iter::successors(beside(from), move |index| beside(*index))
    };
    match axis {
        Axis::Child => Box::new(document.children(from)),
        Axis::Parent => Box::new(document.ancestors(from).take(1)),
        Axis::Itself => Box::new(std::iter::once(from)),
        Axis::Ancestor => Box::new(document.ancestors(from)),
        Axis::AncestorOrSelf => Box::new(std::iter::once(from).chain(document.ancestors(from))),
        Axis::Descendant => Box::new(after..document.end(from)),
        Axis::DescendantOrSelf => Box::new(from..document.end(from)),
        Axis::FollowingSibling => Box::new(sibling(true)),
        Axis::PrecedingSibling => Box::new(sibling(false)),
    }
}
