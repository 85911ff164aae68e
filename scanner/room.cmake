# SPDX-License-Identifier: Apache-2.0
# keysift_room(NAME [SOURCES file...] [ROOMS room...] [LIBS target...])
# One room: a static library keysift_NAME that sees the headers of the rooms it
# names (all of them above it in the top CMakeLists.txt) and its own libraries.
function(keysift_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBS" ${ARGN})
  list(TRANSFORM ROOM_ROOMS PREPEND keysift_)
  if(ROOM_SOURCES)
    add_library(keysift_${name} STATIC ${ROOM_SOURCES})
    target_include_directories(keysift_${name} PUBLIC ${PROJECT_SOURCE_DIR}/scanner)
    target_link_libraries(keysift_${name} PUBLIC ${ROOM_ROOMS} PRIVATE ${ROOM_LIBS} keysift_flags)
    target_link_libraries(keysift_${name} PUBLIC keysift_expected)
  else()
    add_library(keysift_${name} INTERFACE)
    target_include_directories(keysift_${name} INTERFACE ${PROJECT_SOURCE_DIR}/scanner)
    target_link_libraries(keysift_${name} INTERFACE ${ROOM_ROOMS} ${ROOM_LIBS} keysift_expected)
  endif()
endfunction()

# How all of our code is compiled: warnings as errors. The one left out is GCC
# 12's -Wrestrict, which is wrong about std::string (GCC bug 105651).
add_library(keysift_flags INTERFACE)
target_compile_options(keysift_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
foreach(sanitizer IN LISTS KEYSIFT_SANITIZER)
  target_compile_options(keysift_flags INTERFACE -fsanitize=${sanitizer} -fno-omit-frame-pointer)
  target_link_options(keysift_flags INTERFACE -fsanitize=${sanitizer})
endforeach()
if(KEYSIFT_FUZZ)  # coverage for libFuzzer; only its targets have its main
  target_compile_options(keysift_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
