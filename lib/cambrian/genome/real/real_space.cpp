#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

void check_interval(const std::string& key, const std::vector<double>& interval) {
  if (interval.size() != 2) {
    throw ConfigError(
        key, "has " + std::to_string(interval.size()) + " numbers, but must have 2: [min, max]");
  }
  // Written so that NaN is refused too.
  if (!(interval[0] < interval[1])) {
    throw ConfigError(key, "[" + std::to_string(interval[0]) + ", " + std::to_string(interval[1]) +
                               "] is empty: the first number must be below the second");
  }
}

/// Mirrored at the ends until it lies between them.
float reflected(float gene, float min, float max) {
  const auto low = static_cast<double>(min);
  const double width = static_cast<double>(max) - low;
  const double folded = std::fmod(std::abs(static_cast<double>(gene) - low), 2 * width);
  return static_cast<float>(low + (folded > width ? 2 * width - folded : folded));
}

}  // namespace

void RealGenomeParameters::visit(ParameterVisitor& visitor) {
  visitor.integer(
      "length", length, {0, 1'000'000'000},
      {"genes; 0: as many as the encoding or the environment needs", "genes", "our choice"});
  visitor.choice(
      "initial", initial,
      {{"normal", Initial::normal},
       {"uniform", Initial::uniform},
       {"lecun_uniform", Initial::lecun_uniform},
       {"choice", Initial::choice}},
      {"what the first genomes are drawn from: normal: N(initial_mean, initial_sd), "
       "uniform: U(initial_range), lecun_uniform: weights from U(+-sqrt(3 / inputs of the "
       "neuron)), biases 0, with [encoding] name = direct_vector, choice: one of initial_values",
       {},
       "pyribs: N(0, 1) around its first solution; lecun_uniform: LeCun et al. 1998, as in "
       "Kheperax"});
  visitor.real("initial_mean", initial_mean, {}, {"mean of the first genes", {}, "our choice"});
  visitor.real("initial_sd", initial_sd, {0.0, 1e9},
               {"standard deviation of the first genes", {}, "our choice"});
  visitor.reals("initial_range", initial_range, {},
                {"[min, max] of the first genes when initial is uniform", {}, "our choice"});
  visitor.reals(
      "initial_values", initial_values, {},
      {"alleles, of which each first gene is one when initial is choice; what stands twice "
       "is drawn twice as often",
       {},
       "our choice; Hinton & Nowlan 1987: 0, 1 and twice ?"});
  visitor.choice(
      "bounds", bounds,
      {{"none", Bounds::none},
       {"clip", Bounds::clip},
       {"reflect", Bounds::reflect},
       {"resample", Bounds::resample}},
      {"how genes are kept within range: none: not at all; clip: a gene outside becomes "
       "the nearer end; reflect: it is mirrored at the ends; resample: it is drawn again "
       "by the same operator, at most 16 times, then uniformly in the range",
       {},
       "our choice; clip: Vassiliades & Mouret 2018; resample: pyribs"});
  visitor.reals("range", range, {},
                {"[min, max] that genes are kept within unless bounds is none", {}, "our choice"});
}

RealSpace::RealSpace(const RealGenomeParameters& parameters, std::size_t length, double sd_scale,
                     const std::vector<std::uint32_t>& fan_in)
    : parameters_(checked(parameters)), length_(length), sd_scale_(sd_scale) {
  assert(length >= 1);
  assert(fan_in.empty() || fan_in.size() == length);
  check_interval("initial_range", parameters.initial_range);
  check_interval("range", parameters.range);
  min_ = static_cast<float>(parameters.range[0]);
  max_ = static_cast<float>(parameters.range[1]);
  if (parameters.initial_values.empty()) {
    throw ConfigError("initial_values", "is empty; expected at least one number");
  }
  if (parameters.initial != RealGenomeParameters::Initial::lecun_uniform) return;
  if (fan_in.empty()) {
    throw ConfigError("initial",
                      "is \"lecun_uniform\", which is for genes that are the weights of layers: "
                      "[encoding] name = \"direct_vector\"");
  }
  for (const std::uint32_t inputs : fan_in) {
    lecun_.push_back(inputs == 0 ? 0.0F : static_cast<float>(std::sqrt(3.0 / inputs)));
  }
}

void RealSpace::draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
                     std::uint64_t first_id) const {
  using Initial = RealGenomeParameters::Initial;
  RealPopulation& vectors = vectors_of(population, length_);
  require_rows({first, first + count}, vectors.size());
  const bool normal = parameters_.initial == Initial::normal;
  const double low = parameters_.initial_range[0];
  const auto offset = static_cast<float>(normal ? parameters_.initial_mean : low);
  const auto scale = static_cast<float>(normal ? parameters_.initial_sd * sd_scale_
                                               : parameters_.initial_range[1] - low);
  const std::vector<double>& values = parameters_.initial_values;
  // A gene from a draw of N(0, 1), or of U(0, 1).
  const auto gene = [&](std::size_t g, float drawn) {
    if (parameters_.initial == Initial::choice) {
      const auto n = static_cast<float>(values.size());
      // Rounding may carry the product to n.
      const auto place = std::min(static_cast<std::size_t>(drawn * n), values.size() - 1);
      return static_cast<float>(values[place]);
    }
    return lecun_.empty() ? offset + scale * drawn : lecun_[g] * (2.0F * drawn - 1.0F);
  };
  for (std::size_t i = first; i < first + count; ++i) {
    const std::span<float> row = vectors.row(i);
    Stream stream(key, first_id + i);
    if (normal) {
      stream.fill_normal(row);
    } else {
      stream.fill_uniform(row);
    }
    for (std::size_t g = 0; g < length_; ++g) row[g] = gene(g, row[g]);
    keep_within(row, stream, [&](std::size_t g, Stream& again) {
      return gene(g, normal ? static_cast<float>(again.normal()) : again.uniform_float());
    });
  }
}

void RealSpace::check(const Population& population, std::size_t row) const {
  const RealPopulation& vectors = vectors_of(population, length_);
  require_row(row, vectors.size());
  const std::span<const float> genes = vectors.row(row);
  const auto fault = [&](std::size_t i, const char* what) {
    throw Error("gene " + std::to_string(i) + " is " + std::to_string(genes[i]) + what);
  };
  for (std::size_t i = 0; i < genes.size(); ++i) {
    if (!std::isfinite(genes[i])) fault(i, "");
    if (bounded() && outside(genes[i])) fault(i, ", outside the bounds");
  }
}

void RealSpace::clip(std::span<float> genes) const {
  const float low = min_;
  const float high = max_;
  for (float& gene : genes) gene = std::min(std::max(gene, low), high);
}

void RealSpace::bring_within(std::span<float> genes, Stream& stream) const {
  switch (bounds()) {
    case Bounds::none:
      return;
    case Bounds::clip:
      break;
    case Bounds::reflect:
      for (float& gene : genes)
        if (outside(gene) && std::isfinite(gene)) gene = reflected(gene, min_, max_);
      break;
    case Bounds::resample:
      for (float& gene : genes)
        if (outside(gene)) gene = stream.uniform_float(min_, max_);
      break;
  }
  // Reflected and drawn genes may round to beyond an end; infinite ones are not reflected.
  clip(genes);
}

namespace {

void parse_vector(const GenomeSpace& space, std::span<const std::string> cells,
                  Population& population, std::size_t row) {
  const std::size_t length = dynamic_cast<const RealSpace&>(space).length();
  RealPopulation& vectors = vectors_of(population, length);
  require_row(row, vectors.size());
  for (std::size_t i = 0; i < length; ++i) {
    const std::string& cell = cells[i];
    const char* end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, vectors.row(row)[i]);
    if (error != std::errc() || stop != end) throw Error(quoted(cell) + " is not a number");
  }
}

}  // namespace

GenomeKind real_kind() {
  return {std::string(RealPopulation::kKind),
          "real vectors",
          "iso_line",
          [] { return std::make_unique<RealGenomeParameters>(); },
          "vector",
          [](const GenomeSpace& space) { return dynamic_cast<const RealSpace&>(space).length(); },
          parse_vector};
}

}  // namespace cambrian
