# What every target of ours is compiled with.
add_library(dynarock_options INTERFACE)
target_compile_features(dynarock_options INTERFACE cxx_std_23)
target_include_directories(dynarock_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(dynarock_options INTERFACE DYNAROCK_VERSION="${PROJECT_VERSION}")
target_compile_options(dynarock_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  # GCC 12 sees faults that are not there where optimised code joins short strings (GCC bugs 105329, 105651).
  -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
  $<$<BOOL:${DYNAROCK_WERROR}>:-Werror>
  -ffunction-sections -fdata-sections)
# Checks that cost next to nothing (docs/decisions/0013-hardening.md): buffers of known size, return addresses, and the
# bounds of what the standard library indexes. A failed check ends the program, instead of memory being read or written that is
# another's. The sanitizers have checks of their own for the first two.
target_compile_options(dynarock_options INTERFACE
  $<$<CONFIG:Release>:-U_FORTIFY_SOURCE>
  $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3>
  $<$<CONFIG:Release>:-fstack-protector-strong>)
target_compile_definitions(dynarock_options INTERFACE _GLIBCXX_ASSERTIONS)
# A plain char is signed on amd64, where the tests run most, and unsigned on arm64; the images for both behave alike.
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(dynarock_options INTERFACE -fsigned-char)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)

# dynarock_room(NAME [COLD] SOURCES file... LINKS target... [PCH header...])
# A room: a static library with the project's options and the precompiled standard headers. COLD: not on the path of requests,
# compiled for size, since the image has a limit.
function(dynarock_room name)
  cmake_parse_arguments(ROOM "COLD" "" "SOURCES;LINKS;PCH" ${ARGN})
  add_library(${name} STATIC ${ROOM_SOURCES})
  if(ROOM_COLD)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-Os>)
  endif()
  target_link_libraries(${name} PUBLIC dynarock_options ${ROOM_LINKS})
  target_precompile_headers(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/std_pch.h ${ROOM_PCH})
endfunction()

# dynarock_test(NAME SOURCES file... LINKS target...)
# A GoogleTest program for one room, run by ctest as a whole.
function(dynarock_test name)
  cmake_parse_arguments(T "" "" "SOURCES;LINKS;PCH" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE dynarock_options ${T_LINKS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE DYNAROCK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_precompile_headers(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/std_pch.h <gtest/gtest.h> ${T_PCH})
  add_test(NAME ${name} COMMAND ${name})
endfunction()
