# Each folder of src/ is a library by glob; `thing_test.cc` files form one test program a folder.
# Files named *_spec.cc and *_specs.cc go into bottega_specs alone, so that help, validation and
# completion never load libtorch.

function(bottega_sources layer out_code out_specs out_tests)
  file(GLOB_RECURSE all CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${layer}/*.cc")
  set(code "${all}")
  set(tests "${all}")
  set(specs "${all}")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER specs INCLUDE REGEX "_specs?\\.cc$")
  list(FILTER code EXCLUDE REGEX "(_test|_specs?)\\.cc$")
  set(${out_code} "${code}" PARENT_SCOPE)
  set(${out_specs} "${specs}" PARENT_SCOPE)
  set(${out_tests} "${tests}" PARENT_SCOPE)
endfunction()

# One precompiled header for everything that includes libtorch.
function(bottega_use_torch target)
  target_link_libraries(${target} PUBLIC bottega_torch)
  target_compile_options(${target} PRIVATE -fpch-preprocess -Wno-unused-parameter)
  if(TARGET bottega_engine AND NOT target STREQUAL "bottega_engine")
    target_precompile_headers(${target} REUSE_FROM bottega_engine)
  else()
    target_precompile_headers(${target} PRIVATE "${CMAKE_SOURCE_DIR}/src/engine/pch.h")
  endif()
endfunction()

function(bottega_layer name)
  cmake_parse_arguments(arg "TORCH" "" "USES;LINK" ${ARGN})
  bottega_sources(${name} code specs tests)
  set(lib bottega_${name})
  add_library(${lib} STATIC ${code} "${CMAKE_SOURCE_DIR}/cmake/empty.cc")
  # NAME_kernel.cc: loops over plain arrays, which -O2 would not vectorize. errno is not read there.
  set(kernels "${code}")
  list(FILTER kernels INCLUDE REGEX "_kernel\\.cc$")
  set_source_files_properties(${kernels} PROPERTIES SKIP_PRECOMPILE_HEADERS ON
                              COMPILE_OPTIONS "-O3;-fno-math-errno;-fno-trapping-math")
  target_include_directories(${lib} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  foreach(used ${arg_USES})
    target_link_libraries(${lib} PUBLIC bottega_${used})
  endforeach()
  target_link_libraries(${lib} PUBLIC ${arg_LINK})
  if(arg_TORCH)
    bottega_use_torch(${lib})
  endif()
  if(BOTTEGA_TESTS AND tests)
    bottega_test(${name} "${tests}" ${arg_TORCH})
  endif()
endfunction()

# Loops over plain arrays: vectorized, with roots that set no errno, and the same bits whatever the
# processor and the cut, which fused multiply-adds are not; the precompiled header is of other options.
set_source_files_properties("${CMAKE_SOURCE_DIR}/src/optim/update_loops.cc" PROPERTIES
  COMPILE_OPTIONS "-O3;-fno-math-errno;-ffp-contract=off" SKIP_PRECOMPILE_HEADERS ON)

set_source_files_properties("${CMAKE_SOURCE_DIR}/cmake/test_folders.cc" PROPERTIES COMPILE_DEFINITIONS
  "BOTTEGA_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\";BOTTEGA_BUILD_DIR=\"${CMAKE_BINARY_DIR}\"")

# A test program NAME_test of a layer, or of the libraries given after LINK.
function(bottega_test name tests torch)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  if(NOT arg_LINK)
    set(arg_LINK bottega_${name})
  endif()
  find_package(GTest REQUIRED)
  add_executable(${name}_test ${tests} "${CMAKE_SOURCE_DIR}/cmake/test_folders.cc")
  target_link_libraries(${name}_test PRIVATE bottega_specs ${arg_LINK} GTest::gmock_main)
  if(torch)
    bottega_use_torch(${name}_test)
  endif()
  set_property(GLOBAL APPEND PROPERTY BOTTEGA_TEST_PROGRAMS ${name}_test)
  enable_testing()
  add_test(NAME ${name} COMMAND ${name}_test)
endfunction()

# Runs test/golden/**/*.test: verbs in process, and the real programs for lines that begin with `$`.
function(bottega_golden_test)
  bottega_test(golden "${CMAKE_SOURCE_DIR}/test/golden/golden_test.cc;${CMAKE_SOURCE_DIR}/test/golden/golden_file.cc"
               FALSE LINK bottega_cli)
  add_dependencies(golden_test programs)
endfunction()

function(bottega_specs)
  set(files "")
  foreach(layer ${ARGN})
    bottega_sources(${layer} code specs tests)
    list(APPEND files ${specs})
  endforeach()
  add_library(bottega_specs STATIC ${files} "${CMAKE_SOURCE_DIR}/cmake/empty.cc")
  target_include_directories(bottega_specs PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(bottega_specs PUBLIC bottega_spec)
endfunction()

# bottega: verbs that need no tensors. bottega-engine: all of them.
# src/cli/*.cc is common; src/cli/verbs/NAME.cc is a verb; src/cli/engine/*.cc needs libtorch behind it.
function(bottega_program name)
  cmake_parse_arguments(arg "TORCH" "" "" ${ARGN})
  if(NOT TARGET bottega_build_id)
    add_custom_target(bottega_build_id
      COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}
              -DOUT=${CMAKE_BINARY_DIR}/generated/build_id.h
              -P ${CMAKE_SOURCE_DIR}/cmake/build_id.cmake
      BYPRODUCTS "${CMAKE_BINARY_DIR}/generated/build_id.h")
  endif()
  if(NOT TARGET bottega_cli)
    file(GLOB common CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/cli/*.cc"
         "${CMAKE_SOURCE_DIR}/src/cli/verbs/*.cc")
    set(tests "${common}")
    list(FILTER tests INCLUDE REGEX "_test\\.cc$")
    list(FILTER common EXCLUDE REGEX "(_test|_specs?|main|engine_main)\\.cc$")
    add_library(bottega_cli STATIC ${common} "${CMAKE_SOURCE_DIR}/cmake/empty.cc")
    target_link_libraries(bottega_cli PUBLIC bottega_specs bottega_report)
    if(BOTTEGA_TESTS AND tests)
      bottega_test(cli "${tests}" FALSE)
    endif()
  endif()
  if(arg_TORCH)
    file(GLOB engine CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/cli/engine/*.cc")
    list(FILTER engine EXCLUDE REGEX "_test\\.cc$")
    add_executable(${name} "${CMAKE_SOURCE_DIR}/src/cli/engine_main.cc" ${engine})
    target_link_libraries(${name} PRIVATE bottega_cli bottega_infer)
    file(GLOB engine_tests CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/cli/engine/*_test.cc")
    if(BOTTEGA_TESTS AND engine_tests)
      bottega_test(cli_engine "${engine_tests};${engine}" FALSE LINK bottega_cli bottega_infer)
    endif()
  else()
    add_executable(${name} "${CMAKE_SOURCE_DIR}/src/cli/main.cc")
    target_link_libraries(${name} PRIVATE bottega_cli)
  endif()
  target_include_directories(${name} PRIVATE "${CMAKE_BINARY_DIR}/generated")
  add_dependencies(${name} bottega_build_id)
endfunction()
