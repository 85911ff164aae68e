#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what keysift is built from: Debian 12's own packages, nothing else.
#   third_party/install-debian.sh [build] [test]     (default: build)
# Does nothing, and needs no root, where all of it is there already.
set -eu

build='cmake ninja-build g++ git
  libgit2-dev libhttp-parser-dev libpcre2-dev libmbedtls-dev zlib1g-dev
  libre2-dev nlohmann-json3-dev libcli11-dev libtomlplusplus-dev
  libdeflate-dev libexpected-dev nettle-dev libsqlite3-dev libarchive-dev
  libseccomp-dev'
test='doctest-dev python3 clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev ccache
  libbenchmark-dev'

# Hyperscan is for x86; Vectorscan has the same interface elsewhere.
case $(dpkg --print-architecture) in
  amd64 | i386) build="$build libhyperscan-dev" ;;
  *) build="$build libvectorscan-dev" ;;
esac

wanted=''
for set in "${@:-build}"; do
  case $set in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    *) echo "install-debian.sh: no set $set; there are build and test" >&2
       exit 2 ;;
  esac
done

missing=''
for package in $wanted; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=''
if [ "$(id -u)" -ne 0 ]; then
  sudo=sudo
  command -v sudo >/dev/null || {
    echo "install-debian.sh: run it as root; it would install:$missing" >&2
    exit 1
  }
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# $missing is a list of words.
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing
