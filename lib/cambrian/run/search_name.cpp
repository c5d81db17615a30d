#include "cambrian/run/search_name.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// A published composition; the first that fits names it. Empty: whatever it is.
struct Published {
  std::string_view name, emitter;
  std::string_view ranker;  ///< what its name begins with
  std::string_view archive, contents;
  bool fits(const Published& other) const {
    const auto same = [](std::string_view expected, std::string_view is) {
      return expected.empty() || expected == is;
    };
    return same(emitter, other.emitter) && other.ranker.starts_with(ranker) &&
           same(archive, other.archive) && same(contents, other.contents);
  }
};

// Contents are of archives with cells.
constexpr std::array kPublished = {
    Published{"CVT-MAP-Elites", "elite", "", "cvt", "elite"},
    Published{"MAP-Elites with sliding boundaries", "elite", "", "sliding_boundaries", "elite"},
    Published{"MAP-Elites", "elite", "", "", "elite"},
    Published{"Dominated novelty search", "elite", "", "dominated_novelty", ""},
    Published{"CMA-ME", "cma_es", "two_stage_", "", "elite"},
    Published{"CMA-MAE", "cma_es", "improvement", "", "threshold"},
    Published{"sep-CMA-MAE", "sep_cma_es", "improvement", "", "threshold"},
    Published{"LM-MA-MAE", "lm_ma_es", "improvement", "", "threshold"},
    Published{"Density descent search", "", "density", "", "density"},
    Published{"ME-ES", "me_es", "", "", "elite"},
    Published{"Novelty search with local competition", "", "nslc", "unstructured", ""},
    Published{"Novelty search by evolution strategies", "cma_es", "novelty", "unstructured", ""},
    Published{"Random search", "random", "", "", ""}};

std::string_view word(const EffectiveTable& table, std::string_view key) {
  const auto found = std::ranges::find(table.values, key, &EffectiveValue::key);
  if (found == table.values.end()) return {};
  const auto* text = std::get_if<std::string>(&found->value);
  return text == nullptr ? std::string_view() : *text;
}

bool chooses(const EffectiveTable& algorithm) {
  const auto active = std::ranges::find(algorithm.values, "active_emitters", &EffectiveValue::key);
  return active != algorithm.values.end() && active->value != ParameterValue(std::int64_t{0});
}

}  // namespace

std::string search_name(const std::vector<EffectiveTable>& tables) {
  const EffectiveTable none;
  const auto table_of = [&](std::string_view path) -> const EffectiveTable& {
    const auto found = std::ranges::find(tables, path, &EffectiveTable::path);
    return found == tables.end() ? none : *found;
  };
  const EffectiveTable& algorithm = table_of("algorithm");
  if (word(algorithm, "name") != "map_elites") return {};
  const EffectiveTable& archive = table_of("archive");
  std::vector<std::string> emitters;
  std::set<std::string_view> names;
  const auto add = [&](std::string_view emitter, std::string_view ranker) {
    const Published composed = {"", emitter, ranker, word(archive, "name"),
                                word(archive, "contents")};
    const auto found = std::ranges::find_if(
        kPublished, [&](const Published& published) { return published.fits(composed); });
    names.insert(found == kPublished.end() ? std::string_view() : found->name);
    if (std::ranges::find(emitters, emitter) == emitters.end()) emitters.emplace_back(emitter);
  };
  for (const EffectiveTable& table : tables) {
    if (table.path.starts_with("algorithm.emitters."))
      add(word(table, "name"), word(table, "ranker"));
  }
  if (emitters.empty()) add("elite", "");
  const bool choice = chooses(algorithm);
  if (!choice && names.size() == 1 && !names.begin()->empty()) return std::string(*names.begin());
  return (choice ? "Multi-emitter MAP-Elites with " : "MAP-Elites with ") +
         joined(emitters, ", ", " and ");
}

}  // namespace cambrian
