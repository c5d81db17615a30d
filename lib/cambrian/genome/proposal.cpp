#include "cambrian/genome/proposal.hpp"

#include <string>

#include "cambrian/core/shape.hpp"

namespace cambrian {

void Proposal::start(std::size_t count, std::uint64_t first_id, const GenomeSpace& space,
                     std::size_t dimensions) {
  if (!population) population = space.make_population();
  population->resize(count);
  batch.fill(count, first_id);
  candidates.start(count, first_id, 1, dimensions);
  entered.assign(count, kNotTold);
}

void Proposal::begin_tell(std::size_t asked, std::size_t dimensions) {
  const std::size_t told = population ? population->size() : 0;
  if (asked == 0 || told != asked) {
    throw ShapeError("was told " + std::to_string(told) + " candidates, but expected " +
                     (asked == 0 ? "none: each batch is told once"
                                 : "the " + std::to_string(asked) + " that were asked for"));
  }
  candidates.require_batch(asked, dimensions);
  candidates.refuse_what_is_not_finite();
  entered.assign(asked, 0);
}

}  // namespace cambrian
