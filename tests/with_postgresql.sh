#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL server on a free loopback port; JARCYCLE_TEST_POSTGRESQL names its database.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ]; then
  echo "PostgreSQL is not installed. Install it: apt-get install postgresql" >&2
  exit 1
fi
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
run_as=()
if [ "$(id -u)" = 0 ]; then  # the server refuses to run as root
  chown postgres "$folder"
  run_as=(runuser -u postgres --)
fi
stop() { "${run_as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
"${run_as[@]}" "$bin/initdb" -D "$folder/data" -U jarcycle -A trust >/dev/null
"${run_as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses=127.0.0.1 -p $port -k $folder -c fsync=off -c synchronous_commit=off" start >/dev/null
"${run_as[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U jarcycle jarcycle
JARCYCLE_TEST_POSTGRESQL="postgresql+psycopg://jarcycle@127.0.0.1:$port/jarcycle" "$@"
