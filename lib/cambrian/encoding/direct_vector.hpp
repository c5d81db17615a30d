// The vector is the network: every weight and bias of fixed layers is a gene.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/layered.hpp"
#include "cambrian/encoding/substrate_layout.hpp"

namespace cambrian {

struct DirectVectorParameters final : LayeredParameters {};

/// Genes: layer after layer, a row [weights of its inputs, bias] per neuron.
class DirectVector final : public Encoding {
 public:
  DirectVector(const DirectVectorParameters& parameters, const NetworkInterface& body)
      : shape_(checked(parameters), body),
        hidden_(rows_of(parameters.hidden)),
        placed_(find_layout(hidden_, body).has_value()),
        life_(parameters.life()) {}
  std::vector<GenomePart> genome() const override;
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  bool places_neurons() const override { return placed_; }
  NetworkLife life() const override { return life_; }
  std::vector<NetworkNote> notes() const override;

 private:
  LayeredShape shape_;
  Shapes hidden_;
  bool placed_;
  NetworkLife life_;
};

}  // namespace cambrian
