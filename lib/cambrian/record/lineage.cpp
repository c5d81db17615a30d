#include "cambrian/record/lineage.hpp"

#include <algorithm>

namespace cambrian {
namespace {

/// Operators, in the order of the attribute `operator_names`.
enum : std::uint8_t { kRandom = 0, kMutation = 1, kCrossover = 2 };

std::uint8_t operator_of(const ParentIds& parents) {
  if (parents[0] == kNoParent) return kRandom;
  return parents[1] == kNoParent ? kMutation : kCrossover;
}

/// Fewer than this, some 15 MB, do not justify a pass through memory.
constexpr std::size_t kSmall = std::size_t{1} << 18U;

/// Where an id stands among ascending ids. They are spread about evenly over a run, so a table of
/// one entry an id leads to within a few of it; halving all of them would miss the caches at every
/// step.
class Places {
 public:
  explicit Places(std::span<const std::uint64_t> ids) : ids_(ids) {
    if (ids.empty()) return;
    const std::uint64_t range = ids.back() - ids.front();
    while ((range >> shift_) > ids.size()) ++shift_;
    starts_.resize((range >> shift_) + 2, static_cast<std::uint32_t>(ids.size()));
    std::size_t bucket = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      // The bound is for a damaged run file, whose ids may be in any order.
      while (bucket < starts_.size() && bucket <= (ids[i] - ids.front()) >> shift_) {
        starts_[bucket++] = static_cast<std::uint32_t>(i);
      }
    }
  }
  /// Its index, or the number of ids if it is not among them.
  std::size_t of(std::uint64_t id) const {
    if (ids_.empty() || id < ids_.front() || id > ids_.back()) return ids_.size();
    const std::uint64_t bucket = (id - ids_.front()) >> shift_;
    const auto last = ids_.begin() + starts_[bucket + 1];
    const auto found = std::lower_bound(ids_.begin() + starts_[bucket], last, id);
    return found != last && *found == id ? static_cast<std::size_t>(found - ids_.begin())
                                         : ids_.size();
  }

 private:
  std::span<const std::uint64_t> ids_;
  std::vector<std::uint32_t> starts_;
  unsigned shift_ = 0;
};

}  // namespace

Lineage::Lineage(KeptLineage keep, DescriptorSpace descriptor)
    : keep_(keep), descriptor_(std::move(descriptor)) {
  individuals_.dimensions = descriptor_.dimensions();
}

void Lineage::record(const Individuals& batch, std::span<const std::uint8_t> entered) {
  if (keep_ == KeptLineage::none) return;
  std::vector<RowEdit> edits;
  for (std::uint32_t i = 0; i < entered.size(); ++i) {
    if (entered[i] == 0) continue;
    edits.push_back({.kind = RowEdit::Kind::put,
                     .row = static_cast<std::uint32_t>(individuals_.size() + edits.size()),
                     .from = i});
  }
  individuals_.apply(edits, batch);
}

bool Lineage::wants_pruning() const {
  return keep_ == KeptLineage::ancestors && individuals_.size() > 2 * pruned_size_ + kSmall;
}

void Lineage::prune(std::span<const std::uint64_t> held) {
  if (keep_ != KeptLineage::ancestors) return;
  const std::size_t n = individuals_.size();
  std::vector<std::uint8_t> marked(n + 1, 0);  // the last for ids that are not recorded
  const Places places(individuals_.ids);
  const auto mark = [&](std::uint64_t id) { marked[places.of(id)] = 1; };
  for (const std::uint64_t id : held) mark(id);
  // Parents have smaller ids than their children, so one pass from the youngest reaches all
  // ancestors.
  for (std::size_t i = n; i-- > 0;) {
    if (marked[i] == 0) continue;
    for (const std::uint64_t parent : individuals_.parents[i]) {
      if (parent != kNoParent) mark(parent);
    }
  }
  individuals_.keep(std::span(marked).first(n));
  pruned_size_ = individuals_.size();
}

void Lineage::save(StateWriter& table, std::span<const ObjectiveDirection> directions) const {
  table.attribute("operator_names", std::vector<std::string>{"random", "mutation", "crossover"});
  descriptor_.save(table);
  individuals_.save(table, descriptor_.common_unit(), directions);
  std::vector<std::uint8_t> operators;
  for (const ParentIds& parents : individuals_.parents) operators.push_back(operator_of(parents));
  table.column<std::uint8_t>("operator", operators, {"how it was made: index into operator_names"});
}

void Lineage::load(const StateReader& table) {
  individuals_.load(table, descriptor_.dimensions(), "/lineage");
  pruned_size_ = individuals_.size();
}

}  // namespace cambrian
