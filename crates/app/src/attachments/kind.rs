//! Which kind of file something is: what its owner says, held against what it begins with.

use model::finding::Finding;

use crate::error::AppError;

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// Its media type.
    pub(super) media_type: &'static str,
    /// The extensions of its names, the usual one first; none where any will do.
    pub(super) extensions: &'static [&'static str],
    signature: Signature,
}

/// What shows a kind of file.
#[derive(Debug, Clone, Copy)]
enum Signature {
    /// One of these at the beginning.
    Starts(&'static [&'static [u8]]),
    /// One text at the beginning and another from a place on.
    Both(&'static [u8], usize, &'static [&'static [u8]]),
    /// A zip archive with an entry of a name that begins so.
    Zip(&'static [u8]),
    /// Text.
    Text,
    /// XML without a document type, of this root.
    Xml(&'static str),
    /// JSON.
    Json,
    /// Anything.
    Any,
}

const OLE: Signature = Signature::Starts(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]);
/// What nobody said the kind of.
const UNSAID: &str = "application/octet-stream";
/// What some systems call a table of text.
const EXCEL: &str = "application/vnd.ms-excel";
/// How much of a text is looked through for its root.
const HEAD_BYTES: usize = 4_096;

/// Every kind. Nothing a browser would run is among them.
const KINDS: [Kind; 31] = [
    kind("image/jpeg", &["jpg", "jpeg"], Signature::Starts(&[b"\xff\xd8\xff"])),
    kind("image/png", &["png"], Signature::Starts(&[b"\x89PNG\r\n\x1a\n"])),
    kind("image/gif", &["gif"], Signature::Starts(&[b"GIF87a", b"GIF89a"])),
    kind("image/webp", &["webp"], Signature::Both(b"RIFF", 8, &[b"WEBP"])),
    kind("image/tiff", &["tif", "tiff"], Signature::Starts(&[b"II*\0", b"MM\0*"])),
    kind("image/heic", &["heic", "heif"], Signature::Both(b"", 4, &[b"ftyphei", b"ftypmif1"])),
    kind("application/pdf", &["pdf"], Signature::Starts(&[b"%PDF-"])),
    kind(
        "audio/mpeg",
        &["mp3"],
        Signature::Starts(&[b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"]),
    ),
    kind("audio/wav", &["wav"], Signature::Both(b"RIFF", 8, &[b"WAVE"])),
    kind("audio/ogg", &["ogg", "oga", "opus"], Signature::Starts(&[b"OggS"])),
    kind("audio/mp4", &["m4a"], Signature::Both(b"", 4, &[b"ftypM4A"])),
    kind("video/mp4", &["mp4", "mov"], Signature::Both(b"", 4, &[b"ftyp"])),
    kind("video/quicktime", &["mov"], Signature::Both(b"", 4, &[b"ftyp", b"moov", b"mdat"])),
    kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx"],
        Signature::Zip(b"word/"),
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx"],
        Signature::Zip(b"xl/"),
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx"],
        Signature::Zip(b"ppt/"),
    ),
    kind("application/vnd.oasis.opendocument.text", &["odt"], Signature::Zip(b"content.xml")),
    kind(
        "application/vnd.oasis.opendocument.spreadsheet",
        &["ods"],
        Signature::Zip(b"content.xml"),
    ),
    kind(
        "application/vnd.oasis.opendocument.presentation",
        &["odp"],
        Signature::Zip(b"content.xml"),
    ),
    kind("application/vnd.google-earth.kmz", &["kmz"], Signature::Zip(b"")),
    kind("application/zip", &["zip"], Signature::Zip(b"")),
    kind("application/x-zip-compressed", &["zip"], Signature::Zip(b"")),
    kind("application/msword", &["doc"], OLE),
    kind(EXCEL, &["xls"], OLE),
    kind("application/vnd.ms-powerpoint", &["ppt"], OLE),
    kind("application/gpx+xml", &["gpx"], Signature::Xml("gpx")),
    kind("application/vnd.google-earth.kml+xml", &["kml"], Signature::Xml("kml")),
    kind("application/geo+json", &["geojson", "json"], Signature::Json),
    kind("application/json", &["json"], Signature::Json),
    kind("text/csv", &["csv"], Signature::Text),
    kind("text/plain", &["txt", "log", "md"], Signature::Text),
];
const ANY: Kind = kind(UNSAID, &[], Signature::Any);

const fn kind(
    media_type: &'static str,
    extensions: &'static [&'static str],
    signature: Signature,
) -> Kind {
    Kind { media_type, extensions, signature }
}

/// The kind of a file, where it is what its owner says. Where they say nothing it is what its name
/// and content agree on, else a file of no kind.
pub(super) fn of(said: &str, name: &str, content: &[u8]) -> Result<Kind, AppError> {
    let said = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_ascii_lowercase());
    let named = |known: &&Kind| known.extensions.contains(&extension.as_str());
    if said.is_empty() || said == UNSAID || (said == EXCEL && extension == "csv") {
        let fitting = KINDS.iter().filter(named).find(|known| known.fits(content));
        return Ok(fitting.copied().unwrap_or(ANY));
    }
    let Some(kind) = KINDS.iter().find(|known| known.media_type == said) else {
        let finding = Finding::error("attachment-type-unknown").with("type", shown(&said));
        return Err(AppError::invalid(vec![finding]));
    };
    if kind.fits(content) {
        return Ok(*kind);
    }
    let finding = Finding::error("attachment-type-differs").with("type", kind.media_type);
    Err(AppError::invalid(vec![finding]))
}

/// The extensions of a media type; none where any will do.
pub(super) fn extensions(media_type: &str) -> &'static [&'static str] {
    KINDS.iter().find(|kind| kind.media_type == media_type).map_or(&[], |kind| kind.extensions)
}

impl Kind {
    fn fits(&self, content: &[u8]) -> bool {
        match self.signature {
            Signature::Starts(all) => all.iter().any(|start| content.starts_with(start)),
            Signature::Both(start, at, all) => {
                let rest = content.get(at..).unwrap_or_default();
                content.starts_with(start) && all.iter().any(|text| rest.starts_with(text))
            }
            Signature::Zip(entry) => is_zip(content, entry),
            Signature::Text => is_text(content),
            Signature::Xml(root) => is_text(content) && has_root(content, root),
            Signature::Json => is_text(content) && is_json(content),
            Signature::Any => true,
        }
    }
}

/// A zip archive that has an entry of a name beginning so: looked for behind the mark of an entry in
/// the directory at the archive's end, where the name stands 46 bytes on.
fn is_zip(content: &[u8], entry: &[u8]) -> bool {
    let mark = b"PK\x01\x02";
    let named = |at: usize| content.get(at + 46..).is_some_and(|name| name.starts_with(entry));
    content.starts_with(b"PK\x03\x04")
        && (0..content.len().saturating_sub(mark.len()))
            .any(|at| content.get(at..at + 4) == Some(mark) && named(at))
}

/// An object or a list, by its ends: what reads it checks the rest.
fn is_json(content: &[u8]) -> bool {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content).trim_ascii();
    matches!((content.first(), content.last()), (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')))
}

/// Text in UTF-8 or a code page: no control characters but those of lines.
fn is_text(content: &[u8]) -> bool {
    content.iter().all(|byte| !matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
}

/// Whether the first element has this name. A document type could bring in anything.
fn has_root(content: &[u8], root: &str) -> bool {
    let head = content.get(..HEAD_BYTES).unwrap_or(content);
    let head = String::from_utf8_lossy(head);
    let mut elements = head.split('<').skip(1);
    let first = elements.find(|element| element.starts_with(|c: char| c.is_alphabetic()));
    let name = first
        .and_then(|element| element.split(|c: char| c.is_whitespace() || "/>".contains(c)).next());
    let local = name.map(|name| name.rsplit(':').next().unwrap_or(name));
    local == Some(root) && !head.contains("<!DOCTYPE") && !head.contains("<!ENTITY")
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

    fn found(said: &str, name: &str, content: &[u8]) -> Result<&'static str, &'static str> {
        of(said, name, content).map(|kind| kind.media_type).map_err(|error| error.findings[0].code)
    }

    #[test]
    fn a_file_is_what_it_says_or_refused() {
        assert_eq!(found("image/png", "a.png", PNG), Ok("image/png"));
        assert_eq!(found("IMAGE/PNG; x=y", "a.png", PNG), Ok("image/png"));
        assert_eq!(found("image/jpeg", "a.jpg", PNG), Err("attachment-type-differs"));
        assert_eq!(found("text/plain", "a.txt", b"MZ\x90\0\x03"), Err("attachment-type-differs"));
        assert_eq!(found("application/pdf", "a.pdf", b"<html>"), Err("attachment-type-differs"));
        for active in ["text/html", "image/svg+xml", "application/javascript", "x"] {
            assert_eq!(found(active, "a", b"<svg/>"), Err("attachment-type-unknown"), "{active}");
        }
    }

    #[test]
    fn what_is_not_said_is_found_by_name_and_content_together() {
        assert_eq!(found("", "a.png", PNG), Ok("image/png"));
        assert_eq!(found(UNSAID, "a.csv", b"a,b\n1,2\n"), Ok("text/csv"));
        assert_eq!(found(EXCEL, "a.csv", b"a;b\n"), Ok("text/csv"));
        assert_eq!(found(EXCEL, "a.xls", b"a;b\n"), Err("attachment-type-differs"));
        assert_eq!(found(UNSAID, "a.exe", b"MZ"), Ok(UNSAID));
        assert_eq!(found(UNSAID, "a.png", b"<html>"), Ok(UNSAID));
    }

    #[test]
    fn tracks_are_of_their_root_and_bring_nothing_in() {
        let gpx = |text: &str| found("application/gpx+xml", "a.gpx", text.as_bytes());
        assert!(
            gpx("\u{feff}<?xml version=\"1.0\"?><!-- x --><gpx version=\"1.1\"></gpx>").is_ok()
        );
        assert!(gpx("<html><gpx/></html>").is_err());
        assert!(gpx("<!DOCTYPE gpx [<!ENTITY a \"b\">]><gpx/>").is_err());
        let kml = found("application/vnd.google-earth.kml+xml", "a.kml", b"<k:kml xmlns:k='x'/>");
        assert!(kml.is_ok());
        assert!(found("application/geo+json", "a.json", b"{\"type\":").is_err());
    }

    #[test]
    fn an_archive_is_told_by_its_directory() {
        let mut docx = b"PK\x03\x04 stored ".to_vec();
        docx.extend_from_slice(b"PK\x01\x02");
        docx.extend_from_slice(&[0; 42]);
        docx.extend_from_slice(b"word/document.xml");
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(found(word, "a.docx", &docx), Ok(word));
        assert_eq!(found("application/zip", "a.zip", &docx), Ok("application/zip"));
        assert_eq!(found(sheet, "a.xlsx", &docx), Err("attachment-type-differs"));
        assert_eq!(found(word, "a.docx", b"PK\x03\x04 word/"), Err("attachment-type-differs"));
    }
}
