//! The archive a workbook is: weighed by its directory first, then by unfolding it into nothing,
//! because a directory can lie. What is too heavy never reaches memory.

use std::io::{self, Read, Seek};

use model::finding::Finding;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::options::Limits;

use super::broken;

/// Below this, a high ratio is only a small table that repeats itself.
const RATIO_MATTERS_BYTES: u64 = 8 << 20;

/// Refuses an archive that unfolds to too much, and goes back to its start.
pub(crate) fn check(
    reader: &mut (impl Read + Seek),
    packed_bytes: u64,
    limits: &Limits,
) -> Result<(), Finding> {
    weigh(packed_bytes, packed_bytes, limits)?;
    let mut archive = ZipArchive::new(&mut *reader).map_err(broken)?;
    weigh(declared_bytes(&archive)?, packed_bytes, limits)?;
    let mut unfolded = 0;
    for index in 0..archive.len() {
        unfolded +=
            unfold(&mut archive, index, limits.workbook_bytes - unfolded).map_err(broken)?;
        weigh(unfolded, packed_bytes, limits)?;
    }
    drop(archive);
    reader.rewind().map_err(broken)
}

/// What all parts unfold to, by the directory.
fn declared_bytes(archive: &ZipArchive<impl Read + Seek>) -> Result<u64, Finding> {
    (0..archive.len()).try_fold(0_u64, |bytes, index| {
        let part = archive.by_index_data(index).map_err(broken)?;
        Ok(bytes.saturating_add(part.size()))
    })
}

/// Unfolds one part into nothing; says how long it is, at most one byte more than is left.
fn unfold(
    archive: &mut ZipArchive<impl Read + Seek>,
    index: usize,
    bytes_left: u64,
) -> Result<u64, ZipError> {
    let part = archive.by_index(index)?;
    Ok(io::copy(&mut part.take(bytes_left + 1), &mut io::sink())?)
}

fn weigh(unfolded: u64, packed: u64, limits: &Limits) -> Result<(), Finding> {
    if unfolded > limits.workbook_bytes {
        let finding = Finding::error("workbook-too-large");
        return Err(finding.with("bytes", unfolded).with("max", limits.workbook_bytes));
    }
    let ratio = unfolded / packed.max(1);
    if unfolded > RATIO_MATTERS_BYTES && ratio > limits.workbook_ratio {
        let finding = Finding::error("workbook-bomb");
        return Err(finding.with("ratio", ratio).with("max", limits.workbook_ratio));
    }
    Ok(())
}
