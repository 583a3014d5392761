//! Texts with the columns of a row in them: `{conflict_name}: {side_a} / {side_b}[ ({place})]`.
//!
//! What stands between two columns appears only where both have something to say; what stands in
//! `[..]` appears only where every column in it has. So no stray punctuation is left.

use std::collections::BTreeSet;
use std::fmt;

/// A template, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

/// As it was written.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| write!(f, "{piece}"))
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Column(column) => write!(f, "{{{column}}}"),
            Self::Optional(pieces) => {
                f.write_str("[")?;
                pieces.iter().try_for_each(|piece| write!(f, "{piece}"))?;
                f.write_str("]")
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Column(String),
    /// Words and columns that appear all together or not at all.
    Optional(Vec<Piece>),
}

/// Why a text is no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TemplateError {
    /// A bracket that opens and does not close, or the other way round, or one within another.
    Bracket(char),
    /// `{}`.
    EmptyColumn,
    /// No column at all.
    NoColumn,
}

impl Template {
    pub(crate) fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['[', ']']) {
            let (words, bracket) = rest.split_at(at);
            pieces.extend(plain_pieces(words)?);
            let inside = bracket.strip_prefix('[').ok_or(TemplateError::Bracket(']'))?;
            let (inside, after) = inside.split_once(']').ok_or(TemplateError::Bracket('['))?;
            if inside.contains('[') {
                return Err(TemplateError::Bracket('['));
            }
            pieces.push(Piece::Optional(plain_pieces(inside)?));
            rest = after;
        }
        pieces.extend(plain_pieces(rest)?);
        let template = Self(pieces);
        if template.columns().is_empty() { Err(TemplateError::NoColumn) } else { Ok(template) }
    }

    /// The columns it names.
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut columns = BTreeSet::new();
        let mut waiting: Vec<&Piece> = self.0.iter().collect();
        while let Some(piece) = waiting.pop() {
            match piece {
                Piece::Words(_) => {}
                Piece::Column(column) => drop(columns.insert(column.as_str())),
                Piece::Optional(pieces) => waiting.extend(pieces),
            }
        }
        columns
    }

    /// The text of a row; empty where none of its columns has any.
    pub fn fill<'r>(&self, cell: &dyn Fn(&str) -> Option<&'r str>) -> String {
        let mut filling = Filling::default();
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => filling.words(words),
                Piece::Column(column) => filling.column(cell(column).unwrap_or_default().trim()),
                Piece::Optional(pieces) => filling.optional(&all_of(pieces, cell)),
            }
        }
        filling.finish()
    }
}

/// The text of pieces that all have something to say; else empty.
fn all_of<'r>(pieces: &[Piece], cell: &dyn Fn(&str) -> Option<&'r str>) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Column(column) => match cell(column).unwrap_or_default().trim() {
                "" => return String::new(),
                said => text.push_str(said),
            },
            Piece::Optional(_) => {}
        }
    }
    text
}

/// A text that grows, and the words that wait for something to follow them.
#[derive(Default)]
struct Filling {
    text: String,
    waiting: String,
    /// Whether a column has been asked, and whether the last one asked had something to say.
    asked: bool,
    said_last: bool,
    said_any: bool,
}

impl Filling {
    fn words(&mut self, words: &str) {
        if !self.asked || self.said_any {
            self.waiting.push_str(words);
        }
    }

    fn column(&mut self, said: &str) {
        self.asked = true;
        self.said_last = !said.is_empty();
        if self.said_last {
            self.text.push_str(&std::mem::take(&mut self.waiting));
            self.text.push_str(said);
            self.said_any = true;
        } else if self.said_any {
            self.waiting.clear();
        }
    }

    fn optional(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&std::mem::take(&mut self.waiting));
            self.text.push_str(text);
            (self.asked, self.said_last, self.said_any) = (true, true, true);
        }
    }

    fn finish(mut self) -> String {
        if self.said_last {
            self.text.push_str(&self.waiting);
        }
        if self.said_any { self.text.trim().to_owned() } else { String::new() }
    }
}

fn plain_pieces(text: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (words, brace) = rest.split_at(at);
        let inside = brace.strip_prefix('{').ok_or(TemplateError::Bracket('}'))?;
        let (column, after) = inside.split_once('}').ok_or(TemplateError::Bracket('{'))?;
        let column = column.trim();
        if column.is_empty() {
            return Err(TemplateError::EmptyColumn);
        }
        if column.contains('{') {
            return Err(TemplateError::Bracket('{'));
        }
        pieces.extend((!words.is_empty()).then(|| Piece::Words(words.to_owned())));
        pieces.push(Piece::Column(column.to_owned()));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then(|| Piece::Words(rest.to_owned())));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(template: &str, cells: &[(&str, &'static str)]) -> String {
        let cell =
            |column: &str| cells.iter().find(|(known, _)| *known == column).map(|(_, said)| *said);
        Template::parse(template).expect(template).fill(&cell)
    }

    const SIDES: &str = "{conflict}: {a} / {b}, {where}";

    #[test]
    fn a_full_row_fills_everything() {
        let all = [("conflict", "Mali"), ("a", "GSIM"), ("b", "Army"), ("where", "Gao")];
        assert_eq!(fill(SIDES, &all), "Mali: GSIM / Army, Gao");
    }

    #[test]
    fn whatever_is_missing_leaves_no_stray_punctuation() {
        assert_eq!(fill(SIDES, &[("a", "GSIM"), ("b", ""), ("where", "Gao")]), "GSIM, Gao");
        assert_eq!(fill(SIDES, &[("conflict", "Mali"), ("where", " ")]), "Mali");
        assert_eq!(fill(SIDES, &[("b", "Army")]), "Army");
        assert_eq!(fill(SIDES, &[]), "");
        assert_eq!(fill("Unit {u}.", &[]), "");
        assert_eq!(fill("Unit {u}, {v}.", &[("v", "2")]), "Unit 2.");
    }

    #[test]
    fn brackets_hold_together() {
        let template = "{kind}[ ({n} of {all})][, {where}]";
        assert_eq!(
            fill(template, &[("kind", "Camp"), ("n", "2"), ("all", "3"), ("where", "Gao")]),
            "Camp (2 of 3), Gao"
        );
        assert_eq!(fill(template, &[("kind", "Camp"), ("n", "2")]), "Camp");
        assert_eq!(fill("{a}[ on water]", &[("a", "Base")]), "Base on water");
        assert_eq!(fill("[{a}; ]{b}", &[("b", "B")]), "B");
    }

    #[test]
    fn what_is_no_template_is_refused() {
        let error = |text| Template::parse(text).expect_err(text);
        assert_eq!(error("{a"), TemplateError::Bracket('{'));
        assert_eq!(error("a}"), TemplateError::Bracket('}'));
        assert_eq!(error("[{a}"), TemplateError::Bracket('['));
        assert_eq!(error("{a}]"), TemplateError::Bracket(']'));
        assert_eq!(error("[[{a}]]"), TemplateError::Bracket('['));
        assert_eq!(error("{ }"), TemplateError::EmptyColumn);
        assert_eq!(error("plain"), TemplateError::NoColumn);
    }

    #[test]
    fn columns_are_known_wherever_they_stand() {
        let template = Template::parse("{b}[ {c d}]{a}").expect("a template");
        assert_eq!(template.columns(), BTreeSet::from(["a", "b", "c d"]));
        assert_eq!(template.to_string(), "{b}[ {c d}]{a}");
    }
}
