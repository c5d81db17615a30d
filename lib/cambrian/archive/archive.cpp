#include "cambrian/archive/archive.hpp"

#include "cambrian/archive/grid_archive.hpp"
#include "cambrian/archive/unstructured_archive.hpp"

namespace cambrian {

void Placement::reset(std::size_t n) {
  status.assign(n, Status::rejected);
  value.assign(n, 0.0);
  edits.clear();
}

std::vector<ArchiveComponent> archives() {
  return {
      component<Archive, GridArchive, GridParameters, const DescriptorSpace&>(
          "grid", "a grid over the descriptor's bounds, the best elite a cell",
          "Mouret & Clune 2015, \"Illuminating search spaces by mapping elites\""),
      component<Archive, UnstructuredArchive, UnstructuredParameters, const DescriptorSpace&>(
          "unstructured", "what was novel when it was found, by a threshold that adapts",
          "Lehman & Stanley 2011, \"Abandoning objectives\""),
  };
}

}  // namespace cambrian
