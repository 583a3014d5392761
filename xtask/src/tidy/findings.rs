//! Finding codes: what the sources use has words in both languages, and no words lie unused.

mod uses;

use std::collections::{BTreeMap, BTreeSet};

use self::uses::{SourceFile, Use};
use super::words::{self, Message};
use super::{Violation, is_test_file};
use crate::source::{self, Kind};
use crate::workspace::Tree;

const KEY_PREFIX: &str = "finding-";
/// The attribute that says how to mend it.
const FIX: &str = "fix";

/// Codes against catalogues.
pub(crate) fn words(tree: &Tree) -> Vec<Violation> {
    let files = production_sources(tree);
    let used = uses::uses(&files);
    let tokens = files.iter().flat_map(|file| &file.tokens);
    let literals: BTreeSet<&str> =
        tokens.filter(|token| token.kind == Kind::Text).map(|token| token.text).collect();
    let mut violations = Vec::new();
    for path in [words::ENGLISH, words::FRENCH] {
        let Some(catalogue) = tree.text(path).map(words::messages) else {
            continue;
        };
        violations.extend(used.iter().filter_map(|used| without_words(used, path, &catalogue)));
        let unused =
            catalogue.iter().filter_map(|(key, message)| unused(key, message, path, &literals));
        violations.extend(unused);
    }
    violations
}

fn production_sources(tree: &Tree) -> Vec<SourceFile<'_>> {
    let files =
        tree.ending(".rs").filter(|(path, _)| path.starts_with("crates/") && !is_test_file(path));
    let read =
        |(path, text)| SourceFile { path, tokens: source::production(&source::tokens(text)) };
    files.map(read).collect()
}

fn without_words(
    used: &Use<'_>,
    path: &str,
    catalogue: &BTreeMap<String, Message>,
) -> Option<Violation> {
    let (code, key) = (used.code, format!("{KEY_PREFIX}{}", used.code));
    let message = match catalogue.get(&key) {
        None => format!("finding `{code}` has no words: {path} lacks `{key}`"),
        Some(message) if !message.attributes.contains(FIX) => {
            format!(
                "finding `{code}` does not say how to mend it: `{key}` of {path} lacks `.{FIX}`"
            )
        }
        Some(_) => return None,
    };
    Some(Violation::new(used.path, used.line, message))
}

fn unused(
    key: &str,
    message: &Message,
    path: &str,
    literals: &BTreeSet<&str>,
) -> Option<Violation> {
    let code = key.strip_prefix(KEY_PREFIX)?;
    let lost = !literals.contains(code);
    lost.then(|| {
        Violation::new(path, message.line, format!("no source makes the finding `{code}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    const CATALOGUE: &str = "finding-a-known = a\n    .fix = f\nfinding-b-bare = b\n";

    fn told(text: &str) -> Vec<String> {
        let source = format!("{text} const KNOWN: [&str; 2] = [\"a-known\", \"b-bare\"];");
        messages(words, &[(words::ENGLISH, CATALOGUE), ("crates/app/src/a.rs", &source)])
    }

    #[test]
    fn every_way_to_a_finding_is_read() {
        for text in [
            "fn a() { Finding::error(\"c-new\"); }",
            "fn a() { Finding::warning(if b { \"c-new\" } else { \"a-known\" }); }",
            "fn a() { let word = match b { 1 => \"c-new\", _ => \"a-known\" }; Finding::error(word); }",
            "const NEW: &str = \"c-new\"; fn a() { Finding::error(NEW); }",
            "fn name(&self) -> &'static str { \"c-new\" } fn a() { Finding::error(self.name()); }",
            "fn a() { Finding { code: \"c-new\", ..b }; }",
            "fn refuse(row: Map<u8, u8>, what: &'static str) { Finding::error(what); } fn a() { refuse(f(1, 2), \"c-new\"); }",
            "fn refuse(&mut self, code: &'static str) { self.at(1, code); } fn at(&self, row: u64, word: &'static str) { Finding::error(word); } fn a(&self) { self.refuse(\"c-new\"); }",
            "fn lay((_may, word): (bool, &'static str)) { Finding::error(word); } fn a() { lay((true, \"c-new\")); }",
            "fn a() { let code = \"c-new\"; Finding { code, ..b }; }",
            "fn a() { let at = |row: u64, code| Finding::error(code); at(1, \"c-new\"); }",
        ] {
            let found = told(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains("finding `c-new` has no words"), "{found:?}");
        }
    }

    #[test]
    fn other_literals_are_no_codes() {
        for text in [
            "fn a() { Finding::error(\"a-known\").with(\"c-new\", b); }",
            "fn say(row: u64, word: &'static str) { print(word); } fn a() { say(1, \"c-new\"); }",
            "fn a() { let other = \"c-new\"; Finding::error(\"a-known\"); }",
            "struct A { code: String } fn code(&self) -> &'static str { \"c-new\" }",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn words_without_a_fix_are_found() {
        assert_eq!(told("fn a() { Finding::error(\"a-known\"); }"), [""; 0]);
        let found = told("fn a() { Finding::error(\"b-bare\"); }");
        assert!(found.len() == 1 && found[0].contains("lacks `.fix`"), "{found:?}");
    }

    #[test]
    fn words_nobody_uses_are_found_even_when_a_test_names_them() {
        let source = "#[cfg(test)] mod tests { fn a() { Finding::error(\"a-known\"); } } fn b() { \"b-bare\" }";
        let found = messages(words, &[(words::FRENCH, CATALOGUE), ("crates/app/src/a.rs", source)]);
        assert_eq!(found, ["crates/server/i18n/fr.ftl:1: no source makes the finding `a-known`"]);
    }
}
