//! Log descriptors: what is read is written the same.
#![no_main]

use journal::LogDescriptor;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(descriptor) = LogDescriptor::decode(bytes) {
        assert_eq!(descriptor.encode(), bytes);
    }
});
