# How everything is compiled: one interface target, because mixing processors or FMA between files breaks both
# Eigen's alignment and the promise of equal bits.
include(CheckCXXSourceRuns)

set(CMAKE_REQUIRED_FLAGS "-march=x86-64-v3")
check_cxx_source_runs("#include <immintrin.h>
int main() { volatile float x = 1; __m256 a = _mm256_set1_ps(x); a = _mm256_fmadd_ps(a, a, a);
  return __builtin_cpu_supports(\"avx2\") && _mm256_cvtss_f32(a) == 2.0f ? 0 : 1; }" CAMBRIAN_HAS_X86_64_V3)
unset(CMAKE_REQUIRED_FLAGS)
if(CAMBRIAN_HAS_X86_64_V3)
  set(_arch "x86-64-v3")
else()
  set(_arch "")
endif()
set(CAMBRIAN_ARCH "${_arch}" CACHE STRING "-march of everything; empty: the compiler's default")
if(NOT CAMBRIAN_HAS_X86_64_V3 AND CAMBRIAN_ARCH STREQUAL "")
  message(STATUS "This processor has no x86-64-v3: building for the compiler's default, at about half the speed")
endif()

add_library(cambrian_build INTERFACE)
set_target_properties(cambrian_build PROPERTIES EXPORT_NAME build)
if(CAMBRIAN_ARCH)
  target_compile_options(cambrian_build INTERFACE -march=${CAMBRIAN_ARCH})
endif()
target_compile_options(cambrian_build INTERFACE -ffp-contract=off)
target_compile_features(cambrian_build INTERFACE cxx_std_20)
target_compile_definitions(cambrian_build INTERFACE $<BUILD_INTERFACE:EIGEN_MPL2_ONLY>)

add_library(cambrian_warnings INTERFACE)
target_compile_options(cambrian_warnings INTERFACE -Wall -Wextra)
# g++ 12 sees overlaps in "text" + std::string that are not there (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(cambrian_warnings INTERFACE -Wno-restrict)
endif()
# Only for compilers that were tried: a newer one may warn of more, which must not keep a user from building.
if(CAMBRIAN_WERROR AND ((CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
                        OR (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)))
  target_compile_options(cambrian_warnings INTERFACE -Werror)
endif()
if(CAMBRIAN_SANITIZE)
  target_compile_options(cambrian_build INTERFACE -fsanitize=${CAMBRIAN_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(cambrian_build INTERFACE -fsanitize=${CAMBRIAN_SANITIZE})
  # False ones in std::regex and std::variant of g++ 12 under AddressSanitizer (GCC bug 105616).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(cambrian_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

# For tests, which compile in half of the time. Never for a part of the program: the linker keeps one copy of an inline function
# for all, and might keep the slow one.
add_library(cambrian_compile_quickly INTERFACE)
target_compile_options(cambrian_compile_quickly INTERFACE $<$<CONFIG:Release>:-O0>)

# Files are compiled several at a time, which halves a first build: their headers are read once per group. OFF compiles each file alone,
# which is quicker while a few files change, and shows a file that lacks an #include (tools/lint does so).
option(CAMBRIAN_UNITY "Compile the files of a room together" ON)

# cambrian_compile_together(TARGET [FOLDER]): the files of each folder below FOLDER are one group; without FOLDER all of them are one.
function(cambrian_compile_together target)
  if(NOT CAMBRIAN_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  foreach(source ${sources})
    set(group all)
    if(ARGC GREATER 1)
      cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${ARGV1} OUTPUT_VARIABLE relative)
      string(REGEX REPLACE "/.*" "" group ${relative})
    endif()
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()
