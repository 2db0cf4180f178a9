#!/bin/sh
# Runs a command with a throw-away PostgreSQL:
#
#   tests/postgres.sh cargo test --no-default-features --lib store::
#
# The command finds the database's URL in LINLI_TEST_POSTGRES. The database
# lies in a temporary folder, listens on a socket there and nowhere else, and
# is gone when the command ends, however it ends. Its exit code is the
# command's.
set -eu

if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT...]" >&2
    exit 2
fi

# Debian keeps the server's programs off the path, one folder a version.
programs=""
for found in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V); do
    if [ -x "$found/initdb" ]; then
        programs=$found
    fi
done
if [ -z "$programs" ]; then
    if ! initdb=$(command -v initdb); then
        echo "$0: initdb is not installed; on Debian and Ubuntu: apt-get install postgresql" >&2
        exit 1
    fi
    programs=$(dirname "$initdb")
fi

# PostgreSQL refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
    if ! id postgres >/dev/null 2>&1; then
        echo "$0: run as root, this needs a user named postgres" >&2
        exit 1
    fi
    as_owner() { (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"); }
else
    as_owner() { "$@"; }
fi

# The path of a socket may have 107 characters, so not under a deep TMPDIR.
folder=$(mktemp -d /tmp/linli-postgres.XXXXXX)
finish() {
    status=$?
    trap - EXIT INT TERM HUP
    if [ -f "$folder/data/postmaster.pid" ]; then
        as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
fi
# The folder stays closed to others: whoever reaches the socket is let in.
log="$folder/log"
if ! as_owner "$programs/initdb" -D "$folder/data" -U linli -A trust -E UTF8 --locale=C \
    --no-sync >"$folder/initdb.log" 2>&1; then
    cat "$folder/initdb.log" >&2
    exit 1
fi
if ! as_owner "$programs/pg_ctl" -D "$folder/data" -l "$log" -w -t 30 \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200" \
    start >/dev/null; then
    cat "$log" >&2
    exit 1
fi

# The host is the socket's folder, percent-encoded as a URL wants it.
host=$(printf '%s' "$folder" | sed 's|/|%2F|g')
LINLI_TEST_POSTGRES="postgres://linli@$host/postgres"
export LINLI_TEST_POSTGRES
"$@"
