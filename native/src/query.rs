//! From a vector, or from points that are liked and disliked, to the query that the crate scores.

use std::collections::HashSet;

use qdrant_edge::{
    Condition, Filter, HasIdCondition, NamedQuery, PointId, QueryEnum, QueryRequest as EdgeQuery,
    RecommendQuery, ScoringQuery, VectorInternal, WithPayloadInterface, WithVector,
};

use crate::convert::{self, Columns, dense_vector, number};
use crate::error::{Failure, Outcome};
use crate::request::{self, QueryRequest, Strategy};
use crate::store::Store;

/// Points by id and vectors given outright, both liked or both disliked.
pub struct Examples {
    pub ids: Vec<f64>,
    pub vectors: Vec<f32>,
}

pub enum Target {
    Nearest {
        vector: Vec<f32>,
        /// The only points that count. Numbers, not a condition in the request: as text each takes
        /// twice as long.
        among: Option<Vec<f64>>,
    },
    Recommend {
        positive: Examples,
        negative: Examples,
    },
}

pub fn run(store: &Store, target: Target, json: &str) -> Outcome<Columns> {
    let mut asked: QueryRequest = request::parse(json)?;
    let mut filter = request::filter(asked.filter.take())?;
    let with = asked.with();
    let scored = match target {
        Target::Nearest { vector, among } => {
            filter = only(filter, among)?;
            nearest(store, &vector)?
        }
        Target::Recommend { positive, negative } => {
            let (scored, named) = recommend(store, &positive, &negative, asked.strategy)?;
            filter = without(filter, named);
            scored
        }
    };
    let mut hits = store.shard().query(EdgeQuery {
        prefetches: Vec::new(),
        query: Some(ScoringQuery::Vector(scored)),
        filter,
        score_threshold: asked.score_threshold.map(Into::into),
        limit: request::at_least_one(asked.limit)?,
        offset: asked.offset,
        params: Some(asked.params()?),
        with_vector: request::vector_wanted(with),
        with_payload: request::payload_wanted(with),
    })?;
    // The shard leaves these to whoever merges shards; here there is one.
    hits.drain(..asked.offset.min(hits.len()));
    convert::from_hits(hits, with)
}

fn nearest(store: &Store, vector: &[f32]) -> Outcome<QueryEnum> {
    let vector = convert::vector(vector, store.dimensions(), "vector")?;
    Ok(QueryEnum::Nearest(named(vector)))
}

/// The query, and the ids that it was made of: what was given is not recommended back.
fn recommend(
    store: &Store,
    positive: &Examples,
    negative: &Examples,
    strategy: Option<Strategy>,
) -> Outcome<(QueryEnum, HashSet<PointId>)> {
    let mut ids = HashSet::new();
    let liked = resolve(store, positive, "recommend.positive", &mut ids)?;
    let disliked = resolve(store, negative, "recommend.negative", &mut ids)?;
    if liked.is_empty() && disliked.is_empty() {
        return Err(Failure::argument(
            "one or more points or vectors",
            "recommend",
            "none",
        ));
    }
    let query = match strategy.unwrap_or_default() {
        Strategy::AverageVector => QueryEnum::Nearest(named(average(&liked, &disliked)?)),
        Strategy::BestScore => QueryEnum::RecommendBestScore(examples(liked, disliked)),
        Strategy::SumScores => QueryEnum::RecommendSumScores(examples(liked, disliked)),
    };
    Ok((query, ids))
}

fn resolve(
    store: &Store,
    given: &Examples,
    name: &str,
    seen: &mut HashSet<PointId>,
) -> Outcome<Vec<Vec<f32>>> {
    let ids = convert::point_ids(&given.ids, name)?;
    let payload = WithPayloadInterface::Bool(false);
    let records = store
        .shard()
        .retrieve(&ids, Some(payload), Some(WithVector::Bool(true)))?;
    let found: HashSet<PointId> = records.iter().map(|record| record.id).collect();
    if let Some(missing) = ids.iter().find(|id| !found.contains(id)) {
        let expected = "ids of points in the collection";
        return Err(Failure::argument(expected, name, number(missing)?));
    }
    seen.extend(found);
    let stored = records
        .into_iter()
        .filter_map(|record| dense_vector(record.vector?));
    let given = convert::vectors(&given.vectors, store.dimensions(), name)?;
    Ok(stored.chain(given).collect())
}

/// Qdrant's rule for `average_vector`: the mean of the liked, moved away from the mean of the
/// disliked by as much as the two differ.
fn average(liked: &[Vec<f32>], disliked: &[Vec<f32>]) -> Outcome<Vec<f32>> {
    let Some(liked) = mean(liked) else {
        let expected = "one or more liked points for the strategy average_vector";
        return Err(Failure::argument(expected, "recommend.positive", "none"));
    };
    Ok(match mean(disliked) {
        None => liked,
        Some(disliked) => liked
            .iter()
            .zip(disliked)
            .map(|(liked, disliked)| liked + liked - disliked)
            .collect(),
    })
}

fn mean(vectors: &[Vec<f32>]) -> Option<Vec<f32>> {
    let (first, rest) = vectors.split_first()?;
    let mut sum = first.clone();
    for vector in rest {
        for (total, value) in sum.iter_mut().zip(vector) {
            *total += value;
        }
    }
    let count = vectors.len() as f32;
    Some(sum.into_iter().map(|total| total / count).collect())
}

fn without(filter: Option<Filter>, ids: HashSet<PointId>) -> Option<Filter> {
    if ids.is_empty() {
        return filter;
    }
    let has_id: HasIdCondition = ids.into_iter().collect();
    let mut filter = filter.unwrap_or_default();
    filter
        .must_not
        .get_or_insert_default()
        .push(Condition::HasId(has_id));
    Some(filter)
}

fn only(filter: Option<Filter>, among: Option<Vec<f64>>) -> Outcome<Option<Filter>> {
    let Some(among) = among else {
        return Ok(filter);
    };
    let has_id: HasIdCondition = convert::point_ids(&among, "among")?.into_iter().collect();
    let mut filter = filter.unwrap_or_default();
    filter
        .must
        .get_or_insert_default()
        .push(Condition::HasId(has_id));
    Ok(Some(filter))
}

fn named(vector: Vec<f32>) -> NamedQuery<VectorInternal> {
    NamedQuery::default_dense(vector)
}

fn examples(
    liked: Vec<Vec<f32>>,
    disliked: Vec<Vec<f32>>,
) -> NamedQuery<RecommendQuery<VectorInternal>> {
    let dense = |vectors: Vec<Vec<f32>>| vectors.into_iter().map(VectorInternal::Dense).collect();
    NamedQuery {
        query: RecommendQuery {
            positives: dense(liked),
            negatives: dense(disliked),
        },
        using: None,
    }
}
