#include "cambrian/genome/real/real_population.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

template <class P, class Any>
P& of_length(Any& population, std::size_t length) {
  P& vectors = population_of<P>(population);
  if (vectors.length() == length) return vectors;
  throw Error("the vectors have " + std::to_string(vectors.length()) + " genes, but " +
              std::to_string(length) + " were expected");
}

}  // namespace

const RealPopulation& vectors_of(const Population& population, std::size_t length) {
  return of_length<const RealPopulation>(population, length);
}

RealPopulation& vectors_of(Population& population, std::size_t length) {
  return of_length<RealPopulation>(population, length);
}

void RealPopulation::resize(std::size_t rows) {
  genes_.resize(rows * length_);
  size_ = rows;
}

void RealPopulation::apply(std::span<const RowEdit> edits, const Population& offered) {
  const RealPopulation& source = vectors_of(offered, length_);
  check_edits(edits, size_, source.size_);
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        if (edit.row == size_) resize(size_ + 1);
        std::ranges::copy(source.row(edit.from), row(edit.row).begin());
        break;
      case RowEdit::Kind::move:
        // A row may be moved onto itself: then nothing is copied.
        if (edit.row != edit.from) std::ranges::copy(row(edit.from), row(edit.row).begin());
        break;
      case RowEdit::Kind::shrink:
        resize(edit.row);
        break;
    }
  }
}

void RealPopulation::save(StateWriter& writer) const {
  writer.matrix<float>("vector", genes_, length_, {"genes, one row per individual"});
}

void RealPopulation::load(const StateReader& reader) {
  const auto genes = reader.column<float>("vector");
  const std::size_t width = reader.width("vector");
  if (width != length_) {
    throw Error("genome/vector: has rows of " + std::to_string(width) +
                " genes, but the configuration's genomes have " + std::to_string(length_));
  }
  genes_.assign(genes.begin(), genes.end());
  size_ = genes_.size() / length_;
}

void cross_at_one_point(const RealPopulation& parents, const Mating& mating, std::span<float> child,
                        Stream& stream) {
  std::span<const float> head = parents.row(mating.mother);
  std::ranges::copy(head, child.begin());
  if (mating.father == Mating::kNone || child.size() < 2) return;
  std::span<const float> tail = parents.row(mating.father);
  if (stream.chance(0.5)) std::swap(head, tail);
  const std::uint32_t cut = 1 + stream.below(static_cast<std::uint32_t>(child.size() - 1));
  std::ranges::copy(head.first(cut), child.begin());
  std::ranges::copy(tail.subspan(cut), child.begin() + cut);
}

}  // namespace cambrian
