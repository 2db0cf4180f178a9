//! An engine that is another server: OpenAI's `/v1/audio/transcriptions`, as
//! FunASR, sherpa-onnx and others offer it.

use super::SAMPLE_RATE;
use super::recogniser::{
    Abort, Engine, Language, Recogniser, RecogniserError, Request, Transcript,
};
use super::settings::Endpoint;
use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use std::sync::{Arc, Once};
use std::time::Duration;

/// How often the one who waits is asked whether they still do.
const ASK_EVERY: Duration = Duration::from_millis(50);
/// A longer answer is no transcript of 15 seconds.
const LONGEST_ANSWER: usize = 1 << 20;

/// The engine that asks this server.
pub(super) fn engine(endpoint: Endpoint) -> Engine {
    Arc::new(move || Ok(Box::new(Remote::new(endpoint.clone())?)))
}

struct Remote {
    endpoint: Endpoint,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

#[derive(Deserialize)]
struct Answer {
    text: String,
    #[serde(default)]
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    avg_logprob: Option<f32>,
}

fn failed(why: impl std::fmt::Display) -> RecogniserError {
    RecogniserError::Failed(format!("transcription server: {why}"))
}

impl Remote {
    fn new(endpoint: Endpoint) -> Result<Self, String> {
        static PROVIDER: Once = Once::new();
        // Fails when there is one already, which is as good.
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let client = reqwest::Client::builder()
            .timeout(endpoint.timeout)
            .connect_timeout(endpoint.timeout.min(Duration::from_secs(2)))
            .build()
            .map_err(|e| e.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Self {
            endpoint,
            client,
            runtime,
        })
    }

    async fn ask(&self, samples: &[f32], request: &Request) -> Result<Transcript, RecogniserError> {
        let file = Part::bytes(wav(samples))
            .file_name("utterance.wav")
            .mime_str("audio/wav")
            .map_err(failed)?;
        let mut form = Form::new()
            .part("file", file)
            .text("model", self.endpoint.model.clone())
            .text("response_format", "json")
            .text("temperature", "0");
        if request.language == Language::Chinese {
            form = form.text("language", "zh");
        }
        if !request.prompt.is_empty() {
            form = form.text("prompt", request.prompt.to_string());
        }
        let mut post = self.client.post(&self.endpoint.url).multipart(form);
        if let Some(key) = &self.endpoint.key {
            post = post.bearer_auth(key);
        }
        // The address is left out of errors: it may hold a key.
        let mut response = post.send().await.map_err(|e| failed(e.without_url()))?;
        let status = response.status();
        if !status.is_success() {
            return Err(failed(format_args!("status {status}")));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|e| failed(e.without_url()))?
        {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_ANSWER {
                return Err(failed("its answer has no end"));
            }
        }
        let answer: Answer = serde_json::from_slice(&body)
            .map_err(|_| failed("its answer is not {\"text\": ...}"))?;
        Ok(transcript(answer))
    }
}

impl Recogniser for Remote {
    fn recognise(
        &mut self,
        samples: &[f32],
        request: &Request,
    ) -> Result<Transcript, RecogniserError> {
        self.runtime.block_on(async {
            tokio::select! {
                answer = self.ask(samples, request) => answer,
                () = aborted(&request.abort) => Err(RecogniserError::Aborted),
            }
        })
    }
}

async fn aborted(abort: &Abort) {
    while !abort.is_set() {
        tokio::time::sleep(ASK_EVERY).await;
    }
}

fn transcript(answer: Answer) -> Transcript {
    let sure: Vec<f32> = answer
        .segments
        .iter()
        .filter_map(|s| s.avg_logprob)
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a few segments")]
    let log_probability = (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32);
    Transcript {
        text: without_tags(&answer.text),
        log_probability,
        tokens: 0,
        certain: Vec::new(),
    }
}

/// SenseVoice puts language and mood before the words: `<|zh|><|NEUTRAL|>`.
fn without_tags(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once("<|") {
        words.push_str(before);
        rest = tag.split_once("|>").map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words.trim().to_owned()
}

/// A WAV file of 16-bit samples.
fn wav(samples: &[f32]) -> Vec<u8> {
    let rate = u32::try_from(SAMPLE_RATE).unwrap_or(0);
    let length = u32::try_from(samples.len() * 2).unwrap_or(0);
    let mut bytes = Vec::with_capacity(44 + samples.len() * 2);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + length).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    // PCM, one channel.
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&rate.to_le_bytes());
    bytes.extend_from_slice(&(rate * 2).to_le_bytes());
    bytes.extend_from_slice(&2_u16.to_le_bytes());
    bytes.extend_from_slice(&16_u16.to_le_bytes());
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&length.to_le_bytes());
    for sample in samples {
        #[expect(clippy::cast_possible_truncation, reason = "clamped to 16 bits")]
        let sample = (sample.clamp(-1.0, 1.0) * 32_767.0) as i16;
        bytes.extend_from_slice(&sample.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
#[path = "remote_tests.rs"]
mod tests;
