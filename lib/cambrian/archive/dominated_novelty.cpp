#include "cambrian/archive/dominated_novelty.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr double kFarAway = std::numeric_limits<double>::infinity();
/// Rivals beyond the k nearest that are kept: a row is searched anew once it has lost so many.
constexpr std::size_t kSpare = 8;
/// Rows that a worker takes at a time.
constexpr std::size_t kRowsAtOnce = 16;
constexpr std::string_view kSource = "Bahlous-Boldi et al. 2025";

bool is_finite(std::span<const double> numbers) {
  return std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); });
}

}  // namespace

void DominatedNoveltyParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("capacity", capacity, {1, 1'000'000}, {"members", "individuals", kSource});
  visitor.integer(
      "k", k, {1, 10'000},
      {"nearest of those at least as fit: their mean distance is what selects", "", kSource});
}

DominatedNoveltyArchive::DominatedNoveltyArchive(const DominatedNoveltyParameters& parameters,
                                                 const ArchiveContext& context)
    : space_(context.space),
      executor_(context.executor),
      capacity_(static_cast<std::size_t>(checked(parameters).capacity)),
      k_(static_cast<std::size_t>(parameters.k)),
      kept_(k_ + kSpare),
      distances_(executor_ == nullptr ? 1 : executor_->workers()) {
  if (space_.min.size() == space_.dimensions() && space_.max.size() == space_.dimensions()) return;
  throw ConfigError("descriptor", "has " + counted(space_.dimensions(), "axis", "axes") +
                                      ", but bounds of " + std::to_string(space_.min.size()) +
                                      " and " + std::to_string(space_.max.size()));
}

void DominatedNoveltyArchive::place(const Offers& offers, Placement& placement) {
  const std::size_t members = size();
  join(offers, placement);
  const std::size_t rows = size();
  for (std::size_t first = members; first < rows; first += kSlab) {
    compete(members, first, std::min(rows, first + kSlab));
  }
  choose(members);
  settle(members, placement);
}

void DominatedNoveltyArchive::join(const Offers& offers, Placement& placement) {
  const std::size_t dimensions = space_.dimensions();
  candidates_.clear();
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const auto descriptor = offers.descriptors.subspan(i * dimensions, dimensions);
    if (offers.valid[i] == 0 || !std::isfinite(offers.objective(i)) || !is_finite(descriptor)) {
      placement.status[i] = Status::invalid;
      continue;
    }
    bool outside = false;
    for (std::size_t d = 0; d < dimensions; ++d) {
      outside = outside || descriptor[d] < space_.min[d] || descriptor[d] > space_.max[d];
    }
    clipped_ += outside ? 1 : 0;
    candidates_.push_back(static_cast<std::uint32_t>(i));
    append(offers.objective(i), descriptor);
  }
}

/// Each pair of a candidate and another row meets here once from each side, so rows are independent:
/// the candidates look at all rows, then the members at the candidates.
void DominatedNoveltyArchive::compete(std::size_t members, std::size_t first, std::size_t last) {
  const std::size_t rows = size();
  const std::size_t padded = (rows + kLanes - 1) / kLanes * kLanes;
  slab_.resize((last - first) * padded);
  for_each_chunk(executor_, last - first, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t c = begin; c < end; ++c) {
      const std::size_t row = first + c;
      double* distances = slab_.data() + c * padded;
      distances_from(row, rows, distances);
      offer_all(row, rows, distances);
    }
  });
  for_each_chunk(executor_, members, 256, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t c = 0; c < last - first; ++c) {
      const auto candidate = static_cast<std::uint32_t>(first + c);
      const double objective = objectives_[candidate];
      const double* distances = slab_.data() + c * padded;
      for (std::size_t member = begin; member < end; ++member) {
        if (distances[member] <= bound_[member] && objective >= objectives_[member])
          offer(member, candidate, distances[member]);
      }
    }
  });
}

void DominatedNoveltyArchive::choose(std::size_t members) {
  const std::size_t rows = size();
  fitness_.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) fitness_[row] = competition_fitness(row);
  order_.resize(rows);
  std::iota(order_.begin(), order_.end(), 0U);
  const std::size_t staying = std::min(rows, capacity_);
  if (staying < rows) {
    // Rows are members, then candidates in batch order: the lower row goes before.
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      return fitness_[a] > fitness_[b] || (fitness_[a] == fitness_[b] && a < b);
    };
    std::ranges::nth_element(order_, order_.begin() + static_cast<std::ptrdiff_t>(staying), before);
  }
  new_row_.assign(rows, kNoRow);
  for (std::size_t i = 0; i < staying; ++i) new_row_[order_[i]] = order_[i];
  // Candidates take the rows of members that leave, the lowest first, then those behind.
  std::size_t free = 0;
  for (std::size_t row = members; row < rows; ++row) {
    if (new_row_[row] == kNoRow) continue;
    while (free < members && new_row_[free] != kNoRow) ++free;
    new_row_[row] = static_cast<std::uint32_t>(free++);
  }
}

void DominatedNoveltyArchive::settle(std::size_t members, Placement& placement) {
  const std::size_t rows = size();
  for (std::size_t row = members; row < rows; ++row) {
    const std::uint32_t candidate = candidates_[row - members];
    placement.value[candidate] = fitness_[row];
    const std::uint32_t to = new_row_[row];
    if (to == kNoRow) continue;
    placement.status[candidate] = Status::added;
    placement.edits.push_back({RowEdit::Kind::put, to, candidate});
    move(row, to);
  }
  const std::size_t staying = std::min(rows, capacity_);
  resize(staying);
  if (staying == rows) return;
  // Rivals that have left are struck out; what lies beyond those kept is no longer known.
  for_each_chunk(executor_, staying, kRowsAtOnce,
                 [&](std::size_t begin, std::size_t end, std::size_t worker) {
                   for (std::size_t row = begin; row < end; ++row) {
                     Neighbour* rivals = rivals_.data() + row * kept_;
                     std::uint32_t count = 0;
                     for (std::uint32_t r = 0; r < known_[row].count; ++r) {
                       const std::uint32_t now = new_row_[rivals[r].row];
                       if (now != kNoRow) rivals[count++] = {now, rivals[r].distance};
                     }
                     known_[row].count = count;
                     keep_bound(row);
                     if (!known_[row].all && count < k_)
                       find_rivals(row, staying, distances_[worker]);
                   }
                 });
}

double DominatedNoveltyArchive::competition_fitness(std::size_t row) const {
  const std::size_t count = std::min<std::size_t>(known_[row].count, k_);
  if (count == 0) return kFarAway;
  double sum = 0;
  for (std::size_t r = 0; r < count; ++r) sum += std::sqrt(rivals_[row * kept_ + r].distance);
  return sum / static_cast<double>(count);
}

void DominatedNoveltyArchive::append(double objective, std::span<const double> descriptor) {
  const std::size_t row = size();
  resize(row + 1);
  objectives_[row] = objective;
  for (std::size_t d = 0; d < descriptor.size(); ++d) {
    blocks_[(row / kLanes * descriptor.size() + d) * kLanes + row % kLanes] = descriptor[d];
  }
}

void DominatedNoveltyArchive::move(std::size_t from, std::size_t to) {
  if (from == to) return;
  const std::size_t dimensions = space_.dimensions();
  objectives_[to] = objectives_[from];
  known_[to] = known_[from];
  bound_[to] = bound_[from];
  std::copy_n(rivals_.data() + from * kept_, kept_, rivals_.data() + to * kept_);
  for (std::size_t d = 0; d < dimensions; ++d) {
    blocks_[(to / kLanes * dimensions + d) * kLanes + to % kLanes] =
        blocks_[(from / kLanes * dimensions + d) * kLanes + from % kLanes];
  }
}

void DominatedNoveltyArchive::resize(std::size_t rows) {
  objectives_.resize(rows);
  known_.resize(rows);
  bound_.resize(rows, kFarAway);
  rivals_.resize(rows * kept_);
  blocks_.resize((rows + kLanes - 1) / kLanes * space_.dimensions() * kLanes);
}

void DominatedNoveltyArchive::distances_from(std::size_t row, std::size_t rows, double* out) const {
  const std::size_t dimensions = space_.dimensions();
  const double* point = blocks_.data() + row / kLanes * dimensions * kLanes + row % kLanes;
  const double* block = blocks_.data();
  for (std::size_t first = 0; first < rows; first += kLanes, block += dimensions * kLanes) {
    double sums[kLanes] = {};
    for (std::size_t d = 0; d < dimensions; ++d) {
      const double x = point[d * kLanes];
      const double* others = block + d * kLanes;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const double difference = others[lane] - x;
        sums[lane] += difference * difference;
      }
    }
    std::copy_n(sums, kLanes, out + first);
  }
}

void DominatedNoveltyArchive::offer(std::size_t to, std::uint32_t rival, double squared) {
  Rivals& known = known_[to];
  Neighbour* rivals = rivals_.data() + to * kept_;
  if (!known.all && (known.count == 0 || squared >= rivals[known.count - 1].distance)) return;
  std::uint32_t place = known.count;
  if (place < kept_) {
    ++known.count;
  } else {
    --place;
  }
  if (known.count == kept_) known.all = false;
  for (; place > 0 && squared < rivals[place - 1].distance; --place)
    rivals[place] = rivals[place - 1];
  rivals[place] = {rival, squared};
  keep_bound(to);
}

void DominatedNoveltyArchive::keep_bound(std::size_t row) {
  const Rivals& known = known_[row];
  bound_[row] = known.all          ? kFarAway
                : known.count == 0 ? -1
                                   : rivals_[row * kept_ + known.count - 1].distance;
}

void DominatedNoveltyArchive::offer_all(std::size_t to, std::size_t rows, const double* distances) {
  const double objective = objectives_[to];
  for (std::uint32_t other = 0; other < rows; ++other) {
    // The distance first: once some are kept it nearly always decides.
    if (distances[other] <= bound_[to] && objectives_[other] >= objective && other != to)
      offer(to, other, distances[other]);
  }
}

void DominatedNoveltyArchive::find_rivals(std::size_t row, std::size_t rows,
                                          std::vector<double>& distances) {
  distances.resize((rows + kLanes - 1) / kLanes * kLanes);
  distances_from(row, rows, distances.data());
  known_[row] = {};
  keep_bound(row);
  offer_all(row, rows, distances.data());
}

void DominatedNoveltyArchive::save(StateWriter& state) const {
  state.attribute("clipped", clipped_);
}

/// Fitness has the same bits whichever rivals beyond the k nearest are known, so they are not saved.
void DominatedNoveltyArchive::load(const Individuals& rows, std::span<const std::int64_t>,
                                   const StateReader&, const StateReader& state) {
  if (rows.size() > capacity_) {
    throw Error("archive: has " + counted(rows.size(), "row") +
                ", but the configuration's has at most " + std::to_string(capacity_));
  }
  clipped_ = state.attribute_as<std::uint64_t>("clipped");
  resize(0);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    append(rows.objective(row), rows.descriptor(row));
  }
  for_each_chunk(executor_, size(), kRowsAtOnce,
                 [&](std::size_t begin, std::size_t end, std::size_t worker) {
                   for (std::size_t row = begin; row < end; ++row) {
                     find_rivals(row, size(), distances_[worker]);
                   }
                 });
}

void DominatedNoveltyArchive::check(const Individuals& rows) const {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (objectives_[row] != rows.objective(row))
      throw Error("holds a member whose objective is not that of its row");
  }
}

}  // namespace cambrian
