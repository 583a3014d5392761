//! What a file is, told by what it starts with; its name is only a hint.

use std::io::{self, Read, Seek};

use model::finding::Finding;

use super::encoding;
use super::guard::{file_bytes_within, unreadable};
use super::options::Limits;

/// How many bytes [`Format::of`] wants to see.
const FIRST_BYTES: u64 = 512;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells separated by commas, semicolons or tabs.
    Csv,
    /// The same, compressed with gzip.
    CsvGz,
    /// A workbook of Excel or LibreOffice.
    Xlsx,
    /// A feature collection.
    GeoJson,
}

/// Kinds of files that people take for tables, by how they start.
const NO_TABLES: [(&[u8], &str); 12] = [
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"),
    (b"\xD0\xCF\x11\xE0", "XLS"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7FELF", "ELF"),
    (b"MZ\x90\0", "EXE"),
    (b"7z\xBC\xAF", "7z"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
];

impl Format {
    /// The format of a file that starts with these bytes.
    pub fn of(file_name: &str, first_bytes: &[u8]) -> Result<Self, Finding> {
        let refused = |kind: &str| {
            Err(Finding::error("file-not-a-table").in_file(file_name).with("kind", kind))
        };
        if let Some((_, kind)) = NO_TABLES.iter().find(|(magic, _)| first_bytes.starts_with(magic))
        {
            return refused(kind);
        }
        if first_bytes.starts_with(b"PK\x03\x04") || first_bytes.starts_with(b"PK\x05\x06") {
            return Ok(Self::Xlsx);
        }
        if first_bytes.starts_with(b"\x1F\x8B") {
            return Ok(Self::CsvGz);
        }
        match first_letter(first_bytes) {
            Some(b'{') => Ok(Self::GeoJson),
            Some(b'[') if has_extension(file_name, &["json", "geojson"]) => Ok(Self::GeoJson),
            Some(b'<') => refused("XML"),
            _ if encoding::is_binary(first_bytes) => refused("binary"),
            _ => Ok(Self::Csv),
        }
    }

    /// The word for it on the command line and in messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvGz => "csv.gz",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
        }
    }
}

/// Reads the first bytes of a file, tells its format and goes back to its start. A file that is too
/// large is told to be that, whatever it holds.
pub fn detect(file_name: &str, reader: &mut (impl Read + Seek)) -> Result<Format, Finding> {
    file_bytes_within(reader, &Limits::default()).map_err(|finding| finding.in_file(file_name))?;
    let first = first_bytes(reader).map_err(|error| unreadable(&error).in_file(file_name))?;
    Format::of(file_name, &first)
}

fn first_bytes(reader: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    reader.rewind()?;
    reader.by_ref().take(FIRST_BYTES).read_to_end(&mut first)?;
    reader.rewind()?;
    Ok(first)
}

/// The first byte that is neither a byte order mark nor a blank.
fn first_letter(first_bytes: &[u8]) -> Option<u8> {
    let text = first_bytes.strip_prefix(encoding::UTF8_MARK).unwrap_or(first_bytes);
    text.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

fn has_extension(file_name: &str, extensions: &[&str]) -> bool {
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file_name: &str, first_bytes: &[u8], expected: &str) {
        let found = match Format::of(file_name, first_bytes) {
            Ok(format) => format.code().to_owned(),
            Err(finding) => format!("no {}", finding.value("kind").expect("a kind")),
        };
        assert_eq!(found, expected, "{file_name}");
    }

    #[test]
    fn content_decides_whatever_the_name_says() {
        check("a.csv", b"id,name\n1,x\n", "csv");
        check("a.xlsx", b"id,name\n1,x\n", "csv");
        check("a.csv", b"PK\x03\x04rest", "xlsx");
        check("a.csv", b"\x1F\x8B\x08", "csv.gz");
        check("a.csv", b" \n{\"type\":", "geojson");
        check("a.json", b"\xEF\xBB\xBF{\"type\":", "geojson");
        check("a.csv", b"[note],x\n", "csv");
        check("a.csv", "é;b\n".as_bytes(), "csv");
        check("a.csv", b"\xFF\xFEi\0d\0,\0x\0", "csv");
        check("a.csv", b"i\0d\0,\0x\0\n\0\x31\0", "csv");
        check("a.csv", b"", "csv");
    }

    #[test]
    fn what_is_no_table_is_refused_by_its_kind() {
        check("a.csv", b"\x89PNG\r\n\x1A\n\0\0", "no PNG");
        check("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1", "no XLS");
        check("a.csv", b"%PDF-1.7", "no PDF");
        check("a.csv", b"<?xml version", "no XML");
        check("a.csv", b"ab\0\x01\x02\x03cd\0\0\0", "no binary");
    }
}
