//! The part of `XLSForm`'s constraints that needs no evaluator: the answer compared with a number.
//!
//! `. >= 0`, `. > 0 and . <= 100`. A constraint that says anything else bounds nothing here.

use std::cmp::Ordering;
use std::fmt;

use model::decimal::Decimal;
use model::value::Value;

/// A comparison an answer must fulfil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// How it compares.
    pub comparison: Comparison,
    /// With what.
    pub number: Decimal,
}

/// How an answer compares with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
}

/// The words of the comparisons; longer ones first.
const WORDS: [(&str, Comparison); 4] = [
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    (">", Comparison::Above),
    ("<", Comparison::Below),
];

/// The bounds that a constraint sets; none where any part of it is something else.
pub fn parse(constraint: &str) -> Vec<Bound> {
    let parts: Option<Vec<Bound>> = constraint.split(" and ").map(one).collect();
    parts.unwrap_or_default()
}

fn one(text: &str) -> Option<Bound> {
    let rest = text.trim().strip_prefix('.')?.trim_start();
    let (rest, comparison) =
        WORDS.iter().find_map(|(word, c)| Some((rest.strip_prefix(word)?, *c)))?;
    Some(Bound { comparison, number: rest.trim().parse().ok()? })
}

impl Bound {
    /// Whether a value keeps to it; a value that is no number does.
    pub fn holds(&self, value: &Value) -> bool {
        let number = match value {
            Value::Integer(number) => Decimal::from(*number),
            Value::Decimal(number) => *number,
            _ => return true,
        };
        let order = number.cmp(&self.number);
        match self.comparison {
            Comparison::AtLeast => order != Ordering::Less,
            Comparison::AtMost => order != Ordering::Greater,
            Comparison::Above => order == Ordering::Greater,
            Comparison::Below => order == Ordering::Less,
        }
    }
}

/// As it was written: `>= 0`.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = WORDS.iter().find(|(_word, comparison)| *comparison == self.comparison);
        write!(f, "{} {}", word.map_or("", |(word, _comparison)| word), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_with_numbers_are_understood() {
        let written = |text: &str| parse(text).iter().map(Bound::to_string).collect::<Vec<_>>();
        assert_eq!(written(". >= 0"), [">= 0"]);
        assert_eq!(written(".>0 and . <= 99.5"), ["> 0", "<= 99.5"]);
        assert_eq!(written(" . < -1 "), ["< -1"]);
    }

    #[test]
    fn anything_else_bounds_nothing() {
        for text in
            ["", ". >= ${low}", ". >= 0 or . = 9", ". >= 0 and regex(., 'x')", "x > 1", ".. > 1"]
        {
            assert_eq!(parse(text), Vec::new(), "{text}");
        }
    }

    #[test]
    fn numbers_on_the_edge_are_in_only_where_the_sign_says_so() {
        let holds =
            |text: &str, number: i64| parse(text).iter().all(|b| b.holds(&Value::Integer(number)));
        assert!(holds(". >= 0", 0) && !holds(". >= 0", -1));
        assert!(holds(". <= 5", 5) && !holds(". <= 5", 6));
        assert!(holds(". > 0", 1) && !holds(". > 0", 0));
        assert!(holds(". < 5", 4) && !holds(". < 5", 5));
        let half: Decimal = "0.5".parse().expect("a number");
        assert!(!parse(". <= 0.4")[0].holds(&Value::Decimal(half)));
        assert!(parse(". > 9")[0].holds(&Value::Text("1".to_owned())));
    }
}
