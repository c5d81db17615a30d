// MAP-Elites: one archive, children of its elites, better ones stay. Random genomes first.
// Source: Mouret & Clune 2015, "Illuminating search spaces by mapping elites".
#pragma once

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/emitter/elite_emitter.hpp"

namespace cambrian {

struct MapElitesParameters final : Parameters {
  std::int64_t batch = 540;
  std::int64_t initial = 100;
  void visit(ParameterVisitor& visitor) override;
};

class MapElites final : public Algorithm {
 public:
  MapElites(const MapElitesParameters& parameters, const AlgorithmContext& context);
  /// Without a configuration; draws from the streams that a configured run of `seed` draws from.
  /// @param space, variation  outlive this
  MapElites(const MapElitesParameters& parameters, const GenomeSpace& space,
            const Variation& variation, std::unique_ptr<Archive> archive, std::uint64_t seed);

  void ask(Proposal& proposal) override;
  void tell(const Proposal& proposal, const Outcomes& outcomes) override;
  const Elites* driver() const override { return &elites_; }
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader, const StateReader* driver,
            const StateReader* population) override;

 private:
  MapElitesParameters parameters_;
  const GenomeSpace& space_;
  Elites elites_;
  EliteEmitter emitter_;
  StreamKey initial_;
  std::uint64_t next_id_ = 0;
};

}  // namespace cambrian
