//! Files: a file that is read to its end is written the same.
#![no_main]

use journal::Entry;
use journal::wire::file::{FileError, Reader, Writer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut reader) = Reader::new(bytes) else {
        return;
    };
    let Ok(entries) = reader.by_ref().collect::<Result<Vec<Entry>, FileError>>() else {
        return;
    };
    let mut writer = Writer::new(Vec::new(), reader.descriptor()).expect("memory");
    for entry in &entries {
        writer.entry(entry).expect("memory");
    }
    assert_eq!(writer.finish().expect("memory"), bytes);
});
