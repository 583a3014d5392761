//! Tests of crate `forms` from outside.

mod guide;
mod oracle;
