// Genomes of any number of genes, each a place and a value: a sparse array of which only the named
// places hold something. Genes are sorted by place, and no two share one.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cambrian/genome/population.hpp"

namespace cambrian {

struct RaggedGene {
  std::uint32_t index = 0;
  float value = 0.0F;
  friend bool operator==(const RaggedGene&, const RaggedGene&) = default;
};
using RaggedGenome = std::vector<RaggedGene>;

class RaggedPopulation final : public Population {
 public:
  static constexpr std::string_view kKind = "ragged";
  /// @param places  indices lie below; part of the shape
  explicit RaggedPopulation(std::size_t places) : places_(places) {}
  std::size_t places() const { return places_; }
  RaggedGenome& operator[](std::size_t i) { return genomes_[i]; }
  const RaggedGenome& operator[](std::size_t i) const { return genomes_[i]; }

  std::string_view kind() const override { return kKind; }
  std::size_t size() const override { return size_; }
  void resize(std::size_t rows) override;
  std::unique_ptr<Population> make_empty() const override {
    return std::make_unique<RaggedPopulation>(places_);
  }
  void apply(std::span<const RowEdit> edits, const Population& offered) override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

 private:
  std::size_t places_;
  std::vector<RaggedGenome> genomes_;  // at least size_; spare ones keep their memory
  std::size_t size_ = 0;
};

/// At least one gene, sorted by index, none twice, all below `places`, values finite.
/// @throws Error naming the first fault
void check(const RaggedGenome& genome, std::size_t places);

/// The population as ragged genomes of so many places. @throws Error if it holds anything else
const RaggedPopulation& ragged_of(const Population& population, std::size_t places);
RaggedPopulation& ragged_of(Population& population, std::size_t places);

}  // namespace cambrian
