# SPDX-License-Identifier: Apache-2.0
# Debian's libgit2.a is built with network transports. keysift never opens a
# socket, so what those need is not linked: every undefined symbol of the
# archive that belongs to GSSAPI, libssh2 or mbed TLS becomes a function of
# scanner/git/offline.c: it refuses (-1), or accepts (0) where git_libgit2_init()
# would take a refusal as fatal; two more say themselves why they are there.
# SHA-256 is kept.
function(keysift_offline_symbols target archive)
  if(NOT archive MATCHES "\\.a$")
    return()  # a shared library brings its own
  endif()
  execute_process(COMMAND ${CMAKE_NM} -u ${archive}
    OUTPUT_VARIABLE listing ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "U [A-Za-z0-9_]+" symbols "${listing}")
  list(TRANSFORM symbols REPLACE "^U " "")
  list(FILTER symbols INCLUDE REGEX "^(gss|GSS|mbedtls|libssh2)_")
  list(FILTER symbols EXCLUDE REGEX "^mbedtls_sha256_")
  list(REMOVE_DUPLICATES symbols)
  list(SORT symbols)
  set(options "--undefined=keysift_offline_refuse\n--undefined=keysift_offline_accept\n")
  foreach(symbol IN LISTS symbols)
    set(answer refuse)
    if(symbol MATCHES "_(init|seed|defaults|free)$"
       OR symbol MATCHES "^mbedtls_ssl_conf_")
      set(answer accept)
    endif()
    if(symbol STREQUAL "mbedtls_ssl_config_init")
      set(answer clear)
    elseif(symbol STREQUAL "mbedtls_ssl_conf_rng")
      set(answer keep)
    endif()
    string(APPEND options "--defsym=${symbol}=keysift_offline_${answer}\n")
  endforeach()
  set(file ${CMAKE_BINARY_DIR}/offline_symbols.ld_options)
  file(CONFIGURE OUTPUT ${file} CONTENT "${options}" @ONLY)
  # Not "LINKER:@…": clang would read the file itself, as its own options.
  target_link_options(${target} INTERFACE "-Wl,@${file}")
endfunction()
