//! Text that a spreadsheet would run as a formula, made harmless and given back.
//!
//! Excel and LibreOffice run a cell of a CSV file that starts with `=`, `+`, `-` or `@`, also after a
//! tab or a line break, and also in the full-width forms. An apostrophe before it makes it text.
//! Texts that already start with apostrophes get one more, so that nothing is lost on the way back.

use std::borrow::Cow;

const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as a spreadsheet may hold it: with an apostrophe before it where it would be run.
pub fn neutralised(text: &str) -> Cow<'_, str> {
    if would_run(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`neutralised`] was given.
pub fn original(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| would_run(rest)).unwrap_or(text)
}

fn would_run(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(STARTERS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_run_is_made_text_and_the_rest_is_left_alone() {
        for run in ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1"] {
            assert_eq!(neutralised(run), format!("'{run}"));
        }
        for harmless in ["", "a=1", "'", "''", "l'état", "'quoted'", " =1", "1-2"] {
            assert_eq!(neutralised(harmless), harmless);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_none_is_left_to_run(text in "['=+@\ta-]{0,4}\\PC{0,8}") {
            let safe = neutralised(&text);
            prop_assert!(!safe.starts_with(STARTERS));
            prop_assert_eq!(original(&safe), &text);
        }
    }
}
