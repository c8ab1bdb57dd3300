#!/usr/bin/env bash
# Builds the runtime of the development chain as wasm, the same bytes wherever the same compiler builds it.
#   build-runtime.sh             builds and prints path, size and SHA-256
#   build-runtime.sh --refresh   and writes it, compressed, to dev-chain/src/main/runtime, with a text file about it;
#                                refuses changed code under the old spec_version, unless UNRELEASED=1 says that no
#                                chain runs that version yet
#   build-runtime.sh --check     and compares it with what lies there: exit 1 if the pallet changed and that did not.
#                                Another compiler gives other bytes, so there only the fingerprint of the code and the
#                                spec version are compared, and the output says so.
# CARGO_TARGET_DIR moves the build out of the tree.
set -euo pipefail
mode=${1:-build}
case $mode in build | --refresh | --check) ;; *) sed -n '2,10s/^# \?//p' "$0" >&2; exit 2 ;; esac
workspace=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kept="$workspace/../dev-chain/src/main/runtime"
record="$kept/stella-runtime.txt"
cd "$workspace"
fail() { echo "build-runtime: $*" >&2; exit 1; }
recorded() { sed -n "s/^$1: //p" "$record"; }

tools=$(scripts/wasm-toolchain.sh)
eval "$tools"

build() {
  # Paths of this machine end up in panic messages; the remaps take them out.
  local home=${CARGO_HOME:-$HOME/.cargo}
  export CARGO_INCREMENTAL=0 RUSTC="$WASM_RUSTC" CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$workspace/target}/wasm"
  export CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS="-C link-arg=--export-table -C link-arg=--export=__heap_base \
    -C link-arg=--import-memory --cfg substrate_runtime --remap-path-prefix=$home/registry/src=/cargo \
    --remap-path-prefix=$workspace=/src $WASM_FLAGS"
  if [ -n "$WASM_LINKER" ]; then export CARGO_TARGET_WASM32V1_NONE_LINKER="$WASM_LINKER"; fi
  wasm="$CARGO_TARGET_DIR/wasm32v1-none/release/stella_runtime.wasm"
  # A failed build leaves the old file, which must not pass for the new one.
  rm -f "$wasm"
  "$WASM_CARGO" rustc --locked -p stella-runtime --lib --crate-type cdylib --no-default-features --features fast \
    --target wasm32v1-none --release -- -C link-arg=--strip-all >&2
}

hash_of() { sha256sum "$1" | cut -d' ' -f1; }
spec_version() { sed -n 's/^ *spec_version: \([0-9]*\),.*/\1/p' runtime/src/lib.rs; }
# One number for everything that decides the bytes besides the compiler: sources, manifests, lockfile.
fingerprint() {
  find Cargo.toml Cargo.lock runtime pallets -type f \( -name '*.rs' -o -name 'Cargo.*' \) \
    ! -path '*/tests/*' ! -path '*/fuzz/*' ! -name tests.rs ! -name mock.rs ! -path '*/target/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

if [ "$mode" = --check ]; then
  # What needs no compiler comes first: minutes saved where something is plainly wrong.
  [ -f "$record" ] && [ -f "$kept/stella-runtime.wasm.gz" ] || fail "no runtime in $kept: run with --refresh"
  committed=$(gzip -dc "$kept/stella-runtime.wasm.gz" | sha256sum | cut -d' ' -f1) ||
    fail "stella-runtime.wasm.gz is damaged: take it from the repository again, or run with --refresh"
  [ "$committed" = "$(recorded sha256)" ] || fail "stella-runtime.wasm.gz is not the file that its text file describes"
  [ "$(recorded 'spec version')" = "$(spec_version)" ] ||
    fail "spec_version is $(spec_version), the committed runtime has $(recorded 'spec version'): run with --refresh"
fi
build
hash=$(hash_of "$wasm")
echo "runtime:    $wasm"
echo "size:       $(stat -c %s "$wasm") bytes"
echo "sha256:     $hash"
echo "toolchain:  $WASM_TOOLCHAIN"

case $mode in
  --refresh)
    if [ -f "$record" ] && [ "$(recorded code)" != "$(fingerprint)" ] && [ "${UNRELEASED:-0}" != 1 ] &&
      [ "$(spec_version)" -le "$(recorded 'spec version')" ]; then
      fail "the code changed, spec_version did not: raise it in runtime/src/lib.rs above $(recorded 'spec version')"
    fi
    mkdir -p "$kept"
    gzip -n -9 -c "$wasm" >"$kept/stella-runtime.wasm.gz"
    printf '%s\n' "sha256: $hash" "spec version: $(spec_version)" "toolchain: $WASM_TOOLCHAIN" "code: $(fingerprint)" \
      "built by: pallet/scripts/build-runtime.sh --refresh" >"$record"
    echo "refreshed:  $kept/stella-runtime.wasm.gz, $(stat -c %s "$kept/stella-runtime.wasm.gz") bytes" ;;
  --check)
    if [ "$(recorded toolchain)" = "$WASM_TOOLCHAIN" ]; then
      [ "$committed" = "$hash" ] || fail "the code gives another runtime than the committed one ($committed):" \
        "raise spec_version in runtime/src/lib.rs and run with --refresh"
      echo "checked:    the committed runtime is what this code gives"
    else
      [ "$(recorded code)" = "$(fingerprint)" ] || fail "the code is not the one that gave the committed runtime:" \
        "raise spec_version in runtime/src/lib.rs and run with --refresh"
      echo "checked:    code and spec version only, since the committed runtime was built by $(recorded toolchain)"
    fi ;;
esac
