# SPDX-License-Identifier: Apache-2.0
# Debian's libgit2.a is built with network transports. keysift never opens a
# socket, so what those need is not linked: every undefined symbol of the
# archive that belongs to GSSAPI, libssh2 or mbed TLS becomes one of two
# functions of scanner/git/offline.c. One refuses (-1); the other accepts (0),
# for what git_libgit2_init() calls and takes as fatal. SHA-256 is kept.
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
    if(symbol MATCHES "_(init|seed|defaults|free|parse_file|parse_path)$"
       OR symbol MATCHES "^mbedtls_ssl_conf_")
      set(answer accept)
    endif()
    string(APPEND options "--defsym=${symbol}=keysift_offline_${answer}\n")
  endforeach()
  set(file ${CMAKE_BINARY_DIR}/offline_symbols.ld_options)
  file(CONFIGURE OUTPUT ${file} CONTENT "${options}" @ONLY)
  target_link_options(${target} INTERFACE "LINKER:@${file}")
endfunction()
