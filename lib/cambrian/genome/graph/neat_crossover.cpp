#include "cambrian/genome/graph/neat_crossover.hpp"

#include <algorithm>
#include <cmath>

namespace cambrian {
namespace {

/// Fair coins, 32 a word.
class Coins {
 public:
  explicit Coins(Stream& stream) : stream_(stream) {}
  bool toss() {
    if (left_ == 0) {
      word_ = stream_();
      left_ = 32;
    }
    const bool head = (word_ & 1U) != 0;
    word_ >>= 1U;
    --left_;
    return head;
  }

 private:
  Stream& stream_;
  std::uint32_t word_ = 0;
  int left_ = 0;
};

/// Turns `gene`, the mother's copy of a matching gene, into the child's; its ends stay.
void inherit(EdgeGene& gene, const EdgeGene& father, const CrossoverRules& rules, Stream& stream,
             Coins& coins) {
  const bool both_enabled = gene.enabled && father.enabled;
  if (rules.average) {
    gene.weight = 0.5F * (gene.weight + father.weight);
    gene.enabled = true;
  } else {
    // Every bit of choice as a select: a branch on a coin is mispredicted half of the time.
    const bool his = coins.toss();
    gene.weight = his ? father.weight : gene.weight;
    gene.birth = his ? father.birth : gene.birth;
    gene.enabled = his ? father.enabled : gene.enabled;
  }
  if (!both_enabled && stream.chance(rules.keep_disabled)) gene.enabled = false;
}

/// The order of links of two genomes: by the marks of their ends. Equal marks were met before.
bool comes_before(const Graph& a, const EdgeGene& edge_a, const Graph& b, const EdgeGene& edge_b) {
  const std::uint64_t source_a = a.nodes[edge_a.source].mark;
  const std::uint64_t source_b = b.nodes[edge_b.source].mark;
  if (source_a != source_b) return source_a < source_b;
  return a.nodes[edge_a.target].mark < b.nodes[edge_b.target].mark;
}

/// The child has the mother's structure: a copy, then one merge.
bool cross_keeping_mother(const Graph& mother, const Graph& father, const CrossoverRules& rules,
                          Stream& stream, Graph& child) {
  Coins coins(stream);
  child.nodes.assign(mother.nodes.begin(), mother.nodes.end());
  child.edges.assign(mother.edges.begin(), mother.edges.end());
  for (std::size_t i = 0, j = 0; i < child.nodes.size() && j < father.nodes.size();) {
    NodeGene& node = child.nodes[i];
    const NodeGene& his = father.nodes[j];
    if (node.mark == his.mark) {
      if (node.kind == NodeKind::hidden && coins.toss()) node = his;
      ++i;
      ++j;
    } else if (node.mark < his.mark) {
      ++i;
    } else {
      ++j;
    }
  }
  std::size_t matching = 0;
  bool weights_differ = false;
  for (std::size_t i = 0, j = 0; i < child.edges.size() && j < father.edges.size();) {
    EdgeGene& gene = child.edges[i];
    const EdgeGene& his = father.edges[j];
    if (gene.mark == his.mark) {
      weights_differ |= gene.weight != his.weight;
      inherit(gene, his, rules, stream, coins);
      ++matching;
      ++i;
      ++j;
    } else if (comes_before(child, gene, father, his)) {
      ++i;
    } else {
      ++j;
    }
  }
  return weights_differ || matching != mother.edges.size() || matching != father.edges.size();
}

/// The nodes of both, and where each parent's went.
void unite_nodes(const Graph& mother, const Graph& father, Coins& coins, CrossoverScratch& scratch,
                 Graph& child) {
  child.nodes.resize(mother.nodes.size() + father.nodes.size());
  scratch.mother_row.resize(mother.nodes.size());
  scratch.father_row.resize(father.nodes.size());
  std::size_t i = 0;
  std::size_t j = 0;
  std::uint32_t row = 0;
  while (i < mother.nodes.size() || j < father.nodes.size()) {
    const bool hers = j == father.nodes.size() ||
                      (i < mother.nodes.size() && mother.nodes[i].mark <= father.nodes[j].mark);
    const bool his = i == mother.nodes.size() ||
                     (j < father.nodes.size() && father.nodes[j].mark <= mother.nodes[i].mark);
    NodeGene& node = child.nodes[row];
    if (hers) node = mother.nodes[i];
    if (his && (!hers || (node.kind == NodeKind::hidden && coins.toss()))) node = father.nodes[j];
    if (hers) scratch.mother_row[i++] = row;
    if (his) scratch.father_row[j++] = row;
    ++row;
  }
  child.nodes.resize(row);
}

/// The links of both; notes in scratch.from_father those that only he has.
bool unite_edges(const Graph& mother, const Graph& father, const CrossoverRules& rules,
                 Stream& stream, Coins& coins, CrossoverScratch& scratch, Graph& child) {
  constexpr std::uint64_t kEnd = ~std::uint64_t{0};
  const auto key = [](const Graph& parent, const std::vector<std::uint32_t>& row, std::size_t i) {
    if (i == parent.edges.size()) return kEnd;
    const EdgeGene& edge = parent.edges[i];
    return static_cast<std::uint64_t>(row[edge.source]) << 32U | row[edge.target];
  };
  child.edges.resize(mother.edges.size() + father.edges.size());
  scratch.from_father.clear();
  std::size_t i = 0;
  std::size_t j = 0;
  std::uint32_t count = 0;
  bool differ = false;
  std::uint64_t key_i = key(mother, scratch.mother_row, 0);
  std::uint64_t key_j = key(father, scratch.father_row, 0);
  while (key_i != kEnd || key_j != kEnd) {
    const std::uint64_t ends = std::min(key_i, key_j);
    EdgeGene& gene = child.edges[count];
    if (key_i == key_j) {
      gene = mother.edges[i];
      differ |= gene.weight != father.edges[j].weight;
      inherit(gene, father.edges[j], rules, stream, coins);
      key_i = key(mother, scratch.mother_row, ++i);
      key_j = key(father, scratch.father_row, ++j);
    } else if (key_i < key_j) {
      gene = mother.edges[i];
      differ = true;
      key_i = key(mother, scratch.mother_row, ++i);
    } else {
      gene = father.edges[j];
      differ = true;
      scratch.from_father.push_back(count);
      key_j = key(father, scratch.father_row, ++j);
    }
    gene.source = static_cast<std::uint32_t>(ends >> 32U);
    gene.target = static_cast<std::uint32_t>(ends);
    ++count;
  }
  child.edges.resize(count);
  return differ;
}

/// Hidden nodes that have lost all their links go, and rows close up.
void drop_lonely_nodes(CrossoverScratch& scratch, Graph& child) {
  std::vector<std::uint32_t>& row = scratch.mother_row;
  row.assign(child.nodes.size(), 0);
  for (const EdgeGene& edge : child.edges) row[edge.source] = row[edge.target] = 1;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < child.nodes.size(); ++i) {
    const bool stays = row[i] == 1 || child.nodes[i].kind != NodeKind::hidden;
    row[i] = count;
    if (stays) child.nodes[count++] = child.nodes[i];
  }
  child.nodes.resize(count);
  for (EdgeGene& edge : child.edges) {
    edge.source = row[edge.source];
    edge.target = row[edge.target];
  }
}

/// Lets the father's own links join one after another, by mark, without a cycle.
void drop_cycles(CrossoverScratch& scratch, Graph& child) {
  scratch.kept.assign(child.edges.size(), 1);
  for (const std::uint32_t edge : scratch.from_father) scratch.kept[edge] = 0;
  std::sort(scratch.from_father.begin(), scratch.from_father.end(),
            [&child](std::uint32_t a, std::uint32_t b) {
              return child.edges[a].mark < child.edges[b].mark;
            });
  for (const std::uint32_t row : scratch.from_father) {
    const EdgeGene& edge = child.edges[row];
    const bool closes = scratch.reachability.reaches(edge.target, edge.source, scratch.kept);
    scratch.kept[row] = closes ? 0 : 1;
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < child.edges.size(); ++i) {
    if (scratch.kept[i] != 0) child.edges[count++] = child.edges[i];
  }
  child.edges.resize(count);
  drop_lonely_nodes(scratch, child);
}

}  // namespace

bool cross(const Graph& mother, const Graph& father, const CrossoverRules& rules, Stream& stream,
           CrossoverScratch& scratch, Graph& child) {
  // Inherited births must not lie after the child's next mutation.
  child.structural_mutations = std::max(mother.structural_mutations, father.structural_mutations);
  if (!rules.keep_all) return cross_keeping_mother(mother, father, rules, stream, child);
  Coins coins(stream);
  unite_nodes(mother, father, coins, scratch, child);
  const bool differ = unite_edges(mother, father, rules, stream, coins, scratch, child);
  if (rules.acyclic && !scratch.from_father.empty()) {
    scratch.reachability.read(child);
    if (!scratch.reachability.acyclic()) drop_cycles(scratch, child);
  }
  return differ;
}

}  // namespace cambrian
