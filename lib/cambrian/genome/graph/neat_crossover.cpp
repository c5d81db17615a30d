#include "cambrian/genome/graph/neat_crossover.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace cambrian {
namespace {

// A gene as words. Choices are masks of words: a branch on a coin, or on whether genes match, would
// be mispredicted half of the time. Vectors are passed by reference, since how a function returns
// them depends on the processor.
using NodeWords [[gnu::vector_size(sizeof(NodeGene))]] = std::uint32_t;
using EdgeWords [[gnu::vector_size(sizeof(EdgeGene))]] = std::uint32_t;
static_assert(std::is_trivially_copyable_v<NodeGene> && sizeof(NodeGene) == 16);
static_assert(std::is_trivially_copyable_v<EdgeGene> && sizeof(EdgeGene) == 32);
constexpr std::size_t kWeightWord = 4;
static_assert(offsetof(EdgeGene, weight) == kWeightWord * sizeof(std::uint32_t));
// What may be the father's in a matching gene. His edge may have its ends in other rows.
constexpr NodeWords kOfNode = {~0U, ~0U, ~0U, ~0U};
constexpr EdgeWords kOfEdge = {0, 0, 0, 0, ~0U, ~0U, ~0U, ~0U};

template <class Gene, class Words>
void read_words(const Gene& gene, Words& words) {
  std::memcpy(&words, &gene, sizeof words);
}
template <class Gene, class Words>
void write_words(const Words& words, Gene& gene) {
  std::memcpy(static_cast<void*>(&gene), &words, sizeof words);
}

constexpr std::size_t kCoins = 32;
/// The fair coins of a word. @param inherited  the words that a coin decides
template <class Words>
class Coins {
 public:
  Coins(std::uint32_t word, const Words& inherited)
      : coins_(inherited & word), bit_(Words{} + 1U) {}
  /// Of the words that differ, those that the next coin takes from the father.
  void draw(Words& difference) {
    difference &= reinterpret_cast<Words>((coins_ & bit_) == bit_);
    bit_ += bit_;
  }

 private:
  Words coins_, bit_;
};

/// Lets matching hidden nodes, now the mother's, be drawn from either. They are the last. Looked
/// for from the front, because a loop that always ends at the same place is well predicted.
void inherit_nodes(const Graph& father, Stream& stream, CrossoverScratch& scratch, Graph& child) {
  std::size_t first = 0;  // of the hidden ones, in every genome of the shape
  while (first < child.nodes.size() && child.nodes[first].kind != NodeKind::hidden) ++first;
  const std::span<const NodeGene> his = std::span(father.nodes).subspan(first);
  const std::span<NodeGene> nodes = std::span(child.nodes).subspan(first);
  if (his.empty() || nodes.empty()) return;
  scratch.nodes.find(his, nodes, scratch.node_partners);
  const NodeGene* const* const partners = scratch.node_partners.data();
  for (std::size_t begin = 0; begin < nodes.size(); begin += kCoins) {
    Coins coins(stream(), kOfNode);
    const std::size_t end = std::min(begin + kCoins, nodes.size());
    for (std::size_t i = begin; i < end; ++i) {
      NodeWords words;
      NodeWords difference;
      read_words(nodes[i], words);
      read_words(*partners[i], difference);
      difference ^= words;
      coins.draw(difference);
      write_words(words ^ difference, nodes[i]);
    }
  }
}

std::size_t on(const EdgeGene& gene) { return gene.enabled ? 1 : 0; }

/// Disables genes that are disabled in either parent, or leaves them as they are.
void draw_disabled(std::span<const std::uint32_t> rows, double keep_disabled, Stream& stream,
                   std::span<EdgeGene> edges) {
  // Half a word per gene: 16 bits are enough for a probability.
  const auto threshold = static_cast<std::uint32_t>(std::lround(keep_disabled * 0x1p16));
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    word = i % 2 == 0 ? stream() : word >> 16U;
    EdgeGene& gene = edges[rows[i]];
    gene.enabled = (on(gene) & ((word & 0xffffU) < threshold ? 0 : 1)) != 0;
  }
}

/// The child's edges: the mother's, and what is drawn where the father has them too.
/// @return whether the parents differ
template <bool kAverage>
bool inherit_edges(const Graph& mother, const Graph& father, double keep_disabled, Stream& stream,
                   CrossoverScratch& scratch, Graph& child) {
  const std::size_t count = mother.edges.size();
  scratch.edges.find(father.edges, mother.edges, scratch.edge_partners);
  child.edges.resize(count);
  if (father.edges.empty()) {
    std::ranges::copy(mother.edges, child.edges.begin());
    return count != 0;
  }
  scratch.disabled.resize(count);
  const EdgeGene* hers = mother.edges.data();
  const EdgeGene* const* partner = scratch.edge_partners.data();
  EdgeGene* gene = child.edges.data();
  std::uint32_t* const disabled = scratch.disabled.data();
  std::size_t disabled_count = 0;
  std::size_t matching = 0;
  EdgeWords differences{};
  for (std::size_t begin = 0; begin < count; begin += kCoins) {
    Coins coins(kAverage ? 0 : stream(), kOfEdge);
    const std::size_t end = std::min(begin + kCoins, count);
    for (std::size_t i = begin; i < end; ++i, ++hers, ++gene) {
      const EdgeGene* const his = partner[i];  // hers where he has none, so that nothing differs
      const std::size_t found = his == hers ? 0 : 1;
      matching += found;
      disabled[disabled_count] = static_cast<std::uint32_t>(i);
      disabled_count += found & ~(on(*hers) & on(*his));
      EdgeWords words;
      EdgeWords difference;
      read_words(*hers, words);
      read_words(*his, difference);
      difference ^= words;
      differences |= difference;
      if constexpr (kAverage) {
        write_words(words, *gene);
        gene->weight = 0.5F * (hers->weight + his->weight);  // her own where he has none
        gene->enabled = (on(*hers) | found) != 0;
      } else {
        coins.draw(difference);
        write_words(words ^ difference, *gene);
      }
    }
  }
  draw_disabled({disabled, disabled_count}, keep_disabled, stream, child.edges);
  return differences[kWeightWord] != 0 || matching != count || matching != father.edges.size();
}

/// Adds to the child, now of the mother's structure, the nodes that only the father has; says where
/// the nodes of either went.
void add_fathers_nodes(const Graph& mother, const Graph& father, CrossoverScratch& scratch,
                       Graph& child) {
  const std::size_t hers = mother.nodes.size();
  scratch.mother_row.resize(hers);
  scratch.father_row.resize(father.nodes.size());
  std::size_t i = 0;
  std::uint32_t row = 0;
  for (std::size_t j = 0; j < father.nodes.size(); ++j) {
    while (i < hers && mother.nodes[i].mark < father.nodes[j].mark) scratch.mother_row[i++] = row++;
    scratch.father_row[j] = row;
    if (i < hers && mother.nodes[i].mark == father.nodes[j].mark) scratch.mother_row[i++] = row;
    ++row;
  }
  while (i < hers) scratch.mother_row[i++] = row++;
  child.nodes.resize(row);
  // From the back: rows only rise, so no node is overwritten before it has moved.
  std::uint32_t end = row;
  std::size_t j = father.nodes.size();
  for (i = hers; end > 0;) {
    --end;
    const bool from_her = i > 0 && scratch.mother_row[i - 1] == end;
    const bool from_him = j > 0 && scratch.father_row[j - 1] == end;
    child.nodes[end] = from_her ? child.nodes[i - 1] : father.nodes[j - 1];
    if (from_her) --i;
    if (from_him) --j;
  }
}

/// Where nodes have gone to other rows.
void renumber(std::vector<EdgeGene>& edges, const std::vector<std::uint32_t>& row) {
  for (EdgeGene& edge : edges) {
    edge.source = row[edge.source];
    edge.target = row[edge.target];
  }
}

/// Adds the edges that only the father has; scratch.edge_partners says which.
void add_fathers_edges(const Graph& mother, const Graph& father, CrossoverScratch& scratch,
                       Graph& child) {
  scratch.matched.assign(father.edges.size(), 0);
  for (std::size_t i = 0; i < mother.edges.size(); ++i) {
    const EdgeGene* const partner = scratch.edge_partners[i];
    if (partner != &mother.edges[i]) scratch.matched[partner - father.edges.data()] = 1;
  }
  scratch.fathers_own.clear();
  for (std::size_t i = 0; i < father.edges.size(); ++i) {
    if (scratch.matched[i] == 0) scratch.fathers_own.push_back(father.edges[i]);
  }
  renumber(scratch.fathers_own, scratch.father_row);
  renumber(child.edges, scratch.mother_row);
  scratch.joined.clear();
  std::size_t hers = child.edges.size();
  std::size_t his = scratch.fathers_own.size();
  child.edges.resize(hers + his);
  while (his > 0) {
    const std::size_t row = hers + his - 1;
    if (hers > 0 && child.edges[hers - 1].ends() > scratch.fathers_own[his - 1].ends()) {
      child.edges[row] = child.edges[--hers];
    } else {
      child.edges[row] = scratch.fathers_own[--his];
      scratch.joined.push_back(static_cast<std::uint32_t>(row));
    }
  }
}

/// Hidden nodes that have lost all their edges go, and rows close up.
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
  renumber(child.edges, row);
}

/// Lets the father's own edges join one after another, by mark, without a cycle.
void drop_cycles(CrossoverScratch& scratch, Graph& child) {
  scratch.kept.assign(child.edges.size(), 1);
  for (const std::uint32_t edge : scratch.joined) scratch.kept[edge] = 0;
  std::sort(scratch.joined.begin(), scratch.joined.end(),
            [&child](std::uint32_t a, std::uint32_t b) {
              return child.edges[a].mark < child.edges[b].mark;
            });
  for (const std::uint32_t row : scratch.joined) {
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
  if (&mother == &father) {  // A match is told by its address.
    scratch.twin = father;
    return cross(mother, scratch.twin, rules, stream, scratch, child);
  }
  child.nodes.assign(mother.nodes.begin(), mother.nodes.end());
  // Inherited births must not lie after the child's next mutation.
  child.structural_mutations = std::max(mother.structural_mutations, father.structural_mutations);
  inherit_nodes(father, stream, scratch, child);
  const auto inherit = rules.average ? inherit_edges<true> : inherit_edges<false>;
  const bool differ = inherit(mother, father, rules.keep_disabled, stream, scratch, child);
  if (!rules.keep_all || !differ) return differ;
  add_fathers_nodes(mother, father, scratch, child);
  add_fathers_edges(mother, father, scratch, child);
  if (rules.acyclic && !scratch.joined.empty()) {
    scratch.reachability.read(child);
    if (!scratch.reachability.acyclic()) drop_cycles(scratch, child);
  }
  return differ;
}

}  // namespace cambrian
