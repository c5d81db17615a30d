// Fixed layers painted by a few cosine coefficients: compressed network search.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/layered.hpp"

namespace cambrian {

struct DctParameters final : LayeredParameters {
  std::int64_t coefficients = 20;
  void visit(ParameterVisitor& visitor) override;
};

/// Genes: the coefficients of layer after layer, lowest frequencies first (CosineTransform). Layers
/// share them in proportion to their weights, at least one each, so that one scale of the first
/// genes, sqrt(weights / coefficients), gives the weights the sd of `[genome]` in each (Parseval).
/// Source: Koutnik, Gomez & Schmidhuber 2010; the shares are our choice.
class Dct final : public Encoding {
 public:
  /// @throws ConfigError if there are fewer coefficients than layers, or more than weights
  Dct(const DctParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  std::vector<NetworkNote> notes() const override;

  /// How many coefficients each layer has.
  const std::vector<std::size_t>& shares() const { return shares_; }

 private:
  DctParameters parameters_;
  LayeredShape shape_;
  std::vector<std::size_t> shares_;
};

}  // namespace cambrian
