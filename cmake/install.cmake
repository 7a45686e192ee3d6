# bin/bottega, libexec/bottega/bottega-engine and, in lib/bottega, the shared libraries that came in
# wheels; all find each other by relative paths. Libraries of the system stay with the system.
include(GNUInstallDirs)
set(BOTTEGA_LIBRARY_DIR "lib/bottega")
install(TARGETS bottega RUNTIME DESTINATION bin)
set_target_properties(bottega PROPERTIES INSTALL_RPATH "$ORIGIN/../${BOTTEGA_LIBRARY_DIR}")
set(libraries "${BOTTEGA_ARROW}/libarrow.so.2600" "${BOTTEGA_ARROW}/libarrow_compute.so.2600"
    "${BOTTEGA_ARROW}/libparquet.so.2600")
if(BOTTEGA_ENGINE)
  install(TARGETS bottega-engine RUNTIME DESTINATION libexec/bottega)
  set_target_properties(bottega-engine PROPERTIES
    INSTALL_RPATH "$ORIGIN/../../${BOTTEGA_LIBRARY_DIR}")
  file(GLOB torch_libraries "${BOTTEGA_TORCH_LIB}/*.so" "${BOTTEGA_TORCH_LIB}/*.so.*")
  list(FILTER torch_libraries EXCLUDE REGEX "(_python|_test|/libshm|aoti_custom|backend_with)")
  list(APPEND libraries ${torch_libraries})
endif()
install(PROGRAMS ${libraries} DESTINATION "${BOTTEGA_LIBRARY_DIR}")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION share/doc/bottega)
