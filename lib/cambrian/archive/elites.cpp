#include "cambrian/archive/elites.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

void require_length(const char* what, std::size_t rows, std::size_t expected) {
  if (rows == expected) return;
  throw Error(std::string(what) + ": has " + counted(rows, "row") + ", but the table has " +
              std::to_string(expected));
}

}  // namespace

Elites::Elites(std::unique_ptr<Archive> archive, std::unique_ptr<Population> population)
    : archive_(std::move(archive)), population_(std::move(population)) {
  if (!archive_ || !population_) throw Error("elites need an archive and a population");
  if (archive_->size() != 0 || population_->size() != 0) {
    throw Error("elites begin with an empty archive and an empty population");
  }
  individuals_.dimensions = archive_->space().dimensions();
}

const Placement& Elites::add(const Individuals& batch, const Population& genomes) {
  batch.require_batch(genomes.size(), archive_->space().dimensions());
  individuals_.require_fit(batch);
  population_->apply({}, genomes);  // no edit: it only has to fit
  archive_->add(offers_of(batch), placement_);
  apply(placement_, batch, genomes);
  return placement_;
}

void Elites::apply(const Placement& placement, const Individuals& batch,
                   const Population& genomes) {
  if (placement.edits.empty()) return;
  check_count("genomes", genomes.size(), batch.size());
  population_->apply(placement.edits, genomes);
  individuals_.apply(placement.edits, batch);
  for (const RowEdit& edit : placement.edits) {
    if (edit.kind == RowEdit::Kind::put)
      objective_best_ever_ = std::max(objective_best_ever_, batch.objective(edit.from));
  }
  assert(size() == archive_->size() && population_->size() == archive_->size());
}

std::unique_ptr<Population> Elites::hand_over_population() {
  std::unique_ptr<Population> copy = population_->make_empty();
  std::vector<RowEdit> edits;
  for (std::uint32_t row = 0; row < population_->size(); ++row)
    edits.push_back({.kind = RowEdit::Kind::put, .row = row, .from = row});
  copy->apply(edits, *population_);
  return std::exchange(population_, std::move(copy));
}

void Elites::save(StateWriter& table, std::span<const ObjectiveDirection> directions) const {
  const DescriptorSpace& space = archive_->space();
  table.attribute("kind", std::string(archive_->kind()));
  table.attribute("capacity", static_cast<std::uint64_t>(archive_->capacity()));
  const ObjectiveDirection first =
      directions.empty() ? ObjectiveDirection::maximise : directions.front();
  if (size() > 0) table.attribute("objective_max_ever", as_given(objective_best_ever_, first));
  space.save(table);
  archive_->save_table(table);
  individuals_.save(table, space.common_unit(), directions);
  save_cells(table, archive_->cells(), size());
  population_->save(*table.group("genome"));
  archive_->save(*table.group("state"));
}

void Elites::load(const StateReader& table) {
  const auto kind = table.attribute_as<std::string>("kind");
  if (kind != archive_->kind()) {
    throw Error("archive: is of kind " + quoted(kind) + ", but the configuration's is '" +
                std::string(archive_->kind()) + "'");
  }
  archive_->space().expect(table);
  Individuals read;
  read.load(table, archive_->space().dimensions(), "archive");
  const auto cells = table.column<std::int64_t>("cell");
  population_->load(*table.group("genome"));
  require_length("archive/cell", cells.size(), read.size());
  require_length("archive/genome", population_->size(), read.size());
  archive_->load(read, cells, table, *table.group("state"));
  individuals_ = std::move(read);
  objective_best_ever_ = -std::numeric_limits<double>::infinity();
  for (std::size_t row = 0; row < size(); ++row) {
    objective_best_ever_ = std::max(objective_best_ever_, individuals_.objective(row));
  }
  // Files of before it was counted have what they still hold.
  if (table.has_attribute("objective_max_ever")) {
    const auto directions = load_directions(table, individuals_.objectives_per_row, "archive");
    objective_best_ever_ = std::max(
        objective_best_ever_,
        higher_is_better(table.attribute_as<double>("objective_max_ever"), directions.front()));
  }
}

std::uint32_t nearest_elite(const Elites& elites, std::span<const double> descriptor) {
  const DescriptorSpace& space = elites.archive().space();
  check_count("descriptor", descriptor.size(), space.dimensions());
  if (elites.size() == 0) throw Error("there are no elites yet");
  std::vector<double> scale(space.dimensions(), 1.0);
  for (std::size_t d = 0; d < scale.size(); ++d) {
    const double width = space.max[d] - space.min[d];
    if (std::isfinite(width) && width > 0) scale[d] = width;
  }
  std::uint32_t nearest = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t row = 0; row < elites.size(); ++row) {
    const std::span<const double> own = elites.individuals().descriptor(row);
    double sum = 0;
    for (std::size_t d = 0; d < scale.size(); ++d) {
      const double step = (own[d] - descriptor[d]) / scale[d];
      sum += step * step;
    }
    if (sum >= least) continue;
    least = sum;
    nearest = row;
  }
  return nearest;
}

}  // namespace cambrian
