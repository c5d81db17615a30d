#include "environments/linear_projection/linear_projection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

#include "cambrian/environment/check.hpp"
#include "environments/simd.hpp"

namespace cambrian {
namespace {

constexpr double kOptimum = 2.048;
constexpr double kBound = 5.12;

using V = simd_vector::Vector<float>;
constexpr std::size_t kWide = simd_vector::kLanes<float>;

/// What a number's part of f is computed from is its difference d from kOrigin; the objective is
/// 100 - scale(n) f.
struct Sphere {
  static constexpr double kOrigin = kOptimum;
  static constexpr const char* kMeaning = "100 at the optimum, 0 at (-5.12, ...)";
  static double term(double d) { return d * d; }
  static V terms(V d) { return d * d; }
  static double slope(double d) { return 2 * d; }
  static double scale(double n) { return 100 / (n * term(-kBound - kOptimum)); }
};

struct Rastrigin {
  static constexpr double kOrigin = kOptimum;
  static constexpr const char* kMeaning = Sphere::kMeaning;
  static double term(double d) { return 10 + d * d - 10 * std::cos(2 * std::numbers::pi * d); }
  static double slope(double d) {
    return 2 * d + 20 * std::numbers::pi * std::sin(2 * std::numbers::pi * d);
  }
  /// In double precision: its local optima are narrow, and where an evolution strategy converges to
  /// one, candidates differ by less than what rounding in single precision adds to the sum, so that
  /// it would follow noise and never end.
  static double sum(const float* x, std::size_t n) {
    constexpr std::size_t kLanes = 8;
    std::array<double, kLanes> sums{};
    const std::size_t whole = n - n % kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sums[lane] += precise_term(static_cast<double>(x[i + lane]) - kOrigin);
      }
    }
    double total = 0;
    for (std::size_t i = whole; i < n; ++i) {
      total += precise_term(static_cast<double>(x[i]) - kOrigin);
    }
    for (const double lane : sums) total += lane;
    return total;
  }
  /// term(d), as d^2 + 20 sin^2(pi d): no difference of large numbers. The sine is its Taylor
  /// series, whose first term left out is below 2e-18 for half a turn.
  static double precise_term(double d) {
    constexpr double kRounds = 0x1.8p52;  // adding and taking it away leaves a whole number
    const double angle = std::numbers::pi * (d - ((d + kRounds) - kRounds));
    const double square = angle * angle;
    double series = 0;
    for (int k = 10; k > 0; --k) series = (series + 1) * -square / (2 * k * (2 * k + 1));
    const double sine = angle * (series + 1);
    return d * d + 20 * sine * sine;
  }
  static double scale(double n) { return 100 / (n * term(-kBound - kOptimum)); }
};

struct Plateau {
  static constexpr double kOrigin = 0;
  static constexpr const char* kMeaning = "100 where all numbers are within +-5.12, less beyond";
  static V terms(V x) {
    constexpr auto bound = static_cast<float>(kBound);
    const V beyond = x > 0.0F ? x - bound : x + bound;
    return ((x <= bound) & (x >= -bound)) ? V{} : beyond * beyond;
  }
  static double slope(double x) {
    return std::abs(x) <= kBound ? 0 : 2 * (x - std::copysign(kBound, x));
  }
  static double scale(double n) { return 1 / n; }
};

float sum(V v) {
  for (std::size_t half = kWide / 2; half > 0; half /= 2)
    v += simd_vector::exchange<float>(v, half);
  return v[0];
}

template <class Function>
class LinearProjection final : public Environment {
 public:
  explicit LinearProjection(std::size_t n) : n_(n) {
    scale_ = Function::scale(static_cast<double>(n));
    const std::size_t first = n / 2;
    description_.objectives = {
        {.name = "closeness", .unit = "", .worst = 0, .meaning = Function::kMeaning}};
    const double bound = kBound * static_cast<double>(first);
    const double other = kBound * static_cast<double>(n - first);
    description_.measures = {{"sum_first", "", -bound, bound, "sum of the clipped first half"},
                             {"sum_second", "", -other, other, "sum of the clipped second half"}};
    description_.descriptor = {"sum_first", "sum_second"};
    description_.takes_vectors = true;
    description_.vector_length = n;
    description_.gives_gradients = true;
    description_.block = std::clamp<std::size_t>(16384 / n, 1, 128);  // some microseconds

    // Vectors of numbers over a row; the last is moved back to end with the row (a row that is
    // shorter than one vector is padded), and leaves out what it has in common with the one before.
    for (std::size_t begin = 0; begin < n; begin += kWide) {
      Part part;
      part.offset = std::min(begin, n < kWide ? 0 : n - kWide);
      for (std::size_t lane = 0; lane < kWide; ++lane) {
        const std::size_t i = part.offset + lane;
        const bool counts = i >= begin && i < n;
        part.counts[lane] = counts ? -1 : 0;
        part.is_first[lane] = counts && i < first ? -1 : 0;
        part.is_second[lane] = counts && i >= first ? -1 : 0;
      }
      parts_.push_back(part);
    }
  }

  const EnvironmentDescription& description() const override { return description_; }

  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    check_rows(description_, vectors, rows);
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const float* row = vectors.row(i).data();
      std::array<float, kWide> short_row{};
      if (n_ < kWide) {
        std::memcpy(short_row.data(), row, n_ * sizeof(float));
        row = short_row.data();
      }
      V f{}, first{}, second{};
      for (const Part& part : parts_) {
        const V x = simd_vector::load<float>(row + part.offset);
        const V d = x - static_cast<float>(Function::kOrigin);
        constexpr auto bound = static_cast<float>(kBound);
        const V clipped = ((x <= bound) & (x >= -bound)) ? x : bound / x;
        if constexpr (!kPrecise) f += part.counts ? Function::terms(d) : V{};
        first += part.is_first ? clipped : V{};
        second += part.is_second ? clipped : V{};
      }
      rows.objectives[i] = 100 - scale_ * objective_sum(vectors.row(i), f);
      rows.measures[2 * i] = static_cast<double>(sum(first));
      rows.measures[2 * i + 1] = static_cast<double>(sum(second));
      rows.solved[i] = 0;
    }
    if (!rows.gradients.empty()) differentiate(vectors, rows.gradients);
  }

 private:
  static constexpr bool kPrecise = requires(const float* x) { Function::sum(x, 1); };
  /// @param single  what was summed in single precision, if it was
  static double objective_sum(std::span<const float> row, V single) {
    if constexpr (kPrecise) return Function::sum(row.data(), row.size());
    return static_cast<double>(sum(single));
  }

  /// @param gradients  [rows, 3, n], written
  void differentiate(const VectorBlock& vectors, std::span<float> gradients) const {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const std::span<float> row = gradients.subspan(3 * i * n_, 3 * n_);
      for (std::size_t j = 0; j < n_; ++j) {
        const auto x = static_cast<double>(vectors.row(i)[j]);
        const bool first = j < n_ / 2;
        const double inside = std::abs(x) <= kBound ? 1 : -kBound / (x * x);
        row[j] = static_cast<float>(-scale_ * Function::slope(x - Function::kOrigin));
        row[n_ + j] = first ? static_cast<float>(inside) : 0.0F;
        row[2 * n_ + j] = first ? 0.0F : static_cast<float>(inside);
      }
    }
  }

  using Mask = decltype(V{} < V{});
  struct Part {
    std::size_t offset = 0;
    Mask counts{}, is_first{}, is_second{};  // lanes to be added up
  };

  std::size_t n_;
  double scale_ = 0;  // of f in the objective
  std::vector<Part> parts_;
  EnvironmentDescription description_;
};

template <class Function>
EnvironmentComponent environment(std::string name, std::string summary, std::string source) {
  return {
      std::move(name), std::move(summary), std::move(source),
      [] { return std::make_unique<LinearProjectionParameters>(); },
      [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
        const auto p = checked(dynamic_cast<const LinearProjectionParameters&>(parameters));
        return std::make_unique<LinearProjection<Function>>(static_cast<std::size_t>(p.dimensions));
      }};
}

}  // namespace

void LinearProjectionParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("dimensions", dimensions, {2, 1'000'000},
                  {"numbers in a vector", "", "Fontaine et al. 2020: 20 and 100"});
}

EnvironmentComponent sphere_environment() {
  return environment<Sphere>("sphere", "sphere function under a linear projection; bare vectors",
                             "Fontaine et al. 2020 (CMA-ME), section 5");
}

EnvironmentComponent rastrigin_environment() {
  return environment<Rastrigin>("rastrigin",
                                "Rastrigin function under a linear projection; bare vectors",
                                "Fontaine et al. 2020 (CMA-ME), section 5");
}

EnvironmentComponent plateau_environment() {
  return environment<Plateau>("plateau", "flat function under a linear projection; bare vectors",
                              "Fontaine & Nikolaidis 2023 (CMA-MAE), section 5");
}

}  // namespace cambrian
