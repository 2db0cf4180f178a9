#!/usr/bin/env bash
# Sees to it that the tools are there.
#
#   tools.sh build      what building needs: a C++ compiler, cmake, Node.js
#   tools.sh test       and what the tests need: Chromium, fonts, PostgreSQL
#   tools.sh npm ARGS   runs npm with a Node.js that is new enough
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

# Vite needs Node.js 20.19 or newer; older systems get one from npm, beside
# the project's other packages.
own_node="$here/kiosk/.node"

node_is_new() {
  command -v node >/dev/null 2>&1 &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

use_node() {
  if [ -x "$own_node/node_modules/node/bin/node" ]; then
    PATH="$own_node/node_modules/node/bin:$PATH"
    export PATH
  fi
}

install() {
  [ $# -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these programs with your system's package manager, then try again: $*" >&2
    exit 1
  fi
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
      root=(sudo)
    elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then
      echo "These packages are missing: $*. Your password is needed to install them."
      root=(sudo)
    else
      echo "These packages are missing and may not be installed from here: $*" >&2
      echo "Please run: apt-get install $* (as root), then try again." >&2
      exit 1
    fi
  fi
  echo "Installing: $*"
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

missing=()
need() { # command package
  command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}

# What is good to have, and is got where nobody must be asked for it: it says
# answers until the voice that is fetched has said them.
wish() { # command and package
  command -v "$1" >/dev/null 2>&1 && return
  if [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }; then
    (install "$1") || true
  fi
  command -v "$1" >/dev/null 2>&1 || echo "Without $1: answers are heard once their sound is made."
}

build_tools() {
  if ! command -v cargo >/dev/null 2>&1; then
    echo "Rust is missing. Install it from https://rustup.rs and try again." >&2
    exit 1
  fi
  need cc gcc
  need c++ g++
  need cmake cmake
  need node nodejs
  need npm npm
  install ${missing[@]+"${missing[@]}"}
  missing=()
  wish espeak-ng
  use_node
  if ! node_is_new; then
    echo "Node.js $(node --version) is too old for the page builder; fetching a newer one through npm."
    npm install --prefix "$own_node" --no-audit --no-fund --loglevel=error node@22
    use_node
    node_is_new || { echo "Please install Node.js 20.19 or newer and try again." >&2; exit 1; }
  fi
}

case "${1:-}" in
  build) build_tools ;;
  test)
    build_tools
    need chromium chromium
    fc-list 2>/dev/null | grep -qi 'Noto Sans CJK' || missing+=(fonts-noto-cjk fontconfig)
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
    install ${missing[@]+"${missing[@]}"}
    ;;
  npm)
    shift
    use_node
    exec npm "$@"
    ;;
  *)
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
