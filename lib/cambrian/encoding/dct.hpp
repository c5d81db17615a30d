// Fixed layers painted by a few cosine coefficients: compressed network search.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/encoding/dct_layout.hpp"
#include "cambrian/encoding/encoding.hpp"

namespace cambrian {

/// Genes: the coefficients of block after block (DctLayout), lowest frequencies first
/// (lowest_frequencies). Where nothing else is said, blocks share them in proportion to their weights,
/// at least one each, so that one scale of the first genes, sqrt(weights / coefficients), gives the
/// weights the sd of `[genome]` in each (Parseval). Ragged genomes begin with genes at the same places;
/// a place is block after block row-major in its array of frequencies.
/// Source: Koutnik, Gomez & Schmidhuber 2010; the shares are our choice.
class Dct final : public Encoding {
 public:
  /// @throws ConfigError as DctLayout
  Dct(const DctParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  std::vector<NetworkNote> notes() const override;

  const DctLayout& layout() const { return layout_; }

 private:
  DctParameters parameters_;
  LayeredShape shape_;
  DctLayout layout_;
};

}  // namespace cambrian
