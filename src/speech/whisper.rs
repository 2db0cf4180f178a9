//! The engine that is built in: whisper.cpp through whisper-rs.
//!
//! One model is shared; a state belongs to one thread. Greedy decoding at
//! temperature zero without fallback: higher temperatures made noise look sure
//! (-0.2 in place of -2.4) and cost up to six times the work.

use super::recogniser::{
    Abort, Engine, Language, Recogniser, RecogniserError, Request, Transcript, Width,
};
use super::window;
use arc_swap::ArcSwap;
use std::path::Path;
use std::sync::{Arc, Once};
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState,
};

/// Loads a ggml file and gives the engine that recognises with it, `threads`
/// threads for an utterance.
///
/// # Errors
/// When whisper.cpp does not take the file; in English, for the log.
pub(super) fn engine(path: &Path, threads: usize) -> Result<Engine, String> {
    static QUIET: Once = Once::new();
    // Its words for the terminal would be written into the server's log.
    QUIET.call_once(whisper_rs::install_logging_hooks);
    // Flash attention costs a third more on a CPU.
    let context = WhisperContext::new_with_params(path, WhisperContextParameters::default())
        .map_err(|e| format!("{}: {e}", path.display()))?;
    let context = Arc::new(context);
    Ok(Arc::new(move || {
        let state = context.create_state().map_err(|e| e.to_string())?;
        Ok(Box::new(Whisper {
            state,
            first_special: context.token_eot(),
            threads,
            template: None,
            abort: Arc::new(ArcSwap::from_pointee(Abort::default())),
        }))
    }))
}

/// One state of a shared model.
struct Whisper {
    state: WhisperState,
    /// Tokens from this on are no text.
    first_special: i32,
    threads: usize,
    template: Option<Template>,
    /// The flag of the utterance under way.
    abort: Arc<ArcSwap<Abort>>,
}

/// Parameters for a language and a prompt. whisper-rs leaks what its setters
/// are given, so that they are made once and copied for each utterance.
struct Template {
    language: Language,
    prompt: Arc<str>,
    params: FullParams<'static, 'static>,
}

impl Whisper {
    fn params(&mut self, request: &Request) -> FullParams<'static, 'static> {
        if let Some(t) = &self.template
            && t.language == request.language
            && t.prompt == request.prompt
        {
            return t.params.clone();
        }
        let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        params.set_n_threads(i32::try_from(self.threads).unwrap_or(1));
        match request.language {
            Language::Chinese => params.set_language(Some("zh")),
            Language::Detected => params.set_language(Some("auto")),
        }
        if !request.prompt.is_empty() {
            params.set_initial_prompt(&request.prompt.replace('\0', ""));
        }
        params.set_temperature_inc(0.0);
        params.set_no_context(true);
        params.set_single_segment(true);
        params.set_no_timestamps(true);
        params.set_print_special(false);
        params.set_print_progress(false);
        params.set_print_realtime(false);
        params.set_print_timestamps(false);
        let abort = Arc::clone(&self.abort);
        // The type must be the boxed one: whisper-rs casts what it is given
        // to it, so that a plain closure would be called at a wrong address.
        let stopped: Box<dyn FnMut() -> bool> = Box::new(move || abort.load().is_set());
        params.set_abort_callback_safe::<_, Box<dyn FnMut() -> bool>>(stopped);
        self.template = Some(Template {
            language: request.language,
            prompt: Arc::clone(&request.prompt),
            params: params.clone(),
        });
        params
    }

    fn transcript(&self) -> Transcript {
        let mut text = Vec::new();
        let (mut tokens, mut sum) = (0_usize, 0.0_f32);
        for segment in self.state.as_iter() {
            // Bytes: a token may end within a character.
            text.extend_from_slice(segment.to_bytes().unwrap_or_default());
            let of_text = (0..segment.n_tokens())
                .filter_map(|i| segment.get_token(i))
                .map(|t| t.token_data())
                .filter(|t| t.id < self.first_special);
            for token in of_text {
                tokens += 1;
                sum += token.plog;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "at most some hundred tokens")]
        let log_probability = (tokens > 0).then(|| sum / tokens as f32);
        Transcript {
            text: String::from_utf8_lossy(&text).trim().to_owned(),
            log_probability,
            tokens,
        }
    }
}

impl Recogniser for Whisper {
    fn recognise(
        &mut self,
        samples: &[f32],
        request: &Request,
    ) -> Result<Transcript, RecogniserError> {
        if request.abort.is_set() {
            return Err(RecogniserError::Aborted);
        }
        self.abort.store(Arc::new(request.abort.clone()));
        let mut params = self.params(request);
        let width = match request.width {
            Width::Utterance => window::width(samples.len()),
            Width::Full => window::FULL,
        };
        params.set_audio_ctx(i32::try_from(width).unwrap_or(0));
        params.set_max_tokens(i32::try_from(window::most_tokens(samples.len())).unwrap_or(0));
        match self.state.full(params, samples) {
            Ok(()) => Ok(self.transcript()),
            // whisper.cpp tells an abort as a failure to encode or decode.
            Err(_) if request.abort.is_set() => Err(RecogniserError::Aborted),
            Err(error) => Err(RecogniserError::Failed(error.to_string())),
        }
    }

    fn has_window(&self) -> bool {
        true
    }
}
