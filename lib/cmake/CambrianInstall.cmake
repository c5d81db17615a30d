# cmake --install: the program, its data, and what find_package(cambrian) needs. The whole prefix can be moved.
include(CMakePackageConfigHelpers)

install(TARGETS cambrian cambrian_build cambrian_program cambrian_environments ${CAMBRIAN_ENVIRONMENT_TARGETS}
        EXPORT cambrian-targets ARCHIVE DESTINATION lib)
install(TARGETS cambrian_executable RUNTIME DESTINATION bin)
install(DIRECTORY data/mazes data/experiments DESTINATION share/cambrian)
install(PROGRAMS data/slurm/cambrian_array.sh DESTINATION share/cambrian/slurm)
install(PROGRAMS tools/plot DESTINATION bin RENAME cambrian-plot)
install(PROGRAMS tools/find-python DESTINATION share/cambrian/plot)
install(DIRECTORY lib/python/cambrian/plots DESTINATION share/cambrian/plot/cambrian FILES_MATCHING PATTERN "*.py" PATTERN __pycache__ EXCLUDE)

# Completions and manual pages come from the program's own tables of options: it is asked for them when it is installed.
set(pages ${PROJECT_BINARY_DIR}/pages)
install(CODE "execute_process(COMMAND \"${CMAKE_COMMAND}\" \"-DPROGRAM=$<TARGET_FILE:cambrian_executable>\" \"-DFOLDER=${pages}\"
  -P \"${PROJECT_SOURCE_DIR}/lib/cmake/CambrianPages.cmake\" COMMAND_ERROR_IS_FATAL ANY)")
install(DIRECTORY ${pages}/ DESTINATION share)

# What lies in a detail folder is its room's own: users need neither these headers nor what they include.
install(DIRECTORY lib/cambrian DESTINATION include FILES_MATCHING PATTERN "*.hpp" PATTERN detail EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/headers/cambrian/catalogue/headers_version.hpp DESTINATION include/cambrian/catalogue)
install(DIRECTORY environments DESTINATION include/cambrian FILES_MATCHING PATTERN "*.hpp")
install(FILES apps/program.hpp DESTINATION include/cambrian/apps)

configure_package_config_file(lib/cmake/cambrian-config.cmake.in ${PROJECT_BINARY_DIR}/cambrian-config.cmake
                              INSTALL_DESTINATION lib/cmake/cambrian)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cambrian-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cambrian-config.cmake ${PROJECT_BINARY_DIR}/cambrian-config-version.cmake
        DESTINATION lib/cmake/cambrian)
install(EXPORT cambrian-targets NAMESPACE cambrian:: DESTINATION lib/cmake/cambrian)
