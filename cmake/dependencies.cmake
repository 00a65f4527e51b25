# Everything comes from Debian 12's packages; docs/decisions/0002-dependencies.md gives the reasons.
find_package(Threads REQUIRED)

# dynarock_library(TARGET NAMES lib...): an imported target for a library without a CMake package; the
# archive when the server is linked statically, the shared object otherwise.
function(dynarock_library target)
  cmake_parse_arguments(LIB "" "" "NAMES" ${ARGN})
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  foreach(name IN LISTS LIB_NAMES)
    if(DYNAROCK_STATIC)
      find_library(dynarock_found_${name} NAMES lib${name}.a REQUIRED)
    else()
      find_library(dynarock_found_${name} NAMES ${name} REQUIRED)
    endif()
    target_link_libraries(${target} INTERFACE ${dynarock_found_${name}})
  endforeach()
endfunction()

if(DYNAROCK_STATIC)
  dynarock_library(dynarock::rocksdb NAMES rocksdb snappy lz4 zstd bz2 z)
else()
  dynarock_library(dynarock::rocksdb NAMES rocksdb)
endif()
target_link_libraries(dynarock::rocksdb INTERFACE Threads::Threads)
dynarock_library(dynarock::zlib NAMES z)
dynarock_library(dynarock::md NAMES md)
dynarock_library(dynarock::deflate NAMES deflate)
dynarock_library(dynarock::yaml NAMES yaml)
dynarock_library(dynarock::mbedtls NAMES mbedtls mbedx509 mbedcrypto)

# Header-only here: Boost.Asio, Boost.Beast, RapidJSON, spdlog and fmt.
add_library(dynarock_beast INTERFACE)
target_compile_definitions(dynarock_beast INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(dynarock_beast INTERFACE Threads::Threads)
add_library(dynarock_log INTERFACE)
target_compile_definitions(dynarock_log INTERFACE SPDLOG_HEADER_ONLY SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)

if(DYNAROCK_TESTS)
  find_package(GTest REQUIRED)
endif()
