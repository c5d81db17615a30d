#include "cambrian/genome/real/real_population.hpp"

#include <algorithm>
#include <cassert>

#include "cambrian/core/error.hpp"

namespace cambrian {

void RealPopulation::resize(std::size_t rows) {
  genes_.resize(rows * length_);
  size_ = rows;
}

void RealPopulation::apply(std::span<const RowEdit> edits, const Population& offered) {
  const auto& source = dynamic_cast<const RealPopulation&>(offered);
  assert(source.length_ == length_);
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        assert(edit.row <= size_ && edit.from < source.size_);
        if (edit.row == size_) resize(size_ + 1);
        std::ranges::copy(source.row(edit.from), row(edit.row).begin());
        break;
      case RowEdit::Kind::move:
        assert(edit.row < size_ && edit.from < size_);
        // A row may be moved onto itself: then nothing is copied.
        if (edit.row != edit.from) std::ranges::copy(row(edit.from), row(edit.row).begin());
        break;
      case RowEdit::Kind::shrink:
        assert(edit.row <= size_);
        resize(edit.row);
        break;
    }
  }
}

void RealPopulation::save(StateWriter& writer) const {
  writer.matrix<float>("vector", genes_, length_, {"genes, one row an individual"});
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

}  // namespace cambrian
