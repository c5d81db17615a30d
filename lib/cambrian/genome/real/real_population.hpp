// Real vectors of one length, float32, row-major: a population is one matrix.
#pragma once

#include <string>
#include <vector>

#include "cambrian/core/large_pages.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/genome_kind.hpp"

namespace cambrian {

class RealPopulation final : public Population {
 public:
  static constexpr std::string_view kKind = "real";
  explicit RealPopulation(std::size_t length) : length_(length) {}
  std::size_t length() const { return length_; }
  std::span<float> row(std::size_t i) { return {genes_.data() + i * length_, length_}; }
  std::span<const float> row(std::size_t i) const { return {genes_.data() + i * length_, length_}; }
  /// All rows, [size, length] row-major.
  std::span<const float> matrix() const { return genes_; }
  std::span<float> matrix() { return genes_; }

  std::string_view kind() const override { return kKind; }
  std::size_t size() const override { return size_; }
  void resize(std::size_t rows) override;
  std::unique_ptr<Population> make_empty() const override {
    return std::make_unique<RealPopulation>(length_);
  }
  void apply(std::span<const RowEdit> edits, const Population& offered) override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

 private:
  std::size_t length_;
  std::size_t size_ = 0;
  LargeColumn<float> genes_;
};

/// The population as vectors of `length` genes. @throws Error if it holds anything else
const RealPopulation& vectors_of(const Population& population, std::size_t length);
RealPopulation& vectors_of(Population& population, std::size_t length);

/// `[genome]` for real vectors.
struct RealGenomeParameters final : Parameters {
  enum class Initial { normal, uniform, lecun_uniform, choice };
  enum class Bounds { none, clip, reflect, resample };
  std::int64_t length = 0;  ///< 0: as many as the encoding or the environment needs
  Initial initial =
      Initial::normal;  ///< N(mean, sd), U(min, max) of `initial_range`, by layers, or
                        ///< one of `initial_values`
  double initial_mean = 0.0;
  double initial_sd = 1.0;
  std::vector<double> initial_range = {-1.0, 1.0};
  std::vector<double> initial_values = {0.0, 1.0};
  Bounds bounds = Bounds::none;
  std::vector<double> range = {-1.0, 1.0};  ///< [min, max], used unless bounds is none
  void visit(ParameterVisitor& visitor) override;
};

class RealSpace final : public GenomeSpace {
 public:
  static constexpr std::string_view kKind = RealPopulation::kKind;
  /// @param length  at least 1; overrides parameters.length
  /// @param sd_scale  the encoding's factor on initial_sd (DCT: sqrt(weights / coefficients))
  /// @param fan_in  [length] for lecun_uniform: how many inputs the neuron has that a gene is a weight of;
  /// 0 for a bias. Empty: the encoding's genes are not the weights of layers
  RealSpace(const RealGenomeParameters& parameters, std::size_t length, double sd_scale = 1.0,
            const std::vector<std::uint32_t>& fan_in = {});
  std::string_view kind() const override { return kKind; }
  std::size_t length() const { return length_; }
  /// The encoding's factor on the sd of the first genes: the size of a usual step.
  double sd_scale() const { return sd_scale_; }
  using Bounds = RealGenomeParameters::Bounds;
  Bounds bounds() const { return parameters_.bounds; }
  bool bounded() const { return bounds() != Bounds::none; }
  float min() const { return min_; }  ///< of every gene, where the space is bounded
  float max() const { return max_; }
  /// Into [min, max], in place, whatever the bounds are: each gene outside becomes the nearer end.
  void clip(std::span<float> genes) const;
  /// Into [min, max], in place, as the bounds say: clipped; reflected at the ends, as often as it
  /// takes; or resampled, uniformly between the ends. Without bounds nothing changes, and a gene that
  /// is not a number stays one. Everything that writes genomes calls it, or the next, last.
  /// @param stream  drawn from only where a gene is resampled
  void keep_within(std::span<float> genes, Stream& stream) const {
    if (bounded()) bring_within(genes, stream);
  }
  /// The same for one who can draw a gene again: a gene outside is drawn until it lies within,
  /// at most kRedraws times, and then uniformly. @param draw  draw(i, stream) gives gene i anew
  template <class Draw>
  void keep_within(std::span<float> genes, Stream& stream, const Draw& draw) const {
    if (bounds() == Bounds::resample) {
      for (std::size_t i = 0; i < genes.size(); ++i) {
        for (int tries = 0; outside(genes[i]) && tries < kRedraws; ++tries) {
          genes[i] = draw(i, stream);
        }
      }
    }
    keep_within(genes, stream);
  }
  static constexpr int kRedraws = 16;
  std::unique_ptr<Population> make_population() const override {
    return std::make_unique<RealPopulation>(length_);
  }
  void draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
            std::uint64_t first_id) const override;
  void check(const Population& population, std::size_t row) const override;

 private:
  void bring_within(std::span<float> genes, Stream& stream) const;
  bool outside(float gene) const { return gene < min_ || gene > max_; }

  RealGenomeParameters parameters_;
  std::size_t length_;
  double sd_scale_;
  std::vector<float> lecun_;  // [length] half the width of each first gene's range
  float min_, max_;
};

/// In a line of CSV: vector_0, vector_1, ... as `cambrian query --columns vector` prints them.
GenomeKind real_kind();

/// The child of a mating by one-point crossover: genes before a cut that is drawn from one parent, a coin
/// says which, the rest from the other; a copy of the mother where there is no father, or but one gene.
/// @param child  [length], written
void cross_at_one_point(const RealPopulation& parents, const Mating& mating, std::span<float> child,
                        Stream& stream);

}  // namespace cambrian
