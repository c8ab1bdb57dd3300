#!/usr/bin/env bash
# Measures every call and every part of the hook on this machine and writes pallets/stella/src/weights.rs.
#   benchmark.sh [--check]     --check: few steps and repeats, writes nothing, shows only that every benchmark runs
# It takes the template runtime as wasm, with the feature runtime-benchmarks. OMNI_BENCHER names a frame-omni-bencher;
# without it one in PATH is taken, or it is built once into ~/.cache/stella (half an hour).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=0.28.0
cache="${XDG_CACHE_HOME:-$HOME/.cache}/stella/omni-bencher-$version"
if [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ]; then export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"; fi
bencher=${OMNI_BENCHER:-$(command -v frame-omni-bencher || echo "$cache/bin/frame-omni-bencher")}
if [ ! -x "$bencher" ]; then
  echo "benchmark: building frame-omni-bencher $version into $cache" >&2
  cargo install frame-omni-bencher --version $version --locked --root "$cache"
fi

tools=$(scripts/wasm-toolchain.sh)
eval "$tools"
target="${CARGO_TARGET_DIR:-$PWD/target}/wasm"
wasm="$target/wasm32v1-none/release/stella_template_runtime.wasm"
rm -f "$wasm"
(
  export CARGO_INCREMENTAL=0 RUSTC="$WASM_RUSTC" CARGO_TARGET_DIR="$target"
  export CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS="-C link-arg=--export-table -C link-arg=--export=__heap_base \
    -C link-arg=--import-memory --cfg substrate_runtime $WASM_FLAGS"
  if [ -n "$WASM_LINKER" ]; then export CARGO_TARGET_WASM32V1_NONE_LINKER="$WASM_LINKER"; fi
  "$WASM_CARGO" rustc --locked -p stella-template-runtime --lib --crate-type cdylib --no-default-features \
    --features runtime-benchmarks --target wasm32v1-none --release -- -C link-arg=--strip-all >&2
)

effort=(--steps 20 --repeat 20 --output pallets/stella/src/weights.rs --template scripts/weights.hbs)
if [ "${1:-}" = --check ]; then effort=(--steps 2 --repeat 1); fi
"$bencher" v1 benchmark pallet --runtime "$wasm" --pallet pallet_stella --extrinsic '*' --wasm-execution compiled \
  --genesis-builder runtime --genesis-builder-preset development "${effort[@]}"
