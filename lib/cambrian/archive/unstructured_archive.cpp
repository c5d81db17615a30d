#include "cambrian/archive/unstructured_archive.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kMaxCount = 1'000'000'000;
constexpr std::string_view kPaper = "Lehman & Stanley 2011";
constexpr std::string_view kShipped = "NSC (novelty-search-cpp)";

NoveltyRule rule_of(const UnstructuredParameters& parameters) {
  return {parameters.distance, static_cast<std::size_t>(parameters.k), parameters.counts_itself};
}

bool all_finite(std::span<const double> numbers) {
  return std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); });
}

}  // namespace

void UnstructuredParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("k", k, {1, 1'000'000},
                  {"nearest neighbours: their mean distance is the novelty score", "", kPaper});
  visitor.choice("distance", distance,
                 {{"squared_euclidean", NoveltyDistance::squared_euclidean},
                  {"mean_absolute", NoveltyDistance::mean_absolute}},
                 {"distance between descriptors", "", "Lehman & Stanley 2011; NSC: mean_absolute"});
  visitor.boolean("counts_itself", counts_itself,
                  {"whether an individual and its archived copy are among its neighbours", "",
                   "NSC counts them"});
  visitor.choice(
      "entry", entry, {{"score", Entry::score}, {"nearest", Entry::nearest}},
      {"what must exceed the threshold: score = the novelty score of each new individual, once; "
       "nearest = the distance to the nearest member, of all living ones in every period",
       "", "Lehman & Stanley 2011; NSC: nearest"});
  visitor.real("threshold", threshold, {0},
               {"rho_min, the threshold at the start", "of the distance", kPaper});
  visitor.real("raise", raise, {1, 1e6}, {"factor on the threshold when many enter", "", kShipped});
  visitor.real("lower", lower, {0, 1}, {"factor on the threshold when none enters", "", kShipped});
  visitor.integer("raise_above", raise_above, {0, kMaxCount},
                  {"more entries than this in a period raise the threshold", "entries", kShipped});
  visitor.integer("lower_after", lower_after, {1, kMaxCount},
                  {"periods in a row without an entry that lower it", "periods", kShipped});
  visitor.real("floor", floor, {0},
               {"the threshold is never lowered below this", "of the distance", kShipped});
  visitor.integer("period", period, {1, kMaxCount},
                  {"the threshold adapts at the first batch boundary after each multiple of this",
                   "evaluations", kShipped});
  visitor.integer(
      "capacity", capacity, {0, 4'294'967'294},
      {"largest size, at which the oldest member leaves; 0: unbounded", "members", "our choice"});
  visitor.boolean("refuse_copies", refuse_copies,
                  {"whether a descriptor that a member has exactly is refused, however novel; the "
                   "paper's rule, a mean over k neighbours, lets up to k copies in",
                   "", "our choice; Lehman & Stanley 2011: false"});
}

void UnstructuredParameters::apply_preset(std::string_view name) {
  const bool shipped = name == "as_published";
  distance = shipped ? NoveltyDistance::mean_absolute : NoveltyDistance::squared_euclidean;
  counts_itself = shipped;
  entry = shipped ? Entry::nearest : Entry::score;
}

UnstructuredArchive::UnstructuredArchive(const UnstructuredParameters& parameters,
                                         const DescriptorSpace& space)
    : space_(space),
      parameters_(checked(parameters)),
      rule_(rule_of(parameters)),
      by_nearest_(parameters.entry == UnstructuredParameters::Entry::nearest),
      capacity_(static_cast<std::size_t>(parameters.capacity)),
      index_(space.dimensions(), rule_.metric()),
      nobody_(space.dimensions(), rule_.metric()),
      threshold_(parameters.threshold) {
  if (space.min.size() != space.dimensions() || space.max.size() != space.dimensions()) {
    throw ConfigError("descriptor", "has " + counted(space.dimensions(), "axis", "axes") +
                                        ", but bounds of " + std::to_string(space.min.size()) +
                                        " and " + std::to_string(space.max.size()));
  }
}

void UnstructuredArchive::place(const Offers& offers, Placement& placement) {
  const std::size_t dimensions = space_.dimensions();
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const auto descriptor = offers.descriptors.subspan(i * dimensions, dimensions);
    if (offers.valid[i] == 0 || !all_finite(descriptor)) {
      placement.status[i] = Status::invalid;
      continue;
    }
    const double score = size() == 0 || by_nearest_
                             ? nearest_member(descriptor)
                             : novelty(descriptor, index_, nobody_, rule_, {}, scratch_);
    enter(i, offers.objective(i), descriptor, score, placement);
    if (placement.status[i] == Status::invalid) continue;
    for (std::size_t d = 0; d < dimensions; ++d) {
      if (descriptor[d] < space_.min[d] || descriptor[d] > space_.max[d]) {
        ++clipped_;
        break;
      }
    }
  }
  if (note_evaluations(offers.size())) adapt();
}

double UnstructuredArchive::nearest_member(std::span<const double> descriptor) const {
  check_count("descriptor", descriptor.size(), space_.dimensions());
  Neighbour nearest;
  if (index_.nearest(descriptor, {&nearest, 1}) == 0) return kInfinity;
  return nearest.distance * rule_.scale(descriptor.size());
}

bool UnstructuredArchive::enter(std::size_t i, double objective, std::span<const double> descriptor,
                                double score, Placement& placement) {
  check_count("descriptor", descriptor.size(), space_.dimensions());
  if (i >= placement.status.size()) {
    throw ShapeError("candidate " + std::to_string(i) + " of a batch of " +
                     std::to_string(placement.status.size()) + " was offered to an archive");
  }
  if (!std::isfinite(objective) || !all_finite(descriptor) || std::isnan(score)) {
    placement.status[i] = Status::invalid;
    return false;
  }
  placement.value[i] = score;
  if (!(score > threshold_) || refuses(descriptor)) return false;
  placement.status[i] = Status::added;
  put(i, descriptor, placement);
  return true;
}

bool UnstructuredArchive::enter_if_far(std::size_t i, double objective,
                                       std::span<const double> descriptor, Placement& placement) {
  const double score = all_finite(descriptor) ? nearest_member(descriptor) : 0;
  return enter(i, objective, descriptor, score, placement);
}

bool UnstructuredArchive::refuses(std::span<const double> descriptor) const {
  return parameters_.refuse_copies && nearest_member(descriptor) == 0;
}

void UnstructuredArchive::put(std::size_t i, std::span<const double> descriptor,
                              Placement& placement) {
  const bool full = capacity_ > 0 && size() == capacity_;
  const std::size_t row = full ? entries_ % capacity_ : size();
  if (full) {
    index_.replace(row, descriptor);
  } else {
    index_.add(descriptor);
  }
  ++entries_;
  ++recent_entries_;
  placement.edits.push_back(
      {RowEdit::Kind::put, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(i)});
}

bool UnstructuredArchive::note_evaluations(std::size_t n) {
  const auto period = static_cast<std::uint64_t>(parameters_.period);
  const std::uint64_t before = evaluations_ / period;
  evaluations_ += n;
  return evaluations_ / period > before;
}

void UnstructuredArchive::adapt() {
  idle_periods_ = recent_entries_ == 0 ? idle_periods_ + 1 : 0;
  if (idle_periods_ >= static_cast<std::uint64_t>(parameters_.lower_after)) {
    threshold_ = std::min(threshold_, std::max(threshold_ * parameters_.lower, parameters_.floor));
    idle_periods_ = 0;
  }
  if (recent_entries_ > static_cast<std::uint64_t>(parameters_.raise_above)) {
    threshold_ *= parameters_.raise;
  }
  recent_entries_ = 0;
}

void UnstructuredArchive::save(StateWriter& writer) const {
  writer.attribute("threshold", threshold_);
  writer.attribute("entries", entries_);
  writer.attribute("recent_entries", recent_entries_);
  writer.attribute("idle_periods", idle_periods_);
  writer.attribute("evaluations", evaluations_);
  writer.attribute("clipped", clipped_);
}

void UnstructuredArchive::load(const Individuals& rows, std::span<const std::int64_t>,
                               const StateReader&, const StateReader& reader) {
  const auto entries = reader.attribute_as<std::uint64_t>("entries");
  const bool fits = capacity_ == 0 ? rows.size() == entries
                                   : rows.size() == std::min(entries, std::uint64_t{capacity_});
  if (!fits) {
    throw Error("archive: has " + std::to_string(rows.size()) + " rows after " +
                std::to_string(entries) + " entries at capacity " + std::to_string(capacity_));
  }
  entries_ = entries;
  threshold_ = reader.attribute_as<double>("threshold");
  recent_entries_ = reader.attribute_as<std::uint64_t>("recent_entries");
  idle_periods_ = reader.attribute_as<std::uint64_t>("idle_periods");
  evaluations_ = reader.attribute_as<std::uint64_t>("evaluations");
  clipped_ = reader.attribute_as<std::uint64_t>("clipped");
  index_.clear();
  index_.add_many(rows.descriptors);
}

}  // namespace cambrian
