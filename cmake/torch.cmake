# Imported target for libtorch from the unpacked wheel (no TorchConfig: it looks for CUDA toolkits
# and kineto that building against the shared libraries does not need).
# BOTTEGA_TORCH, or else what tools/setup chose and wrote to .deps/torch.txt.
set(BOTTEGA_TORCH "$ENV{BOTTEGA_TORCH}" CACHE PATH "folder of the torch package: include/ and lib/")
set(torch "${BOTTEGA_TORCH}")
if(NOT torch AND EXISTS "${CMAKE_SOURCE_DIR}/.deps/torch.txt")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/.deps/torch.txt")
  file(STRINGS "${CMAKE_SOURCE_DIR}/.deps/torch.txt" torch LIMIT_COUNT 1)
  get_filename_component(torch "${torch}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
endif()
if(NOT EXISTS "${torch}/lib/libtorch_cpu.so")
  message(FATAL_ERROR "libtorch not found in '${torch}'; run tools/setup")
endif()
set(BOTTEGA_TORCH_LIB "${torch}/lib")

add_library(bottega_torch INTERFACE)
# torch/include holds its own fmt: -idirafter keeps the system's fmt first.
target_compile_options(bottega_torch INTERFACE
  "SHELL:-idirafter ${torch}/include"
  "SHELL:-idirafter ${torch}/include/torch/csrc/api/include")
target_link_libraries(bottega_torch INTERFACE
  "${torch}/lib/libtorch_cpu.so" "${torch}/lib/libc10.so" -Wl,--no-as-needed
  "${torch}/lib/libtorch.so" -Wl,--as-needed)
if(EXISTS "${torch}/lib/libtorch_cuda.so")
  # Its own libraries come from further wheels, which it finds by itself when it is loaded.
  target_link_options(bottega_torch INTERFACE -Wl,--allow-shlib-undefined)
  target_link_libraries(bottega_torch INTERFACE -Wl,--no-as-needed
    "${torch}/lib/libtorch_cuda.so" "${torch}/lib/libc10_cuda.so" -Wl,--as-needed)
endif()
