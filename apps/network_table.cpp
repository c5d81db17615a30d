#include "apps/network_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/network/wiring.hpp"
#include "cambrian/run/stored_run.hpp"

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

/// As its evaluation begins, with the weights that it draws.
Wiring decoded(const StoredRun& run, const EliteChoice& elite) {
  const Assembly& parts = run.parts();
  if (!parts.encoding)
    throw ConfigError("--table network", "this run evolves bare vectors; there are no networks");
  const Proposal found = run.elite(elite_row(run.file(), "archive", elite));
  return parts.evaluator->wiring(*found.population, stored_job(found, 0, parts.evaluation.noise));
}

}  // namespace

bool is_network_table(const std::string& name) { return name.rfind("network", 0) == 0; }

Table network_table(const std::string& run_file, const std::string& name, const EliteChoice& elite,
                    const Catalogue& catalogue) {
  if (name != "network/node" && name != "network/edge")
    throw ConfigError("--table", unknown_name("table", name, {"network/node", "network/edge"}));
  if (!elite) throw ConfigError("--table " + name, "whose? say --id ID or --best");
  const Wiring wiring = decoded(StoredRun(run_file, catalogue, 1), elite);
  return name == "network/node" ? node_table(name, wiring) : edge_table(name, wiring);
}

}  // namespace cambrian::apps
