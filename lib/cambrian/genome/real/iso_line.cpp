#include "cambrian/genome/real/iso_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian {
namespace {

/// Normals drawn at once: whole groups of fill_normal, so that a row in several pieces is the same
/// sequence as a row in one.
constexpr std::size_t kPiece = 256;
static_assert(kPiece % Stream::kNormalGroup == 0);

/// Parents lie anywhere in an archive that may be larger than the caches: their rows are called for
/// this many children ahead.
constexpr std::size_t kAhead = 8;
constexpr std::size_t kCacheLine = 64 / sizeof(float);

void prefetch(std::span<const float> row) {
  for (std::size_t g = 0; g < row.size(); g += kCacheLine) __builtin_prefetch(row.data() + g);
  __builtin_prefetch(row.data() + row.size() - 1);
}

float distance_between(std::span<const float> x, std::span<const float> y) {
  double squares = 0.0;
  for (std::size_t g = 0; g < x.size(); ++g) {
    const double d = static_cast<double>(y[g]) - static_cast<double>(x[g]);
    squares += d * d;
  }
  return static_cast<float>(std::sqrt(squares));
}

}  // namespace

void IsoLineParameters::visit(ParameterVisitor& visitor) {
  visitor.real("iso", iso, {0.0, 1e9},
               {"standard deviation of the noise on each gene", {}, "Vassiliades & Mouret 2018"});
  visitor.real("line", line, {0.0, 1e9},
               {"standard deviation of the step along the line to the other parent",
                "distances between the parents", "Vassiliades & Mouret 2018"});
  visitor.boolean(
      "over_distance", over_distance,
      {"whether iso and line are divided by the distance between the parents. Operators of "
       "the source: LineDD: iso = 0; with over_distance: IsoDD: iso = 0.05, line = 0; "
       "Line: iso = 0",
       {},
       "Vassiliades & Mouret 2018: not, in Iso+LineDD"});
}

IsoLine::IsoLine(const IsoLineParameters& parameters, const GenomeSpace& space)
    : space_(space_of<RealSpace>(space, "iso_line")),
      iso_(static_cast<float>(checked(parameters).iso)),
      line_(static_cast<float>(parameters.line)),
      over_distance_(parameters.over_distance) {}

void IsoLine::vary_rows(const Population& parents, std::span<const Mating> matings,
                        Population& children, RowRange range, StreamKey key,
                        std::uint64_t first_id) const {
  const std::size_t length = space_.length();
  const RealPopulation& from = vectors_of(parents, length);
  RealPopulation& to = vectors_of(children, length);
  alignas(64) std::array<float, kPiece> normals;
  for (std::size_t n = 0; n < range.size(); ++n) {
    if (n + kAhead < range.size()) {
      const Mating& later = matings[n + kAhead];
      prefetch(from.row(later.mother));
      if (later.father != Mating::kNone) prefetch(from.row(later.father));
    }
    const Mating& mating = matings[n];
    const float* x = from.row(mating.mother).data();
    const float* y = mating.father == Mating::kNone ? x : from.row(mating.father).data();
    const std::size_t i = range.begin + n;
    float* child = to.row(i).data();
    float iso = iso_, line = line_;
    if (over_distance_) {
      const float distance = distance_between({x, length}, {y, length});
      if (distance > 0.0F) {
        iso /= distance;
        line /= distance;
      }
    }
    Stream stream(key, first_id + i);
    // The first normal of the row is the step along the line, gene g has normal g + 1.
    float step = 0.0F;
    std::size_t used = 1;
    for (std::size_t g = 0; g < length;) {
      const std::size_t genes = std::min(length - g, kPiece - used);
      stream.fill_normal({normals.data(), Stream::whole_normal_groups(used + genes)});
      if (used == 1) step = line * normals[0];
      const float* z = normals.data() + used;
      for (std::size_t end = g + genes; g < end; ++g, ++z) {
        child[g] = x[g] + iso * *z + step * (y[g] - x[g]);
      }
      used = 0;
    }
    space_.keep_within(to.row(i), stream, [&](std::size_t g, Stream& again) {
      return x[g] + iso * static_cast<float>(again.normal()) + step * (y[g] - x[g]);
    });
  }
}

}  // namespace cambrian
