#include "cambrian/genome/proposal.hpp"

namespace cambrian {

void Proposal::start(std::size_t count, std::uint64_t first_id, const GenomeSpace& space,
                     std::size_t dimensions) {
  if (!population) population = space.make_population();
  population->resize(count);
  batch.fill(count, first_id);
  candidates.start(count, first_id, 1, dimensions);
  entered.assign(count, 0);
}

}  // namespace cambrian
