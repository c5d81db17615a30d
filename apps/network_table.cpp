#include "apps/network_table.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/wiring.hpp"
#include "cambrian/experiment/stored_run.hpp"
#include "cambrian/storage/suggestion.hpp"

namespace cambrian::apps {
namespace {

template <class T, class Rows, class Value>
TableColumn column(const std::string& name, const Rows& rows, const Value& value) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(static_cast<T>(value(row)));
  return {name, std::move(values)};
}

Table node_table(const std::string& name, const Wiring& wiring) {
  using Node = Wiring::Node;
  using U8 = std::uint8_t;
  using U32 = std::uint32_t;
  std::uint32_t row = 0;
  return Table(
      name, {column<U32>("node", wiring.nodes, [&](const Node&) { return row++; }),
             column<U8>("kind", wiring.nodes, [](const Node& node) { return node.kind; }),
             column<U32>("layer", wiring.nodes, [](const Node& node) { return node.layer; }),
             column<U8>("activation", wiring.nodes, [](const Node& node) { return node.function; }),
             column<float>("bias", wiring.nodes, [](const Node& node) { return node.bias; }),
             column<float>("x", wiring.nodes, [](const Node& node) { return node.place.x; }),
             column<float>("y", wiring.nodes, [](const Node& node) { return node.place.y; })});
}

Table edge_table(const std::string& name, const Wiring& wiring) {
  using Link = Wiring::Link;
  using U32 = std::uint32_t;
  const auto source = [&](const Link& link) { return wiring.nodes[link.source].place; };
  const auto target = [&](const Link& link) { return wiring.nodes[link.target].place; };
  return Table(
      name,
      {column<U32>("source", wiring.links, [](const Link& link) { return link.source; }),
       column<U32>("target", wiring.links, [](const Link& link) { return link.target; }),
       column<float>("weight", wiring.links, [](const Link& link) { return link.weight; }),
       column<float>("source_x", wiring.links, [&](const Link& link) { return source(link).x; }),
       column<float>("source_y", wiring.links, [&](const Link& link) { return source(link).y; }),
       column<float>("target_x", wiring.links, [&](const Link& link) { return target(link).x; }),
       column<float>("target_y", wiring.links, [&](const Link& link) { return target(link).y; })});
}

Wiring decoded(const StoredRun& run, const EliteChoice& elite) {
  const Encoding* encoding = run.parts().encoding.get();
  if (encoding == nullptr)
    throw ConfigError("--table network", "this run evolves bare vectors; there are no networks");
  const std::size_t row = elite_row(run.file(), "archive", elite);
  return encoding->wiring(*run.elites().population, row);
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
