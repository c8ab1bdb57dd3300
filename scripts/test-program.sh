#!/usr/bin/env bash
# The program as a user runs it: built by its launcher, from the shell. What Java can test is tested there; this is for what only a
# shell sees: the launcher, exit codes, streams, signals.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0

pass() { passed=$((passed + 1)); echo "ok: $1"; }
fail() {
  echo "FAILED: $1" >&2
  [ -f "$work/out" ] && sed 's/^/  out: /' "$work/out" >&2
  [ -f "$work/err" ] && sed 's/^/  err: /' "$work/err" >&2
  exit 1
}

# expect CODE NAME COMMAND...: runs it, keeps its streams in $work/out and $work/err
expect() {
  local code=$1 name=$2 got=0
  shift 2
  "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
  [ "$got" = "$code" ] || fail "$name: exit $got instead of $code"
}

says() { grep -qF -- "$2" "$work/$1" || fail "'$2' is not in $1"; }

expect 0 "the launcher builds and runs" ./stella --version
pass "the launcher builds what is missing and runs"

expect 0 "a second run builds nothing" ./stella --version
if grep -q building "$work/err"; then fail "a second run builds again"; fi
pass "a second run builds nothing"

expect 0 "demo" ./stella demo README.md --output json
python3 - "$work/out" README.md <<'PY'
import hashlib, json, sys

story = json.load(open(sys.argv[1]))
want = ["network", "genesis", "cid", "pieceCid", "request", "deals", "fetched", "reputation", "blocks", "seconds"]
assert list(story) == want, list(story)
assert story["fetched"]["equal"] is True
assert story["fetched"]["sha256"] == hashlib.sha256(open(sys.argv[2], "rb").read()).hexdigest()
assert len(story["deals"]) == 2 and all(d["state"] == "Active" and d["proofs"] >= 2 for d in story["deals"]), story["deals"]
served = {r["name"]: r for r in story["reputation"]}
for deal in story["deals"]:
    assert served[deal["store"]]["scorePpm"] > 500_000 and served[deal["store"]]["items"] >= 4, served
assert served["fetch-1"]["scorePpm"] > 500_000, served
PY
cid=$(./stella cid README.md)
says out "\"$cid\""
pass "demo stores, proves twice, inspects, rates, fetches back: $(python3 -c "import json;print(json.load(open('$work/out'))['seconds'])") s"

expect 2 "an unknown command" ./stella dmeo
says err "demo"
pass "an unknown command is answered with the one that was meant"

STELLA_JAVA_HOME=$work expect 2 "a JDK too old" ./stella --version
says err "JDK 25"
pass "a missing JDK is named with what to install"

expect 5 "a node that is not running" ./stella deal ls --node http://127.0.0.1:9
says err "try:"
pass "a node that is not running is named with the command that mends it"

# A background process of a script ignores Ctrl-C; one that a person starts does not.
foreground() { exec python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])' "$@"; }

mkfifo "$work/ready"
foreground ./stella dev --data "$work/net" --http 0 --rpc 0 --block-time 200ms >"$work/dev.out" 2>"$work/ready" &
dev=$!
while read -r line; do
  echo "$line" >>"$work/dev.err"
  case "$line" in ready*) break ;; esac
done <"$work/ready"
grep -q ^ready "$work/dev.err" || { cat "$work/dev.err" >&2; fail "dev did not get ready"; }
cat "$work/ready" >>"$work/dev.err" &
export STELLA_DATA="$work/net"
expect 0 "put" ./stella put examples/digits.onnx --output json
cid=$(python3 -c "import json;print(json.load(open('$work/out'))['cid'])")
expect 0 "get" ./stella get "$cid" -o "$work/digits.onnx"
cmp examples/digits.onnx "$work/digits.onnx" || fail "get returned other bytes"
pass "dev, put and get by hand"

kill -INT "$dev"
code=0
wait "$dev" || code=$?
[ "$code" = 130 ] || fail "dev ended with $code after Ctrl-C"
[ ! -f "$work/net/node.json" ] || fail "dev left node.json behind"
pass "Ctrl-C ends dev cleanly"

echo "$passed passed, 0 failed"
