//! The parameters of an address of `/api`: each known and given once, all that is wrong said at once.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use app::{AppError, Question};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use model::finding::Finding;
use model::limits::OFFSET_MAX;
use model::nearest::nearest;

use crate::http::input::Query;
use crate::http::problem::Problem;

/// How many records a page has at most; larger questions are exports.
const LIMIT: RangeInclusive<usize> = 1..=1_000;
const LIMIT_DEFAULT: usize = 100;
/// Characters of a wrong value that are said back.
const SHOWN_CHARS_MAX: usize = 80;

/// The parameters of a request. Whoever reads them names each one it knows, and ends.
#[derive(Debug)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
    findings: Vec<Finding>,
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(pairs) = Query::from_request_parts(parts, state).await?;
        Ok(Self { pairs, known: vec!["lang"], findings: Vec::new() })
    }
}

impl Parameters {
    /// The value of a parameter; an empty one is none.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let mut found = self.pairs.iter().filter(|(known, _)| known == name);
        let first = found.next().map(|(_, value)| value.clone());
        if found.next().is_some() {
            self.findings.push(Finding::error("parameter-twice").with("name", name));
        }
        first.filter(|text| !text.is_empty())
    }

    /// The value of a parameter that must be there.
    pub(crate) fn required(&mut self, name: &'static str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.findings.push(Finding::error("parameter-missing").with("name", name));
            String::new()
        })
    }

    /// Names with commas between.
    pub(crate) fn names(&mut self, name: &'static str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }

    /// A number within a range.
    pub(crate) fn number<N: FromStr + PartialOrd + Display>(
        &mut self,
        name: &'static str,
        range: &RangeInclusive<N>,
    ) -> Option<N> {
        let text = self.text(name)?;
        let number = text.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let range = format!("{}..{}", range.start(), range.end());
            self.findings.push(wrong_parameter(name, &text, &range));
        }
        number
    }

    /// One of several words.
    pub(crate) fn word(
        &mut self,
        name: &'static str,
        words: &[&'static str],
    ) -> Option<&'static str> {
        let text = self.text(name)?;
        let found = words.iter().find(|word| **word == text).copied();
        if found.is_none() {
            self.findings.push(wrong_parameter(name, &text, &words.join(", ")));
        }
        found
    }

    /// A value that says itself what is wrong with it.
    pub(crate) fn value<T: FromStr<Err = Finding>>(&mut self, name: &'static str) -> Option<T> {
        match self.text(name)?.parse() {
            Ok(value) => Some(value),
            Err(finding) => {
                self.findings.push(finding);
                None
            }
        }
    }

    /// Which records of a register are asked for, without a page.
    pub(crate) fn selection(&mut self, register: String) -> Question {
        Question {
            register,
            filter: self.text("filter"),
            search: self.text("q"),
            bbox: self.text("bbox"),
            datetime: self.text("datetime"),
            ..Question::default()
        }
    }

    /// A page of the records of a register.
    pub(crate) fn page(&mut self, register: String) -> Question {
        Question {
            fields: self.names("fields"),
            oldest_first: self.word("order", &["newest", "oldest"]) == Some("oldest"),
            limit: self.number("limit", &LIMIT).unwrap_or(LIMIT_DEFAULT),
            offset: self.number("offset", &(0..=OFFSET_MAX)).unwrap_or(0),
            ..self.selection(register)
        }
    }

    /// Refuses what nobody asked for, and everything that was wrong.
    pub(crate) fn end(mut self) -> Result<(), Problem> {
        let known = &self.known;
        let unfit = self.pairs.iter().filter(|(name, _)| !known.contains(&name.as_str()));
        self.findings.extend(unfit.map(|(name, _)| unknown_parameter(name, known.iter().copied())));
        if self.findings.is_empty() {
            return Ok(());
        }
        Err(AppError::invalid(self.findings).into())
    }
}

/// A request whose address takes no parameters, but for the language.
#[derive(Debug)]
pub(crate) struct NoParameters;

impl<S: Send + Sync> FromRequestParts<S> for NoParameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Parameters::from_request_parts(parts, state).await?.end().map(|()| Self)
    }
}

/// A parameter with a value that is not one of those expected.
pub(crate) fn wrong_parameter(name: &'static str, value: &str, expected: &str) -> Finding {
    let finding = Finding::error("parameter-wrong").in_column(name).with("name", name);
    finding.with("value", shown(value)).with("expected", expected)
}

/// A parameter that the address does not take.
pub(crate) fn unknown_parameter<'k>(
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Finding {
    let name = shown(name);
    let near = nearest(&name, known).unwrap_or_default().to_owned();
    Finding::error("parameter-unknown").with("name", name).with("nearest", near)
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Parameters {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Parameters { pairs: pairs.collect(), known: vec!["lang"], findings: Vec::new() }
    }

    #[test]
    fn a_page_is_read_with_its_defaults() {
        let mut given = of(&[("filter", "a = 1"), ("q", ""), ("fields", "a, b,"), ("lang", "fr")]);
        let page = given.page("incident".to_owned());
        assert!(given.end().is_ok());
        assert_eq!((page.limit, page.offset, page.oldest_first), (100, 0, false));
        assert_eq!((page.filter.as_deref(), page.search), (Some("a = 1"), None));
        assert_eq!(page.fields, ["a", "b"]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut given = of(&[
            ("limit", "0"),
            ("offset", "-1"),
            ("order", "up"),
            ("q", "a"),
            ("q", "b"),
            ("fliter", "x"),
        ]);
        given.page("incident".to_owned());
        let codes: Vec<&str> = given.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(
            codes,
            ["parameter-wrong", "parameter-wrong", "parameter-wrong", "parameter-twice"]
        );
        assert_eq!(given.end().expect_err("refused").code(), "parameter-wrong");
        for limit in ["1001", "1e9", "99999999999999999999", "ten"] {
            let mut given = of(&[("limit", limit)]);
            given.page("incident".to_owned());
            assert!(given.end().is_err(), "{limit}");
        }
        assert!(of(&[("fliter", "x")]).end().is_err());
    }
}
