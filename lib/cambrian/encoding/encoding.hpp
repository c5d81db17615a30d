// From genome to network. An encoding owns no genomes: it says which space they live in, and hands
// out decoders, one a worker, that turn row after row into the network that they own and reuse.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/population.hpp"
#include "cambrian/network/network.hpp"

namespace cambrian {

/// One worker's way from genome to network.
class alignas(kCacheLines) Decoder {
 public:
  virtual ~Decoder() = default;
  /// The network of row `row`; owned by the decoder, valid until the next call.
  virtual Network& decode(const Population& population, std::size_t row) = 0;
};

struct Wiring;

/// What another program must know to compute the network of a genome as we do.
struct NetworkNote {
  std::string subject;  ///< "genes", "sensors", "update"
  std::string text;
};

class Encoding {
 public:
  virtual ~Encoding() = default;
  /// "real" or "graph": which parameters `[genome]` takes.
  virtual std::string_view genome_kind() const = 0;
  /// The space of its genomes. @param genome  RealGenomeParameters or GraphGenomeParameters, by
  /// genome_kind()
  virtual std::unique_ptr<GenomeSpace> genome_space(const Parameters& genome) const = 0;
  /// The preset of `[variation]` that suits its genomes, where a configuration names none and the
  /// variation has it; empty: the variation's own defaults.
  virtual std::string_view variation_preset() const { return {}; }
  virtual std::unique_ptr<Decoder> make_decoder() const = 0;
  /// The network of row `row` laid open, for tables and pictures.
  /// @throws Error where an encoding cannot say it
  virtual Wiring wiring(const Population& population, std::size_t row) const;
  /// From genes to motors, for `describe`.
  virtual std::vector<NetworkNote> notes() const { return {}; }
};

/// Registry line: an encoding is made for a body.
using EncodingComponent = Component<Encoding, const NetworkInterface&>;
/// direct_graph, direct_vector, dct, hyperneat.
std::vector<EncodingComponent> encodings();

}  // namespace cambrian
