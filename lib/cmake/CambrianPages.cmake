# cmake --install runs this: the program itself prints its completions and its manual pages into FOLDER, from which they are installed.
foreach(shell bash zsh fish)
  execute_process(COMMAND ${PROGRAM} completion ${shell} OUTPUT_VARIABLE ${shell} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(REMOVE_RECURSE ${FOLDER})
file(WRITE ${FOLDER}/bash-completion/completions/cambrian "${bash}")
file(WRITE ${FOLDER}/zsh/site-functions/_cambrian "${zsh}")
file(WRITE ${FOLDER}/fish/vendor_completions.d/cambrian.fish "${fish}")
execute_process(COMMAND ${PROGRAM} man -o ${FOLDER}/man/man1 COMMAND_ERROR_IS_FATAL ANY)
