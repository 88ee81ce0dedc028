//! The embedded Qdrant of Ocelli: a thin napi layer over the `qdrant-edge` crate.
//!
//! What crosses to JavaScript here is plain (typed arrays and JSON text); `index.mjs` gives it the
//! shape that `index.d.mts` promises. Nothing outside `native/` may load the addon directly.

mod abreast;
mod best;
mod cell_store;
mod cells;
mod codes;
mod collection;
mod convert;
mod error;
mod folder;
mod likeliest;
mod listed;
mod lock;
mod places;
mod products;
mod query;
mod request;
mod rotation;
mod settings;
mod shortlist;
mod sketch;
mod sketch_file;
mod sketched;
mod sketches;
mod slabs;
mod snapshot;
mod store;
mod sum;
mod task;
mod threads;
