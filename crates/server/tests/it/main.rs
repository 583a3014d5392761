//! End to end: the built binary with the real packs, as people and scripts run it.

mod access;
mod api;
mod bad_files;
mod bad_packs;
mod casque;
mod clocks;
mod damage;
mod files;
mod gdal;
mod hostile;
mod imports;
mod kills;
mod lines;
mod machine;
mod ogc;
mod phones;
mod programs;
mod records;
mod routes;
mod sealed;
mod server;
mod serving;
mod telling;
mod tiles;
mod tokens;
mod users;
