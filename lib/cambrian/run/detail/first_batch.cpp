#include "cambrian/run/detail/first_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <variant>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// A key of [algorithm] that says how many are evaluated at once.
struct BatchKey {
  std::string name;
  std::uint64_t size = 0;
};

/// In the order in which they are evaluated: the first population, under either name, then children.
std::vector<BatchKey> batch_keys(const Configuration& configuration) {
  std::vector<BatchKey> keys;
  for (const char* key : {"initial", "population", "batch"}) {
    if (const auto size = configuration.whole_number("algorithm", key))
      keys.push_back({std::string("algorithm.") + key, static_cast<std::uint64_t>(*size)});
  }
  return keys;
}

/// What the emitters propose at once: all of them, or as many as are active, at most the largest.
std::uint64_t emitted(const Configuration& configuration, const Assembly& parts) {
  std::vector<std::size_t> batches = parts.emitter_batches;
  std::ranges::sort(batches, std::ranges::greater());
  const std::int64_t active =
      configuration.whole_number("algorithm", "active_emitters").value_or(0);
  if (active > 0 && static_cast<std::size_t>(active) < batches.size())
    batches.resize(static_cast<std::size_t>(active));
  return std::accumulate(batches.begin(), batches.end(), std::uint64_t{0});
}

std::uint64_t bytes_of(const StateTree::Node& node) {
  std::uint64_t sum = 0;
  for (const auto& [name, column] : node.columns) {
    sum += std::visit([](const auto& data) { return data.size() * sizeof(data[0]); }, column.data);
  }
  for (const auto& [name, group] : node.groups) sum += bytes_of(group);
  return sum;
}

/// Of genomes that are so many numbers, those; of others, a random one's size when saved, which is
/// no more than it takes in memory.
std::uint64_t genome_bytes(const Assembly& parts) {
  const GenomeSpace& space = *parts.space;
  if (parts.genome.cells) return parts.genome.cells(space) * sizeof(float);
  const std::unique_ptr<Population> one = space.make_population();
  one->resize(1);
  space.initialise(*one, 0, 1, {}, 0);
  StateTree saved;
  one->save(*saved.writer());
  return bytes_of(saved.root());
}

/// Of a batch's row in all columns that are as long as it: the least that it takes.
std::uint64_t row_bytes(const Assembly& parts) {
  const EnvironmentDescription& description = parts.description;
  const std::size_t evaluated = description.objectives.size() + description.measures.size();
  const std::size_t told =
      1 + parts.descriptor.measures.size() + 1;  // to the archive, which answers
  const std::size_t flags = 6;
  return genome_bytes(parts) + sizeof(Job) + sizeof(ParentIds) +
         (evaluated + told) * sizeof(double) + 2 * sizeof(std::uint64_t) + flags;
}

bool can_be_had(std::uint64_t bytes) {
  void* volatile memory = std::malloc(bytes);  // volatile: or the compiler leaves both out
  std::free(memory);
  return memory != nullptr;
}

void require_life_memory(const Configuration& configuration, const Assembly& parts) {
  const std::uint64_t bytes = parts.evaluator->life_bytes();
  if (bytes == 0 || can_be_had(bytes)) return;
  throw Error(fmt::format(
      "there is not enough memory: with encoding.learning each of the {} patterns that environment "
      "'{}' tries at once has weights of its own, on {} {:.1f} GB; largest sizes: {}",
      parts.description.lanes, parts.environment_name, counted(parts.executor->workers(), "thread"),
      static_cast<double>(bytes) / 1e9, configuration.largest_sizes()));
}

}  // namespace

std::string larger_than_budget(const Configuration& configuration, std::uint64_t budget) {
  for (const BatchKey& key : batch_keys(configuration)) {
    if (budget == 0 || key.size < budget) continue;
    if (key.size == budget) return {};  // it is spent before the next
    return fmt::format(
        "{} = {} is larger than run.evaluations = {}; a batch is evaluated whole, so the budget "
        "will be exceeded",
        key.name, key.size, budget);
  }
  return {};
}

void require_memory(const Configuration& configuration, const Assembly& parts) {
  require_life_memory(configuration, parts);
  std::vector<BatchKey> keys = batch_keys(configuration);
  keys.push_back({"the sum of algorithm.emitters.*.batch", emitted(configuration, parts)});
  const BatchKey& largest = *std::ranges::max_element(keys, {}, &BatchKey::size);
  const std::uint64_t bytes = largest.size * row_bytes(parts);
  if (can_be_had(bytes)) return;
  throw Error(fmt::format(
      "there is not enough memory: {} = {} needs at least {:.1f} GB; largest sizes: {}",
      largest.name, largest.size, static_cast<double>(bytes) / 1e9, configuration.largest_sizes()));
}

void require_memory(const Configuration& configuration, const std::string& path, std::int64_t count,
                    std::uint64_t bytes) {
  if (can_be_had(bytes)) return;
  throw Error(fmt::format(
      "there is not enough memory: the emitters up to {}.count = {} need at least {:.1f} GB; "
      "largest sizes: {}",
      path, count, static_cast<double>(bytes) / 1e9, configuration.largest_sizes()));
}

std::uint64_t saved_bytes(const Emitter& emitter) {
  StateTree saved;
  emitter.save(*saved.writer());
  return bytes_of(saved.root());
}

}  // namespace cambrian
