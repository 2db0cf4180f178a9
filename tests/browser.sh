#!/usr/bin/env bash
# Runs the browser tests against a server of their own with a fresh database.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
data=$(mktemp -d)
log="$data/server.log"
hello="$data/hello.json"

# Without models: a sentence encoder is slow in a debug build.
target/debug/linli serve --json --listen 127.0.0.1:0 --data "$data/data" \
  --models-dir "$data/models" >"$hello" 2>"$log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT

for _ in $(seq 300); do
  [ -s "$hello" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.1
done
read_field() { tests/tools.sh npm exec --offline --silent -- node -p "JSON.parse(require('fs').readFileSync('$hello', 'utf8')).$1"; }
LINLI_URL="http://$(read_field listen)"
LINLI_ADMIN_PASSWORD=$(read_field admin_password)
export LINLI_URL LINLI_ADMIN_PASSWORD
status=0
tests/tools.sh npm --prefix kiosk run e2e -- "$@" || status=$?
[ "$status" -eq 0 ] || tail -n 40 "$log" >&2
exit "$status"
