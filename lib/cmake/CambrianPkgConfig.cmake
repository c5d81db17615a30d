# cambrian.pc, for those who build without CMake: flags and libraries are read off the target `cambrian`.

# cambrian_linked_files(TARGET VARIABLE): the files of the libraries that a target links, those of its interfaces included. Libraries that
# consist of headers are linked within $<BUILD_INTERFACE:...>, and are nothing to link.
function(cambrian_linked_files target output)
  set(files)
  get_target_property(imported ${target} IMPORTED)
  if(imported)
    get_target_property(items ${target} INTERFACE_LINK_LIBRARIES)
    get_target_property(type ${target} TYPE)
    if(NOT type STREQUAL "INTERFACE_LIBRARY")
      get_target_property(file ${target} LOCATION)
      list(APPEND files ${file})
    endif()
  else()
    get_target_property(items ${target} LINK_LIBRARIES)
  endif()
  foreach(item ${items})
    if(item MATCHES "^\\$<LINK_ONLY:(.+)>$")
      set(item ${CMAKE_MATCH_1})
    endif()
    if(TARGET ${item} AND NOT item STREQUAL "cambrian_build")
      cambrian_linked_files(${item} more)
      list(APPEND files ${more})
    elseif(IS_ABSOLUTE "${item}")
      list(APPEND files ${item})
    elseif(item MATCHES "^-l")
      list(APPEND files ${item})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES files)
  set(${output} ${files} PARENT_SCOPE)
endfunction()

cambrian_linked_files(cambrian files)
set(libraries "-L\${libdir} -lcambrian")
foreach(file ${files})
  if(file MATCHES "^(.*)/lib([^/]+)\\.so[.0-9]*$")
    if(NOT CMAKE_MATCH_1 IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
      string(APPEND libraries " -L${CMAKE_MATCH_1}")
    endif()
    string(APPEND libraries " -l${CMAKE_MATCH_2}")
  else()
    string(APPEND libraries " ${file}")
  endif()
endforeach()
set(options)
foreach(target cambrian cambrian_build)
  get_target_property(some ${target} INTERFACE_LINK_OPTIONS)
  if(some)
    list(APPEND options ${some})
  endif()
endforeach()
string(REPLACE "LINKER:" "-Wl," options "${options}")

# `pcfiledir` is where the file lies, so that the prefix can be moved.
file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/cambrian.pc CONTENT "prefix=\${pcfiledir}/../..
includedir=\${prefix}/include
libdir=\${prefix}/lib
datadir=\${prefix}/share/cambrian

Name: ${PROJECT_NAME}
Description: ${PROJECT_DESCRIPTION}
Version: ${PROJECT_VERSION}
Cflags: ${CMAKE_CXX20_STANDARD_COMPILE_OPTION} $<JOIN:$<TARGET_PROPERTY:cambrian,INTERFACE_COMPILE_OPTIONS>, > -I\${includedir}
Libs: $<JOIN:${options}, > ${libraries}
")
install(FILES ${PROJECT_BINARY_DIR}/cambrian.pc DESTINATION lib/pkgconfig)
