// Private to this room: what variation by a program has in common for all kinds of genomes.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "cambrian/genome/detail/json_value.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/process_variation.hpp"
#include "cambrian/genome/ragged/ragged_space.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

class ProcessVariation : public Variation {
 public:
  double mating_share() const final { return mating_share_; }
  /// One request is for all children of a batch.
  bool shares_rows() const final { return false; }
  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const final;

 protected:
  /// @param form  the line that is sent first, which describes the genomes; empty: none
  /// @throws ConfigError "command" if the program does not describe itself
  ProcessVariation(const ProcessVariationParameters& parameters, std::string form);

 private:
  virtual void append_parent(std::string& request, const Population& parents,
                             std::size_t row) const = 0;
  /// Writes row `row` of the children.
  /// @throws ConfigError by `json`, which says what is wrong with the child
  virtual void read_child(const JsonValue& json, const Population& parents, Mating mating,
                          Population& children, std::size_t row, Stream& stream) const = 0;
  std::string request_for(const Population& parents, std::span<const Mating> matings, StreamKey key,
                          std::uint64_t first_id) const;

  double time_limit_;
  double mating_share_ = 0;
  mutable std::mutex one_at_a_time_;
  std::unique_ptr<OutsideProgram> program_;
};

std::unique_ptr<Variation> make_process_of(const ProcessVariationParameters& parameters,
                                           const RealSpace& space);
std::unique_ptr<Variation> make_process_of(const ProcessVariationParameters& parameters,
                                           const RaggedSpace& space);
std::unique_ptr<Variation> make_process_of(const ProcessVariationParameters& parameters,
                                           const GraphSpace& space);

}  // namespace cambrian
