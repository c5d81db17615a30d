#include "cambrian/emitter/rankers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/fronts.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

bool two_stage(RankBy by) {
  return by == RankBy::two_stage_improvement || by == RankBy::two_stage_random_direction ||
         by == RankBy::two_stage_objective;
}

bool along_direction(RankBy by) {
  return by == RankBy::random_direction || by == RankBy::two_stage_random_direction;
}

bool by_fronts(RankBy by) { return by == RankBy::nslc || by == RankBy::nslc_classic; }

std::size_t keys_of(RankBy by) {
  if (by == RankBy::nslc_classic) return 3;
  return two_stage(by) || by == RankBy::nslc ? 2 : 1;
}

/// @throws ConfigError if the archive does not answer what is ranked by
void check_archive(RankBy by, const Archive& archive) {
  const ValueKind value = archive.value_kind();
  if (by_fronts(by) && !archive.local_competition()) {
    throw ConfigError("ranker",
                      "needs neighbours that compete; set archive.name = \"unstructured\" and "
                      "archive.local_competition = true");
  }
  if (by == RankBy::novelty && value != ValueKind::novelty && value != ValueKind::unknown) {
    throw ConfigError("ranker",
                      "is 'novelty', which cells do not measure; set archive.name = "
                      "\"unstructured\" or \"dominated_novelty\"");
  }
  if (by == RankBy::density && value != ValueKind::density && value != ValueKind::unknown) {
    throw ConfigError("ranker",
                      "is 'density', which this archive does not measure; set archive.contents = "
                      "\"density\" and an archive.name with cells, such as \"grid\"");
  }
}

double euclidean(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t g = 0; g < a.size(); ++g) {
    const double difference = static_cast<double>(a[g]) - static_cast<double>(b[g]);
    sum += difference * difference;
  }
  return std::sqrt(sum);
}

}  // namespace

void visit_ranker(ParameterVisitor& visitor, RankBy& ranker) {
  visitor.choice("ranker", ranker,
                 {{"two_stage_improvement", RankBy::two_stage_improvement},
                  {"improvement", RankBy::improvement},
                  {"two_stage_random_direction", RankBy::two_stage_random_direction},
                  {"random_direction", RankBy::random_direction},
                  {"two_stage_objective", RankBy::two_stage_objective},
                  {"objective", RankBy::objective},
                  {"novelty", RankBy::novelty},
                  {"density", RankBy::density},
                  {"nslc", RankBy::nslc},
                  {"nslc_classic", RankBy::nslc_classic}},
                 {"what candidates are ranked by; two_stage: new cells first, then improvements, "
                  "then the rest",
                  {},
                  "Fontaine et al. 2020 (CMA-ME)"});
}

bool Ranking::flat() const {
  if (order.size() < 2) return false;
  double squares = 0;
  for (std::size_t k = 0; k < keys; ++k) {
    const double difference = values[order.front() * keys + k] - values[order.back() * keys + k];
    squares += difference * difference;
  }
  return std::sqrt(squares) < 1e-12;
}

Ranker::Ranker(RankBy by, const EmitterContext& context, StreamKey key)
    : by_(by), variation_(context.variation), key_(key) {
  if (context.archive != nullptr) check_archive(by, *context.archive);
  ranking_.keys = keys_of(by);
  if (!along_direction(by)) return;
  if (context.descriptor == nullptr) {
    throw ConfigError("ranker", "is along a direction of descriptor space, but no axes are known");
  }
  const DescriptorSpace& axes = *context.descriptor;
  for (std::size_t d = 0; d < axes.dimensions(); ++d) {
    const double width = axes.max[d] - axes.min[d];
    widths_.push_back(std::isfinite(width) && width > 0 ? width : 1);
  }
}

void Ranker::reset(std::uint64_t ordinal) {
  Stream stream(key_, ordinal);
  direction_.clear();
  for (const double width : widths_) direction_.push_back(width * stream.normal());
}

double Ranker::first_key(std::size_t row, const Individuals& candidates,
                         const Placement& placement) const {
  switch (by_) {
    case RankBy::objective:
    case RankBy::two_stage_objective:
      return candidates.objective(row);
    case RankBy::random_direction:
    case RankBy::two_stage_random_direction: {
      const std::span<const double> descriptor = candidates.descriptor(row);
      return std::inner_product(direction_.begin(), direction_.end(), descriptor.begin(), 0.0);
    }
    case RankBy::density:
      return -placement.value[row];
    default:
      return placement.value[row];
  }
}

void Ranker::measure(RowRange range, const Proposal& proposal, const Placement& placement) {
  const std::size_t keys = ranking_.keys;
  ranking_.values.assign(range.size() * keys, 0);
  ranking_.order.clear();
  ranking_.accepted = 0;
  for (std::size_t i = 0; i < range.size(); ++i) {
    const std::size_t row = range.begin + i;
    if (placement.status[row] == Status::invalid) continue;
    ranking_.order.push_back(static_cast<std::uint32_t>(i));
    ranking_.accepted += placement.accepted(row) ? 1 : 0;
    double* values = ranking_.values.data() + i * keys;
    if (two_stage(by_)) *values++ = static_cast<double>(placement.status[row]);
    *values++ = first_key(row, proposal.candidates, placement);
    if (by_fronts(by_)) *values = placement.competition[row];
  }
  if (by_ == RankBy::nslc_classic) measure_diversity(range, *proposal.population);
}

void Ranker::measure_diversity(RowRange range, const Population& population) {
  const auto* vectors = dynamic_cast<const RealPopulation*>(&population);
  const std::vector<std::uint32_t>& rows = ranking_.order;
  for (const std::uint32_t i : rows) {
    double sum = 0;
    for (const std::uint32_t j : rows) {
      const std::size_t a = range.begin + i;
      const std::size_t b = range.begin + j;
      if (a == b) continue;
      sum += vectors != nullptr      ? euclidean(vectors->row(a), vectors->row(b))
             : variation_ != nullptr ? variation_->distance(population, a, population, b)
                                     : 0;
    }
    ranking_.values[i * ranking_.keys + 2] =
        rows.size() < 2 ? 0 : sum / static_cast<double>(rows.size() - 1);
  }
}

void Ranker::order_by_fronts() {
  std::vector<std::uint32_t>& order = ranking_.order;
  const std::size_t keys = ranking_.keys;
  std::vector<double> values;
  for (const std::uint32_t i : order) {
    values.insert(values.end(), ranking_.values.begin() + static_cast<std::ptrdiff_t>(i * keys),
                  ranking_.values.begin() + static_cast<std::ptrdiff_t>((i + 1) * keys));
  }
  const std::vector<std::uint32_t> front = fronts(values, keys);
  std::vector<double> room(order.size());
  if (by_ == RankBy::nslc) {
    std::vector<std::uint32_t> members;
    for (std::uint32_t f = 0;; ++f) {
      members.clear();
      for (std::uint32_t i = 0; i < front.size(); ++i)
        if (front[i] == f) members.push_back(i);
      if (members.empty()) break;
      const std::vector<double> distances = crowding_distances(values, keys, members);
      for (std::size_t m = 0; m < members.size(); ++m) room[members[m]] = distances[m];
    }
  }
  std::vector<std::uint32_t> places(order.size());
  std::iota(places.begin(), places.end(), 0U);
  std::ranges::stable_sort(places, [&](std::uint32_t a, std::uint32_t b) {
    return front[a] != front[b] ? front[a] < front[b] : room[a] > room[b];
  });
  for (std::uint32_t& place : places) place = order[place];
  order = std::move(places);
}

const Ranking& Ranker::rank(RowRange range, const Proposal& proposal, const Placement& placement) {
  if (by_fronts(by_) && placement.competition.size() != placement.status.size()) {
    throw Error(
        "the ranker is nslc, but the archive does not let neighbours compete; set archive.name = "
        "\"unstructured\" and archive.local_competition = true");
  }
  measure(range, proposal, placement);
  if (by_fronts(by_)) {
    order_by_fronts();
    return ranking_;
  }
  const double* values = ranking_.values.data();
  const std::size_t keys = ranking_.keys;
  std::ranges::stable_sort(ranking_.order, [&](std::uint32_t a, std::uint32_t b) {
    const double* first = values + a * keys;
    const double* second = values + b * keys;
    if (keys == 2 && first[0] != second[0]) return first[0] > second[0];
    return first[keys - 1] > second[keys - 1];
  });
  return ranking_;
}

}  // namespace cambrian
