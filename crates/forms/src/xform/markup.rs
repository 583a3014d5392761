//! XML as a tree, and its text. The same tree gives the same bytes.

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Markup {
    pub(super) tag: String,
    attributes: Vec<(String, String)>,
    inner: Vec<Inner>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Inner {
    Text(String),
    Element(Markup),
}

impl Markup {
    pub(super) fn new(tag: &str) -> Self {
        Self { tag: tag.to_owned(), attributes: Vec::new(), inner: Vec::new() }
    }

    /// With an attribute, which takes the place of an earlier one of its name.
    #[must_use]
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        self.set(name, text);
        self
    }

    /// With a text in it.
    #[must_use]
    pub(super) fn of(mut self, text: &str) -> Self {
        self.text(text);
        self
    }

    /// With an element in it.
    #[must_use]
    pub(super) fn holding(mut self, inner: Self) -> Self {
        self.add(inner);
        self
    }

    pub(super) fn set(&mut self, name: &str, text: &str) {
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => text.clone_into(known),
            None => self.attributes.push((name.to_owned(), text.to_owned())),
        }
    }

    pub(super) fn add(&mut self, inner: Self) {
        self.inner.push(Inner::Element(inner));
    }

    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.inner.push(Inner::Text(text.to_owned()));
        }
    }

    /// Every name of an element or attribute in it.
    pub(super) fn each_name<'a>(&'a self, said: &mut impl FnMut(&'a str)) {
        said(&self.tag);
        self.attributes.iter().for_each(|(name, _text)| said(name));
        for inner in &self.inner {
            if let Inner::Element(inner) = inner {
                inner.each_name(said);
            }
        }
    }

    /// The text of a document: an element in a line, unless there is text beside it.
    pub(super) fn document(&self) -> String {
        let mut text = String::from("<?xml version=\"1.0\"?>\n");
        self.write(&mut text, Some(0));
        text
    }

    fn write(&self, out: &mut String, indent: Option<usize>) {
        begin_line(out, indent);
        out.push('<');
        out.push_str(&self.tag);
        for (name, text) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(out, text, true);
            out.push('"');
        }
        if self.inner.is_empty() {
            out.push_str("/>");
        } else {
            out.push('>');
            self.write_inner(out, indent);
            out.push_str("</");
            out.push_str(&self.tag);
            out.push('>');
        }
        if indent.is_some() {
            out.push('\n');
        }
    }

    fn write_inner(&self, out: &mut String, indent: Option<usize>) {
        let has_text = self.inner.iter().any(|inner| matches!(inner, Inner::Text(_)));
        let below = indent.filter(|_| !has_text).map(|depth| depth.saturating_add(1));
        if below.is_some() {
            out.push('\n');
        }
        for inner in &self.inner {
            match inner {
                Inner::Text(text) => escape(out, text, false),
                Inner::Element(inner) => inner.write(out, below),
            }
        }
        if below.is_some() {
            begin_line(out, indent);
        }
    }
}

fn begin_line(out: &mut String, indent: Option<usize>) {
    for _level in 0..indent.unwrap_or(0) {
        out.push_str("  ");
    }
}

fn escape(out: &mut String, text: &str, is_attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' if is_attribute => out.push_str("&#9;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_elements_stand_in_lines_of_their_own() {
        let label = Markup::new("label").of("a < b & c ").holding(Markup::new("output"));
        let input = Markup::new("input").with("ref", "/x[. > \"1\"]").holding(label);
        assert_eq!(
            Markup::new("body").holding(input).document(),
            "<?xml version=\"1.0\"?>\n<body>\n  <input ref=\"/x[. &gt; &quot;1&quot;]\">\n    \
             <label>a &lt; b &amp; c <output/></label>\n  </input>\n</body>\n"
        );
    }
}
