#!/usr/bin/env bash
# Measures every call and every part of the hook on this machine and writes pallets/stella/src/weights.rs.
#   benchmark.sh [--check]     --check: few steps and repeats, writes nothing, shows only that every benchmark runs
# It takes the template runtime as wasm, with the feature runtime-benchmarks, and runs it by `weigh`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tools=$(scripts/wasm-toolchain.sh)
eval "$tools"
target="${CARGO_TARGET_DIR:-$PWD/target}"
wasm="$target/wasm/wasm32v1-none/release/stella_template_runtime.wasm"
rm -f "$wasm"
(
  export CARGO_INCREMENTAL=0 RUSTC="$WASM_RUSTC" CARGO_TARGET_DIR="$target/wasm"
  export CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS="-C link-arg=--export-table -C link-arg=--export=__heap_base \
    -C link-arg=--import-memory --cfg substrate_runtime $WASM_FLAGS"
  if [ -n "$WASM_LINKER" ]; then export CARGO_TARGET_WASM32V1_NONE_LINKER="$WASM_LINKER"; fi
  "$WASM_CARGO" rustc --locked -p stella-template-runtime --lib --crate-type cdylib --no-default-features \
    --features runtime-benchmarks --target wasm32v1-none --release -- -C link-arg=--strip-all >&2
)

if [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ]; then export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"; fi
steps=20 repeats=20 output=pallets/stella/src/weights.rs
if [ "${1:-}" = --check ]; then steps=2 repeats=1 output=$(mktemp); fi
WEIGH_DATE=$(date -I) CARGO_TARGET_DIR="${WEIGH_TARGET_DIR:-$target/weigh}" cargo run --locked --release --manifest-path weigh/Cargo.toml -- \
  "$wasm" pallet_stella $steps $repeats scripts/weights.hbs "$output"
