// Files that people write, read whole: configurations, mazes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace cambrian {

/// No configuration and no maze is as large; a device or a pipe that never ends is.
constexpr std::size_t kMostTextBytes = std::size_t{64} << 20U;
/// A file of genomes: about 100 million numbers; more can be handed in as HDF5.
constexpr std::size_t kMostGenomeBytes = std::size_t{1} << 30U;

/// The bytes of a file, a device or a pipe. Reads no further than `most` bytes.
/// @throws FileError if it cannot be read, is a folder, or holds more than `most` bytes
std::string read_text_file(const std::filesystem::path& path, std::size_t most = kMostTextBytes);

}  // namespace cambrian
