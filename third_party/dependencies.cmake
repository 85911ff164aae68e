# SPDX-License-Identifier: Apache-2.0
# The only place that looks for libraries. Each becomes one target
# keysift_<library>, linked from Debian's static archive where there is one.
# README.md beside this file names package, least version, licence and room.
find_package(Threads REQUIRED)
include(third_party/offline_symbols.cmake)

function(keysift_library name header)
  add_library(keysift_${name} INTERFACE)
  find_path(KEYSIFT_${name}_INCLUDE ${header} REQUIRED)
  target_include_directories(keysift_${name} SYSTEM INTERFACE ${KEYSIFT_${name}_INCLUDE})
  foreach(archive IN LISTS ARGN)
    find_library(KEYSIFT_ARCHIVE_${archive} NAMES lib${archive}.a ${archive} REQUIRED)
    target_link_libraries(keysift_${name} INTERFACE ${KEYSIFT_ARCHIVE_${archive}})
  endforeach()
endfunction()

keysift_library(expected tl/expected.hpp)
keysift_library(deflate libdeflate.h deflate)
keysift_library(nettle nettle/sha1.h nettle)
keysift_library(json nlohmann/json.hpp)
keysift_library(sqlite sqlite3.h sqlite3)
keysift_library(git2 git2.h git2 http_parser pcre2-8 mbedcrypto z)
keysift_library(archive archive.h archive)
keysift_library(toml toml++/toml.h)
keysift_library(hyperscan hs/hs.h hs)
keysift_library(re2 re2/re2.h re2)
keysift_library(cli11 CLI/CLI.hpp)
keysift_library(seccomp seccomp.h seccomp)
keysift_offline_symbols(keysift_git2 ${KEYSIFT_ARCHIVE_git2})
target_link_libraries(keysift_re2 INTERFACE Threads::Threads)
