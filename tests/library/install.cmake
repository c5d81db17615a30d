# The built tree is installed, the prefix is moved, and the program still finds its mazes there.
include(${HERE}/steps.cmake)
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
call(ignored ${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/first)
file(RENAME ${FOLDER}/first ${PREFIX})

call(out ${PREFIX}/bin/cambrian describe maze)
expect("${out}" "^maze: " "describe of the installed program")
call(out ${PREFIX}/bin/cambrian run ${PREFIX}/share/cambrian/experiments/hard_maze_random.toml -o maze.h5 --evaluations 500)
call(out ${PREFIX}/bin/cambrian info maze.h5)
expect("${out}" "finished, 5[0-9][0-9] evaluations" "the installed program's run")

# Nothing that was installed for CMake names the folders of the sources, of the build, or the first prefix.
file(GLOB files ${PREFIX}/lib/cmake/cambrian/*.cmake)
foreach(file ${files})
  file(READ ${file} text)
  foreach(folder ${SOURCE} ${BUILD} ${FOLDER}/first)
    string(FIND "${text}" "${folder}" place)
    if(NOT place EQUAL -1)
      message(FATAL_ERROR "${file} names ${folder}")
    endif()
  endforeach()
endforeach()
