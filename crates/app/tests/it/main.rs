//! Use cases on real packs and real data, through the public interface of `app`.

mod imports;
mod support;
