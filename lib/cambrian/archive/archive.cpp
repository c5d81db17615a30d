#include "cambrian/archive/archive.hpp"

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/dominated_novelty.hpp"
#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {

void Placement::reset(std::size_t n) {
  status.assign(n, Status::rejected);
  value.assign(n, 0.0);
  competition.clear();
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

namespace {

/// One kind of cells with whatever they may hold.
template <class CellKeys>
ArchiveComponent of_cells(std::string name, std::string summary, std::string source) {
  using Keys = CellArchiveParameters<CellKeys>;
  return {std::move(name), std::move(summary), std::move(source),
          [] { return std::make_unique<Keys>(); },
          [](const Parameters& parameters, const ArchiveContext& context) {
            return cell_archive(dynamic_cast<const Keys&>(parameters), context);
          }};
}

}  // namespace

std::vector<ArchiveComponent> archives() {
  return {
      of_cells<GridKeys>("grid",
                         "a grid over the descriptor's bounds that keeps the best elite per cell",
                         "Mouret & Clune 2015, \"Illuminating search spaces by mapping elites\""),
      of_cells<CvtKeys>("cvt",
                        "as many cells as you like in any number of dimensions, around "
                        "centroids that are spread evenly",
                        "Vassiliades, Chatzilygeroudis & Mouret 2018, \"Using centroidal Voronoi "
                        "tessellations to scale up the multidimensional archive of phenotypic "
                        "elites algorithm\""),
      of_cells<SlidingBoundariesKeys>(
          "sliding_boundaries",
          "a grid whose boundaries follow the quantiles of recent descriptors",
          "Fontaine et al. 2019, \"Mapping hearthstone deck spaces through MAP-Elites with "
          "sliding boundaries\""),
      of_cells<CategoricalKeys>("categorical",
                                "a grid of which some axes have one cell per whole number",
                                "pyribs 0.12, CategoricalArchive"),
      {"unstructured", "keeps what was novel when it was found, by a threshold that adapts",
       "Lehman & Stanley 2011, \"Abandoning objectives\"",
       [] { return std::make_unique<UnstructuredParameters>(); },
       [](const Parameters& parameters, const ArchiveContext& context) {
         return std::make_unique<UnstructuredArchive>(
             dynamic_cast<const UnstructuredParameters&>(parameters), context.space,
             context.executor);
       }},
      component<Archive, DominatedNoveltyArchive, DominatedNoveltyParameters,
                const ArchiveContext&>(
          "dominated_novelty",
          "a population that keeps what lies far from whatever is at least as good",
          "Bahlous-Boldi et al. 2025, \"Dominated Novelty Search\""),
  };
}

}  // namespace cambrian
