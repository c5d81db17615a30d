// How the candidates of a batch meet an archive.
#pragma once

#include <cstdint>

namespace cambrian {

/// Whether a candidate is compared with the archive as the one before it left it, or as it was
/// before the batch.
enum class AddMode : std::uint8_t { single, batch };

}  // namespace cambrian
