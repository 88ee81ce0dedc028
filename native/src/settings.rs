//! What `open` may be told, and what of it the crate is told.

use std::borrow::Cow;
use std::collections::HashMap;

use qdrant_edge::{
    DEFAULT_VECTOR_NAME, Distance, EdgeConfig, EdgeOptimizersConfig, EdgeVectorParams,
    HnswIndexConfig, QuantizationConfig, ScalarQuantizationConfig, ScalarType, WalOptions,
};
use serde::Deserialize;

use crate::error::{Failure, Outcome};

/// The crate's 32 MiB would be most of what a small library takes on the disk.
const WAL_FILE_BYTES: usize = 8 * 1024 * 1024;

#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub enum Metric {
    #[default]
    Cosine,
    Dot,
    Euclid,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Quantization {
    None,
    #[default]
    Int8,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Graph {
    m: usize,
    ef_construct: usize,
}

impl Default for Graph {
    fn default() -> Self {
        Graph {
            m: 16,
            ef_construct: 100,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Optimizer {
    /// How many large segments to aim at; 0 lets the crate choose by the number of cores.
    segments: usize,
    /// Segments of fewer kilobytes of vectors stay without a graph.
    indexing_threshold_kb: Option<usize>,
    max_segment_kb: Option<usize>,
    /// Threads that build a graph; 0 lets the crate choose.
    threads: usize,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    pub dimensions: usize,
    #[serde(default)]
    distance: Metric,
    #[serde(default)]
    hnsw: Graph,
    #[serde(default)]
    quantization: Quantization,
    #[serde(default)]
    vectors_on_disk: bool,
    #[serde(default = "yes")]
    payload_on_disk: bool,
    #[serde(default)]
    optimizer: Optimizer,
}

fn yes() -> bool {
    true
}

impl Settings {
    pub fn parse(json: &str) -> Outcome<Self> {
        let settings: Settings = serde_json::from_str(json)
            .map_err(|error| Failure::argument("known settings", "options", error))?;
        if settings.dimensions == 0 || settings.dimensions > 65_536 {
            return Err(Failure::argument(
                "1 to 65536",
                "dimensions",
                settings.dimensions,
            ));
        }
        Ok(settings)
    }

    pub fn distance(&self) -> Distance {
        match self.distance {
            Metric::Cosine => Distance::Cosine,
            Metric::Dot => Distance::Dot,
            Metric::Euclid => Distance::Euclid,
        }
    }

    /// Whether the product of two vectors is what they score, and a higher one is nearer.
    pub fn scores_by_product(&self) -> bool {
        !matches!(self.distance, Metric::Euclid)
    }

    /// As the crate keeps it: 'Cosine' is the product of vectors of length 1.
    pub fn as_scored<'vector>(&self, vector: &'vector [f32]) -> Cow<'vector, [f32]> {
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        match self.distance {
            Metric::Cosine if length > 0.0 => {
                Cow::Owned(vector.iter().map(|value| value / length).collect())
            }
            _ => Cow::Borrowed(vector),
        }
    }

    pub fn to_config(self) -> EdgeConfig {
        let vector = EdgeVectorParams {
            size: self.dimensions,
            distance: self.distance(),
            on_disk: Some(self.vectors_on_disk),
            multivector_config: None,
            datatype: None,
            quantization_config: None,
            hnsw_config: None,
        };
        EdgeConfig {
            on_disk_payload: self.payload_on_disk,
            vectors: HashMap::from([(DEFAULT_VECTOR_NAME.to_owned(), vector)]),
            sparse_vectors: HashMap::new(),
            hnsw_config: HnswIndexConfig {
                m: self.hnsw.m,
                ef_construct: self.hnsw.ef_construct,
                max_indexing_threads: self.optimizer.threads,
                ..HnswIndexConfig::default()
            },
            quantization_config: self.quantization_config(),
            optimizers: EdgeOptimizersConfig {
                default_segment_number: Some(self.optimizer.segments),
                indexing_threshold: self.optimizer.indexing_threshold_kb,
                max_segment_size: self.optimizer.max_segment_kb,
                ..EdgeOptimizersConfig::default()
            },
            wal_options: Some(WalOptions {
                segment_capacity: WAL_FILE_BYTES,
                ..WalOptions::default()
            }),
        }
    }

    /// Kept in RAM whatever the vectors do: on disk, both would have to be read for every hit.
    fn quantization_config(&self) -> Option<QuantizationConfig> {
        (self.quantization == Quantization::Int8).then(|| {
            ScalarQuantizationConfig {
                r#type: ScalarType::Int8,
                quantile: Some(0.99),
                always_ram: Some(true),
            }
            .into()
        })
    }
}
