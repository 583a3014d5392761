//! One number for everything that goes into a build of the pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;

/// What the build does not read: output, downloads, tests and measurements of what is built.
const SKIPPED: [&str; 4] = ["node_modules", "dist", "e2e", "measure"];
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The paths and contents of a folder of sources.
pub(super) fn of_folder(folder: &Path) -> anyhow::Result<String> {
    let mut files = BTreeMap::new();
    read(folder, "", &mut files)?;
    let hash = files.iter().fold(START, |hash, (path, bytes)| {
        // Lengths go in as well, so that no byte can move from one file to the next unnoticed.
        let lengths = format!("{} {} ", path.len(), bytes.len());
        add(add(add(hash, lengths.as_bytes()), path.as_bytes()), bytes)
    });
    Ok(format!("{hash:016x}"))
}

/// The content of one file.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    format!("{:016x}", add(START, bytes))
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if !entry.file_type()?.is_dir() {
            files.insert(path, fs::read(entry.path())?);
        } else if !SKIPPED.contains(&name.as_str()) {
            read(&entry.path(), &format!("{path}/"), files)?;
        }
    }
    Ok(())
}

/// FNV-1a.
fn add(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(files: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        of_folder(folder.path()).unwrap()
    }

    #[test]
    fn names_and_contents_count_and_output_does_not() {
        let all = hash(&[("src/a.ts", "1"), ("b.json", "2")]);
        assert_eq!(hash(&[("b.json", "2"), ("src/a.ts", "1"), ("dist/x.js", "3")]), all);
        assert_eq!(hash(&[("src/a.ts", "1"), ("b.json", "2"), ("node_modules/x.js", "3")]), all);
        assert_eq!(hash(&[("src/a.ts", "1"), ("b.json", "2"), ("e2e/x.test.mjs", "3")]), all);
        assert_ne!(hash(&[("src/a.ts", "1"), ("b.json", "3")]), all);
        assert_ne!(hash(&[("src/c.ts", "1"), ("b.json", "2")]), all);
        assert_ne!(hash(&[("a", "12"), ("b", "")]), hash(&[("a", "1"), ("b", "2")]));
    }
}
