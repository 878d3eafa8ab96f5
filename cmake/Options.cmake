# How every target is compiled: warnings are errors, ccache and a fast linker where present.
option(WINNOW_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(WINNOW_FUZZ "Build tests/fuzz with libFuzzer, which is clang's; else they replay the cases that were found" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                    -Wcast-qual -Wimplicit-fallthrough -Werror
                    # members that a designated initialiser leaves out have their defaults
                    -Wno-missing-field-initializers)

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Assertions stay on: a broken invariant must stop the program before it reaches the store.
  string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
  string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
endif()

if(WINNOW_SANITIZE)
  # -O1 -g1: the sanitized suite must fit in CI's minutes; stacks still name their lines.
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
  # g++ 12 sees uninitialised members in the sanitizers' own code for std::function (catch.hpp).
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
                      $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=address,undefined)
endif()

if(WINNOW_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()
