//! Files that a file of the pack names: found beside it, unpacked where they are packed with gzip.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::GzDecoder;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::limits::PACK_FILE_BYTES_MAX;

use crate::document::Section;
use crate::findings::Findings;
use crate::layer::LayerFolder;

/// What a file packed with gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The content of a file in `folder`, which ends in `/`; a finding at key `file` where there is none.
pub(crate) fn held_file<'a>(
    section: &Section<'_>,
    files: &'a LayerFolder,
    folder: &str,
    path: &str,
) -> Option<&'a [u8]> {
    let full = below(folder, path);
    let content = files.folder.get(&full);
    if content.is_none() {
        let code =
            if files.folder.has(&full) { "places-file-not-held" } else { "places-file-missing" };
        let finding = section.finding(code, "file").with("file", path);
        let near = suggestion(&full, files.folder.paths());
        section.report(finding.with("nearest", near));
    }
    content
}

/// A path in a folder of the pack.
pub(crate) fn below(folder: &str, path: &str) -> String {
    format!("{folder}{path}")
}

/// The content of a file, unpacked; a finding where that cannot be done.
pub(crate) fn unpacked<'a>(
    file: &str,
    content: &'a [u8],
    findings: &Findings,
) -> Option<Cow<'a, [u8]>> {
    if !content.starts_with(&GZIP) {
        return Some(Cow::Borrowed(content));
    }
    let mut bytes = Vec::new();
    let read = GzDecoder::new(content).take(PACK_FILE_BYTES_MAX + 1).read_to_end(&mut bytes);
    let finding = match read {
        Err(_not_gzip) => Finding::error("places-gzip-broken"),
        Ok(length) if length as u64 > PACK_FILE_BYTES_MAX => {
            Finding::error("pack-file-large").with("bytes", length).with("max", PACK_FILE_BYTES_MAX)
        }
        Ok(_) => return Some(Cow::Owned(bytes)),
    };
    findings.push(finding.in_file(file));
    None
}
