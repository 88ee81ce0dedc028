//! Between what JavaScript holds (typed arrays, JSON text) and what the crate takes.

use napi::bindgen_prelude::{Float32Array, Float64Array};
use napi_derive::napi;
use qdrant_edge::{
    DEFAULT_VECTOR_NAME, JsonPath, Payload, PointId, Record, ScoredPoint, VectorInternal,
    VectorStructInternal,
};

use crate::error::{Failure, Outcome};
use crate::sketched::Near;

/// The largest integer a JavaScript number holds without loss.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

pub fn point_id(id: f64, name: &str) -> Outcome<PointId> {
    Ok(PointId::NumId(whole(id, name)?))
}

pub fn numbers(ids: &[f64], name: &str) -> Outcome<Vec<u64>> {
    ids.iter().map(|&id| whole(id, name)).collect()
}

fn whole(id: f64, name: &str) -> Outcome<u64> {
    if id >= 0.0 && id <= MAX_SAFE && id.fract() == 0.0 {
        Ok(id as u64)
    } else {
        Err(Failure::argument("safe integers of 0 or more", name, id))
    }
}

pub fn point_ids(ids: &[f64], name: &str) -> Outcome<Vec<PointId>> {
    ids.iter().map(|&id| point_id(id, name)).collect()
}

/// Splits `values` into vectors of `dimensions` numbers, each of them finite.
pub fn vectors(values: &[f32], dimensions: usize, name: &str) -> Outcome<Vec<Vec<f32>>> {
    if !values.len().is_multiple_of(dimensions) {
        return Err(Failure::argument(
            &format!("a multiple of {dimensions} numbers"),
            name,
            values.len(),
        ));
    }
    if let Some(odd) = values.iter().find(|value| !value.is_finite()) {
        return Err(Failure::argument("finite numbers", name, odd));
    }
    Ok(values
        .chunks_exact(dimensions)
        .map(<[f32]>::to_vec)
        .collect())
}

/// One of `dimensions` numbers, each of them finite.
pub fn vector(values: &[f32], dimensions: usize, name: &str) -> Outcome<Vec<f32>> {
    if values.len() != dimensions {
        let expected = format!("{dimensions} numbers");
        return Err(Failure::argument(&expected, name, values.len()));
    }
    Ok(vectors(values, dimensions, name)?.remove(0))
}

pub fn payload(json: &str) -> Outcome<Payload> {
    serde_json::from_str(json).map_err(|error| Failure::argument("an object", "payload", error))
}

pub fn payloads(json: Option<&str>, count: usize) -> Outcome<Vec<Option<Payload>>> {
    let Some(json) = json else {
        return Ok(vec![None; count]);
    };
    let payloads: Vec<Option<Payload>> = serde_json::from_str(json)
        .map_err(|error| Failure::argument("objects or null", "payloads", error))?;
    if payloads.len() != count {
        let expected = format!("{count} (one for each id)");
        return Err(Failure::argument(&expected, "payloads", payloads.len()));
    }
    Ok(payloads)
}

pub fn json_path(text: &str, name: &str) -> Outcome<JsonPath> {
    text.parse()
        .map_err(|()| Failure::argument("a payload key such as a.b[].c", name, text))
}

/// Points on their way to JavaScript, column by column: one typed array costs as much as one
/// number, and `JSON.parse` beats property-by-property construction.
#[napi(object)]
pub struct Columns {
    pub ids: Float64Array,
    pub scores: Option<Float32Array>,
    pub payloads: Option<String>,
    pub vectors: Option<Float32Array>,
    pub next_offset: Option<f64>,
}

struct Row {
    id: PointId,
    payload: Option<Payload>,
    vector: Option<VectorStructInternal>,
}

pub fn from_hits(hits: Vec<ScoredPoint>, with: With) -> Outcome<Columns> {
    let scores: Vec<f32> = hits.iter().map(|hit| hit.score).collect();
    let rows = hits.into_iter().map(|hit| Row {
        id: hit.id,
        payload: hit.payload,
        vector: hit.vector,
    });
    let mut columns = from_rows(rows.collect(), with)?;
    columns.scores = Some(scores.into());
    Ok(columns)
}

pub fn from_near(near: Vec<Near>) -> Columns {
    let ids = near.iter().map(|&(id, _)| id as f64);
    let scores = near.iter().map(|&(_, score)| score);
    Columns {
        ids: ids.collect::<Vec<f64>>().into(),
        scores: Some(scores.collect::<Vec<f32>>().into()),
        payloads: None,
        vectors: None,
        next_offset: None,
    }
}

pub fn from_records(records: Vec<Record>, with: With) -> Outcome<Columns> {
    let rows = records.into_iter().map(|record| Row {
        id: record.id,
        payload: record.payload,
        vector: record.vector,
    });
    from_rows(rows.collect(), with)
}

/// What is wanted of each point besides its id.
#[derive(Clone, Copy)]
pub struct With {
    pub payload: bool,
    pub vector: bool,
}

fn from_rows(rows: Vec<Row>, with: With) -> Outcome<Columns> {
    let ids: Vec<f64> = rows
        .iter()
        .map(|row| Ok(number(&row.id)? as f64))
        .collect::<Outcome<_>>()?;
    let payloads = if with.payload {
        let payloads: Vec<_> = rows.iter().map(|row| row.payload.as_ref()).collect();
        let text = serde_json::to_string(&payloads);
        Some(text.map_err(|error| Failure::internal(error.to_string()))?)
    } else {
        None
    };
    let vectors = with.vector.then(|| {
        let dense = rows.into_iter().filter_map(|row| dense_vector(row.vector?));
        dense.flatten().collect::<Vec<f32>>()
    });
    Ok(Columns {
        ids: ids.into(),
        scores: None,
        payloads,
        vectors: vectors.map(Into::into),
        next_offset: None,
    })
}

/// Only numbers are let in (`point_id`).
pub fn number(id: &PointId) -> Outcome<u64> {
    match id {
        PointId::NumId(id) => Ok(*id),
        PointId::Uuid(id) => Err(Failure::internal(format!("the point {id} has no number"))),
    }
}

pub fn dense_vector(vector: VectorStructInternal) -> Option<Vec<f32>> {
    match vector {
        VectorStructInternal::Single(vector) => Some(vector),
        VectorStructInternal::Named(mut named) => match named.remove(DEFAULT_VECTOR_NAME)? {
            VectorInternal::Dense(vector) => Some(vector),
            VectorInternal::Sparse(_) | VectorInternal::MultiDense(_) => None,
        },
        VectorStructInternal::MultiDense(_) => None,
    }
}
