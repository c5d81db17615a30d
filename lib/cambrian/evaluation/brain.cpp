#include "cambrian/evaluation/brain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/evaluation/signal_map.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kRule = {"a", "b", "c", "d", "rate"};

bool has_rule(const Brain& brain) {
  return brain.wiring.update.learning.learning != LearningRule::none;
}

std::string word(LearningRule rule) {
  constexpr std::array kWords = {"none", "abc", "abcd", "oja", "bcm", "iterated"};
  return kWords.at(static_cast<std::size_t>(rule));
}

std::string word(Modulation modulation) {
  constexpr std::array kWords = {"none", "risi", "bain", "soltoggio"};
  return kWords.at(static_cast<std::size_t>(modulation));
}

/// Node by node: of sensors and motors the body's names, of others their kind and number.
std::vector<std::string> names_of(const Brain& brain) {
  std::array<std::size_t, kNodeKindNames.size()> counts{};
  std::vector<std::string> names;
  for (const Wiring::Node& node : brain.wiring.nodes) {
    const std::size_t index = counts.at(static_cast<std::size_t>(node.kind))++;
    if (node.kind == NodeKind::input) {
      names.push_back(brain.body.body.sensors.at(index).name);
    } else if (node.kind == NodeKind::output) {
      names.push_back(brain.body.body.motors.at(index).name);
    } else {
      names.push_back(node.kind == NodeKind::bias ? "bias" : "hidden " + std::to_string(index));
    }
  }
  return names;
}

std::vector<float> place_of(const Wiring::Place& place) {
  if (std::isnan(place.x)) return {};
  if (std::isnan(place.z)) return {place.x, place.y};
  return {place.x, place.y, place.z};
}

/// Each entry on a line of its own.
std::string list_text(const std::vector<Json>& entries) {
  std::vector<std::string> lines;
  lines.reserve(entries.size());
  for (const Json& entry : entries) lines.push_back(entry.dump());
  return lines.empty() ? "[]" : "[\n  " + joined(lines, ",\n  ") + "]";
}

std::vector<Json> terminals(const Brain& brain, NodeKind kind) {
  const bool sensors = kind == NodeKind::input;
  const std::vector<Terminal>& all = sensors ? brain.body.body.sensors : brain.body.body.motors;
  SignalMap map(all, sensors ? SignalMap::Direction::sensors_to_network
                             : SignalMap::Direction::network_to_motors);
  map.fit(sensors ? brain.wiring.update.input_range : brain.wiring.update.output_range);
  std::vector<Json> entries;
  for (std::size_t node = 0; node < brain.wiring.nodes.size(); ++node) {
    if (brain.wiring.nodes[node].kind != kind) continue;
    const std::size_t i = entries.size();
    const Terminal& terminal = all.at(i);
    Json entry = {{"node", node}, {"name", terminal.name}};
    if (!terminal.kind.empty()) entry["kind"] = terminal.kind;
    entry["range"] = {terminal.range.min, terminal.range.max};
    entry["factor"] = map.factors()[i];
    entry["offset"] = map.offsets()[i];
    entries.push_back(std::move(entry));
  }
  return entries;
}

Json update_json(const Brain& brain) {
  const Wiring::Update& update = brain.wiring.update;
  Json json = {{"passes", update.passes},
               {"warm_up", update.stateful ? brain.body.warm_up : 0},
               {"updates_per_step", update.stateful ? std::max(brain.body.updates_per_step, 1) : 1},
               {"continuous_time", nullptr}};
  if (update.continuous) {
    const bool beer = update.time.form == ContinuousTimeParameters::Form::beer;
    json["continuous_time"] = {{"form", beer ? "beer" : "rate"}, {"step", update.time.step}};
  }
  return json;
}

Json learning_json(const Brain& brain) {
  if (!has_rule(brain)) return nullptr;
  const LearningParameters& learning = brain.wiring.update.learning;
  return {{"on", brain.learns},
          {"rule", word(learning.learning)},
          {"modulation", word(learning.modulation)},
          {"weight_limit", learning.weight_limit},
          {"normalise_weights", learning.normalise_weights},
          {"bcm_window", learning.bcm_window}};
}

/// The nodes of the CPPN that is the rule: 0, 1, ... are its inputs, and nodes follow.
std::vector<Json> cppn_nodes(const CppnListing& cppn) {
  std::vector<Json> nodes;
  auto link = cppn.links.begin();
  for (const CppnNode& node : cppn.nodes) {
    Json links = Json::array();
    for (const auto end = link + node.links; link != end; ++link) {
      links.push_back({{"source", link->source}, {"weight", link->weight}});
    }
    nodes.push_back({{"activation", activation_name(node.function)},
                     {"bias", node.bias},
                     {"links", std::move(links)}});
  }
  return nodes;
}

/// The member "cppn", where learning is iterated.
std::string cppn_text(const Brain& brain) {
  if (!brain.wiring.changes) return {};
  const Wiring::ChangeRule& rule = *brain.wiring.changes;
  Json coordinates;
  for (const auto& [axis, places] : rule.coordinates) coordinates[axis] = places;
  return fmt::format(
      "\"cppn\": {{\"inputs\": {}, \"output\": {},\n  \"coordinates\": {},\n  \"nodes\": {}}},\n",
      Json(rule.inputs).dump(), rule.cppn.outputs.front(), coordinates.dump(),
      list_text(cppn_nodes(rule.cppn)));
}

std::vector<Json> nodes_json(const Brain& brain) {
  const std::vector<std::string> names = names_of(brain);
  std::vector<Json> nodes;
  for (const Wiring::Node& node : brain.wiring.nodes) {
    Json json = {{"id", nodes.size()},
                 {"name", names[nodes.size()]},
                 {"kind", kind_name(node.kind)},
                 {"layer", node.layer},
                 {"activation", activation_name(node.function)},
                 {"bias", node.bias}};
    if (node.first_update != 1) {
      json["first_update"] = node.first_update == Wiring::kNever ? Json() : Json(node.first_update);
    }
    if (brain.wiring.update.continuous && is_computed(node.kind)) {
      json["time_constant"] = node.time_constant;
    }
    if (brain.wiring.update.learning.modulation == Modulation::bain && is_computed(node.kind)) {
      json["modulatory_bias"] = node.modulatory_bias;
    }
    if (const std::vector<float> place = place_of(node.place); !place.empty()) {
      json["place"] = place;
    }
    nodes.push_back(std::move(json));
  }
  return nodes;
}

std::vector<Json> links_json(const Brain& brain) {
  std::vector<Json> links;
  const bool iterated = brain.wiring.update.learning.learning == LearningRule::iterated;
  for (const Wiring::Link& link : brain.wiring.links) {
    Json json = {{"source", link.source}, {"target", link.target}, {"weight", link.weight}};
    if (link.modulates) json["modulates"] = true;
    for (std::size_t k = 0; k < kRule.size(); ++k) {
      if (link.rule[k] != 0.0F) json[kRule.at(k)] = link.rule[k];
    }
    if (iterated && !link.modulates) json["rate"] = brain.wiring.update.learning.rate_scale;
    links.push_back(std::move(json));
  }
  return links;
}

/// "<" and the like as XML has them.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

/// A GraphML attribute of nodes or edges, declared for all that some of them have.
std::string graphml_keys(const char* of, const std::vector<Json>& rows) {
  std::vector<std::string> declared;
  std::string text;
  for (const Json& row : rows) {
    for (const auto& [name, value] : row.items()) {
      if (std::ranges::find(declared, name) != declared.end()) continue;
      declared.push_back(name);
      const char* type = value.is_string()    ? "string"
                         : value.is_boolean() ? "boolean"
                         : value.is_number()  ? "double"
                                              : "string";
      text +=
          fmt::format("  <key id=\"{0}_{1}\" for=\"{0}\" attr.name=\"{1}\" attr.type=\"{2}\"/>\n",
                      of, name, type);
    }
  }
  return text;
}

std::string graphml_data(const char* of, const Json& row) {
  std::string text;
  for (const auto& [name, value] : row.items()) {
    text += fmt::format("<data key=\"{}_{}\">{}</data>", of, name,
                        escaped(value.is_string() ? value.get<std::string>() : value.dump()));
  }
  return text;
}

/// Without the members that a list or the graph's own syntax holds.
std::vector<Json> flat(std::vector<Json> rows, const std::vector<std::string>& without) {
  constexpr std::array kAxes = {"x", "y", "z"};
  for (Json& row : rows) {
    if (row.contains("place")) {
      const Json place = row["place"];
      row.erase("place");
      for (std::size_t i = 0; i < place.size(); ++i) row[kAxes.at(i)] = place[i];
    }
    for (const std::string& name : without) row.erase(name);
  }
  return rows;
}

/// How far the neurons of each layer are moved up in a picture of x and y: a layer with a neuron where
/// one of another layer stands is laid above all that are below it, and the later ones with it.
std::map<std::uint32_t, double> lifts_of(const Wiring& wiring) {
  constexpr double kGap = 0.5;
  std::map<std::uint32_t, std::vector<std::pair<double, double>>> layers;
  for (const Wiring::Node& node : wiring.nodes) {
    const std::pair<double, double> at(node.place.x, node.place.y);
    if (!std::isnan(at.first)) layers[node.layer].push_back(at);
  }
  std::map<std::uint32_t, double> lifts;
  std::set<std::pair<double, double>> taken;
  double lift = 0.0, top = 0.0;
  for (const auto& [layer, places] : layers) {
    const auto meets = [&](const auto& at) { return taken.contains({at.first, at.second + lift}); };
    if (std::ranges::any_of(places, meets)) {
      const auto lower = [](const auto& a, const auto& b) { return a.second < b.second; };
      lift = top + kGap - std::ranges::min(places, lower).second;
    }
    for (const auto& [x, y] : places) {
      top = taken.empty() ? y + lift : std::max(top, y + lift);
      taken.emplace(x, y + lift);
    }
    lifts[layer] = lift;
  }
  return lifts;
}

}  // namespace

std::string brain_to_json(const Brain& brain) {
  return fmt::format(
      "{{\n\"format\": \"cambrian-brain\",\n\"format_version\": 1,\n\"id\": {},\n\"environment\": "
      "{},\n\"encoding\": {},\n\"update\": {},\n\"learning\": {},\n{}\"sensors\": {},\n\"motors\": "
      "{},\n\"nodes\": {},\n\"links\": {}\n}}\n",
      brain.id, Json(brain.environment).dump(), Json(brain.encoding).dump(),
      update_json(brain).dump(), learning_json(brain).dump(), cppn_text(brain),
      list_text(terminals(brain, NodeKind::input)), list_text(terminals(brain, NodeKind::output)),
      list_text(nodes_json(brain)), list_text(links_json(brain)));
}

std::string brain_to_dot(const Brain& brain) {
  std::string text = fmt::format("digraph G {{\ncandidate = {};\n", brain.id);
  std::map<std::uint32_t, double> lifts = lifts_of(brain.wiring);
  for (const Json& node : flat(nodes_json(brain), {})) {
    text += fmt::format("{} [label={}", node["id"].dump(), node["name"].dump());
    if (node.contains("y")) {
      const double lift = lifts[node["layer"].get<std::uint32_t>()];
      const Json y = lift == 0.0 ? node["y"] : Json(node["y"].get<double>() + lift);
      text += fmt::format(", pos=\"{},{}!\"", node["x"].dump(), y.dump());
    }
    for (const auto& [name, value] : node.items()) {
      if (name != "id" && name != "name") {
        text += fmt::format(", {}={}", name,
                            value.is_string() ? value.dump() : '"' + value.dump() + '"');
      }
    }
    text += "];\n";
  }
  for (const Json& link : links_json(brain)) {
    text += fmt::format("{}->{} [label=\"{}\"", link["source"].dump(), link["target"].dump(),
                        link["weight"].dump());
    const std::vector<Json> others = flat({link}, {"source", "target", "weight"});
    for (const auto& [name, value] : others.front().items()) {
      text += fmt::format(", {}=\"{}\"", name, value.dump());
    }
    text += "];\n";
  }
  return text + "}\n";
}

std::string brain_to_graphml(const Brain& brain) {
  const std::vector<Json> nodes = flat(nodes_json(brain), {"id"});
  const std::vector<Json> links = links_json(brain);
  const std::vector<Json> rows = flat(links, {"source", "target"});
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n" +
      graphml_keys("node", nodes) + graphml_keys("edge", rows) +
      "  <key id=\"candidate\" for=\"graph\" attr.name=\"candidate\" attr.type=\"long\"/>\n" +
      fmt::format(
          "  <graph id=\"G\" edgedefault=\"directed\">\n    <data key=\"candidate\">{}</data>\n",
          brain.id);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    text += fmt::format("    <node id=\"n{}\">{}</node>\n", i, graphml_data("node", nodes[i]));
  }
  for (std::size_t i = 0; i < links.size(); ++i) {
    text += fmt::format("    <edge source=\"n{}\" target=\"n{}\">{}</edge>\n",
                        links[i]["source"].dump(), links[i]["target"].dump(),
                        graphml_data("edge", rows[i]));
  }
  return text + "  </graph>\n</graphml>\n";
}

}  // namespace cambrian
