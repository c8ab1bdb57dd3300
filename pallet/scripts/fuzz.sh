#!/usr/bin/env bash
# Fuzzes every decoder of users' bytes with libFuzzer: fuzz.sh [seconds per target] [target ...]
# Any rustc serves: only the pallet and the targets are instrumented, by flags of the stable compiler, so that all
# libraries are those of the tests. What is found stays in fuzz/corpus and fuzz/artifacts under the target folder.
# Without a C++ compiler, which libFuzzer needs, it says so and ends with 0: the bodies of the targets run in
# `cargo test -p pallet-stella-fuzz` too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ]; then export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"; fi
seconds=${1:-5}
shift $(($# > 0 ? 1 : 0))
if ! command -v "${CXX:-c++}" >/dev/null; then
  echo "fuzz: no C++ compiler, so no libFuzzer; the targets' bodies run as an ordinary test only" >&2
  exit 0
fi
work="${CARGO_TARGET_DIR:-$PWD/target}/fuzz"
mkdir -p "$work"
names=$(cargo run --quiet --locked -p pallet-stella-fuzz --example seeds "$work/seeds")

# A program is instrumented by a wrapper around the compiler, which Cargo uses for crates of this workspace only.
cat >"$work/rustc-with-coverage" <<'W'
#!/bin/sh
exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing
W
chmod +x "$work/rustc-with-coverage"
RUSTC_WORKSPACE_WRAPPER="$work/rustc-with-coverage" cargo build --quiet --locked -p pallet-stella-fuzz --features libfuzzer --bins

programs="${CARGO_TARGET_DIR:-$PWD/target}/debug"
for name in ${*:-$names}; do
  mkdir -p "$work/corpus/$name" "$work/artifacts/$name"
  log="$work/$name.log"
  "$programs/$name" "$work/corpus/$name" "$work/seeds/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$work/artifacts/$name/" -print_final_stats=1 >"$log" 2>&1 ||
    { tail -n 40 "$log" >&2; echo "fuzz: $name failed; its input lies in $work/artifacts/$name" >&2; exit 1; }
  awk -v name="$name" '/number_of_executed_units/ { runs = $2 } / cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1) }
    END { printf "fuzz: %-18s %8d runs, %d edges\n", name, runs, cov; if (runs == 0 || cov == 0) exit 1 }' "$log" ||
    { echo "fuzz: $name ran without coverage, so it proved nothing" >&2; exit 1; }
done
