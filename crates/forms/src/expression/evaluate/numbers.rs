//! Functions that compute with numbers.

use super::call::Asked;
use super::{Datum, Evaluated, Evaluator, Failure};
use crate::expression::function::Function as F;
use crate::expression::moment;
use crate::expression::value::number_text_plain;

impl<'d> Evaluator<'d, '_> {
    pub(super) fn numbers(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        Ok(Datum::Number(match asked.function {
            F::Number => return self.as_number(asked),
            F::Pi => std::f64::consts::PI,
            F::Random => self.random(),
            F::Round => self.rounded(asked)?,
            F::Pow => self.argument_number(asked, 0)?.powf(self.argument_number(asked, 1)?),
            F::Atan2 => self.argument_number(asked, 0)?.atan2(self.argument_number(asked, 1)?),
            function => of_one(function, self.argument_number(asked, 0)?),
        }))
    }

    /// `number('2018-03-01')` counts days and is written as a whole number of them.
    fn as_number(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        let value = self.argument(asked, 0)?;
        let number = self.number_of(&value);
        Ok(match value {
            Datum::Moment { .. } => value,
            Datum::Text(_) | Datum::Nodes(_) => {
                let text = self.text_of(value)?;
                let is_moment = moment::looks_like(&text) && !number.is_nan();
                let whole = number_text_plain(number.floor());
                if is_moment {
                    Datum::Moment { days: number, text: whole }
                } else {
                    Datum::Number(number)
                }
            }
            Datum::Number(_) | Datum::Boolean(_) => Datum::Number(number),
        })
    }

    /// Halves go away from zero.
    fn rounded(&mut self, asked: &Asked<'_>) -> Result<f64, Failure> {
        let number = self.argument_number(asked, 0)?;
        let decimals = match asked.arguments.len() {
            1 => 0.0,
            _ => self.argument_number(asked, 1)?,
        };
        let factor = 10_f64.powf(decimals);
        let sign = if number < 0.0 { -1.0 } else { 1.0 };
        Ok((number.abs() * factor).round() / factor * sign)
    }

    /// A number between 0 and 1.
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "53 bits are exactly what a float of this size holds"
    )]
    fn random(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 64 bits from the seed of the record.
    pub(super) fn draw(&mut self) -> u64 {
        self.used.draws = self.used.draws.wrapping_add(1);
        let [first, second] = self.scene.context.seed;
        mixed(first.wrapping_add(mixed(second.wrapping_add(self.used.draws))))
    }
}

/// Spreads every bit over all others: the finisher of `SplitMix64`.
fn mixed(number: u64) -> u64 {
    let mut number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn of_one(function: F, number: f64) -> f64 {
    match function {
        F::Abs => number.abs(),
        F::Acos => number.acos(),
        F::Asin => number.asin(),
        F::Atan => number.atan(),
        F::Ceiling => number.ceil(),
        F::Cos => number.cos(),
        F::Exp => number.exp(),
        F::Exp10 => 10_f64.powf(number),
        F::Floor => number.floor(),
        F::Int => number.trunc(),
        F::Log => number.ln(),
        F::Log10 => number.log10(),
        F::Sin => number.sin(),
        F::Sqrt => number.sqrt(),
        F::Tan => number.tan(),
        _ => f64::NAN,
    }
}
