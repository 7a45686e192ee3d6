# Imported target for Arrow, its compute kernels and Parquet from the unpacked pyarrow wheel.
set(BOTTEGA_ARROW "${CMAKE_SOURCE_DIR}/.deps/site/pyarrow" CACHE PATH "folder of the pyarrow package")
if(NOT EXISTS "${BOTTEGA_ARROW}/libarrow.so.2600")
  message(FATAL_ERROR "Arrow 26 not found in '${BOTTEGA_ARROW}'; run tools/setup")
endif()
add_library(bottega_arrow INTERFACE)
target_include_directories(bottega_arrow SYSTEM INTERFACE "${BOTTEGA_ARROW}/include")
target_link_libraries(bottega_arrow INTERFACE
  "${BOTTEGA_ARROW}/libarrow.so.2600" "${BOTTEGA_ARROW}/libarrow_compute.so.2600"
  "${BOTTEGA_ARROW}/libparquet.so.2600")
