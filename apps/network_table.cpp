#include "apps/network_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "apps/painting_table.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/network/wiring.hpp"
#include "cambrian/replay/replay.hpp"

namespace cambrian::apps {
namespace {

template <class T, class Rows, class Value>
TableColumn column(const std::string& name, const Rows& rows, const Value& value) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(static_cast<T>(value(row)));
  return {.name = name, .values = std::move(values)};
}

/// Columns of places follow only where neurons have some, in as many dimensions.
bool has_places(const Wiring& wiring) {
  return std::ranges::any_of(wiring.nodes,
                             [](const Wiring::Node& node) { return !std::isnan(node.place.x); });
}
bool in_space(const Wiring& wiring) {
  return std::ranges::any_of(wiring.nodes,
                             [](const Wiring::Node& node) { return !std::isnan(node.place.z); });
}

Table node_table(const std::string& name, const Wiring& wiring) {
  using Node = Wiring::Node;
  using U8 = std::uint8_t;
  using U32 = std::uint32_t;
  std::uint32_t row = 0;
  std::vector<TableColumn> columns = {
      column<U32>("node", wiring.nodes, [&](const Node&) { return row++; }),
      column<U8>("kind", wiring.nodes, [](const Node& node) { return node.kind; }),
      column<U32>("layer", wiring.nodes, [](const Node& node) { return node.layer; }),
      column<U8>("activation", wiring.nodes, [](const Node& node) { return node.function; }),
      column<float>("bias", wiring.nodes, [](const Node& node) { return node.bias; })};
  columns[1].words.assign(kNodeKindNames.begin(), kNodeKindNames.end());
  for (const auto& choice : activation_choices()) columns[3].words.emplace_back(choice.word);
  if (has_places(wiring)) {
    const auto add = [&](const std::string& name, float Wiring::Place::*axis) {
      columns.push_back(
          column<float>(name, wiring.nodes, [axis](const Node& node) { return node.place.*axis; }));
    };
    add("x", &Wiring::Place::x);
    add("y", &Wiring::Place::y);
    if (in_space(wiring)) add("z", &Wiring::Place::z);
  }
  if (wiring.update.continuous) {
    columns.push_back(column<float>("time_constant", wiring.nodes,
                                    [](const Node& node) { return node.time_constant; }));
  }
  if (wiring.update.learning.modulation == Modulation::bain) {
    columns.push_back(column<float>("modulatory_bias", wiring.nodes,
                                    [](const Node& node) { return node.modulatory_bias; }));
  }
  return Table(name, columns);
}

Table edge_table(const std::string& name, const Wiring& wiring) {
  using Link = Wiring::Link;
  using U32 = std::uint32_t;
  std::vector<TableColumn> columns = {
      column<U32>("source", wiring.links, [](const Link& link) { return link.source; }),
      column<U32>("target", wiring.links, [](const Link& link) { return link.target; }),
      column<float>("weight", wiring.links, [](const Link& link) { return link.weight; })};
  if (has_places(wiring)) {
    const auto add = [&](const std::string& name, std::uint32_t Link::*end,
                         float Wiring::Place::*axis) {
      columns.push_back(column<float>(name, wiring.links, [&](const Link& link) {
        return wiring.nodes[link.*end].place.*axis;
      }));
    };
    add("source_x", &Link::source, &Wiring::Place::x);
    add("source_y", &Link::source, &Wiring::Place::y);
    add("target_x", &Link::target, &Wiring::Place::x);
    add("target_y", &Link::target, &Wiring::Place::y);
    if (in_space(wiring)) {
      add("source_z", &Link::source, &Wiring::Place::z);
      add("target_z", &Link::target, &Wiring::Place::z);
    }
  }
  const LearningParameters& learning = wiring.update.learning;
  const bool has_rule =
      learning.learning != LearningRule::none && learning.learning != LearningRule::iterated;
  constexpr std::array kRule = {"a", "b", "c", "d", "rate"};
  for (std::size_t k = 0; has_rule && k < kRule.size(); ++k) {
    columns.push_back(column<float>(kRule.at(k), wiring.links,
                                    [k](const Link& link) { return link.rule.at(k); }));
  }
  if (learning.modulation != Modulation::none) {
    columns.push_back(column<std::uint8_t>("modulates", wiring.links,
                                           [](const Link& link) { return link.modulates; }));
  }
  return Table(name, columns);
}

/// As its evaluation begins, with the weights that it draws, or as its life leaves it.
Wiring decoded(const StoredRun& run, std::uint32_t row, bool lived) {
  if (lived) return *replay(run, row, 0, true, true).lived;
  const Proposal elite = run.elite(row);
  return run.parts().evaluator->wiring(*elite.population,
                                       stored_job(elite, 0, run.parts().evaluation.noise));
}

}  // namespace

bool is_network_table(const std::string& name) { return name.rfind("network", 0) == 0; }

Table network_table(const std::string& run_file, const std::string& name, const EliteChoice& elite,
                    bool lived, const Catalogue& catalogue) {
  const std::vector<std::string> painting = painting_tables();
  std::vector<std::string> names = {"network/node", "network/edge"};
  names.insert(names.end(), painting.begin(), painting.end());
  if (std::ranges::find(names, name) == names.end())
    throw ConfigError("--table", unknown_name("table", name, names));
  if (!elite) throw ConfigError("--table " + name, "whose? say --id ID or --best");
  const StoredRun run(run_file, catalogue, 1);
  if (run.parts().encoding == nullptr)
    throw ConfigError("--table network", "this run evolves bare vectors; there are no networks");
  const std::uint32_t row = elite_row(run.file(), "archive", elite);
  if (std::ranges::find(painting, name) != painting.end()) {
    if (lived) throw ConfigError("--lived", "a life changes no genome; --table network/edge works");
    return painting_table(run, row, name);
  }
  const Wiring wiring = decoded(run, row, lived);
  return name == "network/node" ? node_table(name, wiring) : edge_table(name, wiring);
}

}  // namespace cambrian::apps
