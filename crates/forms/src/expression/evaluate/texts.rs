//! Functions on texts. Lengths and places count as form clients count them: in UTF-16.

use std::borrow::Cow;

use super::call::Asked;
use super::{Datum, Evaluated, Evaluator, Failure};
use crate::expression::function::Function as F;
use crate::expression::pattern;
use crate::expression::value::{count, leading_integer, saturated};

/// What compiling a pattern that an answer made counts for.
const PATTERN_NODES: usize = 10_000;
/// The longest text `uuid(n)` gives.
const UUID_LENGTH_MAX: i64 = 1_024;

impl<'d> Evaluator<'d, '_> {
    pub(super) fn texts(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        match asked.function {
            F::Contains | F::StartsWith | F::EndsWith | F::Regex => {
                return Ok(Datum::Boolean(self.tested(asked)?));
            }
            F::StringLength => {
                let text = self.argument_text(asked, 0)?;
                return Ok(Datum::Number(count(length(&text))));
            }
            _ => {}
        }
        let text = self.made_text(asked)?;
        self.made(&text)?;
        Ok(Datum::Text(text))
    }

    fn made_text(&mut self, asked: &Asked<'_>) -> Result<Cow<'d, str>, Failure> {
        Ok(match asked.function {
            F::String => self.argument_text(asked, 0)?,
            F::Coalesce => {
                let first = self.argument_text(asked, 0)?;
                if first.is_empty() { self.argument_text(asked, 1)? } else { first }
            }
            F::Once => match self.scene.text(asked.focus.node) {
                text if text.is_empty() => self.argument_text(asked, 0)?,
                kept => kept,
            },
            F::Concat => Cow::Owned(self.joined(asked, 0, "")?),
            F::Join => {
                let separator = self.argument_text(asked, 0)?;
                Cow::Owned(self.joined(asked, 1, &separator)?)
            }
            F::NormalizeSpace => {
                let text = self.argument_text(asked, 0)?;
                Cow::Owned(text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
            }
            F::Substr => Cow::Owned(self.between(asked)?),
            F::Substring => Cow::Owned(self.part(asked)?),
            F::SubstringAfter | F::SubstringBefore => Cow::Owned(self.beside(asked)?),
            F::Translate => Cow::Owned(self.translated(asked)?),
            F::Uuid => Cow::Owned(self.uuid(asked)?),
            _ => return Err(Failure::Function),
        })
    }

    fn tested(&mut self, asked: &Asked<'_>) -> Result<bool, Failure> {
        let text = self.argument_text(asked, 0)?;
        let other = self.argument_text(asked, 1)?;
        Ok(match asked.function {
            F::Contains => text.contains(&*other),
            F::StartsWith => text.starts_with(&*other),
            F::EndsWith => text.ends_with(&*other),
            _ => {
                self.made(&text)?;
                if let Some(known) = self.scene.patterns.get(&*other) {
                    return Ok(known.is_match(&text));
                }
                self.visit(PATTERN_NODES)?;
                let made = pattern::compile(&other);
                made.map_err(|_error| Failure::Pattern(other.into_owned()))?.is_match(&text)
            }
        })
    }

    /// The arguments from `place` on, each node by itself, with a text between them.
    fn joined(
        &mut self,
        asked: &Asked<'_>,
        place: usize,
        separator: &str,
    ) -> Result<String, Failure> {
        let mut joined = String::new();
        for (place, single) in self.spread(asked, place)?.into_iter().enumerate() {
            if place > 0 {
                joined.push_str(separator);
            }
            joined.push_str(&self.text_of(single)?);
            self.made(&joined)?;
        }
        Ok(joined)
    }

    /// `substr`: from a place to before another, counted from 0, negative ones from the end.
    fn between(&mut self, asked: &Asked<'_>) -> Result<String, Failure> {
        let text = self.argument_text(asked, 0)?;
        let size = count(length(&text));
        let from_end = |place: f64| if place < 0.0 { size + place } else { place };
        let start = leading_integer(&self.argument_text(asked, 1)?);
        let end = match asked.arguments.len() {
            2 => Some(size),
            _ => leading_integer(&self.argument_text(asked, 2)?),
        };
        let (Some(start), Some(end)) = (start, end) else { return Ok(String::new()) };
        Ok(sliced(&text, from_end(start), from_end(end)))
    }

    /// `substring`: from a place counted from 1, so many characters.
    fn part(&mut self, asked: &Asked<'_>) -> Result<String, Failure> {
        let text = self.argument_text(asked, 0)?;
        let start = half_up(self.argument_number(asked, 1)?) - 1.0;
        let end = match asked.arguments.len() {
            2 => f64::INFINITY,
            _ => start + half_up(self.argument_number(asked, 2)?),
        };
        if start.is_nan() || end.is_nan() {
            return Ok(String::new());
        }
        Ok(sliced(&text, start, end))
    }

    fn beside(&mut self, asked: &Asked<'_>) -> Result<String, Failure> {
        let text = self.argument_text(asked, 0)?;
        let mark = self.argument_text(asked, 1)?;
        let Some((before, after)) = text.split_once(&*mark) else { return Ok(String::new()) };
        Ok(if asked.function == F::SubstringBefore { before } else { after }.to_owned())
    }

    fn translated(&mut self, asked: &Asked<'_>) -> Result<String, Failure> {
        let text = self.argument_text(asked, 0)?;
        let from = self.argument_text(asked, 1)?;
        let to: Vec<char> = self.argument_text(asked, 2)?.chars().collect();
        self.visit(from.len().saturating_mul(text.len()).div_euclid(64))?;
        let replaced = |character: char| match from.chars().position(|known| known == character) {
            Some(place) => to.get(place).copied(),
            None => Some(character),
        };
        Ok(text.chars().filter_map(replaced).collect())
    }

    /// A random identifier, or as many of its characters as are asked for.
    fn uuid(&mut self, asked: &Asked<'_>) -> Result<String, Failure> {
        if asked.arguments.is_empty() {
            return Ok(self.one_uuid());
        }
        let wanted = saturated(self.argument_number(asked, 0)?).clamp(0, UUID_LENGTH_MAX);
        let wanted = usize::try_from(wanted).unwrap_or(0);
        let mut text = String::new();
        while text.len() < wanted {
            text.push_str(&self.one_uuid());
        }
        text.truncate(wanted);
        Ok(text)
    }

    /// Version 4: all bits but six are random.
    fn one_uuid(&mut self) -> String {
        let high = (self.draw() & 0xffff_ffff_ffff_0fff) | 0x4000;
        let low = (self.draw() & 0x3fff_ffff_ffff_ffff) | (1 << 63);
        let (high, low) = (format!("{high:016x}"), format!("{low:016x}"));
        let groups = [(&high, 0..8), (&high, 8..12), (&high, 12..16), (&low, 0..4), (&low, 4..16)];
        groups.map(|(text, range)| text.get(range).unwrap_or_default()).join("-")
    }
}

/// The length of a text in UTF-16.
fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// Halves go up, as `JavaScript` rounds.
fn half_up(number: f64) -> f64 {
    (number + 0.5).floor()
}

/// From one place to before another, as much of it as there is.
fn sliced(text: &str, start: f64, end: f64) -> String {
    let size = length(text);
    let place = |at: f64| usize::try_from(saturated(at).max(0)).unwrap_or(0).min(size);
    let (start, end) = (place(start), place(end));
    if text.is_ascii() {
        return text.get(start..end).unwrap_or_default().to_owned();
    }
    let units: Vec<u16> = text.encode_utf16().skip(start).take(end.saturating_sub(start)).collect();
    String::from_utf16_lossy(&units)
}
