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
/// The coefficients of one genome in a block, for pictures and other programs: the inverse transform
/// (cosine_transform.hpp) of an array `axes` that holds them, and 0 elsewhere, is the block's array of numbers.
struct DctSpectrum {
  LinkNumber number = LinkNumber::weight;
  std::size_t layer = 0;         ///< of the neurons; 1: the first above the sensors
  std::size_t first_column = 0;  ///< of the layer's matrix
  std::vector<std::size_t> axes;
  std::size_t neuron_axes = 1;
  std::vector<std::uint32_t> places;  ///< row-major, of each coefficient
  std::vector<double> coefficients;
};

class Dct final : public Encoding {
 public:
  /// @throws ConfigError as DctLayout
  Dct(const DctParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  NetworkLife life() const override { return parameters_.life(); }
  bool places_neurons() const override { return placed_; }
  std::vector<NetworkNote> notes() const override;

  const DctLayout& layout() const { return layout_; }
  /// Of all blocks. @throws ConfigError as make_decoder()
  std::vector<DctSpectrum> spectra(const NetworkInterface& body, const Population& population,
                                   std::size_t row) const;

 private:
  std::unique_ptr<class DctDecoder> decoder_for(const NetworkInterface& body) const;

  DctParameters parameters_;
  LayeredShape shape_;
  DctLayout layout_;
  bool placed_;
};

}  // namespace cambrian
