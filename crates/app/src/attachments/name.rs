//! Names of files, as they can be kept on every system and shown without deceiving anybody.

use model::limits::FILE_NAME_BYTES_MAX;

/// What a file without a usable name is called.
const NAMELESS: &str = "file";
/// Names that are devices on some systems.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The last part of a name, without anything that is a path, a control character or turns text
/// around; with one of these extensions, where there are any.
pub(super) fn harmless(name: &str, extensions: &[&str]) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !is_invisible(*c)).map(replaced).collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, extension) = kept.rsplit_once('.').unwrap_or((kept, ""));
    let fits =
        extensions.is_empty() || extensions.iter().any(|e| extension.eq_ignore_ascii_case(e));
    let (stem, extension) = match (fits, extensions.first()) {
        (false, Some(usual)) => (kept, *usual),
        _ => (stem, extension),
    };
    let stem = if stem.is_empty() || is_device(stem) {
        format!("{NAMELESS}{stem}")
    } else {
        stem.to_owned()
    };
    if extension.is_empty() {
        return shortened(&stem, FILE_NAME_BYTES_MAX).to_owned();
    }
    let extension = shortened(extension, FILE_NAME_BYTES_MAX / 4);
    let room = FILE_NAME_BYTES_MAX - extension.len() - 1;
    format!("{}.{extension}", shortened(&stem, room))
}

/// Control characters, and those that change the direction of text or are not seen.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn replaced(letter: char) -> char {
    if "<>:\"|?*".contains(letter) { '_' } else { letter }
}

fn is_device(stem: &str) -> bool {
    let stem = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_port =
        numbered.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    is_port || DEVICES.contains(&stem.as_str())
}

/// At most so many bytes, whole letters.
fn shortened(text: &str, bytes_max: usize) -> &str {
    let end = (0..=bytes_max.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless_and_good_ones_stay() {
        for (given, expected) in [
            ("Photo du marché.JPG", "Photo du marché.JPG"),
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\Windows\\cmd.exe", "cmd.exe.jpg"),
            ("photo\u{202e}gpj.exe", "photogpj.exe.jpg"),
            ("a\u{0}b\r\nc.jpg", "abc.jpg"),
            ("<script>.jpg", "_script_.jpg"),
            ("..", "file.jpg"),
            ("", "file.jpg"),
            ("CON.jpg", "fileCON.jpg"),
            ("com1.jpeg", "filecom1.jpeg"),
            (".htaccess", "htaccess.jpg"),
        ] {
            assert_eq!(harmless(given, &["jpg", "jpeg"]), expected, "{given:?}");
        }
        assert_eq!(harmless("anything.exe", &[]), "anything.exe");
    }

    #[test]
    fn long_names_are_cut_between_letters_and_keep_their_extension() {
        let long = harmless(&format!("{}.jpg", "é".repeat(500)), &["jpg"]);
        assert!(long.len() <= FILE_NAME_BYTES_MAX && long.ends_with("é.jpg"), "{long}");
        let odd = harmless(&format!("a.{}", "x".repeat(500)), &[]);
        assert!(odd.len() <= FILE_NAME_BYTES_MAX, "{odd}");
    }
}
