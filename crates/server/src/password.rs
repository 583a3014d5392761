//! Where a password comes from: a file, the person at the terminal, or chance.

use std::fs;
use std::path::Path;

use app::AppError;
use model::finding::Finding;
use model::random::Randomness;

use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::system::SystemRandomness;

/// The longest password file, in bytes: anything longer is another file.
const FILE_BYTES_MAX: u64 = 4_096;
/// Letters of a generated password; none that looks like another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a generated password: 5 bits each, 120 in all.
const LETTERS_COUNT: usize = 24;
/// Letters between two dashes.
const GROUP: usize = 6;

/// The one line of a password file.
pub(crate) fn from_file(path: &Path) -> Result<String, Failure> {
    let wrong = || Finding::error("password-file-wrong").in_file(path.display().to_string());
    let failed = |error| Failure::from(AppError::file(path, error));
    if fs::metadata(path).map_err(failed)?.len() > FILE_BYTES_MAX {
        return Err(Failure::invalid(wrong()));
    }
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => Failure::invalid(wrong()),
        _ => Failure::from(AppError::file(path, error)),
    })?;
    let mut lines = text.lines();
    match (lines.next().filter(|line| !line.is_empty()), lines.next()) {
        (Some(password), None) => Ok(password.to_owned()),
        _ => Err(Failure::invalid(wrong())),
    }
}

/// What the person at the terminal types twice.
pub(crate) fn asked(context: &Context<'_>, name: &str) -> Result<String, Failure> {
    let question = context.words.say_with("cli-password-new", &[("user", name.into())]);
    let password = context.terminal.secret(&question)?;
    let again = context.terminal.secret(&context.words.say("cli-password-again"))?;
    if password == again {
        Ok(password)
    } else {
        Err(Failure::new(Exit::Invalid, Finding::error("password-differs")))
    }
}

/// A password nobody can guess.
pub(crate) fn generated() -> String {
    let mut bytes = [0; LETTERS_COUNT];
    SystemRandomness.fill(&mut bytes);
    let letters: Vec<char> =
        bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// Says what is worth knowing about a password.
pub(crate) fn warn(context: &mut Context<'_>, password: &str) {
    if let Some(finding) = app::password_warning(password) {
        context.terminal.warn(context.words, &finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_passwords_are_long_and_never_the_same() {
        let (one, other) = (generated(), generated());
        assert_eq!(one.len(), LETTERS_COUNT + LETTERS_COUNT / GROUP - 1);
        assert_ne!(one, other);
    }

    #[test]
    fn a_password_file_holds_one_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("password");
        for (text, expected) in [
            ("one two\n", Some("one two")),
            ("one", Some("one")),
            ("one\r\n", Some("one")),
            ("", None),
            ("\n", None),
            ("one\ntwo\n", None),
        ] {
            fs::write(&file, text).expect("written");
            assert_eq!(from_file(&file).ok().as_deref(), expected, "{text:?}");
        }
    }
}
