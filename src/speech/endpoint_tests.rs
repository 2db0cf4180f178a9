use super::super::detector::Earshot;
use super::*;
use proptest::prelude::*;

/// Voice is what is loud.
struct Loudness;

impl Detector for Loudness {
    fn probability(&mut self, frame: &[f32]) -> f32 {
        f32::from(u8::from(frame.iter().any(|s| s.abs() > 0.1)))
    }
}

fn auto() -> Endpointing {
    Endpointing {
        hang_over: Some(Duration::from_millis(700)),
        patience: Duration::from_secs(3),
        longest: Duration::from_secs(15),
    }
}

/// So many milliseconds of speech (`1`) and silence (`0`), in turn.
fn stream(parts: &[(u8, usize)]) -> Vec<f32> {
    parts
        .iter()
        .flat_map(|(loud, ms)| std::iter::repeat_n(f32::from(*loud) * 0.5, ms * 16))
        .collect()
}

fn run(settings: Endpointing, audio: &[f32], frame: usize) -> (Vec<Event>, Endpointer) {
    let mut endpointer = Endpointer::new(Box::new(Loudness), settings);
    let events = audio
        .chunks(frame)
        .flat_map(|f| endpointer.push(f))
        .collect();
    (events, endpointer)
}

#[test]
fn utterances_begin_and_end() {
    use Event::{End as Ended, Onset, Pause, Resumed};
    let manual = Endpointing {
        hang_over: None,
        ..auto()
    };
    for (settings, parts, wanted) in [
        (
            auto(),
            vec![(0, 500), (1, 1000), (0, 900)],
            vec![Onset, Pause, Ended(End::Silence)],
        ),
        (
            auto(),
            vec![(1, 1000), (0, 500), (1, 500), (0, 900)],
            vec![Onset, Pause, Resumed, Pause, Ended(End::Silence)],
        ),
        // A breath is no pause, a click no beginning and no going on.
        (auto(), vec![(1, 1000), (0, 150), (1, 500)], vec![Onset]),
        (auto(), vec![(0, 500), (1, 32), (0, 500)], vec![]),
        (
            auto(),
            vec![(1, 1000), (0, 400), (1, 16), (0, 500)],
            vec![Onset, Pause, Ended(End::Silence)],
        ),
        (auto(), vec![(0, 3100)], vec![Ended(End::Nobody)]),
        (auto(), vec![(1, 20_000)], vec![Onset, Ended(End::Longest)]),
        (
            manual,
            vec![(0, 4000), (1, 1000), (0, 3000)],
            vec![Onset, Pause],
        ),
        (
            manual,
            vec![(1, 10_000), (0, 10_000)],
            vec![Onset, Pause, Ended(End::Longest)],
        ),
    ] {
        let (events, _) = run(settings, &stream(&parts), 960);
        assert_eq!(events, wanted, "{parts:?}");
    }
}

#[test]
fn the_utterance_has_a_little_silence_on_both_sides() {
    let (_, endpointer) = run(auto(), &stream(&[(0, 2000), (1, 1000), (0, 900)]), 480);
    let utterance = endpointer.utterance();
    let loud = |s: &f32| s.abs() > 0.1;
    let before = utterance.iter().take_while(|s| !loud(s)).count();
    let after = utterance.iter().rev().take_while(|s| !loud(s)).count();
    assert!(
        (PRE_ROLL - FRAME..=PRE_ROLL + FRAME).contains(&before),
        "{before}"
    );
    assert!((PAUSE - FRAME..=PAUSE + FRAME).contains(&after), "{after}");
    assert_eq!(utterance.iter().filter(|s| loud(s)).count(), 16_000);
}

#[test]
fn what_was_heard_ahead_is_the_whole_utterance() {
    let audio = stream(&[(0, 400), (1, 1000), (0, 900)]);
    let mut endpointer = Endpointer::new(Box::new(Loudness), auto());
    let mut ahead = Vec::new();
    for frame in audio.chunks(320) {
        if endpointer.push(frame).contains(&Event::Pause) {
            ahead = endpointer.utterance();
        }
    }
    let whole = endpointer.utterance();
    assert!(!ahead.is_empty() && whole.starts_with(&ahead));
    assert!(whole.len() - ahead.len() <= FRAME);
}

#[test]
fn by_hand_even_a_whisper_is_kept() {
    let manual = Endpointing {
        hang_over: None,
        ..auto()
    };
    let (events, endpointer) = run(manual, &stream(&[(0, 20_000)]), 960);
    assert!(events.is_empty());
    assert_eq!(endpointer.utterance().len(), 15 * SAMPLE_RATE);
}

#[test]
fn ten_minutes_are_no_more_than_fifteen_seconds() {
    let (events, endpointer) = run(auto(), &stream(&[(1, 600_000)]), 1600);
    assert_eq!(events, [Event::Onset, Event::End(End::Longest)]);
    assert!(endpointer.utterance().len() <= 15 * SAMPLE_RATE + FRAME);
}

/// Something between a vowel and noise, different for each seed.
fn murmur(seed: u32, length: usize) -> Vec<f32> {
    let mut random = seed.wrapping_mul(2_654_435_761) | 1;
    (0..length)
        .map(|i| {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            let noise = f32::from(random as u16 as i16) / 32_768.0;
            let t = i as f32 / 16_000.0;
            let pitch = 110.0 + f32::from(seed as u8 % 100);
            let voice: f32 = (1..8)
                .map(|h| (std::f32::consts::TAU * pitch * h as f32 * t).sin() / h as f32)
                .sum();
            let loud = if (t * 2.0).sin() > 0.0 { 0.3 } else { 0.0 };
            (voice * loud + noise * 0.02).clamp(-1.0, 1.0)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Interleaved streams, cut into frames of any size, give what each gives
    /// alone and whole.
    #[test]
    fn streams_do_not_know_each_other(
        seeds in prop::collection::vec(any::<u32>(), 2..5),
        sizes in prop::collection::vec(1_usize..1700, 8),
    ) {
        let streams: Vec<Vec<f32>> = seeds.iter().map(|s| murmur(*s, 40_000)).collect();
        let fresh = || Endpointer::new(Box::new(Earshot::default()), auto());
        let alone: Vec<_> = streams.iter().map(|s| {
            let mut one = fresh();
            (one.push(s), one.utterance())
        }).collect();

        let mut together: Vec<_> = streams.iter().map(|s| (fresh(), s.as_slice(), Vec::new())).collect();
        let mut turn = 0;
        while together.iter().any(|(_, rest, _)| !rest.is_empty()) {
            let size = sizes[turn % sizes.len()];
            let count = together.len();
            let (endpointer, rest, events) = &mut together[turn % count];
            let (frame, after) = rest.split_at(size.min(rest.len()));
            events.extend(endpointer.push(frame));
            *rest = after;
            turn += 1;
        }
        for ((endpointer, _, events), (wanted, utterance)) in together.into_iter().zip(alone) {
            prop_assert_eq!(&events, &wanted);
            prop_assert_eq!(endpointer.utterance(), utterance);
        }
    }
}
