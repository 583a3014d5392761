//! Functions on choices: what is selected, what it is called, what a list says of it.

use std::borrow::Cow;

use super::call::Asked;
use super::{Datum, Evaluated, Evaluator, Failure, truth_of};
use crate::expression::function::Function as F;
use crate::expression::node::NodeId;
use crate::expression::quoted_name;
use crate::expression::tree::Tree;
use crate::expression::value::{count, leading_integer, saturated};

impl<'d> Evaluator<'d, '_> {
    pub(super) fn choices(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        Ok(match asked.function {
            F::Selected => {
                let list = self.argument_text(asked, 0)?;
                let value = self.argument_text(asked, 1)?;
                let value = value.trim();
                let empty = value.is_empty() && list.trim().is_empty();
                Datum::Boolean(empty || list.split_ascii_whitespace().any(|code| code == value))
            }
            F::SelectedAt => {
                let list = self.argument_text(asked, 0)?;
                let place = leading_integer(&self.argument_text(asked, 1)?).map(saturated);
                let place = place.and_then(|place| usize::try_from(place).ok());
                let code = place.and_then(|place| list.split_ascii_whitespace().nth(place));
                Datum::text(code.unwrap_or_default())
            }
            F::CountSelected => {
                let list = self.argument_text(asked, 0)?;
                Datum::Number(count(list.split_ascii_whitespace().count()))
            }
            F::ChoiceName => Datum::Text(self.choice_name(asked)?),
            F::Pulldata => Datum::Text(self.pulled(asked)?),
            _ => Datum::Boolean(self.checked(asked)?),
        })
    }

    /// The label of a code in the list of the question that the second argument names.
    fn choice_name(&mut self, asked: &Asked<'_>) -> Result<Cow<'d, str>, Failure> {
        let code = self.argument_text(asked, 0)?;
        let name = asked.arguments.get(1).and_then(question_name);
        let list = name.and_then(|name| self.scene.shape.list_of(name));
        let known = list.and_then(|list| list.get(&code));
        let label = known.and_then(|code| code.labels.get(self.scene.context.language));
        Ok(label.map_or(Cow::Borrowed(""), |label| Cow::Owned(label.to_owned())))
    }

    /// The cell of a list in the column named second and the first row whose third column holds the
    /// fourth argument.
    fn pulled(&mut self, asked: &Asked<'_>) -> Result<Cow<'d, str>, Failure> {
        let mut texts = Vec::new();
        for place in 0..4 {
            texts.push(self.argument_text(asked, place)?);
        }
        let [list, wanted, key, value] = texts.as_slice() else { return Ok("".into()) };
        let list = list.strip_suffix(".csv").unwrap_or(list);
        let Some(root) = self.list(list) else { return Ok("".into()) };
        let document = self.scene.document(root);
        let cell = |item: usize, name: &str| {
            let named = |child: &usize| document.get(*child).is_some_and(|n| *n.name == *name);
            document.children(item).find(named).map(|index| NodeId { index, ..root })
        };
        let items = document.children(root.index).flat_map(|root| document.children(root));
        for item in items {
            self.visit(2)?;
            let found = cell(item, key).is_some_and(|cell| self.scene.text(cell) == *value);
            if found {
                return Ok(cell(item, wanted).map_or("".into(), |cell| self.scene.text(cell)));
            }
        }
        Ok("".into())
    }

    /// Whether so many of the answers hold, each with its weight where weights are given.
    fn checked(&mut self, asked: &Asked<'_>) -> Result<bool, Failure> {
        let least = self.argument_number(asked, 0)?;
        let most = self.argument_number(asked, 1)?;
        let total = if asked.function == F::Checklist {
            let holding = self.spread(asked, 2)?.iter().filter(|value| truth_of(value)).count();
            count(holding)
        } else {
            self.weight(asked)?
        };
        #[expect(clippy::float_cmp, reason = "-1 is written by the author and means any number")]
        let unbounded = most == -1.0;
        Ok(total >= least && (unbounded || total <= most))
    }

    fn weight(&mut self, asked: &Asked<'_>) -> Result<f64, Failure> {
        let mut total = 0.0;
        for pair in asked.arguments.get(2..).unwrap_or_default().chunks_exact(2) {
            let [answer, weight] = pair else { continue };
            let (answer, weight) =
                (self.evaluate(answer, asked.focus)?, self.evaluate(weight, asked.focus)?);
            let (answers, weights) = (self.singles(answer), self.singles(weight));
            let holding = answers.iter().zip(&weights).filter(|(answer, _)| truth_of(answer));
            total += holding.map(|(_, weight)| self.number_of(weight)).sum::<f64>();
        }
        Ok(total)
    }
}

/// The question that a quoted `${name}` or path names.
fn question_name(argument: &Tree) -> Option<&str> {
    match argument {
        Tree::Text(text) if !text.contains("${") => text.rsplit('/').next().map(str::trim),
        other => quoted_name(other),
    }
}
