#include "cambrian/archive/unstructured_archive.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <tuple>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kMaxCount = 1'000'000'000;
/// Candidates that a worker takes at a time.
constexpr std::size_t kChunk = 8;
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
                  {"mean_absolute", NoveltyDistance::mean_absolute},
                  {"euclidean", NoveltyDistance::euclidean}},
                 {"distance between descriptors", "",
                  "Lehman & Stanley 2011; NSC: mean_absolute; pyribs: euclidean"});
  visitor.boolean("counts_itself", counts_itself,
                  {"whether an individual and its archived copy are among its neighbours", "",
                   "NSC counts them"});
  visitor.choice(
      "entry", entry, {{"score", Entry::score}, {"nearest", Entry::nearest}},
      {"what must exceed the threshold: score = the novelty score of each new individual, once; "
       "nearest = the distance to the nearest member, of all living ones in every period",
       "", "Lehman & Stanley 2011; NSC: nearest"});
  visitor.real("threshold", threshold, {0},
               {"rho_min, the threshold at the start", "of the distance",
                "Lehman & Stanley 2011; pyribs' maze tutorial: 0.01"});
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
  visitor.choice("add_mode", add_mode, {{"single", AddMode::single}, {"batch", AddMode::batch}},
                 {"single = each candidate meets the archive as the one before it left it; batch = "
                  "all meet it as it was before the batch",
                  "", "Lehman & Stanley 2011; pyribs: batch"});
  visitor.boolean("admits_equal", admits_equal,
                  {"whether a number equal to the threshold suffices to enter", "",
                   "Lehman & Stanley 2011: false; pyribs: true"});
  visitor.boolean("local_competition", local_competition,
                  {"whether neighbours compete: rankers learn how many of its k nearest members a "
                   "candidate beats, and one that is not novel enough replaces its nearest member "
                   "if its objective is higher",
                   "", "pyribs 0.12 (ProximityArchive)"});
}

void UnstructuredParameters::apply_preset(std::string_view name) {
  const bool shipped = name == "as_published";
  const bool pyribs = name == "pyribs";
  distance = shipped  ? NoveltyDistance::mean_absolute
             : pyribs ? NoveltyDistance::euclidean
                      : NoveltyDistance::squared_euclidean;
  add_mode = pyribs ? AddMode::batch : AddMode::single;
  admits_equal = pyribs;
  threshold = pyribs ? 0.01 : 6.0;
  raise = pyribs ? 1 : 1.2;  // the threshold is fixed
  lower = pyribs ? 1 : 0.95;
  counts_itself = shipped;
  entry = shipped ? Entry::nearest : Entry::score;
}

UnstructuredArchive::UnstructuredArchive(const UnstructuredParameters& parameters,
                                         const DescriptorSpace& space, Executor* executor)
    : space_(space),
      parameters_(checked(parameters)),
      rule_(rule_of(parameters)),
      by_nearest_(parameters.entry == UnstructuredParameters::Entry::nearest),
      capacity_(static_cast<std::size_t>(parameters.capacity)),
      executor_(executor),
      index_(space.dimensions(), rule_.metric()),
      scratch_(executor == nullptr ? 1 : executor->workers()),
      threshold_(parameters.threshold) {
  if (space.min.size() != space.dimensions() || space.max.size() != space.dimensions()) {
    throw ConfigError("descriptor", "has " + counted(space.dimensions(), "axis", "axes") +
                                        ", but bounds of " + std::to_string(space.min.size()) +
                                        " and " + std::to_string(space.max.size()));
  }
}

void UnstructuredArchive::place(const Offers& offers, Placement& placement) {
  if (parameters_.local_competition) placement.competition.assign(offers.size(), 0.0);
  if (parameters_.add_mode == AddMode::batch) {
    place_as_batch(offers, placement);
  } else {
    place_one_by_one(offers, placement);
  }
  if (note_evaluations(offers.size())) adapt();
}

bool UnstructuredArchive::is_usable(const Offers& offers, std::size_t i, Placement& placement) {
  const std::size_t dimensions = space_.dimensions();
  const auto descriptor = offers.descriptors.subspan(i * dimensions, dimensions);
  if (offers.valid[i] == 0 || !std::isfinite(offers.objective(i)) || !all_finite(descriptor)) {
    placement.status[i] = Status::invalid;
    return false;
  }
  for (std::size_t d = 0; d < dimensions; ++d) {
    if (descriptor[d] < space_.min[d] || descriptor[d] > space_.max[d]) {
      ++clipped_;
      break;
    }
  }
  return true;
}

UnstructuredArchive::Standing UnstructuredArchive::stand(double objective,
                                                         std::span<const double> descriptor,
                                                         NoveltyScratch& scratch) const {
  if (size() == 0) return {.score = kInfinity};
  scratch.nearest.resize(by_nearest_ && !parameters_.local_competition ? 1 : rule_.k);
  NearestSet found(scratch.nearest);
  index_.search(descriptor, found);
  Standing standing;
  standing.nearest = found.found().front();
  standing.score = by_nearest_ ? rule_.in_unit(standing.nearest.distance, descriptor.size())
                               : mean_distance(found, rule_, descriptor.size());
  standing.competition = static_cast<double>(std::ranges::count_if(
      found.found(), [&](const Neighbour& one) { return objectives_[one.row] < objective; }));
  return standing;
}

void UnstructuredArchive::judge(const Offers& offers, std::size_t i, const Standing& standing,
                                Placement& placement) const {
  placement.value[i] = standing.score;
  const bool is_copy = standing.nearest.row != kNoRow && standing.nearest.distance == 0;
  if (admits(standing.score) && !(parameters_.refuse_copies && is_copy)) {
    placement.status[i] = Status::added;
  } else if (parameters_.local_competition && standing.nearest.row != kNoRow &&
             offers.objective(i) > objectives_[standing.nearest.row]) {
    placement.status[i] = Status::improved;
  }
  if (parameters_.local_competition) placement.competition[i] = standing.competition;
}

void UnstructuredArchive::place_one_by_one(const Offers& offers, Placement& placement) {
  const std::size_t dimensions = space_.dimensions();
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (!is_usable(offers, i, placement)) continue;
    const auto descriptor = offers.descriptors.subspan(i * dimensions, dimensions);
    const double objective = offers.objective(i);
    const Standing standing = stand(objective, descriptor, scratch_[0]);
    judge(offers, i, standing, placement);
    if (placement.status[i] == Status::added) {
      put(i, objective, descriptor, placement);
    } else if (placement.status[i] == Status::improved) {
      replace(standing.nearest.row, i, objective, descriptor, placement);
    }
  }
}

void UnstructuredArchive::place_as_batch(const Offers& offers, Placement& placement) {
  const std::size_t n = offers.size();
  const std::size_t dimensions = space_.dimensions();
  const auto descriptor = [&](std::size_t i) {
    return offers.descriptors.subspan(i * dimensions, dimensions);
  };
  for (std::size_t i = 0; i < n; ++i) is_usable(offers, i, placement);
  standings_.resize(n);
  for_each_chunk(executor_, n, kChunk, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    for (std::size_t i = begin; i < end; ++i) {
      if (placement.status[i] == Status::invalid) continue;
      standings_[i] = stand(offers.objective(i), descriptor(i), scratch_[worker]);
      judge(offers, i, standings_[i], placement);
    }
  });
  // Those that beat the same member stand together, the best in front.
  challengers_.clear();
  for (std::uint32_t i = 0; i < n; ++i) {
    if (placement.status[i] == Status::improved) challengers_.push_back(i);
  }
  std::ranges::sort(challengers_, {}, [&](std::uint32_t i) {
    return std::tuple(standings_[i].nearest.row, -offers.objective(i), i);
  });
  std::uint32_t last = kNoRow;
  for (const std::uint32_t i : challengers_) {
    const std::uint32_t row = standings_[i].nearest.row;
    if (row != last) replace(row, i, offers.objective(i), descriptor(i), placement);
    last = row;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (placement.status[i] == Status::added) put(i, offers.objective(i), descriptor(i), placement);
  }
}

double UnstructuredArchive::nearest_member(std::span<const double> descriptor) const {
  check_count("descriptor", descriptor.size(), space_.dimensions());
  Neighbour nearest;
  if (index_.nearest(descriptor, {&nearest, 1}) == 0) return kInfinity;
  return rule_.in_unit(nearest.distance, descriptor.size());
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
  if (!admits(score) || (parameters_.refuse_copies && nearest_member(descriptor) == 0))
    return false;
  placement.status[i] = Status::added;
  put(i, objective, descriptor, placement);
  return true;
}

bool UnstructuredArchive::enter_if_far(std::size_t i, double objective,
                                       std::span<const double> descriptor, Placement& placement) {
  const double score = all_finite(descriptor) ? nearest_member(descriptor) : 0;
  return enter(i, objective, descriptor, score, placement);
}

void UnstructuredArchive::put(std::size_t i, double objective, std::span<const double> descriptor,
                              Placement& placement) {
  const bool full = capacity_ > 0 && size() == capacity_;
  const std::size_t row = full ? entries_ % capacity_ : size();
  ++entries_;
  ++recent_entries_;
  if (full) {
    replace(static_cast<std::uint32_t>(row), i, objective, descriptor, placement);
    return;
  }
  index_.add(descriptor);
  objectives_.push_back(objective);
  placement.edits.push_back(
      {RowEdit::Kind::put, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(i)});
}

void UnstructuredArchive::replace(std::uint32_t row, std::size_t i, double objective,
                                  std::span<const double> descriptor, Placement& placement) {
  index_.replace(row, descriptor);
  objectives_[row] = objective;
  placement.edits.push_back({RowEdit::Kind::put, row, static_cast<std::uint32_t>(i)});
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
  objectives_.resize(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) objectives_[row] = rows.objective(row);
}

void UnstructuredArchive::check(const Individuals& rows) const {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (objectives_[row] != rows.objective(row))
      throw Error("holds a member whose objective is not that of its row");
    if (!std::ranges::equal(index_.point(row), rows.descriptor(row)))
      throw Error("holds a member that does not lie at its descriptor");
  }
}

}  // namespace cambrian
