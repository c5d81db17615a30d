// Random batches with ties, invalid candidates and descriptors out of bounds.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

inline DescriptorSpace test_space(std::size_t dimensions) {
  DescriptorSpace space;
  for (std::size_t d = 0; d < dimensions; ++d) {
    space.names.push_back("m" + std::to_string(d));
    space.units.push_back("unit");
    space.min.push_back(-1.0 - static_cast<double>(d));
    space.max.push_back(2.0 + static_cast<double>(d));
  }
  return space;
}

struct RandomOffers {
  std::vector<double> objectives, descriptors;
  std::vector<std::uint8_t> valid;

  /// Objectives are few small integers; descriptors often lie on the edges of cells.
  RandomOffers(Stream& stream, std::size_t n, const DescriptorSpace& space) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInf = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < n; ++i) {
      objectives.push_back(stream.chance(0.02) ? (stream.chance(0.5) ? kNan : -kInf)
                                               : stream.below(12) - 4.0);
      valid.push_back(stream.chance(0.05) ? 0 : 1);
      for (std::size_t d = 0; d < space.dimensions(); ++d) {
        const double width = space.max[d] - space.min[d];
        double x = stream.chance(0.4) ? space.min[d] + width * stream.below(13) / 12.0
                                      : space.min[d] + width * (1.4 * stream.uniform() - 0.2);
        if (stream.chance(0.01)) x = stream.chance(0.5) ? kNan : kInf;
        if (stream.chance(0.01)) x = stream.chance(0.5) ? 1e300 : -1e300;
        descriptors.push_back(x);
      }
    }
  }
  Offers offers() const { return {objectives, descriptors, valid}; }
  std::span<const double> descriptor(std::size_t i) const {
    const std::size_t dimensions = descriptors.size() / objectives.size();
    return std::span(descriptors).subspan(i * dimensions, dimensions);
  }
  bool usable(std::size_t i) const {
    bool usable = valid[i] != 0 && std::isfinite(objectives[i]);
    for (const double x : descriptor(i)) usable = usable && std::isfinite(x);
    return usable;
  }
};

/// Columns beside an archive, which see its edits alone.
struct Beside {
  std::vector<double> objectives, descriptors;
  void follow(const std::vector<RowEdit>& edits, const RandomOffers& batch) {
    apply_edits<double>(objectives, batch.objectives, edits);
    apply_edits<double>(descriptors, batch.descriptors, edits,
                        batch.descriptors.size() / batch.objectives.size());
  }
};

}  // namespace cambrian
