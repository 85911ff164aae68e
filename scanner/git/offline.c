// SPDX-License-Identifier: Apache-2.0
//
// What stands in for the network libraries that Debian's libgit2.a asks for
// (third_party/offline_symbols.cmake lists them): every call of theirs ends in
// one of these. libgit2 starts up, and any transport fails at its first step.
#include <malloc.h>
#include <string.h>

int keysift_offline_refuse(void);
int keysift_offline_accept(void);
void keysift_offline_clear(void* block);
void keysift_offline_keep(void* config, void* call, void* source);
extern void* keysift_offline_kept;

int keysift_offline_refuse(void) { return -1; }

int keysift_offline_accept(void) { return 0; }

// For mbedtls_ssl_config_init(): libgit2 allocates the TLS configuration with
// malloc(), has it initialised here, and later frees what its members point
// to. Its size is known to the allocator alone, since no TLS header is used.
void keysift_offline_clear(void* block) {
  memset(block, 0, malloc_usable_size(block));
}

void* keysift_offline_kept;

// For mbedtls_ssl_conf_rng(): the configuration would hold libgit2's only
// pointer to the random source, and leak checkers want to see one.
void keysift_offline_keep(void* config, void* call, void* source) {
  (void)config;
  (void)call;
  keysift_offline_kept = source;
}
