# An outside program with the environments that come with Cambrian finds the mazes of the prefix that it was built against.
include(${HERE}/steps.cmake)
set(project ${FOLDER}/my_environments)
file(WRITE ${project}/main.cpp "#include \"apps/program.hpp\"
#include \"environments/environments.hpp\"
int main(int argc, char** argv) { return cambrian::program_main(argc, argv, cambrian::make_catalogue(cambrian::environments())); }
")
file(WRITE ${project}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)
project(my_environments LANGUAGES CXX)
find_package(cambrian REQUIRED)
add_executable(my_environments main.cpp)
target_link_libraries(my_environments PRIVATE cambrian::program cambrian::environments)
")
file(WRITE ${project}/random.toml "environment = {name = \"maze\", maze = \"mazes/medium_maze.maze\"}
encoding = {name = \"hyperneat\"}
algorithm = {name = \"random_search\"}
result_archive = {name = \"grid\", shape = [5, 5]}
")
build_outside(${project})
file(REMOVE ${FOLDER}/random.h5)
call(out ${project}/build/my_environments run ${project}/random.toml -o random.h5 --evaluations 100)
call(out ${project}/build/my_environments info random.h5)
expect("${out}" "environment +maze\n" "a maze run of an outside program")
