#!/usr/bin/env bash
# Everything that CI checks about the pallet: format, tests of the pallet (100,000 random calls among them), of the template
# runtime (the numbers of the README), of the fuzz targets' bodies and of the runtime; every benchmark once; and that the committed runtime is the
# one that this code gives.
#   STELLA_RANDOM_CALLS    random calls, STELLA_RANDOM_SEED  another run of them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# rustup's toolchain, if there is one, before others in PATH: it brings rustfmt and builds the tests faster.
if [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ]; then export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"; fi
part() { printf -- '-- %s, after %d min %d s\n' "$1" "$((SECONDS / 60))" "$((SECONDS % 60))"; }

if cargo fmt --version >/dev/null 2>&1; then cargo fmt --check; fi
part "tests"
cargo test --locked -p pallet-stella -p stella-template-runtime -p pallet-stella-fuzz -p stella-runtime
part "tests with the constants of production, which the embedded chain does not use"
cargo test --locked -p stella-runtime --no-default-features --features std
part "benchmarks, each once"
cargo test --locked -p pallet-stella --features runtime-benchmarks benchmark
part "the committed runtime"
scripts/build-runtime.sh --check
part "done"
