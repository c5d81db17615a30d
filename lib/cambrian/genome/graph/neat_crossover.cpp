#include "cambrian/genome/graph/neat_crossover.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <span>

namespace cambrian {
namespace {

/// Whether the i-th of a word's 32 fair coins shows heads.
std::uint32_t heads(std::uint32_t word, std::size_t i) { return word >> (i % 32) & 1U; }

// Choices are masks: a branch on a coin, or on whether genes match, would be mispredicted half of
// the time.
std::uint32_t mask_if(std::uint32_t zero_or_one) { return 0U - zero_or_one; }
std::uint32_t either(std::uint32_t hers, std::uint32_t his, std::uint32_t mask) {
  return hers ^ ((hers ^ his) & mask);
}
std::uint32_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }
float either(float hers, float his, std::uint32_t mask) {
  return std::bit_cast<float>(either(bits(hers), bits(his), mask));
}

/// Lets matching hidden nodes, now the mother's, be drawn from either. They are the last. Looked
/// for from the front, because a loop that always ends at the same place is well predicted.
void inherit_nodes(const Graph& father, Stream& stream, CrossoverScratch& scratch, Graph& child) {
  std::size_t first = 0;  // of the hidden ones, in every genome of the shape
  while (first < child.nodes.size() && child.nodes[first].kind != NodeKind::hidden) ++first;
  const std::span<const NodeGene> his = std::span(father.nodes).subspan(first);
  const std::span<NodeGene> nodes = std::span(child.nodes).subspan(first);
  if (his.empty() || nodes.empty()) return;
  scratch.nodes.find(his, nodes, scratch.fathers_row);
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i % 32 == 0) word = stream();
    const std::uint32_t row = scratch.fathers_row[i];
    const std::uint32_t found = mask_if(row == kNoMatch ? 0U : 1U);
    const std::uint32_t is_his = found & mask_if(heads(word, i));
    const NodeGene& match = his[row & found];
    NodeGene& node = nodes[i];
    const auto number = [](Activation a) { return static_cast<std::uint32_t>(a); };
    node.activation =
        static_cast<Activation>(either(number(node.activation), number(match.activation), is_his));
    node.bias = either(node.bias, match.bias, is_his);
  }
}

std::uint32_t on(const EdgeGene& gene) { return gene.enabled ? 1U : 0U; }

/// What the child may have from either parent (weight, birth and flag), as words, so that a choice
/// is a few instructions for all three.
using DrawnWords [[gnu::vector_size(16)]] = std::uint32_t;
constexpr std::size_t kDrawnFrom = offsetof(EdgeGene, weight);
static_assert(kDrawnFrom + sizeof(DrawnWords) == sizeof(EdgeGene));
DrawnWords drawn_words(const EdgeGene& gene) {
  DrawnWords words;
  std::memcpy(&words, reinterpret_cast<const char*>(&gene) + kDrawnFrom, sizeof words);
  return words;
}
void set_drawn_words(EdgeGene& gene, DrawnWords words) {
  std::memcpy(reinterpret_cast<char*>(&gene) + kDrawnFrom, &words, sizeof words);
}

/// The child's edges: the mother's, and what is drawn where the father has them too.
/// @return whether the parents differ
template <bool kAverage>
bool inherit_edges(const Graph& mother, const Graph& father, double keep_disabled, Stream& stream,
                   CrossoverScratch& scratch, Graph& child) {
  const std::span<const EdgeGene> her_genes = mother.edges;
  const std::span<const EdgeGene> his_genes = father.edges;
  scratch.edges.find(his_genes, her_genes, scratch.fathers_row);
  child.edges.resize(her_genes.size());
  EdgeGene* const genes = child.edges.data();
  if (his_genes.empty()) {
    std::ranges::copy(her_genes, genes);
    return !her_genes.empty();
  }
  scratch.disabled.resize(her_genes.size());
  const std::uint32_t* const rows = scratch.fathers_row.data();
  std::uint32_t* const disabled = scratch.disabled.data();
  std::size_t disabled_count = 0;
  std::size_t matching = 0;
  DrawnWords differences{};
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < her_genes.size(); ++i) {
    if (!kAverage && i % 32 == 0) word = stream();
    const std::uint32_t found = mask_if(rows[i] == kNoMatch ? 0U : 1U);
    const EdgeGene& hers = her_genes[i];
    const EdgeGene& his = his_genes[rows[i] & found];
    matching += found & 1U;
    disabled[disabled_count] = static_cast<std::uint32_t>(i);
    disabled_count += found & 1U & ~(on(hers) & on(his));
    const DrawnWords words = drawn_words(hers);
    const DrawnWords difference = (words ^ drawn_words(his)) & found;
    differences |= difference;
    EdgeGene& gene = genes[i];
    gene = hers;
    if (kAverage) {
      gene.weight = either(hers.weight, 0.5F * (hers.weight + his.weight), found);
      gene.enabled = (on(hers) | (found & 1U)) != 0;
    } else {
      set_drawn_words(gene, words ^ (difference & mask_if(heads(word, i))));
    }
  }
  // Half a word per gene: 16 bits are enough for a probability.
  const auto threshold = static_cast<std::uint32_t>(std::lround(keep_disabled * 0x1p16));
  for (std::size_t i = 0; i < disabled_count; ++i) {
    word = i % 2 == 0 ? stream() : word >> 16U;
    EdgeGene& gene = genes[disabled[i]];
    gene.enabled = (on(gene) & ((word & 0xffffU) < threshold ? 0U : 1U)) != 0;
  }
  return differences[0] != 0 || matching != her_genes.size() || matching != his_genes.size();
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

/// Adds the edges that only the father has; scratch.fathers_row says which.
void add_fathers_edges(const Graph& father, CrossoverScratch& scratch, Graph& child) {
  scratch.matched.assign(father.edges.size(), 0);
  for (const std::uint32_t row : scratch.fathers_row) {
    if (row != kNoMatch) scratch.matched[row] = 1;
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
  child.nodes.assign(mother.nodes.begin(), mother.nodes.end());
  // Inherited births must not lie after the child's next mutation.
  child.structural_mutations = std::max(mother.structural_mutations, father.structural_mutations);
  inherit_nodes(father, stream, scratch, child);
  const auto inherit = rules.average ? inherit_edges<true> : inherit_edges<false>;
  const bool differ = inherit(mother, father, rules.keep_disabled, stream, scratch, child);
  if (!rules.keep_all || !differ) return differ;
  add_fathers_nodes(mother, father, scratch, child);
  add_fathers_edges(father, scratch, child);
  if (rules.acyclic && !scratch.joined.empty()) {
    scratch.reachability.read(child);
    if (!scratch.reachability.acyclic()) drop_cycles(scratch, child);
  }
  return differ;
}

}  // namespace cambrian
