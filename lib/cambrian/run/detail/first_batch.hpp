// What can be said of a run's batches before the first of them begins: whether they are larger than
// the budget, and whether they fit into memory.
#pragma once

#include <cstdint>
#include <string>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/emitter/emitter.hpp"
#include "cambrian/run/assembly.hpp"

namespace cambrian {

/// One line where the first batch, or a later one, alone is larger than the budget, which it will
/// overrun; otherwise empty. @param budget  evaluations; 0: none
std::string larger_than_budget(const Configuration& configuration, std::uint64_t budget);

/// @throws Error naming the key if the largest batch, or the weights of networks that learn, need more
/// memory than there is: before a run that would find out after minutes. Nothing is written to the
/// memory that is asked for.
void require_memory(const Configuration& configuration, const Assembly& parts);

/// The same for emitters before their copies are made. @param bytes  at least what they all take
/// @param path  of those whose copies come next
void require_memory(const Configuration& configuration, const std::string& path, std::int64_t count,
                    std::uint64_t bytes);

/// What an emitter's state takes when it is saved, which is no more than it takes in memory.
std::uint64_t saved_bytes(const Emitter& emitter);

}  // namespace cambrian
