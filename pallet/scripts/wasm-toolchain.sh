#!/usr/bin/env bash
# Finds or installs a Rust toolchain that builds wasm32v1-none, and prints it as shell assignments for `eval`:
#   WASM_CARGO, WASM_RUSTC   the programs;  WASM_FLAGS  extra rustc flags;  WASM_LINKER  linker or empty
#   WASM_TOOLCHAIN           its name as it is recorded beside the committed runtime
# WASM_TOOLCHAIN_KIND=rustup|debian chooses the kind to try first. Without it that is the kind that built the committed
# runtime, because only the same compiler gives the same bytes; where it cannot be had, the other one is taken.
# Progress goes to stderr, so stdout stays clean for `eval`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
record="$here/../../dev-chain/src/main/runtime/stella-runtime.txt"
target=wasm32v1-none
say() { echo "wasm-toolchain: $*" >&2; }
print() { printf '%s=%q\n' "$@"; }

rustup_toolchain() {
  command -v rustup >/dev/null || { say "rustup is not installed"; return 1; }
  # A download that cannot succeed should not hold up the build for long.
  rustup target list --installed 2>/dev/null | grep -qx $target ||
    timeout 120 rustup target add $target >&2 || { say "rustup cannot add the target $target"; return 1; }
  # The programs themselves, not rustup's proxies: another toolchain may stand before the proxies in PATH.
  local cargo rustc
  cargo=$(rustup which cargo) && rustc=$(rustup which rustc) || return 1
  print WASM_CARGO "$cargo" WASM_RUSTC "$rustc" WASM_FLAGS "" WASM_LINKER "" WASM_TOOLCHAIN "rustup $("$rustc" -V)"
}

# Debian has the compiler and the sources of the core library, but no ready core library for wasm32v1-none:
# it is built once (about 20 s) into a cache folder that serves as the compiler's sysroot.
debian_toolchain() {
  local packages="rustc-web cargo-web rust-web-src lld-19" rustc=/usr/bin/rustc
  # shellcheck disable=SC2086  # a list of names
  if ! dpkg -s $packages >/dev/null 2>&1; then
    command -v apt-get >/dev/null || { say "this is no Debian, apt-get is missing"; return 1; }
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } >&2 ||
      { say "apt-get cannot install $packages (root needed)"; return 1; }
  fi
  local version library sysroot
  version=$(dpkg-query -W -f '${Version}' rustc-web)
  library=$(dpkg -L rust-web-src | sed -n 's|/core/src/lib.rs$||p' | grep '/library$' | grep -v testsuite | head -1)
  [ -n "$library" ] || { say "rust-web-src has no library/core"; return 1; }
  sysroot="${XDG_CACHE_HOME:-$HOME/.cache}/stella/wasm-sysroot-$version"
  [ -e "$sysroot/lib/rustlib/$target/lib/liballoc.rlib" ] || build_core "$rustc" "$library" "$sysroot" || return 1
  print WASM_CARGO /usr/bin/cargo WASM_RUSTC $rustc WASM_LINKER wasm-ld-19 WASM_FLAGS "--sysroot=$sysroot" \
    WASM_TOOLCHAIN "Debian rustc-web $version"
}

build_core() {
  local rustc=$1 library=$2 sysroot=$3 out
  say "building the core library for $target into $sysroot"
  rm -rf "$sysroot.new"
  out="$sysroot.new/lib/rustlib/$target/lib"
  mkdir -p "$out"
  local common=(--target $target --crate-type rlib -C opt-level=3 -C embed-bitcode=yes -C debuginfo=0 -C codegen-units=1
    -Z force-unstable-if-unmarked -C panic=abort --edition 2024 --cap-lints allow --out-dir "$out" -L "dependency=$out"
    --remap-path-prefix="$library=/library")
  # The standard library may use unstable features; a release compiler allows that only when told so.
  export RUSTC_BOOTSTRAP=1
  "$rustc" --crate-name core "$library/core/src/lib.rs" "${common[@]}" >&2 || return 1
  "$rustc" --crate-name compiler_builtins "$library/compiler-builtins/compiler-builtins/src/lib.rs" "${common[@]}" \
    --cfg 'feature="compiler-builtins"' --cfg 'feature="mem"' --cfg 'feature="arch"' --cfg intrinsics_enabled \
    --cfg arch_enabled --cfg optimizations_enabled --extern "core=$out/libcore.rlib" >&2 || return 1
  "$rustc" --crate-name alloc "$library/alloc/src/lib.rs" "${common[@]}" --extern "core=$out/libcore.rlib" \
    --extern "compiler_builtins=$out/libcompiler_builtins.rlib" >&2 || return 1
  unset RUSTC_BOOTSTRAP
  # Only a complete build gets the final name: an interrupted one starts afresh.
  rm -rf "$sysroot" && mv "$sysroot.new" "$sysroot"
}

kind=${WASM_TOOLCHAIN_KIND:-}
if [ -z "$kind" ]; then
  kind=rustup
  if [ -f "$record" ] && grep -q '^toolchain: Debian' "$record"; then kind=debian; fi
fi
case $kind in
  rustup) rustup_toolchain || debian_toolchain ;;
  debian) debian_toolchain || rustup_toolchain ;;
  *) say "unknown WASM_TOOLCHAIN_KIND '$kind': rustup or debian"; exit 2 ;;
esac || { say "no toolchain for $target: install rustup, or on Debian run this as root"; exit 1; }
