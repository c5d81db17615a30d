// Where ragged genomes live: one or more boxes of places, such as the frequencies of each weight
// matrix, and the genes that first genomes have.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/genome_kind.hpp"
#include "cambrian/genome/ragged/ragged_population.hpp"

namespace cambrian {

/// `[genome]` for ragged genomes.
struct RaggedGenomeParameters final : Parameters {
  double initial_sd = 1.0;
  std::int64_t max_genes = 0;
  void visit(ParameterVisitor& visitor) override;
};

class RaggedSpace final : public GenomeSpace {
 public:
  static constexpr std::string_view kKind = RaggedPopulation::kKind;
  using Axes = std::vector<std::size_t>;
  /// @param boxes    axes of each; its places are numbered row-major, behind those of the boxes before
  /// @param initial  ascending: the places that each first genome has genes at; at least one
  /// @param scale    the encoding's factor on initial_sd
  RaggedSpace(const RaggedGenomeParameters& parameters, std::vector<Axes> boxes,
              std::vector<std::uint32_t> initial, double scale);
  std::string_view kind() const override { return kKind; }
  std::size_t places() const { return places_; }
  std::size_t max_genes() const { return max_genes_; }
  /// Standard deviation of first values, N(0, sd).
  double sd() const { return sd_; }
  /// The place one step along a random axis of its box, in a random direction; the place itself where
  /// that is beyond the edge.
  std::uint32_t neighbour(std::uint32_t place, Stream& stream) const;
  std::unique_ptr<Population> make_population() const override {
    return std::make_unique<RaggedPopulation>(places_);
  }
  void draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
            std::uint64_t first_id) const override;
  void check(const Population& population, std::size_t row) const override;

 private:
  std::vector<Axes> boxes_;
  std::vector<std::uint32_t> initial_;
  double sd_;
  std::size_t places_ = 0;
  std::size_t max_genes_;
};

GenomeKind ragged_kind();

}  // namespace cambrian
