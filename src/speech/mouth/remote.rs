//! A voice that is another server: OpenAI's `/v1/audio/speech`, as local servers
//! and most vendors offer it.

use super::super::audio_file::{Fault, decode, resampled, with_length};
use super::super::recogniser::Abort;
use super::super::settings::Endpoint;
use super::sound::{RATE, Sound};
use super::voice::{Saying, Style, Voice, VoiceError, VoiceMaker};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Arc, Once};
use std::time::Duration;

/// How often the one who waits is asked whether they still do.
const ASK_EVERY: Duration = Duration::from_millis(50);
/// Three minutes of 48 kHz in 16 bits. A longer answer is none.
const LARGEST: usize = 18 << 20;
/// Seconds that a text may take to be said.
const LONGEST: usize = 180;
/// How much of what a server says is wrong goes to the log.
const SAID: usize = 300;
/// So many characters in a row of the text are the text.
const REPEATED: usize = 4;

/// The maker of voices that ask this server.
pub(super) fn maker(
    endpoint: Endpoint,
    format: String,
    fields: BTreeMap<String, String>,
) -> VoiceMaker {
    Arc::new(move || {
        Ok(Box::new(Remote::new(
            endpoint.clone(),
            format.clone(),
            fields.clone(),
        )?))
    })
}

struct Remote {
    endpoint: Endpoint,
    format: String,
    fields: BTreeMap<String, String>,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

fn failed(why: impl std::fmt::Display) -> VoiceError {
    VoiceError::Failed(format!("speech server: {why}"))
}

impl Remote {
    fn new(
        endpoint: Endpoint,
        format: String,
        fields: BTreeMap<String, String>,
    ) -> Result<Self, String> {
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
            format,
            fields,
            client,
            runtime,
        })
    }

    fn body(&self, text: &str, style: &Style) -> Value {
        let mut body: Map<String, Value> = self
            .fields
            .iter()
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect();
        for (name, value) in [
            ("model", json!(self.endpoint.model)),
            ("input", json!(text)),
            ("voice", json!(style.voice)),
            ("speed", json!(style.speed)),
            ("response_format", json!(self.format)),
        ] {
            body.insert(name.to_owned(), value);
        }
        Value::Object(body)
    }

    async fn ask(&self, text: &str, style: &Style) -> Result<Vec<u8>, VoiceError> {
        let mut post = self
            .client
            .post(&self.endpoint.url)
            .json(&self.body(text, style));
        if let Some(key) = &self.endpoint.key {
            post = post.bearer_auth(key);
        }
        // The address is left out of errors: it may hold a key.
        let mut response = post.send().await.map_err(|e| failed(e.without_url()))?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|e| failed(e.without_url()))?
        {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST {
                return Err(failed("its answer has no end"));
            }
        }
        if !status.is_success() {
            let told = said(&body, text);
            return Err(failed(format_args!("status {status}: {told}")));
        }
        Ok(body)
    }
}

/// What a server says of a fault, in whatever shape: the first words of it. Not
/// when it repeats the text, which may be a person's words and is for no log.
fn said(body: &[u8], text: &str) -> String {
    let Ok(told) = std::str::from_utf8(body) else {
        return "something that is no text".to_owned();
    };
    let spoken: Vec<char> = text.chars().collect();
    let repeats = |part: &[char]| told.contains(&part.iter().collect::<String>());
    if spoken
        .windows(REPEATED.min(spoken.len().max(1)))
        .any(repeats)
    {
        return "something that repeats the text".to_owned();
    }
    told.chars()
        .filter(|c| !c.is_control())
        .take(SAID)
        .collect()
}

impl Voice for Remote {
    fn speak(
        &mut self,
        script: &Saying,
        style: &Style,
        abort: &Abort,
    ) -> Result<Sound, VoiceError> {
        if script.clauses.iter().all(|c| c.syllables.is_empty()) {
            return Err(VoiceError::Nothing);
        }
        let body = self.runtime.block_on(async {
            tokio::select! {
                answer = self.ask(&script.text, style) => answer,
                () = aborted(abort) => Err(VoiceError::Aborted),
            }
        })?;
        let told = said(&body, &script.text);
        let (mono, rate) = decode(
            Box::new(Cursor::new(with_length(body))),
            Some(&self.format),
            LONGEST,
        )
        .map_err(|fault| match fault {
            Fault::Foreign => failed(format_args!("no {} but: {told}", self.format)),
            Fault::Long | Fault::Silent => failed("its sound is empty or has no end"),
        })?;
        let samples = resampled(mono, rate, RATE)
            .ok_or_else(|| failed(format_args!("{rate} samples a second")))?;
        Ok(Sound {
            samples,
            marks: Vec::new(),
        })
    }
}

async fn aborted(abort: &Abort) {
    while !abort.is_set() {
        tokio::time::sleep(ASK_EVERY).await;
    }
}

#[cfg(test)]
#[path = "remote_tests.rs"]
mod tests;
