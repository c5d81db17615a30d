# cmake --install: the program, its data, and what find_package(cambrian) needs. The whole prefix can be moved.
include(CMakePackageConfigHelpers)

install(TARGETS cambrian cambrian_build cambrian_program cambrian_worlds ${CAMBRIAN_WORLD_TARGETS}
        EXPORT cambrian-targets ARCHIVE DESTINATION lib)
install(TARGETS cambrian_executable RUNTIME DESTINATION bin)
install(DIRECTORY data/mazes data/experiments DESTINATION share/cambrian)
install(PROGRAMS tools/plot DESTINATION bin RENAME cambrian-plot)
install(PROGRAMS tools/find-python DESTINATION share/cambrian/plot)
install(DIRECTORY tools/cambrian_plots DESTINATION share/cambrian/plot FILES_MATCHING PATTERN "*.py" PATTERN tests EXCLUDE
        PATTERN __pycache__ EXCLUDE)

# Headers that stand on another library's stay at home: users need none of those installed.
set(private_headers boost_graph.hpp packets.hpp toml_document.hpp parameter_reader.hpp unread.hpp describe_world.hpp
                    describe_activation.hpp describe_encoding.hpp json_value.hpp additions.hpp file_sink.hpp file_source.hpp
                    genome_rows.hpp hdf5_attribute.hpp hdf5_driver.hpp hdf5_handle.hpp hdf5_reader.hpp hdf5_writer.hpp)
list(JOIN private_headers "|" private_headers)
install(DIRECTORY lib/cambrian DESTINATION include FILES_MATCHING PATTERN "*.hpp" REGEX "/(${private_headers})$" EXCLUDE)
install(DIRECTORY environments DESTINATION include/cambrian FILES_MATCHING PATTERN "*.hpp")
install(FILES apps/program.hpp DESTINATION include/cambrian/apps)

configure_package_config_file(lib/cmake/cambrian-config.cmake.in ${PROJECT_BINARY_DIR}/cambrian-config.cmake
                              INSTALL_DESTINATION lib/cmake/cambrian)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cambrian-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cambrian-config.cmake ${PROJECT_BINARY_DIR}/cambrian-config-version.cmake
        DESTINATION lib/cmake/cambrian)
install(EXPORT cambrian-targets NAMESPACE cambrian:: DESTINATION lib/cmake/cambrian)
