//! Rules for the sources of the web pages: what they say they are for, how long they may be, and
//! what would let somebody's text run as a program or a page ask another host.

use super::{Violation, lines_with};
use crate::workspace::Tree;

const SOURCES: &str = "web/src/";
const FILE_LINES_MAX: usize = 500;
/// Kinds of source, each with how its comments begin.
const KINDS: [(&str, &[&str]); 3] =
    [(".ts", &["//", "/*"]), (".svelte", &["<!--"]), (".css", &["/*"])];
/// What no page may do, and why.
const FORBIDDEN: [(&str, &str); 5] = [
    ("{@html", "text of people must never become markup"),
    ("innerHTML", "text of people must never become markup"),
    ("eval(", "the content security policy forbids it"),
    ("https://", "pages ask no other host"),
    ("debugger", "a leftover"),
];
/// What would switch off tests.
const SWITCHED_OFF: [&str; 2] = ["test.only(", "test.skip("];

/// Sources say what they are for, stay short, and do nothing that no page may do.
pub(crate) fn sources(tree: &Tree) -> Vec<Violation> {
    let files = tree.texts().filter(|(path, _)| path.starts_with(SOURCES));
    files.flat_map(|(path, text)| check(path, text)).collect()
}

fn check(path: &str, text: &str) -> Vec<Violation> {
    let Some((_, comments)) = KINDS.iter().find(|(end, _)| path.ends_with(end)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let is_test = path.ends_with(".test.ts");
    if !is_test && !comments.iter().any(|comment| text.starts_with(comment)) {
        found.push(Violation::new(path, 0, "the file does not begin by saying what it is for"));
    }
    let lines = text.lines().count();
    if lines > FILE_LINES_MAX {
        let message = format!("{lines} lines, {FILE_LINES_MAX} are allowed: split it by topic");
        found.push(Violation::new(path, 0, message));
    }
    if is_test {
        found.extend(
            SWITCHED_OFF.iter().flat_map(|mark| named(path, text, mark, "a switched off test")),
        );
    } else {
        found.extend(FORBIDDEN.iter().flat_map(|(mark, why)| named(path, text, mark, why)));
    }
    found
}

fn named(path: &str, text: &str, mark: &str, why: &str) -> Vec<Violation> {
    let lines = lines_with(text, mark);
    lines.map(|line| Violation::new(path, line, format!("`{mark}`: {why}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    #[test]
    fn a_page_that_would_run_text_is_found() {
        let text = "<!-- a -->\n{@html record.summary}\n";
        let found = messages(sources, &[("web/src/pages/Record.svelte", text)]);
        assert_eq!(
            found,
            ["web/src/pages/Record.svelte:2: `{@html`: text of people must never become markup"]
        );
    }

    #[test]
    fn sources_say_what_they_are_for_and_stay_short() {
        assert_eq!(messages(sources, &[("web/src/a.ts", "let a = 1;\n")]).len(), 1);
        assert_eq!(messages(sources, &[("web/src/a.ts", &"// a\n".repeat(501))]).len(), 1);
        let clean =
            [("web/src/a.ts", "// a\n"), ("web/src/b.css", "/* b */\n"), ("web/a.ts", "x\n")];
        assert_eq!(messages(sources, &clean), [""; 0]);
    }

    #[test]
    fn tests_may_name_hosts_but_not_be_switched_off() {
        let text = "const host = 'https://a.example';\ntest.skip('x', () => {});\n";
        assert_eq!(messages(sources, &[("web/src/a.test.ts", text)]).len(), 1);
    }
}
