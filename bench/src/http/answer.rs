//! What a server answered, as far as all of them say it: how many match, and which came.

use anyhow::Context;
use serde_json::Value as Json;

/// A page of features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// `numberMatched`.
    pub(crate) matched: u64,
    /// The events' own ids, in the order they came.
    pub(crate) ids: Vec<String>,
}

impl Answer {
    /// Reads a feature collection.
    pub(crate) fn read(body: &[u8]) -> anyhow::Result<Self> {
        let page: Json = serde_json::from_slice(body).context("no JSON")?;
        let matched = page["numberMatched"].as_u64().context("no numberMatched")?;
        let features = page["features"].as_array().context("no features")?;
        let id = |feature: &Json| {
            let property = feature["properties"]["source_id"].as_str();
            property.or_else(|| feature["id"].as_str()).map(str::to_owned)
        };
        let ids = features.iter().map(id).collect::<Option<_>>().context("a feature without id")?;
        Ok(Self { matched, ids })
    }

    /// Where two answers part; nothing where they do not.
    pub(crate) fn parting(&self, other: &Self) -> Option<String> {
        if self.matched != other.matched {
            return Some(format!("{} and {} match", self.matched, other.matched));
        }
        let at = (0..self.ids.len().max(other.ids.len()))
            .find(|at| self.ids.get(*at) != other.ids.get(*at))?;
        let (left, right) = (self.ids.get(at), other.ids.get(at));
        Some(format!("of {} the one at {at} is {left:?} and {right:?}", self.ids.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_the_property_or_the_feature() {
        let body = br#"{"numberMatched":7,"features":[{"id":"A","properties":{}},
            {"id":"x","properties":{"source_id":"B"}}]}"#;
        let answer = Answer::read(body).expect("a page");
        assert_eq!(answer, Answer { matched: 7, ids: vec!["A".to_owned(), "B".to_owned()] });
        assert!(Answer::read(b"{}").is_err());
    }

    #[test]
    fn order_and_count_tell_answers_apart() {
        let of = |matched, ids: &[&str]| Answer {
            matched,
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        };
        assert_eq!(of(2, &["a", "b"]).parting(&of(2, &["a", "b"])), None);
        assert!(of(2, &["a", "b"]).parting(&of(2, &["b", "a"])).is_some());
        assert!(of(2, &["a"]).parting(&of(3, &["a"])).is_some());
        assert!(of(2, &["a", "b"]).parting(&of(2, &["a"])).is_some());
    }
}
