#include "cambrian/archive/archive.hpp"

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {

void Placement::reset(std::size_t n) {
  status.assign(n, Status::rejected);
  competition.clear();
  value.assign(n, 0.0);
  edits.clear();
}

void Archive::add(const Offers& offers, Placement& placement) {
  check_count("objectives", offers.objectives.size(), offers.size() * offers.objectives_per_row);
  check_count("descriptors", offers.descriptors.size(), offers.size() * space().dimensions());
  placement.reset(offers.size());
  place(offers, placement);
}

void save_cells(StateWriter& table, std::span<const std::int64_t> cells, std::size_t rows) {
  const std::vector<std::int64_t> none(cells.empty() ? rows : 0, -1);
  table.column<std::int64_t>("cell", cells.empty() ? std::span(none) : cells,
                             {"index of the cell; -1: there are no cells"});
}

std::vector<ArchiveComponent> archives() {
  return {
      {"grid", "a grid over the descriptor's bounds that keeps the best elite per cell",
       "Mouret & Clune 2015, \"Illuminating search spaces by mapping elites\"",
       [] { return std::make_unique<GridParameters>(); },
       [](const Parameters& parameters, const ArchiveContext& context) {
         return grid_archive(dynamic_cast<const GridParameters&>(parameters), context.space);
       }},
      {"unstructured", "keeps what was novel when it was found, by a threshold that adapts",
       "Lehman & Stanley 2011, \"Abandoning objectives\"",
       [] { return std::make_unique<UnstructuredParameters>(); },
       [](const Parameters& parameters, const ArchiveContext& context) {
         return std::make_unique<UnstructuredArchive>(
             dynamic_cast<const UnstructuredParameters&>(parameters), context.space);
       }},
  };
}

}  // namespace cambrian
