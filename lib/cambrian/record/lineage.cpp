#include "cambrian/record/lineage.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

/// Operators, in the order of the attribute `operator_names`.
enum : std::uint8_t { kRandom = 0, kMutation = 1, kCrossover = 2 };

std::uint8_t operator_of(const ParentIds& parents) {
  if (parents[0] == kNoParent) return kRandom;
  return parents[1] == kNoParent ? kMutation : kCrossover;
}

/// Fewer than this, some 15 MB, are not worth a walk through memory.
constexpr std::size_t kSmall = std::size_t{1} << 18U;

/// Where an id stands among ascending ids. They are spread about evenly over a run, so a table of
/// one entry an id leads to within a few of it; halving all of them would miss the caches at every
/// step.
class Places {
 public:
  explicit Places(const std::vector<std::uint64_t>& ids) : ids_(ids) {
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
  const std::vector<std::uint64_t>& ids_;
  std::vector<std::uint32_t> starts_;
  unsigned shift_ = 0;
};

}  // namespace

Lineage::Lineage(Keep keep, DescriptorSpace descriptor)
    : keep_(keep), descriptor_(std::move(descriptor)) {}

void Lineage::record(const Proposal& proposal, const Outcomes& outcomes,
                     std::span<const std::uint8_t> entered) {
  if (keep_ == Keep::none) return;
  const std::size_t dimensions = descriptor_.dimensions();
  for (std::size_t i = 0; i < entered.size(); ++i) {
    if (entered[i] == 0) continue;
    ids_.push_back(outcomes.ids[i]);
    parents_.push_back(proposal.parents[i]);
    evaluations_.push_back(outcomes.evaluations[i]);
    objectives_.push_back(outcomes.objectives[i]);
    const double* descriptor = outcomes.descriptors.data() + i * dimensions;
    descriptors_.insert(descriptors_.end(), descriptor, descriptor + dimensions);
    operators_.push_back(operator_of(proposal.parents[i]));
  }
}

bool Lineage::wants_pruning() const {
  return keep_ == Keep::ancestors && ids_.size() > 2 * pruned_size_ + kSmall;
}

void Lineage::prune(const std::vector<std::uint64_t>& held) {
  if (keep_ != Keep::ancestors) return;
  std::vector<std::uint8_t> marked(ids_.size() + 1, 0);  // the last for ids that are not recorded
  const Places places(ids_);
  const auto mark = [&](std::uint64_t id) { marked[places.of(id)] = 1; };
  for (const std::uint64_t id : held) mark(id);
  // Parents have smaller ids than their children, so one pass from the youngest reaches all
  // ancestors.
  for (std::size_t i = ids_.size(); i-- > 0;) {
    if (marked[i] == 0) continue;
    for (const std::uint64_t parent : parents_[i]) {
      if (parent != kNoParent) mark(parent);
    }
  }
  const std::size_t dimensions = descriptor_.dimensions();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    if (marked[i] == 0) continue;
    ids_[kept] = ids_[i];
    parents_[kept] = parents_[i];
    evaluations_[kept] = evaluations_[i];
    objectives_[kept] = objectives_[i];
    std::copy_n(descriptors_.begin() + static_cast<std::ptrdiff_t>(i * dimensions), dimensions,
                descriptors_.begin() + static_cast<std::ptrdiff_t>(kept * dimensions));
    operators_[kept] = operators_[i];
    ++kept;
  }
  ids_.resize(kept);
  parents_.resize(kept);
  evaluations_.resize(kept);
  objectives_.resize(kept);
  descriptors_.resize(kept * dimensions);
  operators_.resize(kept);
  pruned_size_ = kept;
}

void Lineage::save(StateWriter& writer) const {
  if (keep_ == Keep::none) return;
  writer.attribute("operator_names", std::vector<std::string>{"random", "mutation", "crossover"});
  writer.attribute("descriptor_names", descriptor_.names);
  writer.column<std::uint64_t>("id", ids_, {"ordinal of the candidate in the run"});
  const std::uint64_t* parents = parents_.empty() ? nullptr : parents_.front().data();
  writer.matrix<std::uint64_t>("parents", {parents, 2 * parents_.size()}, 2,
                               {"ids of the parents; the largest u64 = none"});
  writer.column<std::uint64_t>("evaluation", evaluations_,
                               {"the run's evaluation that this was, from 1"});
  writer.column<double>("objective", objectives_, {"first objective, higher is better"});
  writer.matrix<double>("descriptor", descriptors_, descriptor_.dimensions(),
                        {"descriptor, in the order of descriptor_names"});
  writer.column<std::uint8_t>("operator", operators_,
                              {"how it was made: index into operator_names"});
}

void Lineage::load(const StateReader& reader) {
  if (keep_ == Keep::none) return;
  ids_ = reader.column<std::uint64_t>("id");
  const auto parents = reader.column<std::uint64_t>("parents");
  evaluations_ = reader.column<std::uint64_t>("evaluation");
  objectives_ = reader.column<double>("objective");
  descriptors_ = reader.column<double>("descriptor");
  operators_ = reader.column<std::uint8_t>("operator");
  const std::size_t n = ids_.size();
  if (parents.size() != 2 * n || evaluations_.size() != n || objectives_.size() != n ||
      operators_.size() != n || descriptors_.size() != n * descriptor_.dimensions()) {
    throw Error("/lineage: its columns have different lengths");
  }
  parents_.resize(n);
  for (std::size_t i = 0; i < n; ++i) parents_[i] = {parents[2 * i], parents[2 * i + 1]};
  pruned_size_ = n;
}

}  // namespace cambrian
