//! Functions on nodes.

use super::call::Asked;
use super::{Datum, Evaluated, Evaluator, Failure};
use crate::expression::function::Function as F;
use crate::expression::node::NodeId;
use crate::expression::value::{count, saturated};

impl<'d> Evaluator<'d, '_> {
    pub(super) fn sets(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        Ok(match asked.function {
            F::Count => Datum::Number(count(self.argument_nodes(asked, 0)?.len())),
            F::CountNonEmpty => {
                let nodes = self.argument_nodes(asked, 0)?;
                self.visit(nodes.len())?;
                let filled = nodes.into_iter().filter(|node| !self.scene.text(*node).is_empty());
                Datum::Number(count(filled.count()))
            }
            F::Current => Datum::Nodes(vec![self.current]),
            F::IndexedRepeat => Datum::Nodes(self.indexed_repeat(asked)?),
            F::Instance => {
                let name = self.argument_text(asked, 0)?;
                Datum::Nodes(self.list(&name).into_iter().collect())
            }
            F::Last => Datum::Number(count(asked.focus.size)),
            F::Position => Datum::Number(self.position(asked)?),
            F::Sum | F::Max | F::Min => Datum::Number(self.folded(asked)?),
            _ => {
                let first = self.argument_nodes(asked, 0)?.into_iter().next();
                let node = first.and_then(|id| self.scene.document(id).get(id.index));
                Datum::text(node.map_or("", |node| &*node.name))
            }
        })
    }

    /// The root of a list, below which stand `root` and its items.
    pub(super) fn list(&self, name: &str) -> Option<NodeId> {
        let lists = self.scene.lists;
        let place = lists.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        Some(NodeId { document: place.checked_add(1)?, index: 0 })
    }

    /// The place among the nodes looked at; that of a row among the rows of its repeat.
    fn position(&mut self, asked: &Asked<'_>) -> Result<f64, Failure> {
        if asked.arguments.is_empty() {
            return Ok(count(asked.focus.position));
        }
        let first = self.argument_nodes(asked, 0)?.into_iter().next();
        let node = first.and_then(|id| self.scene.document(id).get(id.index));
        Ok(node.map_or(f64::NAN, |node| count(node.ordinal)))
    }

    fn folded(&mut self, asked: &Asked<'_>) -> Result<f64, Failure> {
        let values = self.spread(asked, 0)?;
        let numbers: Vec<f64> = values.iter().map(|value| self.number_of(value)).collect();
        if numbers.iter().any(|number| number.is_nan()) {
            return Ok(f64::NAN);
        }
        let folded = match asked.function {
            F::Sum => return Ok(numbers.iter().sum::<f64>() + 0.0),
            F::Max => numbers.into_iter().reduce(f64::max),
            _ => numbers.into_iter().reduce(f64::min),
        };
        Ok(folded.unwrap_or(f64::NAN))
    }

    /// The nodes of the first argument that stand in the row that pairs of repeat and place name.
    fn indexed_repeat(&mut self, asked: &Asked<'_>) -> Result<Vec<NodeId>, Failure> {
        let mut pairs = Vec::new();
        for place in (1..asked.arguments.len()).step_by(2) {
            let index = saturated(self.argument_number(asked, place.saturating_add(1))?);
            pairs.push((self.everywhere(asked, place)?, index));
        }
        // Outer repeats first: their rows stand nearer to the root.
        let depth = |nodes: &[NodeId]| {
            nodes.first().map_or(0, |node| self.scene.document(*node).ancestors(node.index).count())
        };
        pairs.sort_by_cached_key(|(nodes, _index)| depth(nodes));
        let mut row: Option<NodeId> = None;
        for (nodes, index) in pairs {
            self.visit(nodes.len())?;
            let inside = nodes.into_iter().filter(|node| self.within(row, *node));
            let place = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
            row = place.and_then(|place| { inside }.nth(place));
            if row.is_none() {
                return Ok(Vec::new());
            }
        }
        let targets = self.everywhere(asked, 0)?;
        self.visit(targets.len())?;
        Ok(targets.into_iter().filter(|node| self.within(row, *node)).collect())
    }

    /// The nodes of an argument; those of `${name}` in every row, not only in that of the question.
    fn everywhere(&mut self, asked: &Asked<'_>, place: usize) -> Result<Vec<NodeId>, Failure> {
        let current = self.current;
        if let Some(crate::expression::tree::Tree::Reference(_)) = asked.arguments.get(place) {
            self.current = NodeId { document: 0, index: 0 };
        }
        let nodes = self.argument_nodes(asked, place);
        self.current = current;
        nodes
    }

    fn within(&self, row: Option<NodeId>, node: NodeId) -> bool {
        let Some(row) = row else { return true };
        row.document == node.document
            && row.index < node.index
            && node.index < self.scene.document(row).end(row.index)
    }
}
