#!/usr/bin/env bash
# Everything that CI checks about the pallet: format, tests of pallet and runtime, and that the committed runtime is the
# one that this code gives.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# rustup's toolchain, if there is one, before others in PATH: it brings rustfmt and builds the tests faster.
if [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ]; then export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"; fi
if cargo fmt --version >/dev/null 2>&1; then cargo fmt --check; fi
cargo test --locked -p pallet-stella -p stella-runtime
# The constants of production, which the embedded chain does not use.
cargo test --locked -p stella-runtime --no-default-features --features std
scripts/build-runtime.sh --check
