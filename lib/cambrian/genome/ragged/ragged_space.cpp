#include "cambrian/genome/ragged/ragged_space.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

std::size_t places_in(const RaggedSpace::Axes& axes) {
  std::size_t places = 1;
  for (const std::size_t length : axes) places *= length;
  return places;
}

}  // namespace

void RaggedGenomeParameters::visit(ParameterVisitor& visitor) {
  visitor.real(
      "initial_sd", initial_sd, {0.0, 1e9},
      {"standard deviation of the first values, before the encoding's scale", {}, "our choice"});
  visitor.integer(
      "max_genes", max_genes, {0, 1'000'000'000},
      {"most genes of a genome; 0: as many as there are places", "genes", "our choice"});
}

RaggedSpace::RaggedSpace(const RaggedGenomeParameters& parameters, std::vector<Axes> boxes,
                         std::vector<std::uint32_t> initial, double scale)
    : boxes_(std::move(boxes)),
      initial_(std::move(initial)),
      sd_(checked(parameters).initial_sd * scale) {
  for (const Axes& axes : boxes_) places_ += places_in(axes);
  assert(!initial_.empty() && std::ranges::is_sorted(initial_) && initial_.back() < places_);
  max_genes_ = parameters.max_genes == 0 ? places_ : static_cast<std::size_t>(parameters.max_genes);
  if (max_genes_ < initial_.size()) {
    throw ConfigError("max_genes", "is " + std::to_string(max_genes_) +
                                       ", but the encoding's first genomes have " +
                                       std::to_string(initial_.size()) + " genes");
  }
}

std::uint32_t RaggedSpace::neighbour(std::uint32_t place, Stream& stream) const {
  assert(place < places_);
  std::size_t within = place;
  const Axes* axes = boxes_.data();
  for (; within >= places_in(*axes); ++axes) within -= places_in(*axes);
  std::size_t axis = stream.below(static_cast<std::uint32_t>(axes->size()));
  const bool up = stream.chance(0.5);
  std::size_t stride = 1;
  for (std::size_t inner = axes->size() - 1; inner > axis; --inner) stride *= (*axes)[inner];
  const std::size_t along = within / stride % (*axes)[axis];
  if (up ? along + 1 == (*axes)[axis] : along == 0) return place;
  return static_cast<std::uint32_t>(up ? place + stride : place - stride);
}

void RaggedSpace::draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
                       std::uint64_t first_id) const {
  RaggedPopulation& genomes = ragged_of(population, places_);
  require_rows({first, first + count}, genomes.size());
  for (std::size_t i = first; i < first + count; ++i) {
    Stream stream(key, first_id + i);
    genomes[i].clear();
    for (const std::uint32_t place : initial_) {
      genomes[i].push_back({place, static_cast<float>(sd_ * stream.normal())});
    }
  }
}

void RaggedSpace::check(const Population& population, std::size_t row) const {
  const RaggedPopulation& genomes = ragged_of(population, places_);
  require_row(row, genomes.size());
  cambrian::check(genomes[row], places_);
  if (genomes[row].size() > max_genes_) {
    throw Error("has " + std::to_string(genomes[row].size()) + " genes, but genome.max_genes is " +
                std::to_string(max_genes_));
  }
}

GenomeKind ragged_kind() {
  return {std::string(RaggedPopulation::kKind), "ragged vectors", "ragged",
          [] { return std::make_unique<RaggedGenomeParameters>(); }};
}

}  // namespace cambrian
