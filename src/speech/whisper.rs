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
        // Bytes: a token may end within a character.
        let (mut text, mut certain) = (Vec::new(), Vec::new());
        let (mut tokens, mut sum) = (0_usize, 0.0_f32);
        for segment in self.state.as_iter() {
            let of_text = (0..segment.n_tokens())
                .filter_map(|i| segment.get_token(i))
                .filter(|t| t.token_id() < self.first_special)
                .map(|t| (t.token_data(), t.to_bytes().unwrap_or_default()));
            for (token, bytes) in of_text {
                tokens += 1;
                sum += token.plog;
                certain.resize(certain.len() + bytes.len(), token.plog.exp());
                text.extend(bytes);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "at most some hundred tokens")]
        let log_probability = (tokens > 0).then(|| sum / tokens as f32);
        let (text, certain) = by_character(&text, &certain);
        Transcript {
            text,
            log_probability,
            tokens,
            certain,
        }
    }
}

/// Text from its bytes without what is blank around it, and for each character the
/// least that its bytes have.
fn by_character(bytes: &[u8], of_bytes: &[f32]) -> (String, Vec<f32>) {
    let mut of_characters = Vec::new();
    let mut rest = of_bytes;
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            let (own, others) = rest.split_at(c.len_utf8().min(rest.len()));
            of_characters.push(own.iter().copied().fold(1.0, f32::min));
            text.push(c);
            rest = others;
        }
        rest = &rest[chunk.invalid().len().min(rest.len())..];
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            of_characters.push(0.0);
        }
    }
    let blank = text.chars().take_while(|c| c.is_whitespace()).count();
    let trimmed = text.trim();
    let kept = of_characters.into_iter().skip(blank);
    let kept = kept.take(trimmed.chars().count()).collect();
    (trimmed.to_owned(), kept)
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

#[cfg(test)]
mod tests {
    use super::by_character;

    #[test]
    fn a_character_is_as_sure_as_its_least_sure_byte() {
        // 社 in two tokens, a blank before it, and half of another after it.
        let bytes = [b" \xe7\xa4\xbe".as_slice(), b"a\xe5\x8c"].concat();
        let (text, certain) = by_character(&bytes, &[0.9, 0.8, 0.3, 0.8, 0.5, 0.4, 0.4]);
        assert_eq!(text, "社a\u{fffd}");
        assert_eq!(certain, [0.3, 0.5, 0.0]);
        assert_eq!(by_character(b"  ", &[0.9, 0.9]), (String::new(), vec![]));
        assert_eq!(by_character(b"ab", &[0.9]).1, [0.9, 1.0], "one is not told");
    }
}
