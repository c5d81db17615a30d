// A network as Python sees it: one genome, decoded, for a body.
#pragma once

#include <memory>
#include <optional>

#include "binding.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/evaluation/signal_map.hpp"

namespace cambrian::python {

using Signals = nb::ndarray<const float, nb::c_contig, nb::device::cpu>;

class BoundNetwork {
 public:
  /// @param owner   what keeps encoding and body alive
  /// @param genome  one row
  BoundNetwork(std::shared_ptr<void> owner, const Encoding& encoding, const NetworkInterface& body,
               std::unique_ptr<Population> genome);
  /// A birth with so many lanes; what it draws comes from `seed`.
  void reset(std::size_t lanes, std::uint64_t seed);
  /// One update. @param signals  [lanes, sensors] or [sensors], in the sensors' ranges
  /// @return [lanes, motors] or [motors], in the motors' ranges
  nb::object activate(const Signals& signals);
  Network& network() { return *network_; }
  Wiring wiring() const { return decoder_->wiring(); }
  const NetworkInterface& body() const { return body_; }

 private:
  std::shared_ptr<void> owner_;
  const NetworkInterface& body_;
  std::unique_ptr<Population> genome_;
  std::unique_ptr<Decoder> decoder_;
  Network* network_ = nullptr;
  SignalMap sensors_, motors_;
  std::size_t lanes_ = 0;
};

/// A population of one row, from a vector or a Graph. @throws Error if it does not fit the space
std::unique_ptr<Population> population_of_one(const GenomeSpace& space, nb::handle genome);

}  // namespace cambrian::python
