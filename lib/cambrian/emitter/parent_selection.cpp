#include "cambrian/emitter/parent_selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr double kNobody = std::numeric_limits<double>::infinity();
constexpr double kTaken = 1.0;
constexpr double kRefused = -0.5;
constexpr double kLeastWeight = 0.5;

}  // namespace

void CuriosityTree::set(std::size_t row, double score) {
  if (row == size_) {
    if (size_ == leaves_) grow();
    ++size_;
  }
  sums_[leaves_ + row] = least_[leaves_ + row] = score;
  update(leaves_ + row);
}

void CuriosityTree::shrink(std::size_t rows) {
  while (size_ > rows) {
    const std::size_t leaf = leaves_ + --size_;
    sums_[leaf] = 0;
    least_[leaf] = kNobody;
    update(leaf);
  }
}

void CuriosityTree::update(std::size_t leaf) {
  for (std::size_t node = leaf / 2; node > 0; node /= 2) {
    sums_[node] = sums_[2 * node] + sums_[2 * node + 1];
    least_[node] = std::min(least_[2 * node], least_[2 * node + 1]);
  }
}

void CuriosityTree::grow() {
  const std::vector<double> scores(sums_.begin() + static_cast<std::ptrdiff_t>(leaves_),
                                   sums_.end());
  leaves_ = std::max<std::size_t>(1, 2 * leaves_);
  sums_.assign(2 * leaves_, 0.0);
  least_.assign(2 * leaves_, kNobody);
  for (std::size_t row = 0; row < size_; ++row) {
    sums_[leaves_ + row] = least_[leaves_ + row] = scores[row];
  }
  for (std::size_t node = leaves_ - 1; node > 0; --node) {
    sums_[node] = sums_[2 * node] + sums_[2 * node + 1];
    least_[node] = std::min(least_[2 * node], least_[2 * node + 1]);
  }
}

std::uint32_t CuriosityTree::draw(double uniform) const {
  const double base = least_[1] - kLeastWeight;
  const auto weight = [&](std::size_t node, std::size_t rows) {
    return sums_[node] - base * static_cast<double>(rows);
  };
  double target = uniform * weight(1, size_);
  std::size_t node = 1;
  std::size_t first = 0;
  for (std::size_t width = leaves_; width > 1;) {
    width /= 2;
    const std::size_t left_rows = std::min(width, size_ - first);
    const double left = weight(2 * node, left_rows);
    // The right half may hold no rows: then a target that was rounded up stays on the left.
    if (target < left || first + width >= size_) {
      node = 2 * node;
    } else {
      target -= left;
      node = 2 * node + 1;
      first += width;
    }
  }
  return static_cast<std::uint32_t>(first);
}

void ParentSelection::follow(const Elites& elites) {
  if (rule_ == Selection::novelty) novelty_.follow(elites);
  if (rule_ != Selection::curiosity) return;
  const std::span<const std::uint64_t> ids = elites.individuals().ids;
  tree_.shrink(std::min(tree_.size(), ids.size()));
  for (std::size_t row = 0; row < ids.size(); ++row) {
    if (row >= tree_.size() || ids_[row] != ids[row]) tree_.set(row, 0);
  }
  ids_.assign(ids.begin(), ids.end());
}

std::uint32_t ParentSelection::draw_by_score(const Elites& elites, Stream& stream) {
  const auto size = static_cast<std::uint32_t>(elites.size());
  if (rule_ == Selection::curiosity) return tree_.draw(stream.uniform());
  std::uint32_t best = stream.below(size);
  const auto score = [&](std::uint32_t row) {
    return rule_ == Selection::objective ? elites.individuals().objective(row)
                                         : novelty_.of_elite(row);
  };
  double best_score = score(best);
  for (std::size_t i = 1; i < tournament_; ++i) {
    const std::uint32_t other = stream.below(size);
    const double other_score = score(other);
    if (!(other_score > best_score)) continue;
    best = other;
    best_score = other_score;
  }
  return best;
}

void ParentSelection::reward(std::uint32_t row, bool taken) {
  if (!learns()) return;
  tree_.set(row, tree_.score(row) + (taken ? kTaken : kRefused));
}

void ParentSelection::apply(std::span<const RowEdit> edits, std::span<const std::uint64_t> ids) {
  if (!learns()) return;
  apply_edits<std::uint64_t>(ids_, ids, edits);
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        tree_.set(edit.row, 0);
        break;
      case RowEdit::Kind::move:
        tree_.set(edit.row, tree_.score(edit.from));
        break;
      case RowEdit::Kind::shrink:
        tree_.shrink(edit.row);
        break;
    }
  }
}

void ParentSelection::save(StateWriter& writer) const {
  if (rule_ != Selection::curiosity) return;
  std::vector<double> scores;
  for (std::size_t row = 0; row < tree_.size(); ++row) scores.push_back(tree_.score(row));
  writer.column<std::uint64_t>("id", ids_, {"the elites that the scores are of"});
  writer.column<double>("curiosity", scores, {"by which parents are drawn"});
}

void ParentSelection::load(const StateReader& reader) {
  if (rule_ != Selection::curiosity) return;
  ids_ = reader.column<std::uint64_t>("id");
  const auto scores = reader.column<double>("curiosity");
  if (scores.size() != ids_.size()) throw Error("curiosity: is not as long as id");
  tree_ = {};
  for (std::size_t row = 0; row < scores.size(); ++row) {
    if (!std::isfinite(scores[row]) || scores[row] * 2 != std::round(scores[row] * 2))
      throw Error("curiosity: has a score that is not a multiple of 1/2");
    tree_.set(row, scores[row]);
  }
}

}  // namespace cambrian
