#include "cambrian/genome/ragged/ragged_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "cambrian/core/error.hpp"
#include "cambrian/core/outside_program.hpp"
#include "cambrian/genome/detail/json_value.hpp"

namespace cambrian {
namespace {

constexpr const char* kRaggedFormat = "cambrian-ragged";
constexpr std::uint64_t kMaxIndex = std::numeric_limits<std::uint32_t>::max();

RaggedGenome genome_of(const JsonValue& json, std::size_t places) {
  RaggedGenome genome = genes_from_json(json.member("genes"));
  try {
    check(genome, places);
  } catch (const Error& error) {
    json.fault(error.what());
  }
  return genome;
}

}  // namespace

void append_genes(std::string& text, const RaggedGenome& genome) {
  text += '[';
  const char* before = "[";
  for (const RaggedGene& gene : genome) {
    text += before + std::to_string(gene.index) + ',';
    append_number(text, static_cast<double>(gene.value));
    text += ']';
    before = ",[";
  }
  text += ']';
}

RaggedGenome genes_from_json(const JsonValue& list) {
  RaggedGenome genome;
  for (const JsonValue& gene : list.list()) {
    const std::vector<JsonValue> pair = gene.list();
    if (pair.size() != 2) gene.fault("has not two numbers: index and value");
    genome.push_back({static_cast<std::uint32_t>(pair[0].whole(kMaxIndex)), pair[1].number()});
  }
  std::ranges::sort(genome, {}, &RaggedGene::index);
  return genome;
}

std::string ragged_to_json(std::span<const IdentifiedRagged> genomes) {
  std::string text =
      fmt::format("{{\n\"format\": \"{}\",\n\"format_version\": 1,\n\"genomes\": [", kRaggedFormat);
  const char* before = "\n";
  for (const IdentifiedRagged& genome : genomes) {
    text += fmt::format("{}{{\"id\": {}, \"genes\": [", before, genome.id);
    before = ",\n";
    const char* between = "";
    for (const RaggedGene& gene : genome.genome) {
      text += fmt::format("{}[{}, {}]", between, gene.index, gene.value);
      between = ", ";
    }
    text += "]}";
  }
  return text + "\n]\n}\n";
}

std::vector<IdentifiedRagged> ragged_from_json(const std::string& text, const std::string& file,
                                               std::size_t places) {
  const nlohmann::json json = parse_json(text, file);
  const JsonValue root(file, json);
  root.expect_members({"format", "format_version", "genomes"});
  if (const JsonValue format = root.member("format"); format.text() != kRaggedFormat) {
    format.fault("is expected to be \"" + std::string(kRaggedFormat) + "\"");
  }
  if (const JsonValue version = root.member("format_version"); version.whole(kMaxIndex) != 1) {
    version.fault("is expected to be 1");
  }
  std::vector<IdentifiedRagged> genomes;
  std::set<std::uint64_t> ids;
  for (const JsonValue& member : root.member("genomes").list()) {
    member.expect_members({"id", "genes"});
    std::uint64_t id = genomes.size();
    if (const auto given = member.optional_member("id")) {
      id = given->whole(std::numeric_limits<std::uint64_t>::max());
    }
    if (!ids.insert(id).second) member.fault("has the id of another genome");
    genomes.push_back({id, genome_of(member, places)});
  }
  return genomes;
}

}  // namespace cambrian
