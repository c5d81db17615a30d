// Proposes children of elites: parents drawn uniformly and independently from an archive, with
// replacement, varied by the run's operator. With Iso+LineDD this is ME (line), with a Gaussian ME,
// with NEAT's operators ME over graphs. Source: Mouret & Clune 2015 (uniform selection);
// Vassiliades & Mouret 2018 (independent draws are our default).
#pragma once

#include <span>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

class EliteEmitter {
 public:
  /// @param variation  must outlive this
  /// @param executor   makes the children; null: the caller's thread
  EliteEmitter(const Variation& variation, StreamKey select, StreamKey vary,
               Executor* executor = nullptr)
      : variation_(variation), select_(select), vary_(vary), executor_(executor) {}

  /// Writes `count` children into `children`, and whose they are. Child i draws from the streams of
  /// first_id + i.
  /// @param elites  not empty
  void ask(const Elites& elites, std::size_t count, std::uint64_t first_id, Population& children,
           std::vector<ParentIds>& parents);

 private:
  const Variation& variation_;
  StreamKey select_;
  StreamKey vary_;
  Executor* executor_;
  std::vector<Mating> matings_;
};

}  // namespace cambrian
