// Pruning against the obvious model: everybody held and all their ancestors, and nobody else.
#include "cambrian/record/lineage.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

/// Records `batches` batches of 50 in which fewer and fewer enter, ids spread less and less
/// densely.
struct Search {
  Lineage lineage{KeptLineage::ancestors, DescriptorSpace{{"x"}, {""}, {0}, {1}}};
  std::map<std::uint64_t, ParentIds> parents;
  std::vector<std::uint64_t> entered_ids;

  Search(std::size_t batches, std::uint64_t first_id) {
    Stream stream(stream_key(1, "test.lineage"), 0);
    std::uint64_t next = first_id;
    for (std::size_t b = 0; b < batches; ++b) {
      Individuals batch;
      batch.start(50, next, 1, 1);
      std::vector<std::uint8_t> entered(50);
      const std::size_t known = entered_ids.size();
      for (std::size_t i = 0; i < 50; ++i, ++next) {
        ParentIds pair{kNoParent, kNoParent};
        if (known > 0) pair[0] = entered_ids[stream.below(static_cast<std::uint32_t>(known))];
        if (known > 0 && stream.chance(0.5)) {
          pair[1] = entered_ids[stream.below(static_cast<std::uint32_t>(known))];
        }
        batch.parents[i] = pair;
        batch.descriptors[i] = 0.5;
        entered[i] = stream.chance(b < 5 ? 1.0 : 0.1) ? 1 : 0;
        if (entered[i] == 0) continue;
        parents[next] = pair;
        entered_ids.push_back(next);
      }
      lineage.record(batch, entered);
    }
  }

  std::vector<std::uint64_t> ancestry(const std::vector<std::uint64_t>& held) const {
    std::set<std::uint64_t> kept;
    std::vector<std::uint64_t> open = held;
    while (!open.empty()) {
      const std::uint64_t id = open.back();
      open.pop_back();
      if (parents.count(id) == 0 || !kept.insert(id).second) continue;
      for (const std::uint64_t parent : parents.at(id)) open.push_back(parent);
    }
    return {kept.begin(), kept.end()};
  }
};

std::vector<std::uint64_t> ids_of(const Lineage& lineage) {
  const Individuals& rows = lineage.individuals();
  return {rows.ids.begin(), rows.ids.end()};
}

TEST(Lineage, KeepsThoseHeldAndTheirAncestorsOnly) {
  for (const std::uint64_t first_id : {std::uint64_t{0}, std::uint64_t{1} << 40U}) {
    Search run(60, first_id);
    std::vector<std::uint64_t> held;
    for (std::size_t i = 7; i < run.entered_ids.size(); i += 11) held.push_back(run.entered_ids[i]);
    const auto expected = run.ancestry(held);
    ASSERT_LT(expected.size(), run.entered_ids.size());
    run.lineage.prune(held);
    EXPECT_EQ(ids_of(run.lineage), expected);
    run.lineage.prune(held);
    EXPECT_EQ(ids_of(run.lineage), expected);
  }
}

TEST(Lineage, IgnoresHeldIdsThatItNeverRecorded) {
  Search run(3, 100);
  const std::uint64_t known = run.entered_ids[60];
  run.lineage.prune(std::vector<std::uint64_t>{3, known, known, 99'999, kNoParent});
  EXPECT_EQ(ids_of(run.lineage), run.ancestry({known}));
}

TEST(Lineage, PruningWithNothingHeldOrNothingRecordedLeavesNothing) {
  Search run(2, 0);
  run.lineage.prune({});
  EXPECT_EQ(run.lineage.individuals().size(), 0U);
  run.lineage.prune(std::vector<std::uint64_t>{5});
  EXPECT_EQ(run.lineage.individuals().size(), 0U);
}

}  // namespace
}  // namespace cambrian
