//! The engine.

use super::super::sound::Sound;
use super::KokoroError;
use super::call::{Call, Joined, silence};
use super::files::Files;
use super::groups::{self, Group, Size};
use super::style::{Style, WIDTH};
use super::tokens::PADDING;
use crate::text::Clause;
use rten::{Model, NodeId, RunOptions, ThreadPool, ValueView};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

/// What the graph calls the lengths of the phonemes, padding included: the
/// model reckons them before it makes any sound.
const LENGTHS: &str = "/encoder/Clip_output_0";

/// The model and its voices. Dropping it gives its memory back.
pub struct Kokoro {
    model: Model,
    tokens: NodeId,
    style: NodeId,
    speed: NodeId,
    audio: NodeId,
    lengths: NodeId,
    threads: Arc<ThreadPool>,
    voices: PathBuf,
    /// The voice that spoke last.
    voice: Option<Style>,
}

impl Kokoro {
    /// Reads the graph, changed for this engine. Voices are read from their
    /// folder when they first speak.
    ///
    /// # Errors
    /// When the file is not there or not such a graph.
    pub fn load(files: &Files, threads: NonZeroUsize) -> Result<Self, KokoroError> {
        let fault = |what: String| KokoroError::Model {
            path: files.graph.clone(),
            what,
        };
        let loaded = Model::load_file(&files.graph).map_err(|error| fault(error.to_string()))?;
        let node = |name: &str| loaded.node_id(name).map_err(|e| fault(e.to_string()));
        Ok(Self {
            tokens: node("tokens")?,
            style: node("style")?,
            speed: node("speed")?,
            audio: node("audio")?,
            lengths: node(LENGTHS)?,
            threads: Arc::new(ThreadPool::with_num_threads(threads.get())),
            voices: files.voices.clone(),
            voice: None,
            model: loaded,
        })
    }

    /// Says clauses in a voice, at 0.5 to 2 times its speed. Silence around the
    /// speech is as it came; `stop` is asked before each sentence.
    ///
    /// # Errors
    /// When there is nothing to say, something is no syllable, the voice is not
    /// there, the engine fails or gives silence, or it is stopped.
    pub fn say(
        &mut self,
        clauses: &[Clause],
        voice: &str,
        speed: f32,
        stop: &dyn Fn() -> bool,
    ) -> Result<Sound, KokoroError> {
        if !(0.5..=2.0).contains(&speed) {
            return Err(KokoroError::Speed(speed));
        }
        let groups = groups::groups(clauses, Size::at(speed))?;
        if groups.is_empty() {
            return Err(KokoroError::Empty);
        }
        self.use_voice(voice)?;
        let mut joined = Joined::default();
        for group in &groups {
            if stop() {
                return Err(KokoroError::Stopped);
            }
            let call = self.call(group, speed)?;
            joined.add(&call, &group.begins, silence(group.pause, speed));
        }
        Ok(joined.finish())
    }

    fn use_voice(&mut self, name: &str) -> Result<(), KokoroError> {
        if self.voice.as_ref().is_none_or(|voice| voice.name() != name) {
            self.voice = Some(Style::read(&self.voices, name)?);
        }
        Ok(())
    }

    /// How long each phoneme is comes out beside the sound.
    fn call(&self, group: &Group, speed: f32) -> Result<Call, KokoroError> {
        let voice = self.voice.as_ref().ok_or(KokoroError::Empty)?;
        let tokens = [&[PADDING], &group.tokens[..], &[PADDING]].concat();
        let row = voice.row(group.tokens.len());
        let speed = [speed];
        let values = (
            ValueView::from_shape([1, tokens.len()], &tokens[..]).map_err(failed)?,
            ValueView::from_shape([1, WIDTH], row).map_err(failed)?,
            ValueView::from_shape([1], &speed[..]).map_err(failed)?,
        );
        let inputs = vec![
            (self.tokens, values.0.into()),
            (self.style, values.1.into()),
            (self.speed, values.2.into()),
        ];
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.threads)));
        let outputs = [self.audio, self.lengths];
        let run = self.model.run_n(inputs, outputs, Some(options));
        let [audio, lengths] = run.map_err(failed)?;
        let ([_], audio) = audio.into_shape_vec::<f32, 1>().map_err(failed)?;
        let ([_, _], lengths) = lengths.into_shape_vec::<f32, 2>().map_err(failed)?;
        Call::new(audio, &lengths)
    }
}

fn failed(error: impl std::fmt::Display) -> KokoroError {
    KokoroError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::groups::MOST;
    use super::*;
    use crate::text::{Pause, Syllable};

    /// An engine whose graph has Kokoro's inputs and outputs, and makes every
    /// phoneme 100 ms of a tone, as loud as the voice's largest value.
    fn engine() -> (tempfile::TempDir, Kokoro) {
        let folder = tempfile::tempdir().unwrap();
        for (name, loud) in [("clear", 0.3_f32), ("mute", 0.0)] {
            let bytes = vec![loud; MOST * WIDTH];
            let bytes: Vec<u8> = bytes.into_iter().flat_map(f32::to_le_bytes).collect();
            std::fs::write(folder.path().join(format!("{name}.bin")), bytes).unwrap();
        }
        let model = folder.path().join("model.onnx");
        std::fs::write(&model, include_bytes!("tone.onnx")).unwrap();
        let files = Files {
            graph: model,
            voices: folder.path().to_owned(),
        };
        let engine = Kokoro::load(&files, NonZeroUsize::MIN).unwrap();
        (folder, engine)
    }

    fn clause(base: &str, pause: Pause) -> Clause {
        let syllable = Syllable {
            base: base.to_owned(),
            tone: 1,
            begins_word: true,
            at: 0,
        };
        Clause {
            shown: 0..0,
            syllables: vec![syllable],
            pause,
        }
    }

    #[test]
    fn sentences_are_spoken_and_their_times_known() {
        let (_folder, mut engine) = engine();
        let clauses = [
            clause("ba", Pause::Short),
            clause("bai", Pause::Full),
            clause("a", Pause::None),
        ];
        let sound = engine.say(&clauses, "clear", 1.0, &|| false).unwrap();
        // Padding, 3 phonemes and a comma, a space, 4 and a stop, a space, 2, padding.
        let phonemes = 1 + 4 + 1 + 5 + 1 + 2 + 1;
        assert_eq!(sound.milliseconds(), phonemes * 100);
        assert_eq!(sound.marks, [0, 1200 - 75]);
        let fast = engine.say(&clauses, "clear", 2.0, &|| false).unwrap();
        assert_eq!(fast.milliseconds(), phonemes * 50);
    }

    #[test]
    fn silence_and_what_cannot_be_said_are_errors() {
        let (_folder, mut engine) = engine();
        let clauses = [clause("ba", Pause::Full)];
        let mut speak = |clauses: &[Clause], voice: &str, speed: f32, stop: bool| {
            engine.say(clauses, voice, speed, &|| stop).unwrap_err()
        };
        let mute = speak(&clauses, "mute", 1.0, false);
        assert!(matches!(mute, KokoroError::Silent), "{mute}");
        let absent = speak(&clauses, "absent", 1.0, false);
        assert!(matches!(absent, KokoroError::Voice { .. }), "{absent}");
        for speed in [0.4, 2.1, f32::NAN] {
            let error = speak(&clauses, "clear", speed, false);
            assert!(matches!(error, KokoroError::Speed(_)), "{error}");
        }
        let empty = speak(&[], "clear", 1.0, false);
        assert!(matches!(empty, KokoroError::Empty), "{empty}");
        let odd = speak(&[clause("qqq", Pause::Full)], "clear", 1.0, false);
        assert!(matches!(odd, KokoroError::Syllable { .. }), "{odd}");
        let stopped = speak(&clauses, "clear", 1.0, true);
        assert!(matches!(stopped, KokoroError::Stopped), "{stopped}");
    }

    #[test]
    fn another_file_is_no_graph() {
        let (folder, _) = engine();
        let model = folder.path().join("other.onnx");
        for bytes in [&b""[..], b"not a graph"] {
            std::fs::write(&model, bytes).unwrap();
            let files = Files {
                graph: model.clone(),
                voices: folder.path().to_owned(),
            };
            let error = Kokoro::load(&files, NonZeroUsize::MIN).err().unwrap();
            assert!(error.to_string().contains("other.onnx"), "{error}");
        }
    }

    #[test]
    fn it_can_be_given_to_a_thread() {
        fn is_send<T: Send>() {}
        is_send::<Kokoro>();
    }
}
