//! Calls a function: each group of functions has a file of its own.

use std::borrow::Cow;

use super::{Datum, Evaluated, Evaluator, Failure, Focus};
use crate::expression::function::Function as F;
use crate::expression::node::NodeId;
use crate::expression::tree::{Call, Tree};

/// A call that is being evaluated.
#[derive(Clone, Copy)]
pub(super) struct Asked<'c> {
    pub(super) function: F,
    pub(super) name: &'static str,
    pub(super) arguments: &'c [Tree],
    pub(super) focus: Focus,
}

impl<'d> Evaluator<'d, '_> {
    pub(super) fn call(&mut self, call: &Call, focus: Focus) -> Evaluated<'d> {
        let signature = call.function.and_then(F::signature).ok_or(Failure::Function)?;
        if !signature.takes(call.arguments.len()) {
            return Err(Failure::Function);
        }
        let function = signature.function;
        let asked = Asked { function, name: signature.name, arguments: &call.arguments, focus };
        match function {
            F::If => {
                let place = if self.truth(&asked, 0)? { 1 } else { 2 };
                self.argument(&asked, place)
            }
            F::Selected
            | F::SelectedAt
            | F::CountSelected
            | F::Checklist
            | F::WeightedChecklist
            | F::ChoiceName
            | F::Pulldata => self.choices(&asked),
            F::Boolean | F::BooleanFromString | F::Not | F::True | F::False => self.logic(&asked),
            F::Now
            | F::Today
            | F::Date
            | F::DateTime
            | F::DecimalDateTime
            | F::DecimalTime
            | F::FormatDate
            | F::FormatDateTime => self.times(&asked),
            F::Area | F::Distance | F::Geofence => self.places(&asked),
            F::Count
            | F::CountNonEmpty
            | F::Current
            | F::IndexedRepeat
            | F::Instance
            | F::Last
            | F::LocalName
            | F::Name
            | F::Position
            | F::Sum
            | F::Max
            | F::Min => self.sets(&asked),
            _ if is_number(function) => self.numbers(&asked),
            _ => self.texts(&asked),
        }
    }

    fn logic(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        Ok(Datum::Boolean(match asked.function {
            F::Boolean => self.truth(asked, 0)?,
            F::Not => !self.truth(asked, 0)?,
            F::BooleanFromString => matches!(&*self.argument_text(asked, 0)?, "1" | "true"),
            other => other == F::True,
        }))
    }

    /// An argument, or the node that is looked at where there is none.
    pub(super) fn argument(&mut self, asked: &Asked<'_>, place: usize) -> Evaluated<'d> {
        match asked.arguments.get(place) {
            Some(tree) => self.evaluate(tree, asked.focus),
            None => Ok(Datum::Nodes(vec![asked.focus.node])),
        }
    }

    pub(super) fn argument_text(
        &mut self,
        asked: &Asked<'_>,
        place: usize,
    ) -> Result<Cow<'d, str>, Failure> {
        let datum = self.argument(asked, place)?;
        self.text_of(datum)
    }

    pub(super) fn argument_number(
        &mut self,
        asked: &Asked<'_>,
        place: usize,
    ) -> Result<f64, Failure> {
        let datum = self.argument(asked, place)?;
        Ok(self.number_of(&datum))
    }

    pub(super) fn truth(&mut self, asked: &Asked<'_>, place: usize) -> Result<bool, Failure> {
        Ok(super::truth_of(&self.argument(asked, place)?))
    }

    pub(super) fn argument_nodes(
        &mut self,
        asked: &Asked<'_>,
        place: usize,
    ) -> Result<Vec<NodeId>, Failure> {
        match self.argument(asked, place)? {
            Datum::Nodes(nodes) => Ok(nodes),
            _ => Err(Failure::NotNodes(asked.name)),
        }
    }

    /// The values of arguments from `place` on, each node by itself.
    pub(super) fn spread(
        &mut self,
        asked: &Asked<'_>,
        place: usize,
    ) -> Result<Vec<Datum<'d>>, Failure> {
        let mut values = Vec::new();
        for argument in asked.arguments.iter().skip(place) {
            let datum = self.evaluate(argument, asked.focus)?;
            let singles = self.singles(datum);
            self.visit(singles.len())?;
            values.extend(singles);
        }
        Ok(values)
    }
}

fn is_number(function: F) -> bool {
    matches!(
        function,
        F::Abs
            | F::Acos
            | F::Asin
            | F::Atan
            | F::Atan2
            | F::Ceiling
            | F::Cos
            | F::Exp
            | F::Exp10
            | F::Floor
            | F::Int
            | F::Log
            | F::Log10
            | F::Number
            | F::Pi
            | F::Pow
            | F::Random
            | F::Round
            | F::Sin
            | F::Sqrt
            | F::Tan
    )
}
