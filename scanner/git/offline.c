// SPDX-License-Identifier: Apache-2.0
//
// What stands in for the network libraries that Debian's libgit2.a asks for
// (third_party/offline_symbols.cmake lists them): every call of theirs ends in
// one of these. libgit2 starts up, and any transport fails at its first step.

int keysift_offline_refuse(void);
int keysift_offline_accept(void);

int keysift_offline_refuse(void) { return -1; }

int keysift_offline_accept(void) { return 0; }
