#include "environments/hinton_nowlan/hinton_nowlan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "environments/hinton_nowlan/guesses_scene.hpp"

namespace cambrian {

void HintonNowlanParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("loci", loci, {1, 1000}, {"genes", "", "Hinton & Nowlan 1987"});
  visitor.integer("trials", trials, {1, 1'000'000'000},
                  {"of a life; 1: nothing is learned", "trials", "Hinton & Nowlan 1987"});
}

Allele allele_of(float gene) {
  if (gene >= 1.5F) return Allele::open;
  return gene >= 0.5F ? Allele::one : Allele::zero;
}

std::int64_t first_success(std::size_t open, std::int64_t trials, Stream& stream) {
  if (open == 0) return 1;
  const double p = std::ldexp(1.0, -static_cast<int>(open));
  const double t = std::floor(std::log1p(-stream.uniform()) / std::log1p(-p));
  // Compared as numbers: t may be beyond any integer.
  return t >= static_cast<double>(trials) ? trials + 1 : static_cast<std::int64_t>(t) + 1;
}

double fitness_of(std::int64_t success, std::int64_t trials) {
  return 1 + 19 * static_cast<double>(trials - (success - 1)) / static_cast<double>(trials);
}

namespace {

class HintonNowlan final : public Environment {
 public:
  HintonNowlan(const HintonNowlanParameters& parameters, const Inputs&)
      : trials_(parameters.trials) {
    description_.objectives = {{"fitness", "", 1, "1, and 19 times the share of trials left"}};
    description_.measures = {
        {"zeros", "of the genes", 0, 1, "alleles 0"},
        {"ones", "of the genes", 0, 1, "alleles 1"},
        {"open", "of the genes", 0, 1, "alleles ?"},
        {"trials", "trials", 1, static_cast<double>(std::max<std::int64_t>(trials_, 2)),
         "of the life, to the first of all ones"}};
    description_.descriptor = {"ones", "open"};
    description_.takes_vectors = true;
    description_.vector_length = static_cast<std::size_t>(parameters.loci);
    description_.block = 64;
    description_.noisy = true;
    description_.learns = true;
    description_.can_be_solved = true;
    description_.solved_when = "a trial of the life gives all ones";
    description_.trace = guesses_trace(description_.vector_length);
  }
  const EnvironmentDescription& description() const override { return description_; }

  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const std::size_t learned = rows.learned.empty() ? 0 : vectors.length;
      live(vectors.row(i), vectors.streams[i],
           {rows.objectives.subspan(i, 1),
            rows.measures.subspan(4 * i, 4),
            rows.solved.subspan(i, 1),
            {},
            rows.learned.subspan(i * learned, learned)});
    }
  }

  /// The trials before the one that was drawn as the first of all ones are guesses that are not all ones.
  void trace_vector(std::span<const float> genes, Stream& stream,
                    const TraceSink& sink) const override {
    const std::int64_t success = success_of(counted(genes), stream);
    const std::int64_t last = std::min(success, trials_);
    if (last > kLongestTrace) {
      throw Error("a life of " + std::to_string(last) + " trials is too long to be traced; up to " +
                  std::to_string(kLongestTrace) + " are");
    }
    GuessesMoment moment(genes.size());
    std::ranges::transform(genes, moment.alleles().begin(),
                           [](float gene) { return static_cast<double>(allele_of(gene)); });
    sink(moment.row());
    for (std::int64_t trial = 1; trial <= last; ++trial) {
      do {
        guess(moment, trial == success, stream);
      } while (trial < success && moment.right() == genes.size());
      moment.count(trial);
      sink(moment.row());
    }
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    return guesses_scene(row, trials_);
  }

 private:
  static constexpr std::int64_t kLongestTrace = 100'000;

  using Counts = std::array<std::size_t, 3>;  // of zeros, ones and open alleles
  static Counts counted(std::span<const float> genes) {
    Counts counts{};
    for (const float gene : genes) ++counts[static_cast<std::size_t>(allele_of(gene))];
    return counts;
  }
  /// The trial that is the first of all ones; trials_ + 1 if none is.
  std::int64_t success_of(const Counts& counts, Stream& stream) const {
    return counts[0] > 0 ? trials_ + 1 : first_success(counts[2], trials_, stream);
  }
  /// Each ? anew. @param found  whether it is the trial of all ones
  static void guess(GuessesMoment& moment, bool found, Stream& stream) {
    constexpr auto kOpen = static_cast<double>(Allele::open);
    std::ranges::transform(moment.alleles(), moment.guesses().begin(), [&](double allele) {
      if (allele != kOpen) return allele;
      return found || stream.chance(0.5) ? 1.0 : 0.0;
    });
  }

  void live(std::span<const float> genes, Stream& stream, const EvaluationRows& row) const {
    const Counts counts = counted(genes);
    const auto [zeros, ones, open] = counts;
    const std::int64_t success = success_of(counts, stream);
    const bool found = success <= trials_;
    const auto length = static_cast<double>(genes.size());
    row.objectives[0] = fitness_of(success, trials_);
    row.measures[0] = static_cast<double>(zeros) / length;
    row.measures[1] = static_cast<double>(ones) / length;
    row.measures[2] = static_cast<double>(open) / length;
    row.measures[3] = static_cast<double>(std::min(success, trials_));
    row.solved[0] = found ? 1 : 0;
    if (found) std::ranges::fill(row.learned, 1.0F);
  }

  std::int64_t trials_;
  EnvironmentDescription description_;
};

}  // namespace

EnvironmentComponent hinton_nowlan_environment() {
  return component<Environment, HintonNowlan, HintonNowlanParameters, const Inputs&>(
      "hinton_nowlan", "a string to be found by evolution, and by guessing in life; bare vectors",
      "Hinton & Nowlan 1987");
}

}  // namespace cambrian
