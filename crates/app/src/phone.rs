//! Phones that collect: the keys they act with, the forms they are given, what they send in.
//!
//! The protocol is `OpenRosa`'s, which ODK Collect and its like speak; how it travels is the server's
//! matter. A key acts as its owner, for filing alone: what the owner may not create, it may not either.

mod forms;
mod instance;
mod keys;
mod plan;
mod refused;
mod submissions;

pub(crate) use forms::PhoneForms;
pub use forms::{PhoneFile, PhoneForm};
pub use keys::PhoneKey;
pub use submissions::{PhoneOutcome, PhoneSent, PhoneTaken, PhoneUpload};
