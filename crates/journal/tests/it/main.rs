//! The journal's tests from outside: what other crates and other programs rely on.

mod canonical;
mod describe;
mod golden;
mod history;
mod independent;
mod merge;
mod sample;
mod strategies;
mod tampering;
mod verify;
