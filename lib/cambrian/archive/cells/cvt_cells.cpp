#include "cambrian/archive/cells/cvt_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "cambrian/archive/detail/bounds.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr std::string_view kBetweenNumbers = " \t\r,;";

/// A file of centroids as it is read.
class CentroidFile {
 public:
  CentroidFile(std::string name, const DescriptorSpace& space)
      : name_(std::move(name)), space_(space) {}

  /// Takes the numbers of the next line. @throws ConfigError naming file and line
  void read_line(std::string_view line) {
    ++line_;
    const std::size_t before = values_.size();
    while (true) {
      const std::size_t begin = line.find_first_not_of(kBetweenNumbers);
      if (begin == std::string_view::npos || line[begin] == '#') break;
      line.remove_prefix(begin);
      const std::string_view word = line.substr(0, line.find_first_of(kBetweenNumbers));
      double value = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(value))
        refuse(line_, quoted(std::string(word)) + " is not a finite number");
      values_.push_back(value + 0.0);  // -0 is 0
      line.remove_prefix(word.size());
    }
    if (values_.size() != before) check_last(values_.size() - before);
  }
  /// @return [cells, D]  @throws ConfigError if there are none, or two are equal
  std::vector<double> all() const {
    if (values_.empty()) throw ConfigError("centroids", quoted(name_) + " has none");
    const std::size_t dimensions = space_.dimensions();
    std::map<std::vector<double>, std::size_t> seen;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(i * dimensions);
      const auto [first, is_new] = seen.emplace(
          std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(dimensions)), lines_[i]);
      if (!is_new)
        refuse(lines_[i], "is the centroid of line " + std::to_string(first->second) + " again");
    }
    return values_;
  }

 private:
  [[noreturn]] void refuse(std::size_t line, const std::string& reason) const {
    throw ConfigError("centroids",
                      quoted(name_) + ", line " + std::to_string(line) + ": " + reason);
  }
  void check_last(std::size_t count) {
    const std::size_t dimensions = space_.dimensions();
    if (count != dimensions) {
      refuse(line_, "has " + counted(count, "number") + ", but the descriptor has " +
                        counted(dimensions, "dimension"));
    }
    lines_.push_back(line_);
    for (std::size_t d = 0; d < dimensions; ++d) {
      const double value = values_[values_.size() - dimensions + d];
      if (value >= space_.min[d] && value <= space_.max[d]) continue;
      refuse(line_, fmt::format("'{}' is {:g}, but its bounds are {:g} and {:g}", space_.names[d],
                                value, space_.min[d], space_.max[d]));
    }
  }

  std::string name_;
  const DescriptorSpace& space_;
  std::size_t line_ = 0;
  std::vector<double> values_;      // [cells, D]
  std::vector<std::size_t> lines_;  // [cells] from 1
};

/// A centroid a line. @return [cells, D]
std::vector<double> read_centroids(const std::string& file, const Inputs* inputs,
                                   const DescriptorSpace& space) {
  if (inputs == nullptr)
    throw ConfigError("centroids", "is " + quoted(file) + ", but this archive cannot read files");
  const std::string text = inputs->read(file);
  CentroidFile read(file, space);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    read.read_line(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
  }
  return read.all();
}

}  // namespace

void CvtKeys::visit_cells(ParameterVisitor& visitor) {
  visitor.integer("cells", cells, {1, 4'294'967'294},
                  {"centroids; as many as the file has, where there is one", "cells",
                   "Vassiliades et al. 2018"});
  visitor.integer(
      "samples", samples, {1, 4'294'967'294},
      {"descriptors, drawn evenly, that the centroids are computed from", "descriptors", "pyribs"});
  visitor.integer(
      "iterations", iterations, {0, 1'000'000'000},
      {"k-means iterations at most; fewer if nothing changes any more", "", "our choice"});
  visitor.choice("start", start,
                 {{"k_means_plus_plus", KMeansStart::plus_plus}, {"random", KMeansStart::random}},
                 {"how k-means begins", "", "pymap_elites; pyribs: random"});
  visitor.text("centroids", centroids,
               {"a file of centroids, one a line, numbers separated by commas or blanks; empty: "
                "they are computed",
                "", "our choice"});
  detail::visit_bounds(visitor, min, max);
}

void CvtKeys::check_read_centroids() const {
  const CvtKeys defaults;
  constexpr std::string_view read = "where centroids names a file";
  refuse_idle("samples", samples != defaults.samples, read);
  refuse_idle("iterations", iterations != defaults.iterations, read);
  refuse_idle("start", start != defaults.start, read);
}

std::unique_ptr<Cells> CvtKeys::make_cells(const ArchiveContext& context) const {
  return std::make_unique<CvtCells>(*this, context);
}

CvtCells::CvtCells(const CvtKeys& keys, const ArchiveContext& context)
    : space_(detail::bounded(context.space, keys.min, keys.max)),
      keys_(keys),
      count_(static_cast<std::size_t>(keys.cells)),
      executor_(context.executor) {
  const std::size_t dimensions = space_.dimensions();
  if (dimensions == 0) throw ConfigError("descriptor", "is empty, but cells need an axis");
  double widest = 0;
  for (std::size_t d = 0; d < dimensions; ++d)
    widest = std::max(widest, space_.max[d] - space_.min[d]);
  for (std::size_t d = 0; d < dimensions; ++d)
    scale_.push_back(widest / (space_.max[d] - space_.min[d]));
  if (!keys_.centroids.empty()) {
    keys_.check_read_centroids();
    std::vector<double> read = read_centroids(keys_.centroids, context.inputs, space_);
    count_ = read.size() / dimensions;
    if (keys_.cells != CvtKeys().cells && keys_.cells != static_cast<std::int64_t>(count_)) {
      throw ConfigError("cells", "is " + std::to_string(keys_.cells) + ", but " +
                                     quoted(keys_.centroids) + " has " +
                                     counted(count_, "centroid") + "; leave it out");
    }
    take(std::move(read));
    return;
  }
  if (keys_.samples < keys_.cells) {
    throw ConfigError("samples", "is " + std::to_string(keys_.samples) +
                                     ", but at least one per cell (" + std::to_string(keys_.cells) +
                                     ") is expected");
  }
  if (!context.key) throw ConfigError("centroids", "is empty, but this archive cannot draw any");
  key_ = context.key("centroids");
}

void CvtCells::compute() const {
  const std::size_t dimensions = space_.dimensions();
  std::vector<double> samples(static_cast<std::size_t>(keys_.samples) * dimensions);
  Stream stream(part_key(key_, 0), 0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::size_t d = i % dimensions;
    samples[i] = (space_.min[d] + (space_.max[d] - space_.min[d]) * stream.uniform()) * scale_[d];
  }
  KMeans found = k_means(samples, dimensions,
                         {count_, static_cast<std::size_t>(keys_.iterations), keys_.start},
                         part_key(key_, 1), executor_);
  for (std::size_t i = 0; i < found.centroids.size(); ++i)
    found.centroids[i] /= scale_[i % dimensions];
  take(std::move(found.centroids));
}

void CvtCells::take(std::vector<double> centroids) const {
  std::vector<double> scaled = centroids;
  for (std::size_t i = 0; i < scaled.size(); ++i) scaled[i] *= scale_[i % scale_.size()];
  index_ = make_centroid_index(scaled, scale_.size());
  centroids_ = std::move(centroids);
}

std::span<const double> CvtCells::centroids() const {
  if (!index_) compute();
  return centroids_;
}

std::size_t CvtCells::find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                           std::span<std::uint32_t> cell) const {
  const std::size_t dimensions = scale_.size();
  check_count("descriptors of a block", descriptors.size(), cell.size() * dimensions);
  check_count("flags of a block", valid.size(), cell.size());
  if (!index_) compute();
  queries_.resize(descriptors.size());
  nearest_.assign(cell.size(), kNoNeighbour);
  std::size_t outside = 0, asked = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    bool has_cell = valid[i] != 0;
    bool is_outside = false;
    for (std::size_t d = 0; d < dimensions; ++d) {
      const double measure = descriptors[i * dimensions + d];
      has_cell &= detail::is_finite(measure);
      is_outside |= measure < space_.min[d] || measure > space_.max[d];
      queries_[asked * dimensions + d] = measure * scale_[d];
    }
    cell[i] = has_cell ? 0 : kNoCell;
    asked += static_cast<std::size_t>(has_cell);
    outside += static_cast<std::size_t>(is_outside & has_cell);
  }
  index_->refine(std::span(queries_).first(asked * dimensions), std::span(nearest_).first(asked));
  std::size_t next = 0;
  for (std::uint32_t& found : cell)
    if (found != kNoCell) found = nearest_[next++].row;
  return outside;
}

void CvtCells::save_table(StateWriter& table) const {
  table.matrix<double>("centroids", centroids(), scale_.size(),
                       {"the middle of each cell", space_.common_unit()});
}

void CvtCells::load_table(const StateReader& table) {
  auto saved = table.column<double>("centroids");
  if (table.width("centroids") != scale_.size() || saved.size() != count_ * scale_.size() ||
      !std::ranges::all_of(saved, detail::is_finite)) {
    throw Error("archive/centroids: has other cells than the configuration's " +
                std::to_string(count_));
  }
  if (!keys_.centroids.empty() && saved != centroids_) {
    throw Error("archive/centroids: differ from those of " + quoted(keys_.centroids));
  }
  take(std::move(saved));
}

}  // namespace cambrian
