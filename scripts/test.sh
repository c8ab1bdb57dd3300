#!/usr/bin/env bash
# Everything that CI runs: Java, the pallet, the runtime's wasm, and the program end to end. Installs what is missing by the
# system's package managers. Exits at the first part that fails.
#
#   ./stella test [java] [pallet] [program] [clients]
#
# Without names: java, pallet and program. `clients` runs when named: it installs other people's packages from npm and PyPI, whose
# days off should not be ours.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/toolchain.sh

step() { printf '\n== %s\n' "$*"; }

wanted() { # wanted PART PARTS...: no names mean all
  local part=$1
  shift
  [ $# -eq 0 ] && return 0
  local name
  for name in "$@"; do [ "$name" = "$part" ] && return 0; done
  return 1
}

for name in "$@"; do
  case "$name" in
    java | pallet | program | clients) ;;
    *) { echo "error: unknown part of the tests: $name"; echo "try:   ./stella test [java] [pallet] [program] [clients]"; } >&2; exit 2 ;;
  esac
done

if wanted pallet "$@"; then
  step "pallet and runtime (Rust)"
  pallet/scripts/test.sh
fi

if wanted java "$@"; then
  step "Java: build with all checks, unit and integration tests"
  ./mvnx clean verify
fi

if wanted program "$@"; then
  step "the program, as a user runs it"
  scripts/test-program.sh
fi

if [ $# -gt 0 ] && wanted clients "$@"; then
  step "other people's clients and servers"
  scripts/test-clients.sh
  ./stella --version >/dev/null
  dev-chain/src/it/run.sh
fi

step "all passed in $((SECONDS / 60)) min $((SECONDS % 60)) s"
