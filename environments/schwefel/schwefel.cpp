#include "environments/schwefel/schwefel.hpp"

#include <algorithm>

#include "cambrian/environment/check.hpp"

namespace cambrian {
namespace {

constexpr double kBound = 5;

class Schwefel final : public Environment {
 public:
  explicit Schwefel(const SchwefelParameters& parameters)
      : n_(static_cast<std::size_t>(parameters.dimensions)),
        up_to_(parameters.inner_sum == SchwefelSum::up_to) {
    // 5^2 (1^2 + ... + m^2)
    const auto m = static_cast<double>(up_to_ ? n_ : n_ - 1);
    description_.objectives = {{.name = "closeness",
                                .unit = "",
                                .worst = -kBound * kBound * m * (m + 1) * (2 * m + 1) / 6,
                                .meaning = "- sum of the squared sums of the first numbers"}};
    description_.measures = {{"x_1", "", -kBound, kBound, "the first number"},
                             {"x_2", "", -kBound, kBound, "the second number"}};
    description_.descriptor = {"x_1", "x_2"};
    description_.takes_vectors = true;
    description_.vector_length = n_;
    description_.gives_gradients = true;
    description_.block = std::clamp<std::size_t>(16384 / n_, 1, 128);  // some microseconds
  }

  const EnvironmentDescription& description() const override { return description_; }

  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    check_rows(description_, vectors, rows);
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const std::span<const float> x = vectors.row(i);
      double sum = 0, squares = 0;
      for (const float number : x) {
        const double before = sum;
        sum += static_cast<double>(number);
        const double inner = up_to_ ? sum : before;
        squares += inner * inner;
      }
      // The last number is in no inner sum of the code; one that is not a number must be noticed.
      rows.objectives[i] = up_to_ ? -squares : -squares - 0 * sum;
      rows.measures[2 * i] = static_cast<double>(x[0]);
      rows.measures[2 * i + 1] = static_cast<double>(x[1]);
      rows.solved[i] = 0;
      if (!rows.gradients.empty())
        differentiate(x, sum, rows.gradients.subspan(3 * i * n_, 3 * n_));
    }
  }

 private:
  /// @param total  of all numbers  @param gradients  [3, n], written
  void differentiate(std::span<const float> x, double total, std::span<float> gradients) const {
    double sum = total;  // of the numbers up to k
    double held = 0;     // sum of the inner sums that hold x_k
    for (std::size_t k = n_; k-- > 0;) {
      if (up_to_ || k + 1 < n_) held += sum;
      sum -= static_cast<double>(x[k]);
      gradients[k] = static_cast<float>(-2 * held);
      gradients[n_ + k] = k == 0 ? 1.0F : 0.0F;
      gradients[2 * n_ + k] = k == 1 ? 1.0F : 0.0F;
    }
  }

  std::size_t n_;
  bool up_to_;
  EnvironmentDescription description_;
};

}  // namespace

void SchwefelParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("dimensions", dimensions, {2, 1'000'000},
                  {"numbers in a vector", "", "Vassiliades & Mouret 2018"});
  visitor.choice(
      "inner_sum", inner_sum, {{"before", SchwefelSum::before}, {"up_to", SchwefelSum::up_to}},
      {"which numbers the i-th inner sum holds: up_to: the first i; before: the first i - 1, as "
       "in the code of Vassiliades & Mouret",
       "", "Schwefel 1981"});
}

void SchwefelParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name == "as_published") inner_sum = SchwefelSum::before;
}

EnvironmentComponent schwefel_environment() {
  return {"schwefel", "Schwefel's problem 1.2, described by its first two numbers; bare vectors",
          "Schwefel 1981; Vassiliades & Mouret 2018 (Iso+LineDD)",
          [] { return std::make_unique<SchwefelParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            return std::make_unique<Schwefel>(
                checked(dynamic_cast<const SchwefelParameters&>(parameters)));
          }};
}

}  // namespace cambrian
