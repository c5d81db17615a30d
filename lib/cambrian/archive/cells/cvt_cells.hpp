// Cells around centroids that are spread evenly over descriptor space (a centroidal Voronoi
// tessellation): a descriptor belongs to its nearest centroid, the lowest of equals. Distances are
// measured in a space whose axes are equally long, so that no unit outweighs the others.
// Source: Vassiliades, Chatzilygeroudis & Mouret 2018, "Using centroidal Voronoi tessellations to
// scale up the multidimensional archive of phenotypic elites algorithm".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/archive/cells.hpp"
#include "cambrian/neighbours/centroids.hpp"
#include "cambrian/neighbours/k_means.hpp"

namespace cambrian {

struct CvtKeys {
  std::int64_t cells = 10'000;
  std::int64_t samples = 100'000;
  std::int64_t iterations = 100;
  KMeansStart start = KMeansStart::plus_plus;
  std::string centroids;
  std::vector<double> min, max;

  void visit_cells(ParameterVisitor& visitor);
  /// @throws ConfigError if a key differs from its default that centroids from a file do not use
  void check_read_centroids() const;
  /// @throws ConfigError as CvtCells
  std::unique_ptr<Cells> make_cells(const ArchiveContext& context) const;
};

/// Centroids are drawn with context.key("centroids") and computed on context.executor when they are
/// first needed, so that a run that is continued takes them from its file instead. find() is not
/// safe from several threads at once.
class CvtCells final : public Cells {
 public:
  /// @throws ConfigError where bounds, samples or the file of centroids do not fit
  CvtCells(const CvtKeys& keys, const ArchiveContext& context);

  std::string_view kind() const override { return "cvt"; }
  const DescriptorSpace& space() const override { return space_; }
  std::size_t count() const override { return count_; }
  std::size_t find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                   std::span<std::uint32_t> cell) const override;
  void save_table(StateWriter& table) const override;
  void load_table(const StateReader& table) override;
  std::span<const double> centroids() const;  ///< [count, D], in the measures' units

 private:
  void compute() const;
  void take(std::vector<double> centroids) const;

  DescriptorSpace space_;
  CvtKeys keys_;
  std::vector<double> scale_;  ///< [D] to axes that are equally long; 1 for the longest
  std::size_t count_;
  StreamKey key_;
  Executor* executor_;
  mutable std::vector<double> centroids_;
  mutable std::unique_ptr<CentroidIndex> index_;
  mutable std::vector<double> queries_;
  mutable std::vector<Neighbour> nearest_;
};

}  // namespace cambrian
