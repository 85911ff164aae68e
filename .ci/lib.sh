# SPDX-License-Identifier: Apache-2.0
# Shared by the scripts beside it; sourced, not run.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*" >&2; }

# configure PRESET [OPTION...]
configure() {
  preset=$1
  shift
  launcher=''
  command -v ccache >/dev/null && launcher=ccache
  cmake --preset "$preset" -DCMAKE_CXX_COMPILER_LAUNCHER="$launcher" "$@" >/dev/null
}
