// Room-private: the genomes with which a run begins.
#pragma once

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/core/inputs.hpp"
#include "cambrian/run/assembly.hpp"

namespace cambrian {

/// Reads [start] and gives what it names to the space of the parts; notes where genomes were evolved
/// with other keys of [encoding].
/// @throws ConfigError and FileError for what cannot be read, does not fit, is of another encoding,
/// or is empty
void read_start(Assembly& parts, Configuration& configuration, const Catalogue& catalogue,
                const Inputs& inputs);

}  // namespace cambrian
