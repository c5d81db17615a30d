// From genome to network. An encoding owns no genomes: it says which space they belong to, and
// hands out decoders, one per worker, that turn row after row into the network that they own and
// reuse.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/genome_kind.hpp"
#include "cambrian/network/network.hpp"
#include "cambrian/network/wiring.hpp"

namespace cambrian {

/// One worker's way from genome to network.
class alignas(kCacheLines) Decoder {
 public:
  virtual ~Decoder() = default;
  /// The network of row `row`; owned by the decoder, valid until the next call.
  virtual Network& decode(const Population& population, std::size_t row) = 0;
  /// Whether write_back() can give what its networks learn.
  virtual bool writes_back() const { return false; }
  /// Puts what the network of the last decode() has learned, in its first lane, into the genome of
  /// row `row` of a population like the one that it came from. Only where writes_back().
  virtual void write_back(Population& /*population*/, std::size_t /*row*/) const {}
  /// Memory that a life of its networks takes for each of its lanes: weights that learn. Other memory is
  /// taken when the decoder is made.
  virtual std::uint64_t bytes_per_lane() const { return 0; }
  /// The neurons and links of the network of the last decode(), as it now is: before its birth, or
  /// with what it has learned since.
  /// @throws Error where this encoding's networks cannot be shown so
  virtual Wiring wiring() const;
  /// Puts the neurons of a wiring where they are when the lengths of links are measured, for encodings
  /// whose wirings do not say where neurons are.
  virtual void place(Wiring& /*wiring*/) const {}
};

/// What another program must know to compute the network of a genome as we do.
struct NetworkNote {
  std::string subject;  ///< "genes", "sensors", "update"
  std::string text;
};

/// What happens to networks while they live.
struct NetworkLife {
  bool learns = true;     ///< their weights may change
  bool remembers = true;  ///< signals of earlier updates may be in their outputs
};

class Encoding {
 public:
  virtual ~Encoding() = default;
  /// What its genomes are made of.
  virtual std::vector<GenomePart> genome() const = 0;
  /// The preset of `[variation]` that suits its genomes, where a configuration names none and the
  /// variation has it; empty: the variation's own defaults.
  virtual std::string_view variation_preset() const { return {}; }
  /// One encoding serves the bodies of several environments.
  /// @param body  that the networks are for
  /// @throws ConfigError if its genomes cannot be decoded for that body
  virtual std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const = 0;
  /// Of its networks; an encoding that does not know says both.
  virtual NetworkLife life() const { return {}; }
  /// Whether links have lengths, for the body that it was made for: wirings say where neurons are, or
  /// Decoder::place() does.
  virtual bool places_neurons() const { return false; }
  /// The neurons and links of the network of row `row` for that body, for tables and pictures.
  /// @throws Error where it cannot give them; ConfigError as make_decoder()
  Wiring wiring(const NetworkInterface& body, const Population& population, std::size_t row) const;
  /// From genes to motors, for `describe`.
  virtual std::vector<NetworkNote> notes() const { return {}; }
};

/// For encodings whose genomes fit only one number of sensors and motors.
/// @throws ConfigError unless the body has so many sensors and motors
void require_terminals(const NetworkInterface& body, std::size_t sensors, std::size_t motors);

/// Registry line: an encoding is made for a body, which decides how long genomes are where a body
/// decides that.
using EncodingComponent = Component<Encoding, const NetworkInterface&>;
/// direct_graph, direct_vector, dct, hyperneat, es_hyperneat.
std::vector<EncodingComponent> encodings();

}  // namespace cambrian
