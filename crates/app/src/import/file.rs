//! The file of an import: hashed, sniffed, opened as often as needed.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use exchange::read::{Format, Header, Options, Table, detect, open};
use mission::mapping::Mapping;
use mission::pack::Pack;
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;

use super::Import;
use crate::error::AppError;

/// The mapping every register has: columns named like its fields.
const GENERIC: &str = "generic";

/// Bytes read at once.
const BUFFER: usize = 1 << 16;

/// A file that will be imported.
#[derive(Debug)]
pub(crate) struct SourceFile {
    path: PathBuf,
    options: Options,
    format: Format,
    /// Its name without its folder.
    pub(crate) name: String,
    /// BLAKE3 of its bytes.
    pub(crate) hash: [u8; 32],
    /// The columns of its header.
    pub(crate) columns: Vec<String>,
}

impl SourceFile {
    /// Hashes the file and reads its header, or its row of hashtags.
    pub(crate) fn read(path: &Path, sheet: Option<&str>, header: Header) -> Result<Self, AppError> {
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut options = Options { header, ..Options::of(&name) };
        if let Some(sheet) = sheet {
            options = options.sheet(sheet);
        }
        let mut file = File::open(path).map_err(|error| AppError::file(path, error))?;
        let format =
            detect(&name, &mut file).map_err(|finding| AppError::invalid(vec![finding]))?;
        let table = open(format, BufReader::with_capacity(BUFFER, file), &options);
        let columns = table.map_err(AppError::invalid)?.columns().to_vec();
        let hash = hash_file(path).map_err(|error| AppError::file(path, error))?;
        Ok(Self { path: path.to_owned(), options, format, name, hash, columns })
    }

    /// The table, from its beginning.
    pub(crate) fn open(&self) -> Result<Table<'static>, AppError> {
        let file = File::open(&self.path).map_err(|error| AppError::file(&self.path, error))?;
        let reader = BufReader::with_capacity(BUFFER, file);
        open(self.format, reader, &self.options).map_err(AppError::invalid)
    }

    /// How many rows it has, refused ones included.
    pub(crate) fn count_rows(&self) -> Result<u64, AppError> {
        let mut table = self.open()?;
        let mut rows = 0;
        while let Some(row) = table.next_row() {
            rows += 1;
            if row.is_err_and(|error| error.stops) {
                break;
            }
        }
        Ok(rows)
    }
}

/// The mapping, and the file with its columns called as the mapping calls them. The generic mapping is
/// made for the file.
pub(crate) fn open_source(
    pack: &Pack,
    register: &Register,
    import: &Import<'_>,
) -> Result<(Mapping, SourceFile), AppError> {
    let open = |header| SourceFile::read(import.file, import.sheet, header);
    if import.mapping == GENERIC {
        let source = open(Header::Headings)?;
        let columns: Vec<&str> = source.columns.iter().map(String::as_str).collect();
        let mapping = Mapping::generic(register, &columns).map_err(AppError::invalid)?;
        return Ok((mapping, source));
    }
    let mapping = find_mapping(pack, register, import.mapping)?;
    let header = if mapping.is_by_hashtags() { Header::Hashtags } else { Header::Headings };
    let source = open(header)?;
    Ok((mapping, source))
}

fn find_mapping(pack: &Pack, register: &Register, name: &str) -> Result<Mapping, AppError> {
    let wrong = |finding: Finding| AppError::invalid(vec![finding]);
    let known = pack.mappings.get(name).ok_or_else(|| {
        let names = pack.mappings.keys().map(Name::as_str);
        let near = model::nearest::nearest(name, names).unwrap_or_default();
        wrong(Finding::error("mapping-unknown").with("mapping", name).with("nearest", near))
    })?;
    if known.register == register.name {
        return Ok(known.clone());
    }
    Err(wrong(
        Finding::error("mapping-of-another-register")
            .with("mapping", name)
            .with("register", &known.register),
    ))
}

fn hash_file(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(*hasher.finalize().as_bytes()),
            read => {
                hasher.update(buffer.get(..read).unwrap_or_default());
            }
        }
    }
}
