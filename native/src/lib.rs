//! The embedded Qdrant of Ocelli: a thin napi layer over the `qdrant-edge` crate.
//!
//! What crosses to JavaScript here is plain (typed arrays and JSON text); `index.mjs` gives it the
//! shape that `index.d.mts` promises. Nothing outside `native/` may load the addon directly.

mod collection;
mod convert;
mod error;
mod folder;
mod lock;
mod query;
mod request;
mod settings;
mod shortlist;
mod sketch;
mod sketch_file;
mod sketches;
mod slabs;
mod snapshot;
mod store;
mod task;
