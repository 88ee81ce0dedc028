//! The requests as JavaScript writes them (camelCase JSON), and what they mean when silent.

use qdrant_edge::{
    Filter, QuantizationSearchParams, SearchParams, WithPayloadInterface, WithVector,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::convert::With;
use crate::error::{Failure, Outcome};

pub fn parse<T: DeserializeOwned>(json: &str) -> Outcome<T> {
    serde_json::from_str(json)
        .map_err(|error| Failure::argument("a well-formed request", "options", error))
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    #[default]
    AverageVector,
    BestScore,
    SumScores,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantized {
    rescore: Option<bool>,
    oversampling: Option<f64>,
    #[serde(default)]
    ignore: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QueryRequest {
    pub strategy: Option<Strategy>,
    /// A filter is parsed apart from the rest, so that its errors name it.
    pub filter: Option<serde_json::Value>,
    pub score_threshold: Option<f32>,
    pub limit: Option<usize>,
    #[serde(default)]
    pub offset: usize,
    #[serde(default)]
    pub with_payload: bool,
    #[serde(default)]
    pub with_vector: bool,
    #[serde(default)]
    pub exact: bool,
    pub hnsw_ef: Option<usize>,
    pub quantization: Option<Quantized>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScrollRequest {
    pub filter: Option<serde_json::Value>,
    pub limit: Option<usize>,
    pub offset: Option<f64>,
    #[serde(default = "yes")]
    pub with_payload: bool,
    #[serde(default)]
    pub with_vector: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CountRequest {
    pub filter: Option<serde_json::Value>,
    #[serde(default = "yes")]
    pub exact: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FacetRequest {
    pub key: String,
    pub limit: Option<usize>,
    pub filter: Option<serde_json::Value>,
    #[serde(default = "yes")]
    pub exact: bool,
}

fn yes() -> bool {
    true
}

/// Qdrant's own filter, in the dialect of its REST API and as strict: parsing alone would let a
/// misspelt condition through, and that condition would then hold for every point.
pub fn filter(value: Option<serde_json::Value>) -> Outcome<Option<Filter>> {
    let Some(value) = value else { return Ok(None) };
    let refused = |error: String| Failure::argument("a Qdrant filter", "filter", error);
    let filter: Filter =
        serde_json::from_value(value).map_err(|error| refused(error.to_string()))?;
    filter
        .validate()
        .map_err(|error| refused(error.to_string()))?;
    Ok(Some(filter))
}

pub fn at_least_one(limit: Option<usize>) -> Outcome<usize> {
    match limit {
        Some(0) => Err(Failure::argument("1 or more", "limit", 0)),
        Some(limit) => Ok(limit),
        None => Ok(10),
    }
}

impl QueryRequest {
    pub fn with(&self) -> With {
        With {
            payload: self.with_payload,
            vector: self.with_vector,
        }
    }

    pub fn params(&self) -> Outcome<SearchParams> {
        if let Some(oversampling) = self.quantization.and_then(|how| how.oversampling)
            && oversampling < 1.0
        {
            let name = "quantization.oversampling";
            return Err(Failure::argument("1 or more", name, oversampling));
        }
        Ok(SearchParams {
            hnsw_ef: self.hnsw_ef,
            exact: self.exact,
            quantization: self.quantization.map(|how| QuantizationSearchParams {
                ignore: how.ignore,
                rescore: how.rescore,
                oversampling: how.oversampling,
            }),
            indexed_only: false,
            acorn: None,
        })
    }
}

pub fn payload_wanted(with: With) -> WithPayloadInterface {
    WithPayloadInterface::Bool(with.payload)
}

pub fn vector_wanted(with: With) -> WithVector {
    WithVector::Bool(with.vector)
}
