#include "cambrian/archive/elites.hpp"

#include <cassert>

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
  assert(size() == archive_->size() && population_->size() == archive_->size());
}

void Elites::save(StateWriter& table, std::span<const ObjectiveDirection> directions) const {
  const DescriptorSpace& space = archive_->space();
  table.attribute("kind", std::string(archive_->kind()));
  table.attribute("capacity", static_cast<std::uint64_t>(archive_->capacity()));
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
  Individuals read;
  read.load(table, archive_->space().dimensions(), "archive");
  const auto cells = table.column<std::int64_t>("cell");
  population_->load(*table.group("genome"));
  require_length("archive/cell", cells.size(), read.size());
  require_length("archive/genome", population_->size(), read.size());
  archive_->load(read, cells, table, *table.group("state"));
  individuals_ = std::move(read);
}

}  // namespace cambrian
