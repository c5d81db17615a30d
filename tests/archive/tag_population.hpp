// A population whose genomes are one number each: what tests of archives lay beside them.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/genome/population.hpp"

namespace cambrian {

class TagPopulation final : public Population {
 public:
  explicit TagPopulation(std::vector<std::uint64_t> values = {}) : tags(std::move(values)) {}
  static constexpr std::string_view kKind = "tag";
  std::string_view kind() const override { return kKind; }
  std::size_t size() const override { return tags.size(); }
  void resize(std::size_t rows) override { tags.resize(rows); }
  std::unique_ptr<Population> make_empty() const override {
    return std::make_unique<TagPopulation>();
  }
  void apply(std::span<const RowEdit> edits, const Population& offered) override {
    apply_edits<std::uint64_t>(tags, population_of<const TagPopulation>(offered).tags, edits);
  }
  void save(StateWriter& writer) const override { writer.column<std::uint64_t>("tag", tags); }
  void load(const StateReader& reader) override { tags = reader.column<std::uint64_t>("tag"); }

  std::vector<std::uint64_t> tags;
};

/// Its space: a first genome is its candidate's id.
class TagSpace final : public GenomeSpace {
 public:
  std::string_view kind() const override { return "tag"; }
  std::unique_ptr<Population> make_population() const override {
    return std::make_unique<TagPopulation>();
  }
  void draw(Population& population, std::size_t first, std::size_t count, StreamKey,
            std::uint64_t first_id) const override {
    auto& tags = dynamic_cast<TagPopulation&>(population).tags;
    for (std::size_t i = first; i < first + count; ++i) tags[i] = first_id + i;
  }
  void check(const Population&, std::size_t) const override {}
};

}  // namespace cambrian
