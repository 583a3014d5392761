//! Words with places in them: `{number} men near {place}`. What was drawn for a name once is the same for all
//! words of an event, so that two reports of it speak of the same.

use std::collections::BTreeMap;

use super::draw::Draw;

/// The place where a settlement's name goes.
const PLACE: &str = "place";

/// A text with names in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The name of a list of words, of a number (`3-9`), or of the place.
    Name(String),
}

impl Template {
    /// Reads a template; the name that means nothing where there is one. A name may say which of several
    /// (`side:2`), so that a text can speak of two.
    pub(super) fn parse(text: &str, words: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            let is_known =
                name == PLACE || words.contains_key(list_of(name)) || range(name).is_some();
            if !is_known {
                return Err(name.to_owned());
            }
            parts.extend([Part::Text(before.to_owned()), Part::Name(name.to_owned())]);
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self(parts))
    }

    /// Whether nothing in it is drawn.
    pub(super) fn is_plain(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// The text, with what its names stand for.
    pub(super) fn fill(&self, said: &mut Said<'_>, draw: &mut Draw) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Name(name) => said.word(name, draw),
        };
        self.0.iter().map(part).collect()
    }
}

/// What is said of one event.
pub(super) struct Said<'w> {
    words: &'w BTreeMap<String, Vec<String>>,
    drawn: BTreeMap<String, String>,
}

impl<'w> Said<'w> {
    /// Nothing yet, but where it was.
    pub(super) fn near(place: &str, words: &'w BTreeMap<String, Vec<String>>) -> Self {
        Self { words, drawn: BTreeMap::from([(PLACE.to_owned(), place.to_owned())]) }
    }

    fn word(&mut self, name: &str, draw: &mut Draw) -> String {
        if let Some(known) = self.drawn.get(name) {
            return known.clone();
        }
        let word = match (self.words.get(list_of(name)), range(name)) {
            (Some(words), _) => words.get(draw.place(words.len())).cloned().unwrap_or_default(),
            (None, Some((least, most))) => draw.within(least, most).to_string(),
            (None, None) => String::new(),
        };
        self.drawn.insert(name.to_owned(), word.clone());
        word
    }
}

fn list_of(name: &str) -> &str {
    name.split_once(':').map_or(name, |(list, _which)| list)
}

/// A range of numbers: `3-9`.
fn range(name: &str) -> Option<(i32, i32)> {
    let (least, most) = list_of(name).split_once('-')?;
    let (least, most) = (least.parse().ok()?, most.parse().ok()?);
    (least <= most).then_some((least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_once_stays_for_the_event() {
        let words = BTreeMap::from([("side".to_owned(), vec!["A".to_owned(), "B".to_owned()])]);
        let template =
            Template::parse("{side} near {place}: {3-9}, {side}", &words).expect("known");
        let again = Template::parse("{3-9} of {side}", &words).expect("known");
        let (mut said, mut draw) = (Said::near("Ndoro", &words), Draw::new(3));
        let first = template.fill(&mut said, &mut draw);
        let side = first.chars().next().expect("a side");
        let number = first.chars().find(char::is_ascii_digit).expect("a number");
        assert_eq!(first, format!("{side} near Ndoro: {number}, {side}"));
        assert_eq!(again.fill(&mut said, &mut draw), format!("{number} of {side}"));
        assert_eq!(Template::parse("{sidr}", &words), Err("sidr".to_owned()));
        assert_eq!(Template::parse("{side", &words), Err("side".to_owned()));
    }
}
