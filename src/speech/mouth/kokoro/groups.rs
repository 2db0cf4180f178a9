//! Clauses as the calls that a model is given.

use super::KokoroError;
use super::phonemes::phonemes;
use super::tokens;
use crate::text::{Clause, Pause};

/// Phonemes that the model can take at once: a voice has so many rows.
pub(super) const MOST: usize = 510;

/// How much is said in one call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Sentences are put together as far as this: very short ones alone sound
    /// odd, and each call is paid for with 1.4 s of silence.
    pub(super) wanted: usize,
    /// What is longer is cut: a second of sound takes 33 MB while it is made.
    pub(super) most: usize,
}

impl Size {
    /// For a speed; slow speech is longer.
    pub(super) fn at(speed: f32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "some hundred"
        )]
        let most = (160.0 * speed) as usize;
        let most = most.min(300);
        Self {
            wanted: most / 2,
            most,
        }
    }
}

/// What one call says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// Numbers of the phonemes, without padding.
    pub(super) tokens: Vec<i32>,
    /// Which phonemes begin a sentence.
    pub(super) begins: Vec<usize>,
    /// What comes after it.
    pub(super) pause: Option<Pause>,
}

/// Puts clauses together: whole sentences as far as is wanted, and only what is
/// too long is cut within, at its clauses if that is enough.
///
/// # Errors
/// When something is no syllable.
pub(super) fn groups(clauses: &[Clause], size: Size) -> Result<Vec<Group>, KokoroError> {
    let mut groups: Vec<Group> = Vec::new();
    for sentence in sentences(clauses, size.most)? {
        let pieces = sentence.pieces(size.most);
        let is_whole = pieces.len() == 1;
        for (nth, piece) in pieces.into_iter().enumerate() {
            let begins = nth == 0;
            match groups.last_mut() {
                Some(group)
                    if is_whole && group.tokens.len() + 1 + piece.tokens.len() <= size.wanted =>
                {
                    group.tokens.push(tokens::SPACE);
                    group.begins.push(group.tokens.len());
                    group.tokens.extend(piece.tokens);
                    group.pause = piece.pause;
                }
                _ => groups.push(Group {
                    begins: if begins { vec![0] } else { Vec::new() },
                    ..piece
                }),
            }
        }
    }
    Ok(groups)
}

/// Clauses as far as the end of a sentence, each as a group of its own.
struct Sentence(Vec<Group>);

impl Sentence {
    /// The whole of it, or as much at a time as the model can take.
    fn pieces(self, most: usize) -> Vec<Group> {
        let mut pieces: Vec<Group> = Vec::new();
        for clause in self.0 {
            match pieces.last_mut() {
                Some(piece) if piece.tokens.len() + 1 + clause.tokens.len() <= most => {
                    piece.tokens.push(tokens::SPACE);
                    piece.tokens.extend(clause.tokens);
                    piece.pause = clause.pause;
                }
                _ => pieces.push(clause),
            }
        }
        pieces
    }
}

fn sentences(clauses: &[Clause], most: usize) -> Result<Vec<Sentence>, KokoroError> {
    let mut sentences = Vec::new();
    let mut open = Vec::new();
    for clause in clauses.iter().filter(|clause| !clause.syllables.is_empty()) {
        open.extend(said(clause, most)?);
        if clause.pause.ends_sentence() {
            sentences.push(Sentence(std::mem::take(&mut open)));
        }
    }
    if !open.is_empty() {
        sentences.push(Sentence(open));
    }
    Ok(sentences)
}

/// One clause: one group, or more when it alone is too much for one call.
fn said(clause: &Clause, most: usize) -> Result<Vec<Group>, KokoroError> {
    let mut groups = vec![Group::default()];
    for (nth, syllable) in clause.syllables.iter().enumerate() {
        // About as many phonemes as come after this.
        let left = (clause.syllables.len() - nth) * 4;
        let sounds = phonemes(&syllable.base, syllable.tone);
        let unknown = || KokoroError::Syllable {
            base: syllable.base.clone(),
            tone: syllable.tone,
        };
        let numbers: Option<Vec<i32>> = sounds.and_then(|s| s.chars().map(tokens::token).collect());
        let numbers = numbers.ok_or_else(unknown)?;
        let length = groups.last().map_or(0, |group| group.tokens.len());
        // Between words if there is a border near the end. Room for a space
        // before it and a mark after it.
        let is_border = syllable.begins_word && length > most * 3 / 4;
        let is_near = is_border && left > most / 4;
        if is_near || length + numbers.len() + 2 > most {
            groups.push(Group::default());
        }
        if let Some(group) = groups.last_mut() {
            if syllable.begins_word && !group.tokens.is_empty() {
                group.tokens.push(tokens::SPACE);
            }
            group.tokens.extend(numbers);
        }
    }
    if let Some(group) = groups.last_mut() {
        group.tokens.extend(tokens::mark(clause.pause));
        group.pause = Some(clause.pause);
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Syllable;
    use proptest::prelude::*;

    fn clause(syllables: usize, pause: Pause) -> Clause {
        let syllable = Syllable {
            base: "zhuang".to_owned(),
            tone: 4,
            begins_word: false,
            at: 0,
        };
        Clause {
            shown: 0..0,
            syllables: vec![syllable; syllables],
            pause,
        }
    }

    const fn size(wanted: usize) -> Size {
        Size { wanted, most: 510 }
    }

    /// Phonemes of a syllable of [`clause`].
    const EACH: usize = 5;

    #[test]
    fn sentences_stay_whole_and_their_beginnings_are_known() {
        let clauses = [
            clause(3, Pause::Short),
            clause(2, Pause::Full),
            clause(0, Pause::Full),
            clause(4, Pause::Question),
            clause(1, Pause::None),
        ];
        let all = groups(&clauses, size(100)).unwrap();
        assert_eq!(all.len(), 1);
        let first = 5 * EACH + 3;
        assert_eq!(all[0].begins, [0, first + 1, first + 1 + 4 * EACH + 2]);
        assert_eq!(all[0].pause, Some(Pause::None));
        let apart = groups(&clauses, size(0)).unwrap();
        let lengths: Vec<_> = apart.iter().map(|g| g.tokens.len()).collect();
        assert_eq!(lengths, [first, 4 * EACH + 1, EACH]);
        assert!(apart.iter().all(|g| g.begins == [0]));
        assert_eq!(apart[0].pause, Some(Pause::Full));
        assert_eq!(groups(&[], size(100)).unwrap(), []);
    }

    #[test]
    fn what_is_too_long_is_cut_at_clauses_then_at_syllables() {
        let clauses = [clause(80, Pause::Short), clause(80, Pause::Full)];
        let all = groups(&clauses, size(300)).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].begins.len(), all[1].begins.len()), (1, 0));
        assert_eq!(all[0].pause, Some(Pause::Short));
        let long = groups(&[clause(300, Pause::Full)], size(300)).unwrap();
        assert_eq!(long.len(), 3);
        assert_eq!(long[0].pause, None);
    }

    #[test]
    fn what_is_no_syllable_is_named() {
        let mut odd = clause(1, Pause::Full);
        odd.syllables[0].base = "xyz".to_owned();
        let error = groups(&[odd], size(100)).unwrap_err().to_string();
        assert!(error.contains("xyz"), "{error}");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_call_is_too_long(
            lengths in prop::collection::vec((0_usize..130, 0_usize..6), 0..20), wanted in 0_usize..510, most in 20_usize..510,
        ) {
            let pauses = [Pause::None, Pause::Short, Pause::Middle, Pause::Full, Pause::Question, Pause::Exclamation];
            let clauses: Vec<_> = lengths.iter().map(|(n, p)| clause(*n, pauses[*p])).collect();
            let all = groups(&clauses, Size { wanted, most }).unwrap();
            let longest = wanted.max(most);
            prop_assert!(all.iter().all(|g| (1..=longest).contains(&g.tokens.len())));
            let arrows = |g: &Group| g.tokens.iter().filter(|t| **t == 173).count();
            let said: usize = all.iter().map(arrows).sum();
            prop_assert_eq!(said, lengths.iter().map(|(n, _)| n).sum::<usize>());
            prop_assert!(all.iter().all(|g| g.begins.iter().all(|at| *at < g.tokens.len())));
        }
    }
}
