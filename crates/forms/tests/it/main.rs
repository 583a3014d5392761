//! Tests of crate `forms` from outside.

mod oracle;
