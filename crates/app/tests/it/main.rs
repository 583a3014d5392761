//! Use cases on real packs and real data, through the public interface of `app`.

#![expect(clippy::panic, reason = "a test helper that cannot go on has failed")]

mod access;
mod accounts;
mod alike;
mod alike_rows;
mod attachments;
mod basemap;
mod cases;
mod clocks;
mod counted;
mod desk;
mod doctor;
mod editing;
mod exercise;
mod exercise_load;
mod features;
mod forms;
mod guessing;
mod held;
mod imports;
mod lives;
mod merges;
mod outside;
mod policy_table;
mod real_files;
mod refused;
mod registers_page;
mod releases;
mod rights;
mod rows;
mod sealed;
mod sealed_times;
mod sequences;
mod sign_in;
mod steps;
mod support;
mod tiles;
mod tokens;
mod undo;
mod workflow;
