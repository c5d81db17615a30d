#include "cambrian/genome/graph/graph.hpp"

#include <array>
#include <cassert>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

constexpr std::array<std::string_view, kActivations> kNames = {
    "identity",      "bipolar_sigmoid", "gaussian",   "absolute",       "sine",
    "steep_sigmoid", "neat_sigmoid",    "tanh",       "sigmoid",        "step",
    "relu",          "cosine",          "plain_sine", "plain_gaussian", "square"};

}  // namespace

std::string_view activation_name(Activation activation) {
  return kNames.at(static_cast<std::size_t>(activation));
}

Activation activation_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Activation>(i);
  }
  std::string words;
  for (const std::string_view word : kNames)
    words += (words.empty() ? "" : ", ") + std::string(word);
  throw Error("there is no activation " + quoted(name) + "; there are " + words);
}

std::vector<Choice<Activation>> activation_choices() {
  std::vector<Choice<Activation>> choices;
  for (std::size_t i = 0; i < kNames.size(); ++i)
    choices.push_back({kNames[i], static_cast<Activation>(i)});
  return choices;
}

std::vector<Choice<Activation>> activation_choices(const std::vector<Activation>& some) {
  std::vector<Choice<Activation>> choices;
  for (const Activation activation : some)
    choices.push_back({activation_name(activation), activation});
  return choices;
}

void GraphPopulation::resize(std::size_t rows) {
  if (rows > graphs_.size()) graphs_.resize(rows);
  size_ = rows;
}

void GraphPopulation::apply(std::span<const RowEdit> edits, const Population& offered) {
  const auto& graphs = dynamic_cast<const GraphPopulation&>(offered);
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        assert(edit.row <= size_ && edit.from < graphs.size());
        if (edit.row == size_) {
          // vector growth must stay geometric, so that an archive fills in linear time.
          if (size_ == graphs_.size()) graphs_.emplace_back();
          ++size_;
        }
        graphs_[edit.row] = graphs[edit.from];
        break;
      case RowEdit::Kind::move:
        assert(edit.row < size_ && edit.from < size_);
        if (edit.row != edit.from) graphs_[edit.row] = graphs_[edit.from];
        break;
      case RowEdit::Kind::shrink:
        assert(edit.row <= size_);
        size_ = edit.row;
        break;
    }
  }
}

}  // namespace cambrian
