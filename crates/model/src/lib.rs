//! The vocabulary every other crate speaks: identifiers, time, places, values, classification,
//! findings and limits.
//!
//! Nothing here reads a clock, draws randomness, touches a disk or knows a mission. There are no
//! floats in anything that is stored or hashed: coordinates are integers of 1e-7 degree, decimals
//! are a mantissa and a scale, times are whole milliseconds.

pub mod classification;
pub mod decimal;
pub mod finding;
pub mod hashtag;
pub mod id;
pub mod limits;
pub mod nearest;
pub mod place;
pub mod random;
pub mod rows;
pub mod time;
pub mod value;
