#!/usr/bin/env bash
# Our client against chopsticks: starts it with the specification that `stella chain spec` writes, and lets Drive.java connect, read
# metadata, follow blocks, send transfers and read storage. Needs node >= 20 and npm; the packages go into a cache once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
. "$root/scripts/toolchain.sh"

java=$(stella_java_home)/bin/java
classes=${STELLA_CLASSES:-"$root/node/target/node-0.1.0.jar:$root/node/target/lib/*"}
run() { "$java" --sun-misc-unsafe-memory-access=allow -XX:-DontCompileHugeMethods -cp "$classes" "$@"; }

command -v npm >/dev/null 2>&1 || { echo "error: npm is not installed"; echo "try:   install Node.js 20 or newer"; exit 1; } >&2
packages="$STELLA_CACHE/clients/chopsticks-$(sha256sum "$here/package-lock.json" | cut -c 1-16)"
if [ ! -f "$packages/.complete" ]; then
  rm -rf "$packages"
  mkdir -p "$packages"
  cp "$here/package.json" "$here/package-lock.json" "$packages/"
  # Without scripts: the only one compiles a database that is not used here, for minutes.
  (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) || { tail -n 20 "$packages/npm.log" >&2; exit 1; }
  touch "$packages/.complete"
fi

work=$(mktemp -d)
pids=()
stop() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

await() { # await WORDS FILE: until a line of FILE has WORDS
  local waited=0
  until grep -q "$1" "$2" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    if [ "$waited" -ge 180 ]; then
      echo "error: '$1' did not come within 180 s" >&2
      tail -n 20 "$2" >&2 || true
      exit 1
    fi
  done
}

run stella.node.Main chain spec -o "$work/spec.json"
node "$here/serve.mjs" "$work/spec.json" >"$work/port" &
pids+=($!)
await '[0-9]' "$work/port"
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
node "$packages/node_modules/.bin/chopsticks" --chain-spec="http://127.0.0.1:$(cat "$work/port")/spec.json" --port "$port" \
  --build-block-mode=Instant >"$work/chopsticks.log" 2>&1 &
pids+=($!)
await 'RPC listening' "$work/chopsticks.log"
run "$here/Drive.java" "ws://127.0.0.1:$port"
