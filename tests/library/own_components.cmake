# A program of its own adds an encoding, an archive, an emitter and an algorithm: they are listed, described, run and resumed.
include(${HERE}/steps.cmake)
set(project ${FOLDER}/own_components)
file(COPY ${HERE}/own_components.cpp DESTINATION ${project})
file(WRITE ${project}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(own_components LANGUAGES CXX)
find_package(cambrian REQUIRED)
add_executable(own own_components.cpp)
target_link_libraries(own PRIVATE cambrian::program cambrian::environments)
")
file(WRITE ${project}/blind.toml "environment = {name = \"maze\", steps = 20}
encoding = {name = \"one_layer\", size = 3}
archive = {name = \"latest\", size = 7}
algorithm = {name = \"blind\", size = 10}
")
file(WRITE ${project}/immigrants.toml "run = {lineage = \"all\"}
environment = {name = \"sphere\"}
archive = {name = \"grid\", shape = [100, 100]}
[algorithm]
name = \"map_elites\"
initial = 20
batch = 10
[[algorithm.emitters]]
name = \"elite\"
[[algorithm.emitters]]
name = \"immigrants\"
size = 4
")
build_outside(${project})
set(own ${project}/build/own)

call(out ${own} list)
foreach(name one_layer latest immigrants blind)
  expect("${out}" "\n  ${name} " "the list of an outside program")
  call(described ${own} describe ${name})
  expect("${described}" "\n  size +how many\n +whole number, 1 to 100; default 8" "describe of ${name}")
endforeach()
call(out ${own} list emitters)
expect("${out}" "^emitters ..algorithm.emitters..\n  elite .*\n  immigrants +random genomes\n$" "the emitters")
call(out ${own} list variations)
expect("${out}" "^variations .variation.\n" "the variations")

file(REMOVE ${FOLDER}/blind.h5 ${FOLDER}/immigrants.h5)
call(out ${own} run ${project}/blind.toml -o blind.h5 --evaluations 50)
call(out ${own} resume blind.h5 --evaluations 100)
call(out ${own} info blind.h5)
expect("${out}" "encoding +one_layer\n.*algorithm +blind\n.*100 evaluations.*archive +latest over x, y: 7 elites of at most 7"
       "a resumed run of components of an outside program")
call(out ${own} run ${project}/immigrants.toml -o immigrants.h5 --evaluations 76)
call(out ${own} query immigrants.h5 --table lineage --select origin --format csv)
expect("${out}" "\nimmigrants\n" "who proposed what")
call(out ${own} config ${project}/blind.toml)
expect("${out}" "\n.archive.\nname = \"latest\" +# blind.toml:3\n" "the effective configuration")

function(refused pattern)
  execute_process(COMMAND ${own} ${ARGN} WORKING_DIRECTORY ${FOLDER} RESULT_VARIABLE status ERROR_VARIABLE err)
  if(status EQUAL 0)
    message(FATAL_ERROR "${ARGN} is not refused")
  endif()
  expect("${err}" "${pattern}" "${ARGN}")
endfunction()
refused("^cambrian: --set archive.size=0: is 0, but at least 1 is expected\n$"
        run ${project}/blind.toml -o none.h5 --set archive.size=0)
refused("^cambrian: --set archive.name=latests: there is no 'latests'; did you mean 'latest'.\n$"
        run ${project}/blind.toml -o none.h5 --set archive.name=latests)
refused("^cambrian: two of the archives are called 'latest'\n$" twice)
