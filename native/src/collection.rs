//! The collection as JavaScript holds it: each call copies what it was given on the event loop and
//! does its work elsewhere.

use std::path::PathBuf;
use std::sync::Arc;

use napi::bindgen_prelude::{Env, PromiseRaw};
use napi_derive::napi;
use parking_lot::RwLock;
use qdrant_edge::{
    CountRequest as EdgeCount, CreateIndex, DeletePayloadOp, FacetRequest as EdgeFacet, FacetValue,
    FieldIndexOperations, PayloadFieldSchema, PayloadOps, PayloadSchemaType, PointId,
    PointInsertOperations, PointOperations, PointStructPersisted, ScrollRequest as EdgeScroll,
    SetPayloadOp, UpdateOperation, VectorStructPersisted,
};
use serde_json::{Value, json};

use crate::convert::{self, Columns, With, number, point_id, point_ids};
use crate::error::{Failure, Outcome};
use crate::likeliest::Wanted;
use crate::listed::List;
use crate::query::{self, Examples, Target};
use crate::request::{self, CountRequest, FacetRequest, ScrollRequest};
use crate::settings::Settings;
use crate::snapshot;
use crate::store::Store;
use crate::task::promise;

/// Calls hold it for reading while they work, so that closing waits for them.
type Cell = Arc<RwLock<Option<Store>>>;
type Promise<'env, T> = napi::Result<PromiseRaw<'env, T>>;

#[napi]
pub struct NativeCollection {
    cell: Cell,
}

#[napi]
pub fn open_collection(env: &Env, path: String, options: String) -> Promise<'_, NativeCollection> {
    promise(env, move || {
        let store = Store::open(PathBuf::from(path), Settings::parse(&options)?)?;
        let cell = Arc::new(RwLock::new(Some(store)));
        Ok(NativeCollection { cell })
    })
}

/// See `listed.rs`.
#[napi]
pub struct PointList {
    list: Arc<List>,
}

#[napi]
impl PointList {
    #[napi(constructor)]
    pub fn new(ids: &[f64]) -> napi::Result<Self> {
        let list = Arc::new(List::new(ids)?);
        Ok(PointList { list })
    }
}

/// Panics, as a defect would. For the test that a panic reaches JavaScript as an error.
#[napi(js_name = "__panicForTest")]
pub fn panic_for_test(env: &Env) -> Promise<'_, ()> {
    promise(env, || panic!("as the test asked"))
}

impl NativeCollection {
    fn call<'env, T>(
        &self,
        env: &'env Env,
        work: impl FnOnce(&Store) -> Outcome<T> + Send + 'static,
    ) -> Promise<'env, T>
    where
        T: Send + 'static + napi::bindgen_prelude::ToNapiValue,
    {
        let cell = self.cell.clone();
        promise(env, move || {
            let open = cell.read();
            work(open.as_ref().ok_or_else(Failure::closed)?)
        })
    }
}

#[napi]
impl NativeCollection {
    #[napi]
    pub fn close<'env>(&self, env: &'env Env) -> Promise<'env, ()> {
        let cell = self.cell.clone();
        promise(env, move || match cell.write().take() {
            Some(store) => store.close(),
            None => Ok(()),
        })
    }

    #[napi]
    pub fn upsert<'env>(
        &self,
        env: &'env Env,
        ids: &[f64],
        vectors: &[f32],
        payloads: Option<String>,
    ) -> Promise<'env, ()> {
        let (ids, values) = (ids.to_vec(), vectors.to_vec());
        self.call(env, move |store| {
            let numbers = convert::numbers(&ids, "ids")?;
            let vectors = convert::vectors(&values, store.dimensions(), "vectors")?;
            if ids.len() != vectors.len() {
                let expected = format!("{} × {} numbers", ids.len(), store.dimensions());
                return Err(Failure::argument(&expected, "vectors", values.len()));
            }
            let payloads = convert::payloads(payloads.as_deref(), ids.len())?;
            let points = numbers.iter().zip(vectors).zip(payloads);
            let points = points.map(|((&id, vector), payload)| PointStructPersisted {
                id: PointId::NumId(id),
                vector: VectorStructPersisted::Single(vector),
                payload,
            });
            let points = PointInsertOperations::PointsList(points.collect());
            let upsert = PointOperations::UpsertPoints(points);
            store.update_points(upsert, |shortlist| shortlist.put(&numbers, &values))
        })
    }

    #[napi]
    pub fn delete<'env>(&self, env: &'env Env, ids: &[f64]) -> Promise<'env, ()> {
        let ids = ids.to_vec();
        self.call(env, move |store| {
            let numbers = convert::numbers(&ids, "ids")?;
            let ids = numbers.iter().copied().map(PointId::NumId).collect();
            let delete = PointOperations::DeletePoints { ids };
            store.update_points(delete, |shortlist| shortlist.remove(&numbers))
        })
    }

    #[napi]
    pub fn set_payload<'env>(
        &self,
        env: &'env Env,
        ids: &[f64],
        payload: String,
        overwrite: bool,
    ) -> Promise<'env, ()> {
        let ids = ids.to_vec();
        self.call(env, move |store| {
            let set = SetPayloadOp {
                payload: convert::payload(&payload)?,
                points: Some(point_ids(&ids, "ids")?),
                filter: None,
                key: None,
            };
            store.update(UpdateOperation::PayloadOperation(if overwrite {
                PayloadOps::OverwritePayload(set)
            } else {
                PayloadOps::SetPayload(set)
            }))
        })
    }

    #[napi]
    pub fn delete_payload<'env>(
        &self,
        env: &'env Env,
        ids: &[f64],
        keys: Vec<String>,
    ) -> Promise<'env, ()> {
        let ids = ids.to_vec();
        self.call(env, move |store| {
            let keys = keys.iter().map(|key| convert::json_path(key, "keys"));
            let delete = DeletePayloadOp {
                keys: keys.collect::<Outcome<_>>()?,
                points: Some(point_ids(&ids, "ids")?),
                filter: None,
            };
            store.update(UpdateOperation::PayloadOperation(
                PayloadOps::DeletePayload(delete),
            ))
        })
    }

    #[napi]
    pub fn query<'env>(
        &self,
        env: &'env Env,
        vector: &[f32],
        among: Option<&[f64]>,
        request: String,
    ) -> Promise<'env, Columns> {
        let target = Target::Nearest {
            vector: vector.to_vec(),
            among: among.map(<[f64]>::to_vec),
        };
        self.call(env, move |store| query::run(store, target, &request))
    }

    #[napi]
    pub fn nearest<'env>(
        &self,
        env: &'env Env,
        vector: &[f32],
        among: Option<&PointList>,
        limit: u32,
        likely: u32,
    ) -> Promise<'env, Option<Columns>> {
        let vector = vector.to_vec();
        let among = among.map(|among| among.list.clone());
        self.call(env, move |store| {
            let vector = convert::vector(&vector, store.dimensions(), "vector")?;
            let wanted = Wanted {
                limit: limit as usize,
                likely: likely.max(limit) as usize,
            };
            let shortlist = store.shortlist();
            let near = shortlist.nearest(&vector, among.as_deref(), wanted);
            Ok(near.map(convert::from_near))
        })
    }

    #[napi]
    pub fn recommend<'env>(
        &self,
        env: &'env Env,
        positive_ids: &[f64],
        positive_vectors: &[f32],
        negative_ids: &[f64],
        negative_vectors: &[f32],
        request: String,
    ) -> Promise<'env, Columns> {
        let examples = |ids: &[f64], vectors: &[f32]| Examples {
            ids: ids.to_vec(),
            vectors: vectors.to_vec(),
        };
        let target = Target::Recommend {
            positive: examples(positive_ids, positive_vectors),
            negative: examples(negative_ids, negative_vectors),
        };
        self.call(env, move |store| query::run(store, target, &request))
    }

    #[napi]
    pub fn retrieve<'env>(
        &self,
        env: &'env Env,
        ids: &[f64],
        payload: bool,
        vector: bool,
    ) -> Promise<'env, Columns> {
        let ids = ids.to_vec();
        let with = With { payload, vector };
        self.call(env, move |store| {
            let records = store.shard().retrieve(
                &point_ids(&ids, "ids")?,
                Some(request::payload_wanted(with)),
                Some(request::vector_wanted(with)),
            )?;
            convert::from_records(records, with)
        })
    }

    #[napi]
    pub fn scroll<'env>(&self, env: &'env Env, request: String) -> Promise<'env, Columns> {
        self.call(env, move |store| {
            let asked: ScrollRequest = request::parse(&request)?;
            let with = With {
                payload: asked.with_payload,
                vector: asked.with_vector,
            };
            let offset = asked.offset.map(|offset| point_id(offset, "offset"));
            let (records, next) = store.shard().scroll(EdgeScroll {
                offset: offset.transpose()?,
                limit: Some(request::at_least_one(asked.limit)?),
                filter: request::filter(asked.filter)?,
                with_payload: Some(request::payload_wanted(with)),
                with_vector: request::vector_wanted(with),
                order_by: None,
            })?;
            let mut columns = convert::from_records(records, with)?;
            let next = next.as_ref().map(number).transpose()?;
            columns.next_offset = next.map(|id| id as f64);
            Ok(columns)
        })
    }

    #[napi]
    pub fn count<'env>(&self, env: &'env Env, request: String) -> Promise<'env, f64> {
        self.call(env, move |store| {
            let asked: CountRequest = request::parse(&request)?;
            let count = store.shard().count(EdgeCount {
                filter: request::filter(asked.filter)?,
                exact: asked.exact,
            })?;
            Ok(count as f64)
        })
    }

    #[napi]
    pub fn facet<'env>(&self, env: &'env Env, request: String) -> Promise<'env, String> {
        self.call(env, move |store| {
            let asked: FacetRequest = request::parse(&request)?;
            let found = store.shard().facet(EdgeFacet {
                key: convert::json_path(&asked.key, "key")?,
                limit: request::at_least_one(asked.limit)?,
                filter: request::filter(asked.filter)?,
                exact: asked.exact,
            })?;
            let hits = found.hits.into_iter().map(|hit| {
                let value = match hit.value {
                    FacetValue::Keyword(text) => Value::from(text),
                    FacetValue::Int(number) => Value::from(number),
                    FacetValue::Bool(flag) => Value::from(flag),
                    FacetValue::Uuid(bits) => {
                        let uuid = qdrant_edge::external::uuid::Uuid::from_u128(bits);
                        Value::from(uuid.to_string())
                    }
                };
                json!({ "value": value, "count": hit.count })
            });
            Ok(Value::from_iter(hits).to_string())
        })
    }

    #[napi]
    pub fn create_payload_index<'env>(
        &self,
        env: &'env Env,
        field: String,
        kind: String,
    ) -> Promise<'env, ()> {
        self.call(env, move |store| {
            let kind: PayloadSchemaType = serde_json::from_value(Value::from(kind))
                .map_err(|error| Failure::argument("a type of payload index", "type", error))?;
            let create = CreateIndex {
                field_name: convert::json_path(&field, "field")?,
                field_schema: Some(PayloadFieldSchema::FieldType(kind)),
            };
            store.update(UpdateOperation::FieldIndexOperation(
                FieldIndexOperations::CreateIndex(create),
            ))
        })
    }

    #[napi]
    pub fn delete_payload_index<'env>(&self, env: &'env Env, field: String) -> Promise<'env, ()> {
        self.call(env, move |store| {
            let field = convert::json_path(&field, "field")?;
            store.update(UpdateOperation::FieldIndexOperation(
                FieldIndexOperations::DeleteIndex(field),
            ))
        })
    }

    #[napi]
    pub fn optimize<'env>(&self, env: &'env Env) -> Promise<'env, bool> {
        self.call(env, Store::optimize)
    }

    /// Also frees the spare log, when there is much of it and nobody is using the collection.
    #[napi]
    pub fn flush<'env>(&self, env: &'env Env) -> Promise<'env, ()> {
        let cell = self.cell.clone();
        promise(env, move || {
            let spare = {
                let open = cell.read();
                let store = open.as_ref().ok_or_else(Failure::closed)?;
                store.flush()?;
                store.has_spare_wal()
            };
            if spare
                && let Some(mut open) = cell.try_write()
                && let Some(store) = open.as_mut()
                && let Err(failure) = store.reload()
            {
                *open = None;
                return Err(failure);
            }
            Ok(())
        })
    }

    #[napi]
    pub fn info<'env>(&self, env: &'env Env) -> Promise<'env, String> {
        self.call(env, |store| {
            let info = store.shard().info();
            let indexes = info.payload_schema.iter();
            let indexes = indexes.map(|(field, index)| (field.to_string(), json!(index.data_type)));
            Ok(json!({
                "points": info.points_count,
                "indexedVectors": info.indexed_vectors_count,
                "segments": info.segments_count,
                "dimensions": store.dimensions(),
                "distance": format!("{:?}", store.settings().distance()),
                "status": if store.is_optimizing() { "optimizing" } else { "ready" },
                "payloadIndexes": Value::from_iter(indexes),
            })
            .to_string())
        })
    }

    #[napi]
    pub fn snapshot<'env>(&self, env: &'env Env, target: String) -> Promise<'env, ()> {
        self.call(env, move |store| {
            snapshot::take(store, &PathBuf::from(target))
        })
    }
}
