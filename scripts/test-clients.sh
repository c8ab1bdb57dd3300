#!/usr/bin/env bash
# Other people's clients against our chain, and our client against other people's servers: each folder below */src/it with a run.sh.
#
#   ./stella test clients            all
#   scripts/test-clients.sh NAME...  those of these names
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/stella" --version

failed=()
ran=0
for script in "$root"/*/src/it/*/run.sh; do
  name=$(basename "$(dirname "$script")")
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  printf '\n-- %s\n' "$name"
  started=$SECONDS
  ran=$((ran + 1))
  if "$script"; then echo "ok in $((SECONDS - started)) s"; else failed+=("$name"); fi
done
if [ "$ran" -eq 0 ]; then
  echo "error: there is no client of the name $*" >&2
  exit 2
fi
if [ ${#failed[@]} -gt 0 ]; then
  echo "error: failed: ${failed[*]}" >&2
  exit 1
fi
