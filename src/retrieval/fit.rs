//! Fits the weights of the decision to questions whose answers are known.
//!
//! Gradient boosting of small trees over the candidates of each question, each
//! candidate right or not. What a forest says of questions that it was grown on
//! is flattered, so the probabilities and the report come from questions that
//! were left out: each fifth in turn, and, for a community that has no labels
//! yet, each set in turn.

use super::base::Base;
use super::forest::Forest;
use super::ranker::{Ranker, Signals, Weights};
use super::report::{Answered, Report};
use crate::model::Channel;
use forust_ml::{GradientBooster, Matrix, objective::ObjectiveType};
use std::collections::BTreeMap;

/// Parts that are left out in turn.
const FOLDS: usize = 5;
/// Trees, their leaves, and how much each counts.
const TREES: usize = 300;
const LEAVES: usize = 15;
const RATE: f32 = 0.05;

/// What the name of a set's questions as they may be heard ends with.
pub const HEARD: &str = ", heard";

/// A candidate of a question.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its features.
    pub features: Vec<f32>,
    /// Whether its entry answers the question.
    pub right: bool,
}

/// A question with its candidates.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The set that it is of.
    pub set: String,
    /// Questions with the same key are never on both sides of a fold.
    pub key: u64,
    /// The kind of knowledge base that it was asked of.
    pub base: Base,
    /// How much it counts.
    pub weight: f32,
    /// Whether it was typed or heard: what is heard has a calibration of its own.
    pub channel: Channel,
    /// Whether any entry answers it.
    pub answerable: bool,
    /// Whether it is counted in reports; copies with noise are not.
    pub counted: bool,
    /// Whether probabilities are made from it.
    pub calibrates: bool,
    /// Its candidates.
    pub examples: Vec<Example>,
}

/// Weights, and how well they do on what was left out.
pub struct Fitted {
    /// The weights, grown on everything.
    pub ranker: Ranker,
    /// By set, each fifth left out in turn.
    pub left_out: BTreeMap<String, Report>,
    /// By set, the whole set left out.
    pub foreign: BTreeMap<String, Report>,
}

/// What [`fit`] shall do.
pub struct Fit<'f> {
    /// What the features were made from.
    pub signals: Signals,
    /// The encoder's fingerprint, where there is one.
    pub encoder: Option<String>,
    /// What it is trained on, for people.
    pub trained_on: Vec<String>,
    /// The same seed gives the same weights.
    pub seed: u64,
    /// Whether to leave out each set in turn, too: as long again for each.
    pub leave_out_sets: bool,
    /// Told what is being done.
    pub progress: &'f mut dyn FnMut(&str),
}

/// Fits weights. Minutes for ten thousand questions.
///
/// # Errors
/// When there is nothing to learn from; the text says what, in Chinese.
pub fn fit(lessons: &[Lesson], mut how: Fit) -> Result<Fitted, String> {
    let rights = || lessons.iter().flat_map(|l| &l.examples).map(|e| e.right);
    if !rights().any(|r| r) || !rights().any(|r| !r) {
        return Err("没有可以学习的题：需要既有答对、也有答错的候选。".to_owned());
    }
    let mut weights = BTreeMap::new();
    let (mut left_out, mut foreign) = (BTreeMap::new(), BTreeMap::new());
    let kinds = [Base::Documents, Base::Questions, Base::Curated];
    for base in kinds {
        let of_kind: Vec<&Lesson> = lessons.iter().filter(|l| l.base == base).collect();
        if !of_kind.is_empty() {
            let (fitted, log_odds) = fit_kind(&of_kind, how.seed, &mut how.progress)?;
            left_out.extend(reports(&of_kind, &log_odds));
            weights.insert(base, fitted);
        }
    }
    let missing: Vec<Base> = kinds
        .into_iter()
        .filter(|k| !weights.contains_key(k))
        .collect();
    if !missing.is_empty() {
        // Nothing of that kind to learn from: what is true elsewhere.
        let elsewhere = match weights.first_key_value() {
            Some((_, only)) if weights.len() == 1 => only.clone(),
            _ => {
                let all: Vec<&Lesson> = lessons.iter().collect();
                fit_kind(&all, how.seed, &mut how.progress)?.0
            }
        };
        weights.extend(missing.into_iter().map(|k| (k, elsewhere.clone())));
    }
    if how.leave_out_sets {
        for set in left_out.keys() {
            (how.progress)(&format!("without {set}"));
            foreign.extend(without(lessons, set, how.seed)?);
        }
    }
    Ok(Fitted {
        ranker: Ranker::new(how.signals, how.encoder, how.trained_on, how.seed, weights),
        left_out,
        foreign,
    })
}

/// Weights for one kind of knowledge base, and the log-odds of every candidate
/// by a forest that did not know its question.
fn fit_kind(
    lessons: &[&Lesson],
    seed: u64,
    progress: &mut dyn FnMut(&str),
) -> Result<(Weights, Vec<Vec<f32>>), String> {
    let mut log_odds: Vec<Vec<f32>> = vec![Vec::new(); lessons.len()];
    for fold in 0..FOLDS {
        progress(&format!("fold {} of {FOLDS}", fold + 1));
        let inside = |l: &&&Lesson| l.key % FOLDS as u64 != fold as u64;
        let forest = grow(lessons.iter().filter(inside).copied(), seed)?;
        for (lesson, odds) in lessons.iter().zip(&mut log_odds) {
            if !inside(&lesson) {
                *odds = rate(&forest, lesson);
            }
        }
    }
    progress("everything");
    let weights = Weights {
        calibration: calibrate(lessons, &log_odds, Channel::Typed),
        heard: calibrate(lessons, &log_odds, Channel::Spoken),
        forest: grow(lessons.iter().copied(), seed)?,
    };
    Ok((weights, log_odds))
}

/// How a set does with weights from the other sets of its kind; from all others
/// where there is none.
fn without(lessons: &[Lesson], set: &str, seed: u64) -> Result<Option<(String, Report)>, String> {
    let of_set: Vec<&Lesson> = lessons
        .iter()
        .filter(|l| l.set == set && l.counted)
        .collect();
    // The same questions as they may be heard are left out with it, and the reverse.
    let plain = |name: &str| name.trim_end_matches(HEARD).to_owned();
    let others = || lessons.iter().filter(|l| plain(&l.set) != plain(set));
    let base = of_set.first().map(|l| l.base);
    let of_kind: Vec<&Lesson> = others().filter(|l| Some(l.base) == base).collect();
    let others = if of_kind.is_empty() {
        others().collect()
    } else {
        of_kind
    };
    if others.is_empty() {
        return Ok(None);
    }
    let forest = grow(others.into_iter(), seed)?;
    let answered: Vec<Answered> = of_set
        .iter()
        .map(|l| answered(l, &rate(&forest, l)))
        .collect();
    Ok(Some((set.to_owned(), Report::of(&answered))))
}

fn reports(lessons: &[&Lesson], log_odds: &[Vec<f32>]) -> BTreeMap<String, Report> {
    let mut by_set: BTreeMap<String, Vec<Answered>> = BTreeMap::new();
    for (lesson, odds) in lessons.iter().zip(log_odds).filter(|(l, _)| l.counted) {
        by_set
            .entry(lesson.set.clone())
            .or_default()
            .push(answered(lesson, odds));
    }
    let report = |(set, answered): (String, Vec<Answered>)| (set, Report::of(&answered));
    by_set.into_iter().map(report).collect()
}

fn rate(forest: &Forest, lesson: &Lesson) -> Vec<f32> {
    lesson
        .examples
        .iter()
        .map(|e| forest.log_odds(&e.features))
        .collect()
}

fn answered(lesson: &Lesson, log_odds: &[f32]) -> Answered {
    let mut order: Vec<usize> = (0..log_odds.len()).collect();
    order.sort_by(|a, b| log_odds[*b].total_cmp(&log_odds[*a]));
    Answered {
        answerable: lesson.answerable,
        log_odds: order.first().map_or(f32::NEG_INFINITY, |at| log_odds[*at]),
        place: order.iter().position(|at| lesson.examples[*at].right),
    }
}

/// Grows a forest. The same lessons and seed give the same one.
fn grow<'l>(lessons: impl Iterator<Item = &'l Lesson>, seed: u64) -> Result<Forest, String> {
    let rows: Vec<(&Example, f32)> = lessons
        .flat_map(|l| l.examples.iter().map(|e| (e, l.weight)))
        .collect();
    let columns = rows.first().map_or(0, |(e, _)| e.features.len());
    let mut data = Vec::with_capacity(rows.len() * columns);
    for column in 0..columns {
        data.extend(rows.iter().map(|(e, _)| f64::from(e.features[column])));
    }
    let right: Vec<f64> = rows
        .iter()
        .map(|(e, _)| f64::from(u8::from(e.right)))
        .collect();
    let weights: Vec<f64> = rows.iter().map(|(_, w)| f64::from(*w)).collect();
    let mut booster = GradientBooster::default();
    booster.objective_type = ObjectiveType::LogLoss;
    booster.iterations = TREES;
    booster.learning_rate = RATE;
    booster.max_depth = 8;
    booster.max_leaves = LEAVES;
    booster.l2 = 5.0;
    booster.min_leaf_weight = 1.0;
    booster.nbins = 128;
    booster.subsample = 0.8;
    booster.colsample_bytree = 0.5;
    booster.seed = seed;
    booster.grow_policy = forust_ml::gradientbooster::GrowPolicy::LossGuide;
    booster.initialize_base_score = true;
    let data = Matrix::new(&data, rows.len(), columns);
    booster
        .fit(&data, &right, &weights, None)
        .map_err(|e| format!("训练没有完成：{e}"))?;
    Ok(Forest::of(&booster))
}

/// Most points of a calibration table.
const POINTS: usize = 32;

/// From log-odds of first candidates that were left out to the share of them
/// that is right: equal parts, then made to rise (pool adjacent violators).
fn calibrate(lessons: &[&Lesson], log_odds: &[Vec<f32>], channel: Channel) -> Vec<(f32, f32)> {
    // Where nothing else was learned, the younger knowledge must do.
    let none = !lessons.iter().any(|l| l.calibrates);
    let mut firsts: Vec<(f32, f32, f32)> = lessons
        .iter()
        .zip(log_odds)
        .filter(|(l, odds)| {
            l.counted && (l.calibrates || none) && l.channel == channel && !odds.is_empty()
        })
        .map(|(lesson, odds)| {
            let answered = answered(lesson, odds);
            let right = f32::from(u8::from(answered.place == Some(0)));
            (answered.log_odds, right, lesson.weight)
        })
        .collect();
    firsts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = firsts.len().div_ceil(POINTS).max(1);
    // Sums of weighted log-odds, of right ones, and of weights.
    let mut pools: Vec<(f32, f32, f32)> = Vec::new();
    for part in firsts.chunks(size) {
        let mut pool = (0.0, 0.0, 0.0);
        for (odds, right, weight) in part {
            pool = (
                pool.0 + odds * weight,
                pool.1 + right * weight,
                pool.2 + weight,
            );
        }
        pools.push(pool);
        while let [.., a, b] = pools.as_slice()
            && a.1 / a.2 >= b.1 / b.2
        {
            let merged = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    // One right and one wrong more keep every probability off 0 and 1; small
    // pools are moved more by that, so it may have to be made to rise again.
    let mut least = 0.0_f32;
    let mut table = Vec::with_capacity(pools.len());
    for (odds, right, weight) in pools {
        least = least.max((right + 1.0) / (weight + 2.0));
        table.push((odds / weight, least));
    }
    table
}
