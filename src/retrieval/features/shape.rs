//! How the two sentences are built: common runs, edits, beginnings, lengths.

use super::{Shown, count, flag};

pub(super) const NAMES: &[&str] = &[
    "common_run",
    "subsequence",
    "edits",
    "sound_edits",
    "missing_letters",
    "extra_letters",
    "same_head",
    "same_tail",
    "same_core",
    "same_content",
    "same_sound",
    "contains",
    "contained",
    "length_ratio",
    "question_length",
    "phrasing_length",
];

/// Length of the longest common subsequence, and of the longest common run.
fn common<T: PartialEq>(a: &[T], b: &[T]) -> (usize, usize) {
    let mut row = vec![0u16; b.len() + 1];
    let mut runs = vec![0u16; b.len() + 1];
    let mut longest_run = 0u16;
    for ca in a {
        let mut before = 0;
        let mut run_before = 0;
        for (at, cb) in b.iter().enumerate() {
            let above = row[at + 1];
            let run_above = runs[at + 1];
            if ca == cb {
                row[at + 1] = before + 1;
                runs[at + 1] = run_before + 1;
                longest_run = longest_run.max(runs[at + 1]);
            } else {
                row[at + 1] = above.max(row[at]);
                runs[at + 1] = 0;
            }
            before = above;
            run_before = run_above;
        }
    }
    (usize::from(row[b.len()]), usize::from(longest_run))
}

/// Levenshtein distance.
fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

fn contains(long: &[char], short: &[char]) -> bool {
    !short.is_empty() && long.windows(short.len()).any(|w| w == short)
}

pub(super) fn push(row: &mut Vec<f32>, shown: &Shown) {
    let (asked, of) = (shown.question, shown.document);
    // Answers' titles may be long; only their beginning is compared.
    let (a, b) = (asked.core.as_slice(), &of.core[..of.core.len().min(120)]);
    let (subsequence, run) = common(a, b);
    let (shorter, longer) = (a.len().min(b.len()).max(1), a.len().max(b.len()).max(1));
    let heard = &of.heard[..of.heard.len().min(120)];
    let sounds = asked.heard.len().max(heard.len()).max(1);
    let free = |edits: usize, of: usize| 1.0 - count(edits) / count(of);
    let clipped = |length: usize, scale: f32| (count(length) / scale).min(1.0);
    row.extend([
        count(run) / count(shorter),
        count(subsequence) / count(longer),
        free(distance(a, b), longer),
        free(distance(&asked.heard, heard), sounds),
        clipped(a.len() - subsequence, 20.0),
        clipped(b.len() - subsequence, 20.0),
        flag(a.len() > 1 && b.len() > 1 && a[..2] == b[..2]),
        flag(a.len() > 1 && b.len() > 1 && a[a.len() - 2..] == b[b.len() - 2..]),
        flag(a == b),
        flag(asked.content == of.content),
        flag(!heard.is_empty() && asked.heard == heard),
        flag(contains(a, b)),
        flag(contains(b, a)),
        count(shorter) / count(longer),
        clipped(a.len(), 60.0),
        clipped(b.len(), 40.0),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_compared() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let (a, b) = (chars("居住证怎么办"), chars("怎么办居住证"));
        assert_eq!(common(&a, &b), (3, 3));
        assert_eq!(common(&a, &a), (6, 6));
        assert_eq!(common(&a, &[]), (0, 0));
        for (x, y, wanted) in [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3)] {
            assert_eq!(distance(&chars(x), &chars(y)), wanted);
        }
        assert!(contains(&a, &chars("住证")) && !contains(&a, &b) && !contains(&a, &[]));
    }
}
