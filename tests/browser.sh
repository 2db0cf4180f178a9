#!/usr/bin/env bash
# Runs the browser tests against a server of their own with a fresh database.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"

# Starts a server with the models of folder $1, if any, and waits for it: a debug
# build on a busy machine may take a minute to learn the knowledge base.
start() {
  data=$(mktemp -d)
  log="$data/server.log"
  hello="$data/hello.json"
  target/debug/linli serve --json --listen 127.0.0.1:0 --data "$data/data" \
    --models-dir "$1" >"$hello" 2>"$log" &
  server=$!
  for _ in $(seq 3000); do
    [ -s "$hello" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.1
  done
  [ -s "$hello" ] || { echo "the server did not start within 5 minutes" >&2; cat "$log" >&2; exit 1; }
  LINLI_URL="http://$(read_field listen)"
  LINLI_ADMIN_PASSWORD=$(read_field admin_password)
  export LINLI_URL LINLI_ADMIN_PASSWORD
}
stop() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$data"
}
node() { tests/tools.sh npm exec --offline --silent -- node "$@"; }
read_field() { node -p "JSON.parse(require('fs').readFileSync('$hello', 'utf8')).$1"; }
walks() {
  local status=0
  tests/tools.sh npm --prefix kiosk run e2e -- "$@" || status=$?
  [ "$status" -eq 0 ] || tail -n 40 "$log" >&2
  return "$status"
}

# Without models: a sentence encoder is slow in a debug build.
models=$(mktemp -d)
trap 'stop; rm -rf "$models"' EXIT
start "$models"
walks "$@"

# One question is really spoken, where there are models and a recording
# beside them. Without the sentence encoder, again.
[ $# -eq 0 ] || exit 0
clip="${LINLI_MODELS_DIR:-}/../audio/questions/d0020.flac"
whisper="${LINLI_MODELS_DIR:-}/ggml-base-q8_0.bin"
silero="${LINLI_MODELS_DIR:-}/ggml-silero-v6.2.0.bin"
if [ -e "$clip" ] && [ -e "$whisper" ] && [ -e "$silero" ]; then
  stop
  ln -s "$(realpath "$whisper")" "$(realpath "$silero")" "$models"
  node kiosk/scripts/clip.mjs "$clip" "$models/clip.wav"
  start "$models"
  LINLI_CLIP="$models/clip.wav" LINLI_CLIP_ANSWER=医保码 \
    walks --grep "spoken to the real server"
else
  echo "skipped: no Whisper base, Silero and recordings in LINLI_MODELS_DIR"
fi
