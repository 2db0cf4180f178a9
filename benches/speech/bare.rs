//! whisper.cpp through its C interface, with the parameters that linli uses and
//! nothing around it.
#![expect(unsafe_code, reason = "the C interface is what is measured")]

use linli::speech::{PLAIN_PROMPT, SAMPLE_RATE};
use std::ffi::{CStr, CString, c_int};
use std::path::Path;
use whisper_rs::whisper_rs_sys as sys;

/// A model and one state of it.
pub struct Bare {
    context: *mut sys::whisper_context,
    state: *mut sys::whisper_state,
    threads: c_int,
    prompt: CString,
}

impl Bare {
    /// Loads a ggml file.
    pub fn load(model: &Path, threads: usize) -> Self {
        let path = CString::new(model.to_string_lossy().as_bytes()).expect("a path");
        // SAFETY: the path is a C string; what comes back is checked.
        let (context, state) = unsafe {
            let mut params = sys::whisper_context_default_params();
            params.flash_attn = false;
            let context = sys::whisper_init_from_file_with_params_no_state(path.as_ptr(), params);
            assert!(!context.is_null(), "loads");
            (context, sys::whisper_init_state(context))
        };
        assert!(!state.is_null(), "a state");
        Self {
            context,
            state,
            threads: c_int::try_from(threads).expect("few"),
            prompt: CString::new(PLAIN_PROMPT).expect("no zero in it"),
        }
    }

    /// Writes the words of an utterance into `text`.
    pub fn recognise(&mut self, samples: &[f32], text: &mut String) {
        let strategy = sys::whisper_sampling_strategy_WHISPER_SAMPLING_GREEDY;
        // SAFETY: both pointers are those of `load` and live as long as this; the
        // strings outlive the call; the samples are as many as is said.
        unsafe {
            let mut params = sys::whisper_full_default_params(strategy);
            params.n_threads = self.threads;
            params.language = c"zh".as_ptr();
            params.initial_prompt = self.prompt.as_ptr();
            params.temperature_inc = 0.0;
            params.greedy.best_of = 1;
            params.no_context = true;
            params.single_segment = true;
            params.no_timestamps = true;
            params.print_progress = false;
            params.print_timestamps = false;
            params.audio_ctx = audio_ctx(samples.len());
            params.max_tokens = max_tokens(samples.len());
            let length = c_int::try_from(samples.len()).expect("short");
            let failed = sys::whisper_full_with_state(
                self.context,
                self.state,
                params,
                samples.as_ptr(),
                length,
            );
            assert_eq!(failed, 0, "recognised");
            text.clear();
            for segment in 0..sys::whisper_full_n_segments_from_state(self.state) {
                let words = sys::whisper_full_get_segment_text_from_state(self.state, segment);
                text.push_str(&CStr::from_ptr(words).to_string_lossy());
            }
        }
        *text = text.trim().to_owned();
    }
}

/// The rule of `speech/window.rs`, written once more: the same call is compared.
fn audio_ctx(samples: usize) -> c_int {
    let own = (samples * 50).div_ceil(SAMPLE_RATE);
    let width = (own + 128).next_multiple_of(64).clamp(384, 1500);
    c_int::try_from(width).expect("at most 1500")
}

fn max_tokens(samples: usize) -> c_int {
    let tokens = (9 * samples).div_ceil(SAMPLE_RATE) + 4;
    c_int::try_from(tokens.min(220)).expect("at most 220")
}

impl Drop for Bare {
    fn drop(&mut self) {
        // SAFETY: made in `load`, freed once.
        unsafe {
            sys::whisper_free_state(self.state);
            sys::whisper_free(self.context);
        }
    }
}
