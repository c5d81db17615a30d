// MAP-Elites: one archive, which keeps the best of what emitters propose, after random first
// genomes. Source: Mouret & Clune 2015, "Illuminating search spaces by mapping elites".
#pragma once

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/algorithm/bandit.hpp"

namespace cambrian {

struct MapElitesParameters final : Parameters {
  std::int64_t batch = 540;
  std::int64_t initial = 100;
  double initial_coverage = 0;
  BanditParameters bandit;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "pyribs"}; }
  void apply_preset(std::string_view name) override;
};

/// Its emitters, `elite` alone where none is named, write one batch together, each its own rows:
/// all of them, or those that a bandit chooses.
class MapElites final : public Algorithm {
 public:
  MapElites(const MapElitesParameters& parameters, AlgorithmContext& context);

  void ask(Proposal& proposal) override;
  void tell(Proposal& proposal) override;
  const Elites& elites() const { return elites_; }
  std::vector<NamedArchive> archives() const override { return {{"driver", &elites_}}; }
  std::vector<std::string> origins() const override { return origins_; }
  void hold(std::vector<std::uint64_t>& ids) const override {
    for (const auto& emitter : emitters_) emitter->hold(ids);
  }
  void save(StateWriter& checkpoint) const override;
  void load(const StateReader& checkpoint, const SavedTables& tables) override;

 private:
  bool begins() const;
  void choose_emitters();
  void ask_emitters(Proposal& proposal);

  MapElitesParameters parameters_;
  const GenomeSpace& space_;
  Elites elites_;
  std::vector<std::unique_ptr<Emitter>> emitters_;
  Bandit bandit_{{}, 0};
  std::vector<std::size_t> chosen_;   // emitters of the next batch
  std::vector<std::string> origins_;  // "initial" and the emitters' names; empty: one emitter
  std::size_t asked_ = 0;             // candidates of the batch that is out
  struct Asked {
    std::size_t emitter;
    RowRange range;
  };
  std::vector<Asked> asked_emitters_;  // in it; what is in no range is random
  StreamKey initial_;
  std::uint64_t next_id_ = 0;
};

}  // namespace cambrian
