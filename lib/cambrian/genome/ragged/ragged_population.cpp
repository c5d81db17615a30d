#include "cambrian/genome/ragged/ragged_population.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

template <class P, class Any>
P& of_places(Any& population, std::size_t places) {
  P& genomes = population_of<P>(population);
  if (genomes.places() == places) return genomes;
  throw Error("the genes have places below " + std::to_string(genomes.places()) + ", but " +
              std::to_string(places) + " places were expected");
}

}  // namespace

const RaggedPopulation& ragged_of(const Population& population, std::size_t places) {
  return of_places<const RaggedPopulation>(population, places);
}

RaggedPopulation& ragged_of(Population& population, std::size_t places) {
  return of_places<RaggedPopulation>(population, places);
}

void check(const RaggedGenome& genome, std::size_t places) {
  if (genome.empty()) throw Error("has no gene");
  for (std::size_t i = 0; i < genome.size(); ++i) {
    const RaggedGene& gene = genome[i];
    const auto fault = [&](const std::string& what) {
      throw Error("gene " + std::to_string(i) + " " + what);
    };
    if (gene.index >= places) {
      fault("has index " + std::to_string(gene.index) + ", but there are " +
            std::to_string(places) + " places");
    }
    if (i > 0 && genome[i - 1].index >= gene.index) fault("is not sorted by index");
    if (!std::isfinite(gene.value)) fault("has a value that is not finite");
  }
}

void RaggedPopulation::resize(std::size_t rows) {
  if (rows > genomes_.size()) genomes_.resize(rows, RaggedGenome(1));
  size_ = rows;
}

void RaggedPopulation::apply(std::span<const RowEdit> edits, const Population& offered) {
  const RaggedPopulation& source = ragged_of(offered, places_);
  check_edits(edits, size_, source.size_);
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        if (edit.row == size_) resize(size_ + 1);
        genomes_[edit.row] = source[edit.from];
        break;
      case RowEdit::Kind::move:
        if (edit.row != edit.from) genomes_[edit.row] = genomes_[edit.from];
        break;
      case RowEdit::Kind::shrink:
        resize(edit.row);
        break;
    }
  }
}

void RaggedPopulation::save(StateWriter& writer) const {
  std::vector<std::uint64_t> offset(1, 0);
  std::vector<std::uint32_t> index;
  std::vector<float> value;
  for (std::size_t i = 0; i < size_; ++i) {
    for (const RaggedGene& gene : genomes_[i]) {
      index.push_back(gene.index);
      value.push_back(gene.value);
    }
    offset.push_back(index.size());
  }
  writer.column<std::uint64_t>("gene_offset", offset,
                               {"genome i has genes gene_offset[i] .. [i + 1] - 1"});
  const std::unique_ptr<StateWriter> gene = writer.group("gene");
  gene->column<std::uint32_t>("index", index, {"place of the gene; ascending in a genome"});
  gene->column<float>("value", value, {"what stands there"});
}

void RaggedPopulation::load(const StateReader& reader) {
  const auto offset = reader.column<std::uint64_t>("gene_offset");
  const std::unique_ptr<StateReader> gene = reader.group("gene");
  const auto index = gene->column<std::uint32_t>("index");
  const auto value = gene->column<float>("value");
  if (index.size() != value.size()) {
    throw Error("genome: columns 'index' and 'value' differ in length");
  }
  bool rises = !offset.empty() && offset.front() == 0 && offset.back() == index.size();
  for (std::size_t i = 1; rises && i < offset.size(); ++i) rises = offset[i - 1] <= offset[i];
  if (!rises) {
    throw Error("genome: column 'gene_offset' does not increase from 0 to " +
                std::to_string(index.size()));
  }
  std::vector<RaggedGenome> genomes(offset.size() - 1);
  for (std::size_t i = 0; i < genomes.size(); ++i) {
    for (std::uint64_t g = offset[i]; g < offset[i + 1]; ++g) {
      genomes[i].push_back({index[g], value[g]});
    }
    try {
      check(genomes[i], places_);
    } catch (const Error& error) {
      throw Error("genome: in row " + std::to_string(i) + ", " + error.what());
    }
  }
  size_ = genomes.size();
  genomes_ = std::move(genomes);
}

}  // namespace cambrian
