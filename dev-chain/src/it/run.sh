#!/usr/bin/env bash
# Starts the embedded chain and drives it with the clients that people use, each in its folder beside this file with its manifest and lockfile.
# Clients are installed once into a cache (STELLA_CACHE, else the user's), by the ordinary package managers.
#
#   dev-chain/src/it/run.sh [CLIENT...]      polkadot-js polkadot-api dedot substrate-interface; without names: all
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
. "$root/scripts/toolchain.sh"
java=$(stella_java_home)/bin/java
classes=${STELLA_CLASSES:-"$root/node/target/node-0.1.0.jar:$root/node/target/lib/*"}
cache=${STELLA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/stella}/clients
patience=120

[ $# -gt 0 ] || set -- polkadot-js polkadot-api dedot substrate-interface

# Installs what the lockfile says, unless that is what is there.
install() {
  local client=$1 into=$cache/$1 lock
  lock=$({ cat "$here/$client"/package-lock.json "$here/$client"/requirements.txt 2>/dev/null || true; } | sha256sum)
  if [ "$(cat "$into/.lock" 2>/dev/null)" != "$lock" ]; then
    rm -rf "$into"
    mkdir -p "$into"
    if [ -f "$here/$client/package.json" ]; then
      cp "$here/$client"/package*.json "$into"
      npm ci --prefix "$into" --ignore-scripts --no-audit --no-fund --loglevel=error
    else
      python3 -m venv "$into"
      "$into/bin/pip" install --quiet --disable-pip-version-check -r "$here/$client/requirements.txt"
    fi
    echo "$lock" >"$into/.lock"
  fi
  cp "$here/$client"/client.* "$into"
}

drive() {
  if [ -f "$cache/$1/client.js" ]; then
    timeout "$patience" node "$cache/$1/client.js" "$2"
  else
    timeout "$patience" "$cache/$1/bin/python" "$cache/$1/client.py" "$2"
  fi
}

for client in "$@"; do
  [ -d "$here/$client" ] || { echo "error: no client $client" >&2; exit 2; }
  install "$client"
done

# Finality lags as on a real chain: polkadot-api waits for ever for a block that is final before it has read its events.
work=$(mktemp -d)
"$java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:-DontCompileHugeMethods -XX:+UseCompactObjectHeaders \
  -cp "$classes" stella.devchain.Main --block-time 250 --finality-lag 3 >"$work/out" 2>"$work/err" &
chain=$!
trap 'kill "$chain" 2>/dev/null || true; rm -rf "$work"' EXIT
until url=$(grep -m1 '^ws://' "$work/out"); do
  kill -0 "$chain" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
  read -r -t 0.1 <> <(:) || true
done

passed=0
failed=0
for client in "$@"; do
  if drive "$client" "$url" >"$work/$client" 2>&1; then
    passed=$((passed + 1))
    tail -n 2 "$work/$client"
  else
    failed=$((failed + 1))
    echo "FAILED: $client" >&2
    tail -n 40 "$work/$client" >&2
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
