# Each installed header compiles alone, and includes nothing but the standard library and other installed headers.
include(${HERE}/steps.cmake)
file(GLOB_RECURSE headers ${PREFIX}/include/*.hpp)
list(LENGTH headers count)
if(count LESS 50)
  message(FATAL_ERROR "only ${count} headers are installed")
endif()
file(WRITE ${FOLDER}/empty.cpp "")
set(wrong "")
foreach(header ${headers})
  # The standard library's are words; others' have a folder or an ending.
  file(STRINGS ${header} foreign REGEX "^ *# *include *<[^>]*[/.]")
  execute_process(COMMAND ${CXX} -std=c++20 -fsyntax-only -Wall -Wextra -Werror -I${PREFIX}/include -I${PREFIX}/include/cambrian
                          -include ${header} ${FOLDER}/empty.cpp
                  RESULT_VARIABLE status ERROR_VARIABLE errors)
  if(foreign OR NOT status EQUAL 0)
    string(APPEND wrong "${header}: ${foreign}\n${errors}\n")
  endif()
endforeach()
if(NOT wrong STREQUAL "")
  message(FATAL_ERROR "${wrong}")
endif()
