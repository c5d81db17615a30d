# What the scripts of this folder share. Every check ends the script with a message where it fails.
set(PREFIX ${FOLDER}/prefix)

# call(VARIABLE COMMAND...): runs it in FOLDER, which must go well; its standard output into VARIABLE.
function(call output)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${FOLDER} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nends with ${status}\n${out}\n${err}")
  endif()
  set(${output} "${out}" PARENT_SCOPE)
endfunction()

function(expect text pattern what)
  if(NOT "${text}" MATCHES "${pattern}")
    message(FATAL_ERROR "${what}: expected '${pattern}' in\n${text}")
  endif()
endfunction()

# readme_block(HEADING LANGUAGE N FILE): the N-th (from 1) block of LANGUAGE under a heading of README.md, into FILE.
function(readme_block)
  document_block(${SOURCE}/README.md ${ARGV})
endfunction()

# The same of any document.
function(document_block document heading language number file)
  file(READ ${document} text)
  string(FIND "${text}" "\n## ${heading}\n" start)
  if(start EQUAL -1)
    message(FATAL_ERROR "${document} has no section '${heading}'")
  endif()
  math(EXPR start "${start} + 1")
  string(SUBSTRING "${text}" ${start} -1 text)
  string(FIND "${text}" "\n## " end)
  string(SUBSTRING "${text}" 0 ${end} text)
  foreach(i RANGE 1 ${number})
    string(FIND "${text}" "\n```${language}\n" start)
    if(start EQUAL -1)
      message(FATAL_ERROR "${document}, '${heading}': there is no block ${i} of ${language}")
    endif()
    string(LENGTH "\n```${language}\n" length)
    math(EXPR start "${start} + ${length}")
    string(SUBSTRING "${text}" ${start} -1 text)
  endforeach()
  string(FIND "${text}" "\n```\n" end)
  math(EXPR end "${end} + 1")
  string(SUBSTRING "${text}" 0 ${end} text)
  file(WRITE ${file} "${text}")
endfunction()

# Configures and builds the project in a folder, as a user would, with the compiler of this build.
function(build_outside source)
  call(ignored ${CMAKE_COMMAND} -S ${source} -B ${source}/build -G ${GENERATOR} -DCMAKE_BUILD_TYPE=${CONFIG}
       -DCMAKE_PREFIX_PATH=${PREFIX} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
       "-DCMAKE_EXE_LINKER_FLAGS=${LINKER_FLAGS}" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
  call(ignored ${CMAKE_COMMAND} --build ${source}/build)
endfunction()
