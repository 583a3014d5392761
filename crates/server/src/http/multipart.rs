//! Bodies of several parts (`multipart/form-data`), as phones and browsers send them.
//!
//! A body is whole or it is nothing: one that ends before its last mark is refused, since nobody
//! could tell which of its files were cut off. Nothing here copies a part.

use memchr::memmem;
use model::limits::PHONE_PARTS_MAX;

/// The longest boundary (RFC 2046), in bytes.
const BOUNDARY_BYTES_MAX: usize = 70;
/// The most that stands above the content of a part, in bytes.
const HEAD_BYTES_MAX: usize = 8 << 10;
const FORM_DATA: &str = "multipart/form-data";

/// A part of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part<'b> {
    /// What it is named.
    pub(crate) name: String,
    /// The name of its file, where it has one.
    pub(crate) file_name: Option<String>,
    /// What kind of content it says it has.
    pub(crate) media_type: String,
    /// Its content.
    pub(crate) content: &'b [u8],
}

/// Why a body cannot be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is of another type.
    MediaType,
    /// Its type does not say what its parts end with, or says what cannot be.
    Boundary,
    /// It ends before its end, or a part is not what a part is.
    Cut,
    /// It has more parts than anybody sends.
    Parts,
}

impl Wrong {
    /// It in a word, for the finding about it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::MediaType => "media-type",
            Self::Boundary => "boundary",
            Self::Cut => "truncated",
            Self::Parts => "parts",
        }
    }
}

/// What the parts of a body end with, by its content type.
pub(crate) fn boundary(content_type: &str) -> Result<String, Wrong> {
    let mut pieces = content_type.split(';').map(str::trim);
    if !pieces.next().is_some_and(|kind| kind.eq_ignore_ascii_case(FORM_DATA)) {
        return Err(Wrong::MediaType);
    }
    let named = pieces.filter_map(|piece| piece.split_once('='));
    let mut named = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"));
    let text = named.next().map(|(_, text)| text.trim().trim_matches('"')).unwrap_or_default();
    let fits = (1..=BOUNDARY_BYTES_MAX).contains(&text.len());
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if fits && is_plain { Ok(text.to_owned()) } else { Err(Wrong::Boundary) }
}

/// The parts of a whole body.
pub(crate) fn parts<'b>(body: &'b [u8], boundary: &str) -> Result<Vec<Part<'b>>, Wrong> {
    let mark = format!("\r\n--{boundary}");
    let mark = memmem::Finder::new(mark.as_bytes());
    let first = mark.needle().get(2..).unwrap_or_default();
    // What stands before the first mark is for nobody.
    let mut rest = match body.strip_prefix(first) {
        Some(rest) => rest,
        None => after(body, &mark).ok_or(Wrong::Cut)?.1,
    };
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        if parts.len() >= PHONE_PARTS_MAX {
            return Err(Wrong::Parts);
        }
        let line_end = memmem::find(rest, b"\r\n").ok_or(Wrong::Cut)?;
        let (padding, behind) = rest.split_at(line_end);
        if !padding.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
            return Err(Wrong::Cut);
        }
        let (inner, following) = after(behind, &mark).ok_or(Wrong::Cut)?;
        parts.push(part(inner)?);
        rest = following;
    }
}

/// What stands before the next mark, and what after it.
fn after<'b>(bytes: &'b [u8], mark: &memmem::Finder<'_>) -> Option<(&'b [u8], &'b [u8])> {
    let at = mark.find(bytes)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.needle().len()..)?))
}

/// A part from its line break to the mark behind it.
fn part(bytes: &[u8]) -> Result<Part<'_>, Wrong> {
    let head_end = memmem::find(bytes, b"\r\n\r\n").filter(|end| *end <= HEAD_BYTES_MAX);
    let (head, content) = bytes.split_at(head_end.ok_or(Wrong::Cut)?);
    let content = content.get(4..).unwrap_or_default();
    let head = std::str::from_utf8(head).map_err(|_not_text| Wrong::Cut)?;
    let mut part = Part { content, ..Part::default() };
    for line in head.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').ok_or(Wrong::Cut)?;
        if name.trim().eq_ignore_ascii_case("content-disposition") {
            part.name = parameter(value, "name").ok_or(Wrong::Cut)?;
            part.file_name = parameter(value, "filename");
        } else if name.trim().eq_ignore_ascii_case("content-type") {
            value.trim().clone_into(&mut part.media_type);
        }
    }
    if part.name.is_empty() { Err(Wrong::Cut) } else { Ok(part) }
}

/// A parameter of a header: quoted, where a backslash or `%22` stands for a quote, or bare.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, value) = rest.split_once('=')?;
        let (text, behind) = if let Some(quoted) = value.trim_start().strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let (text, behind) = value.split_once(';').unwrap_or((value, ""));
            (text.trim().to_owned(), behind)
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = behind.trim_start().trim_start_matches(';');
    }
}

/// A text to its closing quote, and what stands behind that.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut written = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((written.replace("%22", "\""), text.get(at + 1..)?)),
            '\\' => written.push(letters.next()?.1),
            letter => written.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(pieces: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (head, content) in pieces {
            body.extend_from_slice(format!("--b\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--b--\r\n");
        body
    }

    #[test]
    fn a_part_is_its_name_its_file_its_type_and_every_byte() {
        let content = b"\0\r\n--\r\n--a\r\nx\r\n";
        let head = "Content-Disposition: form-data; name=\"a b\"; filename=\"\u{e9}\\\"%22.jpg\"\r\nContent-Type: image/jpeg";
        let body = body(&[(head, content), ("content-disposition: form-data; name=yes", b"")]);
        let found = parts(&body, "b").expect("two parts");
        assert_eq!(found[0].name, "a b");
        assert_eq!(found[0].file_name.as_deref(), Some("\u{e9}\"\".jpg"));
        assert_eq!((found[0].media_type.as_str(), found[0].content), ("image/jpeg", &content[..]));
        assert_eq!((found[1].name.as_str(), found[1].content), ("yes", &b""[..]));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_body_that_is_cut_anywhere_is_no_body() {
        let head = "Content-Disposition: form-data; name=\"x\"";
        let whole = body(&[(head, b"content"), (head, b"more")]);
        assert_eq!(parts(&whole, "b").map(|parts| parts.len()), Ok(2));
        // Only the line break behind the last mark may be missing.
        for end in 0..whole.len() - 2 {
            assert_eq!(parts(&whole[..end], "b"), Err(Wrong::Cut), "{end}");
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for head in ["", "Content-Disposition: form-data", "no header", "X: \u{e9}"] {
            assert_eq!(parts(&body(&[(head, b"")]), "b"), Err(Wrong::Cut), "{head}");
        }
        let long = format!("Content-Disposition: form-data; name=\"{}\"", "x".repeat(9_000));
        assert_eq!(parts(&body(&[(&long, b"")]), "b"), Err(Wrong::Cut));
        let many = vec![("Content-Disposition: form-data; name=x", &b""[..]); PHONE_PARTS_MAX + 1];
        assert_eq!(parts(&body(&many), "b"), Err(Wrong::Parts));
        assert_eq!(parts(&body(&many[1..]), "b").map(|parts| parts.len()), Ok(PHONE_PARTS_MAX));
    }

    #[test]
    fn a_type_names_its_boundary_in_quotes_or_without() {
        for given in
            ["multipart/form-data; boundary=a-b", "Multipart/Form-Data;x=y; BOUNDARY=\"a-b\""]
        {
            assert_eq!(boundary(given).as_deref(), Ok("a-b"));
        }
        for wrong in [
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"",
        ] {
            assert_eq!(boundary(wrong), Err(Wrong::Boundary), "{wrong}");
        }
        assert_eq!(boundary("text/xml; boundary=b"), Err(Wrong::MediaType));
        let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
        assert_eq!(boundary(&long), Err(Wrong::Boundary));
    }
}
