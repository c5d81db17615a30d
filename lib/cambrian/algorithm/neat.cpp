#include "cambrian/algorithm/neat.hpp"

#include <algorithm>
#include <string>

#include "cambrian/algorithm/baselines.hpp"
#include "cambrian/algorithm/living_population.hpp"
#include "cambrian/algorithm/novelty_search.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

void NeatParameters::visit(ParameterVisitor& visitor) {
  visitor.choice("fitness", fitness,
                 {{"objective", NeatFitness::objective}, {"novelty", NeatFitness::novelty}},
                 {"what is selected by: the objective, or novelty by the archive of [archive]", "",
                  "Stanley & Miikkulainen 2002; Lehman & Stanley 2011"});
  population.visit(visitor);
}

Neat::Neat(const NeatParameters& parameters, AlgorithmContext& context)
    : parameters_(checked(parameters)),
      space_(context.space()),
      variation_(context.variation()),
      executor_(context.executor()),
      descriptor_(context.descriptor()),
      rule_(parameters.fitness == NeatFitness::novelty ? make_novelty_rule(context, "neat")
                                                       : make_objective_rule()),
      generations_(parameters.population, context.space().make_population(), context.variation(),
                   &context.executor()),
      initial_(context.key("algorithm.initial")),
      select_(context.key("algorithm.select")),
      vary_(context.key("algorithm.vary")),
      represent_(context.key("algorithm.represent")) {
  living_.dimensions = descriptor_.dimensions();
  require_place_for_start(space_, full_size());
}

void Neat::ask(Proposal& proposal) {
  const std::size_t count = full_size();
  proposal.start(count, next_id_, space_, descriptor_.dimensions());
  if (founded()) {
    breed(proposal);
  } else {
    space_.initialise(*proposal.population, 0, count, initial_, next_id_);
  }
  next_id_ += count;
  asked_ = count;
}

void Neat::breed(Proposal& proposal) {
  const Population& parents = generations_.population();
  Population& children = *proposal.population;
  matings_.resize(proposal.candidates.size());
  generations_.select(matings_, copies_, select_, next_id_);
  if (generations_.refines()) {
    variation_.refine_rows(parents, matings_, children, {0, matings_.size()}, vary_, next_id_);
  } else {
    variation_.vary(parents, matings_, children, {0, matings_.size()}, vary_, next_id_, &executor_);
  }
  edits_.clear();
  for (const std::uint32_t child : copies_)
    edits_.push_back({.row = child, .from = matings_[child].mother});
  children.apply(edits_, parents);
  write_parents(matings_, living_, proposal.candidates.parents);
}

void Neat::tell(Proposal& proposal) {
  const Individuals& batch = proposal.candidates;
  proposal.begin_tell(asked_, descriptor_.dimensions());
  living_.require_fit(batch);
  asked_ = 0;
  proposal.entered.assign(batch.valid.begin(), batch.valid.end());
  rows_.clear();
  edits_.assign(1, {.kind = RowEdit::Kind::shrink, .row = 0});
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    if (batch.valid[i] == 0) continue;
    edits_.push_back({.row = static_cast<std::uint32_t>(rows_.size()), .from = i});
    rows_.push_back(i);
  }
  if (rows_.empty()) return;
  generations_.replace(*proposal.population, rows_, represent_);
  living_.apply(edits_, batch);
  fitness_.resize(living_.size());
  rule_->found(living_, generations_.population(), fitness_);
  generations_.rank(fitness_);
}

std::vector<NamedArchive> Neat::archives() const {
  const Elites* driver = rule_->driver();
  if (driver == nullptr) return {};
  return {{"driver", driver}};
}

std::vector<NamedPopulation> Neat::populations() const {
  return {{.name = "",
           .individuals = &living_,
           .genomes = &generations_.population(),
           .space = &descriptor_,
           .capacity = full_size(),
           .save_columns = [this](StateWriter& table) {
             save_species(table, generations_.fitness(),
                          "the value that selection uses, before it is shared",
                          generations_.species_of());
           }}};
}

void Neat::report(HistoryValues& values) const {
  values.emplace_back("generation", static_cast<double>(generations_.generation()));
  values.emplace_back("species", static_cast<double>(generations_.species().size()));
  values.emplace_back("species_threshold", generations_.threshold());
  if (const auto* graphs = dynamic_cast<const GraphPopulation*>(&generations_.population())) {
    std::size_t hidden = 0;
    std::size_t edges = 0;
    for (std::size_t i = 0; i < graphs->size(); ++i) {
      const Graph& graph = (*graphs)[i];
      for (std::size_t j = graph.nodes.size(); j > 0 && graph.nodes[j - 1].kind == NodeKind::hidden;
           --j) {
        ++hidden;
      }
      edges += graph.edges.size();
    }
    const auto n = static_cast<double>(std::max<std::size_t>(1, graphs->size()));
    values.emplace_back("hidden_nodes_mean", static_cast<double>(hidden) / n);
    values.emplace_back("edges_mean", static_cast<double>(edges) / n);
  }
  rule_->report(values);
}

void Neat::save(StateWriter& checkpoint) const {
  checkpoint.attribute("next_id", next_id_);
  checkpoint.attribute("founded", static_cast<std::uint64_t>(founded()));
  if (founded()) generations_.save(*checkpoint.group("generations"));
  rule_->save(*checkpoint.group("fitness_rule"));
}

void Neat::load(const StateReader& checkpoint, const SavedTables& tables) {
  next_id_ = checkpoint.attribute_as<std::uint64_t>("next_id");
  const bool was_founded = checkpoint.attribute_as<std::uint64_t>("founded") != 0;
  const std::unique_ptr<Population> genomes = space_.make_population();
  const std::unique_ptr<StateReader> table = load_living(tables, living_, *genomes);
  const std::size_t n = living_.size();
  if (n > full_size() || was_founded != (n > 0)) {
    throw Error("/population: has " + std::to_string(n) + " rows, but the configuration's has " +
                (was_founded ? "1 to " + std::to_string(full_size()) : "none yet"));
  }
  rule_->load(*checkpoint.group("fitness_rule"), tables, living_);
  if (!was_founded) return;
  const std::vector<double> fitness = load_fitness(*table, n);
  generations_.load(*checkpoint.group("generations"), *genomes, fitness);
}

}  // namespace cambrian
