//! Patterns of `LIKE`: `%` stands for any characters, `_` for one, `\` takes the next as it is.
//!
//! The store gives this very function to the database, so a pattern means the same in both.

/// Whether `text` matches `pattern`. With `fold_case` both are compared in lower case, letter by
/// letter, whatever the alphabet. Takes at most pattern times text steps.
pub fn matches(pattern: &str, text: &str, fold_case: bool) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let step = match pattern.next() {
            Some('%') if pattern.as_str().is_empty() => return true,
            Some('%') => {
                retry = Some((pattern.clone(), text.clone()));
                continue;
            }
            Some('_') => text.next().is_some(),
            Some('\\') => {
                text.next().is_some_and(|c| pattern.next().is_some_and(|p| same(p, c, fold_case)))
            }
            Some(wanted) => text.next().is_some_and(|c| same(wanted, c, fold_case)),
            None if text.as_str().is_empty() => return true,
            None => false,
        };
        if !step {
            let Some((after, from)) = &mut retry else { return false };
            if from.next().is_none() {
                return false;
            }
            (pattern, text) = (after.clone(), from.clone());
        }
    }
}

/// A pattern that matches `text` and nothing else.
pub fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// Whether a pattern is whole: a `\` at its end would escape nothing.
pub(crate) fn is_whole(pattern: &str) -> bool {
    let trailing = pattern.chars().rev().take_while(|c| *c == '\\').count();
    trailing % 2 == 0
}

fn same(a: char, b: char, fold_case: bool) -> bool {
    if a == b || !fold_case {
        return a == b;
    }
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(&b);
    }
    a.to_lowercase().eq(b.to_lowercase())
}
