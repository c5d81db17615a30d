#include "cambrian/archive/elites.hpp"

#include <algorithm>
#include <cassert>
#include <functional>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

/// The unit that all axes share; none where they differ.
std::string_view common_unit(const DescriptorSpace& space) {
  const auto& units = space.units;
  if (units.empty() ||
      std::ranges::adjacent_find(units, std::ranges::not_equal_to()) != units.end())
    return {};
  return units.front();
}

void check_length(std::string_view name, std::size_t length, std::size_t expected) {
  if (length == expected) return;
  throw Error("archive/" + std::string(name) + ": has " + std::to_string(length) +
              " entries, but the archive's rows need " + std::to_string(expected));
}

}  // namespace

Elites::Elites(std::unique_ptr<Archive> archive, std::unique_ptr<Population> population)
    : archive_(std::move(archive)), population_(std::move(population)) {
  assert(archive_->size() == 0 && population_->size() == 0);
}

const Placement& Elites::add(const Offers& offers, const CandidateColumns& columns,
                             const Population& candidates) {
  archive_->add(offers, placement_);
  apply(placement_, columns, candidates);
  return placement_;
}

void Elites::apply(const Placement& placement, const CandidateColumns& columns,
                   const Population& candidates) {
  if (placement.edits.empty()) return;
  const std::span<const RowEdit> edits = placement.edits;
  population_->apply(edits, candidates);
  apply_edits(ids_, columns.ids, edits);
  apply_edits(parents_, columns.parents, edits);
  apply_edits(evaluations_, columns.evaluations, edits);
  apply_edits(solved_, columns.solved, edits);
  assert(ids_.size() == archive_->size() && population_->size() == archive_->size());
}

void Elites::save(StateWriter& writer) const {
  const DescriptorSpace& space = archive_->space();
  writer.attribute("kind", std::string(archive_->kind()));
  writer.attribute("descriptor_names", space.names);
  writer.attribute("descriptor_units", space.units);
  writer.attribute("descriptor_min", space.min);
  writer.attribute("descriptor_max", space.max);
  const auto shape = archive_->shape();
  if (!shape.empty()) {
    writer.attribute("shape", std::vector<std::int64_t>(shape.begin(), shape.end()));
  }
  writer.attribute("capacity", static_cast<std::uint64_t>(archive_->capacity()));

  writer.column<std::uint64_t>("id", ids_, {"the candidate's ordinal in the run"});
  writer.column("objective", archive_->objectives(), {"the first objective, higher is better"});
  writer.matrix("descriptor", archive_->descriptors(), space.dimensions(),
                {"the measures that are the archive's axes, as evaluated", common_unit(space)});
  writer.column("cell", archive_->cells(), {"row-major index of the cell; -1: there are no cells"});
  writer.column<std::uint64_t>(
      "evaluation", evaluations_,
      {"the run's count, from 1, of the evaluation with which the elite entered", "evaluations"});
  writer.column<std::uint8_t>("solved", solved_, {"whether the task was solved: 0 or 1"});
  const auto* parents = reinterpret_cast<const std::uint64_t*>(parents_.data());
  writer.matrix("parents", std::span(parents, parents_.size() * 2), 2,
                {"ids of its parents; the largest number: none"});
  population_->save(*writer.group("genome"));
  archive_->save(*writer.group("state"));
}

void Elites::load(const StateReader& reader) {
  const auto kind = reader.attribute_as<std::string>("kind");
  if (kind != archive_->kind()) {
    throw Error("archive: is of kind " + quoted(kind) + ", but the configuration's is '" +
                std::string(archive_->kind()) + "'");
  }
  const auto shape = archive_->shape();
  if (!shape.empty() &&
      !std::ranges::equal(reader.attribute_as<std::vector<std::int64_t>>("shape"), shape)) {
    throw Error("archive: its grid has another shape than the configuration's");
  }
  const auto ids = reader.column<std::uint64_t>("id");
  const auto evaluations = reader.column<std::uint64_t>("evaluation");
  const auto solved = reader.column<std::uint8_t>("solved");
  auto objectives = reader.column<double>("objective");
  auto descriptors = reader.column<double>("descriptor");
  auto cells = reader.column<std::int64_t>("cell");
  const auto parents = reader.column<std::uint64_t>("parents");
  const std::size_t rows = ids.size();
  check_length("evaluation", evaluations.size(), rows);
  check_length("solved", solved.size(), rows);
  check_length("objective", objectives.size(), rows);
  check_length("descriptor", descriptors.size(), rows * archive_->space().dimensions());
  check_length("cell", cells.size(), rows);
  check_length("parents", parents.size(), rows * 2);
  population_->load(*reader.group("genome"));
  check_length("genome", population_->size(), rows);
  archive_->load(*reader.group("state"), std::move(objectives), std::move(descriptors),
                 std::move(cells));

  ids_.assign(ids.begin(), ids.end());
  evaluations_.assign(evaluations.begin(), evaluations.end());
  solved_.assign(solved.begin(), solved.end());
  parents_.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) parents_[i] = {parents[2 * i], parents[2 * i + 1]};
}

}  // namespace cambrian
