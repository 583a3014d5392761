//! Bodies: what is read is written the same.
#![no_main]

use journal::Operation;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(operation) = Operation::decode(bytes) {
        assert_eq!(operation.encode().as_deref(), Ok(bytes));
    }
});
