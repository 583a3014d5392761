//! Functions on days and times. The clock is that of the context.

use super::call::Asked;
use super::{Datum, Evaluated, Evaluator, Failure};
use crate::expression::function::Function as F;
use crate::expression::moment::{self, Local};

impl<'d> Evaluator<'d, '_> {
    pub(super) fn times(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        let offset = self.scene.context.offset_minutes;
        let now = self.scene.context.now.as_ms();
        Ok(match asked.function {
            F::Now => self.at(Some(now)),
            F::Today => {
                let midnight = now.saturating_sub(Local::of(now, offset).ms);
                self.at(Some(midnight))
            }
            F::DecimalDateTime => {
                let instant = self.instant(asked)?;
                Datum::Number(instant.map_or(f64::NAN, moment::days))
            }
            F::DecimalTime => {
                let text = self.argument_text(asked, 0)?;
                Datum::Number(moment::day_fraction(&text, offset).unwrap_or(f64::NAN))
            }
            F::FormatDate | F::FormatDateTime => {
                let text = self.argument_text(asked, 0)?;
                let pattern = self.argument_text(asked, 1)?;
                let instant = moment::parse(&text, offset);
                let with_time = asked.function == F::FormatDateTime;
                let local = instant.map(|instant| Local::of(instant, offset));
                let shown = local.map(|local| local.formatted(&pattern, with_time));
                Datum::text(shown.unwrap_or_default())
            }
            _ => {
                let instant = self.instant(asked)?;
                self.at(instant)
            }
        })
    }

    /// An instant as a value; what is none is an empty text and no number.
    fn at(&self, instant: Option<i64>) -> Datum<'d> {
        let offset = self.scene.context.offset_minutes;
        match instant {
            Some(ms) => {
                Datum::Moment { days: moment::days(ms), text: Local::of(ms, offset).text() }
            }
            None => Datum::Text("".into()),
        }
    }

    /// The instant an argument means: a text of one, or a number of days.
    fn instant(&mut self, asked: &Asked<'_>) -> Result<Option<i64>, Failure> {
        Ok(match self.argument(asked, 0)? {
            Datum::Boolean(_) => None,
            Datum::Number(days) | Datum::Moment { days, .. } => moment::from_days(days),
            text => {
                let text = self.text_of(text)?;
                let offset = self.scene.context.offset_minutes;
                moment::parse(&text, offset).or_else(|| moment::parse(&padded(&text), offset))
            }
        })
    }
}

/// `2018-3-1` with the zeros that are missing.
fn padded(text: &str) -> String {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, format!("T{time}")),
        None => (text, String::new()),
    };
    let parts: Vec<String> = day.split('-').map(|part| format!("{part:0>2}")).collect();
    format!("{}{time}", parts.join("-"))
}
