#include "cambrian/genome/graph/graph.hpp"

#include <fmt/format.h>

#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

std::string words(const GraphForm& form) {
  return counted(form.inputs, "input") + ", " + counted(form.outputs, "output") +
         (form.acyclic ? " and no cycles" : " and possibly cycles");
}

}  // namespace

void require_form(const GraphPopulation& graphs, const GraphForm& form) {
  if (!graphs.form() || *graphs.form() == form) return;
  throw Error("the graphs have " + words(*graphs.form()) + ", but " + words(form) +
              " were expected");
}

void require_terminals(const GraphPopulation& graphs, std::size_t row, const GraphForm& form) {
  const std::vector<NodeGene>& nodes = graphs[row].nodes;
  const std::size_t fixed = form.inputs + 1 + form.outputs;
  if (nodes.size() >= fixed && nodes[form.inputs].kind == NodeKind::bias &&
      nodes[fixed - 1].kind == NodeKind::output &&
      (nodes.size() == fixed || nodes[fixed].kind == NodeKind::hidden)) {
    return;
  }
  throw Error("the graph in row " + std::to_string(row) + " does not have the " +
              std::to_string(form.inputs) + " inputs, the bias and the " +
              std::to_string(form.outputs) + " outputs that were expected");
}

const Graph& graph_of(const Population& population, std::size_t row, const GraphForm& form) {
  const GraphPopulation& graphs = graphs_of(population, form);
  require_terminals(graphs, row, form);
  return graphs[row];
}

std::string mark_text(std::uint64_t mark) { return fmt::format("{:#018x}", mark); }

void GraphPopulation::resize(std::size_t rows) {
  if (rows > graphs_.size()) graphs_.resize(rows);
  size_ = rows;
}

void GraphPopulation::apply(std::span<const RowEdit> edits, const Population& offered) {
  const GraphPopulation& graphs =
      form_ ? graphs_of(offered, *form_) : population_of<const GraphPopulation>(offered);
  check_edits(edits, size_, graphs.size());
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        if (edit.row == size_) {
          // vector growth must stay geometric, so that an archive fills in linear time.
          if (size_ == graphs_.size()) graphs_.emplace_back();
          ++size_;
        }
        graphs_[edit.row] = graphs[edit.from];
        break;
      case RowEdit::Kind::move:
        if (edit.row != edit.from) graphs_[edit.row] = graphs_[edit.from];
        break;
      case RowEdit::Kind::shrink:
        size_ = edit.row;
        break;
    }
  }
}

}  // namespace cambrian
