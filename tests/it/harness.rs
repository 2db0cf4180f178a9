//! A launched server on a free port, and clients for it.

use futures_util::{SinkExt, StreamExt};
use linli::config::{Config, Overrides};
use linli::protocol::terminal::{ClipRef, Numbered, TerminalMessage, TerminalRequest};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Nothing in these tests takes longer unless it hangs.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn knowledge_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/knowledge")
}

pub fn config(data: &Path) -> Config {
    let overrides = Overrides {
        listen: Some("127.0.0.1:0".parse().unwrap()),
        data_dir: Some(data.to_owned()),
        knowledge_dir: Some(knowledge_dir()),
        ..Overrides::default()
    };
    let mut config = Config::load(None, overrides).unwrap();
    config.demo_place = Some("test-home".to_owned());
    // What this machine can speak with is not what is tested.
    config.voice = linli::speech::MouthSettings::default();
    config
}

/// A server in this process.
pub struct Server {
    pub address: SocketAddr,
    pub flow: Arc<linli::flow::Flow>,
    pub kiosk_key: String,
    pub admin_password: String,
    pub data: TempDir,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<std::io::Result<()>>>,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_built(async |data| {
            let mut config = config(data);
            change(&mut config);
            linli::app::build(&config).await.unwrap()
        })
        .await
    }

    /// As `build` makes it in an empty data folder.
    pub async fn start_built(build: impl AsyncFnOnce(&Path) -> linli::app::App) -> Self {
        let data = tempfile::tempdir().unwrap();
        let app = build(data.path()).await;
        let listener = linli::app::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let flow = Arc::clone(&app.flow);
        let kiosk_key = app.first_run.demo_key.clone().unwrap();
        let admin_password = app.first_run.admin_password.clone().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(linli::app::launch(app, listener, async move {
            let _ = stopped.await;
        }));
        Self {
            address,
            flow,
            kiosk_key,
            admin_password,
            data,
            stop: Some(stop),
            task: Some(task),
        }
    }

    pub async fn stop(mut self) -> TempDir {
        drop(self.stop.take());
        if let Some(task) = self.task.take() {
            tokio::time::timeout(PATIENCE, task)
                .await
                .unwrap()
                .unwrap()
                .unwrap();
        }
        self.data
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn terminal(&self) -> Terminal {
        let mut terminal = Terminal::connect(self.address, &self.kiosk_key)
            .await
            .unwrap();
        terminal.hello(None).await;
        terminal
    }

    pub async fn signed_in(&self, name: &str, password: &str) -> Desk {
        let desk = Desk::new(self.address);
        let (status, _) = desk
            .post("/api/session", &json!({"name": name, "password": password}))
            .await;
        assert_eq!(status, 200);
        desk
    }

    pub async fn admin(&self) -> Desk {
        self.signed_in("admin", &self.admin_password.clone()).await
    }

    pub async fn worker(&self, name: &str) -> Desk {
        let made = linli::app::add_user(
            &self.flow,
            name,
            "王老师",
            linli::model::Role::Worker,
            "worker-password",
        );
        made.await.unwrap();
        self.signed_in(name, "worker-password").await
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A terminal's socket.
pub struct Terminal {
    pub socket: Socket,
    pub session: String,
    pub seq: u64,
    /// What was said with the last message.
    pub audio: Vec<ClipRef>,
    /// Packets of sound that came before it.
    pub packets: Vec<Vec<u8>>,
}

impl Terminal {
    pub async fn connect(address: SocketAddr, key: &str) -> Result<Self, Error> {
        let mut request = format!("ws://{address}/ws/terminal").into_client_request()?;
        if !key.is_empty() {
            request
                .headers_mut()
                .insert("authorization", format!("Bearer {key}").parse().unwrap());
        }
        let (socket, _) = tokio_tungstenite::connect_async(request).await?;
        Ok(Self {
            socket,
            session: String::new(),
            seq: 0,
            audio: Vec::new(),
            packets: Vec::new(),
        })
    }

    pub async fn hello(&mut self, resume: Option<Value>) -> TerminalMessage {
        let mut hello = json!({"type": "hello", "version": 1});
        if let Some(resume) = resume {
            hello["resume"] = resume;
        }
        self.raw(&hello.to_string()).await;
        let first = self.next().await;
        let TerminalMessage::Hello { session, .. } = &first else {
            panic!("{first:?}")
        };
        self.session.clone_from(session);
        first
    }

    pub async fn raw(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub async fn send(&mut self, request: &TerminalRequest) {
        self.raw(&serde_json::to_string(request).unwrap()).await;
    }

    pub async fn ask(&mut self, turn: &str, text: &str) -> TerminalMessage {
        self.send(&TerminalRequest::Ask {
            turn: turn.to_owned(),
            text: text.to_owned(),
        })
        .await;
        self.next().await
    }

    pub async fn next(&mut self) -> TerminalMessage {
        self.try_next().await.expect("a message")
    }

    /// The next message; nothing when the socket is closed.
    pub async fn try_next(&mut self) -> Option<TerminalMessage> {
        self.packets.clear();
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next())
                .await
                .expect("in time");
            match frame {
                Some(Ok(Message::Text(text))) => {
                    let numbered: Numbered = serde_json::from_str(&text).unwrap();
                    self.seq = numbered.seq;
                    self.audio = numbered.audio;
                    return Some(numbered.message);
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(Message::Binary(packet))) => self.packets.push(packet.to_vec()),
                Some(Ok(_)) => {}
            }
        }
    }

    /// Messages up to the first that `wanted` accepts.
    pub async fn until(&mut self, wanted: impl Fn(&TerminalMessage) -> bool) -> TerminalMessage {
        for _ in 0..50 {
            let message = self.next().await;
            if wanted(&message) {
                return message;
            }
        }
        panic!("not within 50 messages");
    }
}

/// A signed-in browser.
pub struct Desk {
    pub client: reqwest::Client,
    address: SocketAddr,
}

impl Desk {
    pub fn new(address: SocketAddr) -> Self {
        // The program brings TLS without a provider for the process.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .no_proxy()
            .build()
            .unwrap();
        Self { client, address }
    }

    async fn body(response: reqwest::Response) -> (u16, Value) {
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        let url = format!("http://{}{path}", self.address);
        Self::body(self.client.get(url).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("http://{}{path}", self.address);
        Self::body(self.client.post(url).json(body).send().await.unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        let url = format!("http://{}{path}", self.address);
        Self::body(self.client.delete(url).send().await.unwrap()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("http://{}{path}", self.address);
        Self::body(self.client.put(url).json(body).send().await.unwrap()).await
    }
}
