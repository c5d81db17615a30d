// A program with an encoding, an archive, an emitter and an algorithm of its own, which its
// configurations name as they name Cambrian's.
#include "apps/program.hpp"
#include "cambrian/archive/elites.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/encoding/direct_vector.hpp"
#include "environments/environments.hpp"

using namespace cambrian;

struct SizeParameters final : Parameters {
  std::int64_t size = 8;
  void visit(ParameterVisitor& visitor) override {
    visitor.integer("size", size, {1, 100}, {"how many", "", "our choice"});
  }
};

/// One hidden layer of `size` neurons.
std::unique_ptr<Encoding> one_layer(const Parameters& parameters, const NetworkInterface& body) {
  DirectVectorParameters layers;
  layers.hidden = {checked(dynamic_cast<const SizeParameters&>(parameters)).size};
  return std::make_unique<DirectVector>(layers, body);
}

/// Keeps the last `size` candidates that were valid; the oldest leaves.
class Latest final : public Archive {
 public:
  Latest(const SizeParameters& parameters, const ArchiveContext& context)
      : space_(context.space), capacity_(static_cast<std::size_t>(parameters.size)) {}
  std::string_view kind() const override { return "latest"; }
  const DescriptorSpace& space() const override { return space_; }
  std::size_t size() const override { return std::min(entries_, capacity_); }
  std::size_t capacity() const override { return capacity_; }
  std::uint64_t clipped() const override { return 0; }
  void save(StateWriter& state) const override {
    state.attribute("entries", std::uint64_t{entries_});
  }
  void load(const Individuals&, std::span<const std::int64_t>, const StateReader&,
            const StateReader& state) override {
    entries_ = state.attribute_as<std::uint64_t>("entries");
  }

 private:
  void place(const Offers& offers, Placement& placement) override {
    for (std::uint32_t i = 0; i < offers.size(); ++i) {
      placement.status[i] = offers.valid[i] == 0 ? Status::invalid : Status::added;
      if (offers.valid[i] == 0) continue;
      const auto row = static_cast<std::uint32_t>(entries_++ % capacity_);
      placement.edits.push_back({.kind = RowEdit::Kind::put, .row = row, .from = i});
    }
  }

  DescriptorSpace space_;
  std::size_t capacity_;
  std::size_t entries_ = 0;
};

/// `size` random genomes per batch.
class Immigrants final : public Emitter {
 public:
  Immigrants(const SizeParameters& parameters, const EmitterContext& context)
      : space_(*context.space),
        size_(static_cast<std::size_t>(parameters.size)),
        draw_(context.key("draw")) {}
  std::size_t batch_size() const override { return size_; }
  void ask(const Elites&, RowRange range, Proposal& proposal) override {
    space_.initialise(*proposal.population, range.begin, range.size(), draw_,
                      proposal.candidates.ids[range.begin]);
  }

 private:
  const GenomeSpace& space_;
  std::size_t size_;
  StreamKey draw_;
};

/// Random genomes, `size` at a time, into whatever archive the configuration names.
class Blind final : public Algorithm {
 public:
  Blind(const SizeParameters& parameters, AlgorithmContext& context)
      : space_(context.space()),
        size_(static_cast<std::size_t>(parameters.size)),
        draw_(context.key("algorithm.draw")),
        elites_(context.make_archive("latest"), space_.make_population()) {}
  void ask(Proposal& proposal) override {
    proposal.start(size_, next_, space_, elites_.archive().space().dimensions());
    space_.initialise(*proposal.population, 0, size_, draw_, next_);
    next_ += size_;
  }
  void tell(Proposal& proposal) override {
    const Placement& placement = elites_.add(proposal.candidates, *proposal.population);
    for (std::size_t i = 0; i < placement.status.size(); ++i)
      proposal.entered[i] = placement.accepted(i) ? 1 : 0;
  }
  std::vector<NamedArchive> archives() const override { return {{"driver", &elites_}}; }
  void save(StateWriter& checkpoint) const override { checkpoint.attribute("next", next_); }
  void load(const StateReader& checkpoint, const SavedTables& tables) override {
    next_ = checkpoint.attribute_as<std::uint64_t>("next");
    elites_.load(*tables.archive("driver"));
  }

 private:
  const GenomeSpace& space_;
  std::size_t size_;
  StreamKey draw_;
  Elites elites_;
  std::uint64_t next_ = 0;
};

int main(int argc, char** argv) {
  Catalogue catalogue = make_catalogue(environments());
  catalogue.encodings.push_back({"one_layer", "one hidden layer", "our choice",
                                 [] { return std::make_unique<SizeParameters>(); }, one_layer});
  catalogue.archives.push_back(component<Archive, Latest, SizeParameters, const ArchiveContext&>(
      "latest", "what came last", "our choice"));
  catalogue.emitters.push_back(
      component<Emitter, Immigrants, SizeParameters, const EmitterContext&>(
          "immigrants", "random genomes", "our choice"));
  catalogue.algorithms.push_back(component<Algorithm, Blind, SizeParameters, AlgorithmContext&>(
      "blind", "random genomes into an archive", "our choice"));
  // Said twice, a name is refused.
  if (argc > 1 && argv[1] == std::string("twice")) {
    catalogue.archives.push_back(catalogue.archives.back());
  }
  return program_main(argc, argv, std::move(catalogue));
}
