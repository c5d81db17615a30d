#include "cambrian/algorithm/novelty_search.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/algorithm/archive_neighbours.hpp"
#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// Living rows, or children, that a worker takes at a time.
constexpr std::size_t kChunk = 8;

class NoveltyFitness final : public FitnessRule {
 public:
  /// @param name  of the algorithm, for messages
  NoveltyFitness(AlgorithmContext& context, const std::string& name, Criterion criterion = {})
      : criterion_(criterion),
        elites_(context.make_archive("unstructured"), context.space().make_population()),
        archive_(unstructured(elites_.archive(), name)),
        executor_(context.executor()),
        living_index_(archive_.space().dimensions(), archive_.rule().metric()),
        living_near_(archive_),
        children_near_(archive_),
        scratch_(executor_.workers()) {}

  void found(const Individuals& living, const Population& genomes,
             std::span<double> fitness) override;
  void begin(const Individuals& batch) override;
  double judge(const Individuals& living, const Individuals& batch, std::size_t i) override;
  void joined(const Individuals& living, std::uint32_t row) override;
  void batch_done(const Individuals& living, const Population& genomes,
                  const Proposal& proposal) override;
  bool refresh(const Individuals& living, std::span<double> fitness) override;
  const Elites* driver() const override { return &elites_; }
  void report(HistoryValues& values) const override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader, const SavedTables& tables,
            const Individuals& living) override;

 private:
  static UnstructuredArchive& unstructured(Archive& archive, const std::string& name);
  void index_living(const Individuals& living);
  void admit_living(const Individuals& living, const Population& genomes);
  double score_child(std::size_t i, std::span<const double> child);

  Criterion criterion_;
  Elites elites_;
  UnstructuredArchive& archive_;
  Executor& executor_;
  FlatIndex living_index_;                    // slot = row of the living
  ArchiveNeighbours living_near_;             // of the living rows
  ArchiveNeighbours children_near_;           // of the batch's children
  std::uint32_t judged_ = 0;                  // the child judged last
  std::vector<std::uint32_t> archived_rows_;  // of the living; checked by id before use
  std::uint32_t entered_row_ = kNoRow;        // of the child judged last
  std::vector<NoveltyScratch> scratch_;       // one a worker
  Placement placement_;
  double novelty_mean_ = 0.0;
  std::uint64_t criterion_met_ = 0;  // of the living, at the last refresh
};

UnstructuredArchive& NoveltyFitness::unstructured(Archive& archive, const std::string& name) {
  auto* typed = dynamic_cast<UnstructuredArchive*>(&archive);
  if (typed == nullptr) {
    throw ConfigError("archive.name", "is '" + std::string(archive.kind()) + "', but " + name +
                                          " is driven by an 'unstructured' archive; "
                                          "[result_archive] may be any");
  }
  if (typed->add_mode() != AddMode::single) {
    throw ConfigError("archive.add_mode", "is 'batch', but " + name +
                                              " offers its archive one candidate at a time; "
                                              "expected 'single'");
  }
  if (typed->local_competition()) {
    throw ConfigError("archive.local_competition", "is true, but in " + name +
                                                       " neighbours do not compete; map_elites "
                                                       "with this archive lets them");
  }
  return *typed;
}

void NoveltyFitness::index_living(const Individuals& living) {
  living_near_.forget(living.size());
  living_index_.clear();
  for (std::size_t i = 0; i < living.size(); ++i) {
    living_index_.add(living.descriptor(i));
  }
}

/// The score that a child would have as one of the living, where a rule counts the point itself.
double NoveltyFitness::score_child(std::size_t i, std::span<const double> child) {
  NoveltyRule rule = archive_.rule();
  if (!rule.counts_itself) {
    return children_near_.novelty(i, child, living_index_, rule, {}, scratch_[0]);
  }
  if (rule.k == 1) return 0.0;
  --rule.k;
  const auto others =
      static_cast<double>(std::min(rule.k, archive_.index().size() + living_index_.size()));
  return children_near_.novelty(i, child, living_index_, rule, {}, scratch_[0]) * others /
         (others + 1.0);
}

void NoveltyFitness::found(const Individuals& living, const Population& genomes,
                           std::span<double> fitness) {
  index_living(living);
  archived_rows_.assign(living.size(), kNoRow);
  if (archive_.enters_by_nearest()) {
    // As shipped, the threshold adapts before the first offspring; none enters then, for the
    // threshold does not fall where somebody has entered.
    admit_living(living, genomes);
    archive_.adapt();
  } else {
    placement_.reset(living.size());
    for (std::size_t i = 0; i < living.size(); ++i) {
      const auto point = living.descriptor(i);
      const double score = novelty(point, archive_.index(), living_index_, archive_.rule(),
                                   {.living = static_cast<std::uint32_t>(i)}, scratch_[0]);
      if (criterion_.holds(living, i) &&
          archive_.enter(i, living.objective(i), point, score, placement_)) {
        archived_rows_[i] = placement_.edits.back().row;
      }
    }
    elites_.apply(placement_, living, genomes);
    if (archive_.note_evaluations(living.size())) archive_.adapt();
  }
  refresh(living, fitness);
}

void NoveltyFitness::admit_living(const Individuals& living, const Population& genomes) {
  placement_.reset(living.size());
  for (std::size_t i = 0; i < living.size(); ++i) {
    const auto point = living.descriptor(i);
    if (criterion_.holds(living, i) &&
        archive_.enter_if_far(i, living.objective(i), point, placement_)) {
      archived_rows_[i] = placement_.edits.back().row;
    }
  }
  elites_.apply(placement_, living, genomes);
}

/// What a child's score needs of the archive is the same for all of a batch but for what enters on
/// the way, so it is searched by all workers beforehand.
void NoveltyFitness::begin(const Individuals& batch) {
  const std::size_t n = batch.size();
  placement_.reset(n);
  children_near_.forget(n);
  for_each_chunk(&executor_, n, kChunk, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      if (batch.valid[i] != 0) children_near_.update(i, batch.descriptor(i));
    }
  });
}

double NoveltyFitness::judge(const Individuals&, const Individuals& batch, std::size_t i) {
  const auto point = batch.descriptor(i);
  judged_ = static_cast<std::uint32_t>(i);
  entered_row_ = kNoRow;
  if (!criterion_.holds(batch, i)) return 0.0;
  const double score = score_child(i, point);
  if (!archive_.enters_by_nearest() &&
      archive_.enter(i, batch.objective(i), point, score, placement_)) {
    entered_row_ = placement_.edits.back().row;
  }
  return score;
}

void NoveltyFitness::joined(const Individuals& living, std::uint32_t row) {
  living_index_.replace(row, living.descriptor(row));
  living_near_.take(row, children_near_, judged_);
  archived_rows_[row] = entered_row_;
}

void NoveltyFitness::batch_done(const Individuals& living, const Population& genomes,
                                const Proposal& proposal) {
  const std::size_t n = proposal.candidates.size();
  if (!archive_.enters_by_nearest()) {
    elites_.apply(placement_, proposal.candidates, *proposal.population);
    if (archive_.note_evaluations(n)) archive_.adapt();
  } else if (archive_.note_evaluations(n)) {
    archive_.adapt();
    admit_living(living, genomes);
  }
}

bool NoveltyFitness::refresh(const Individuals& living, std::span<double> fitness) {
  const std::size_t n = living.size();
  const std::span<const std::uint64_t> archived_ids = elites_.individuals().ids;
  for_each_chunk(
      &executor_, n, kChunk, [&](std::size_t begin, std::size_t end, std::size_t worker) {
        for (std::size_t i = begin; i < end; ++i) {
          if (!criterion_.holds(living, i)) {
            fitness[i] = 0.0;
            continue;
          }
          OwnRows own{.living = static_cast<std::uint32_t>(i), .archive = archived_rows_[i]};
          // A full archive has given the row to another.
          if (own.archive != kNoRow && archived_ids[own.archive] != living.ids[i])
            own.archive = kNoRow;
          fitness[i] = living_near_.novelty(i, living.descriptor(i), living_index_, archive_.rule(),
                                            own, scratch_[worker]);
        }
      });
  double sum = 0.0;
  for (const double score : fitness) sum += score;
  novelty_mean_ = sum / static_cast<double>(n);
  criterion_met_ = 0;
  for (std::size_t i = 0; i < n; ++i) criterion_met_ += criterion_.holds(living, i) ? 1 : 0;
  return true;
}

void NoveltyFitness::report(HistoryValues& values) const {
  values.emplace_back("novelty_mean", novelty_mean_);
  if (!criterion_.is_any())
    values.emplace_back("criterion_met", static_cast<double>(criterion_met_));
  values.emplace_back("novelty_threshold", archive_.threshold());
}

void NoveltyFitness::save(StateWriter& writer) const {
  writer.attribute("novelty_mean", novelty_mean_);
  writer.attribute("criterion_met", criterion_met_);
  writer.column<std::uint32_t>("archived_row", archived_rows_,
                               {"row of the living in the archive; the largest u32: none known"});
}

void NoveltyFitness::load(const StateReader& reader, const SavedTables& tables,
                          const Individuals& living) {
  elites_.load(*tables.archive("driver"));
  novelty_mean_ = reader.attribute_as<double>("novelty_mean");
  if (!criterion_.is_any()) criterion_met_ = reader.attribute_as<std::uint64_t>("criterion_met");
  archived_rows_ = reader.column<std::uint32_t>("archived_row");
  for (const std::uint32_t row : archived_rows_) {
    if (row != kNoRow && row >= elites_.size())
      throw Error("archived_row: lies outside the archive");
  }
  if (archived_rows_.size() != living.size()) {
    throw Error("archived_row: has another length than the population");
  }
  index_living(living);
}

}  // namespace

std::unique_ptr<FitnessRule> make_novelty_rule(AlgorithmContext& context, const std::string& name) {
  return std::make_unique<NoveltyFitness>(context, name);
}

std::unique_ptr<Algorithm> make_novelty_search(const SteadyStateSearchParameters& parameters,
                                               AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(parameters, context,
                                             make_novelty_rule(context, "novelty_search"));
}

void MinimalCriterionParameters::visit(ParameterVisitor& visitor) {
  constexpr std::string_view kPaper = "Lehman & Stanley 2010: a criterion of the domain";
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr Range<double> kAnyNumber = {-kInfinity, kInfinity};
  visitor.text(
      "criterion_measure", criterion_measure,
      {"what the criterion is about: objective, or a measure of archive.descriptor; where neither "
       "bound is given, all meet it",
       "", kPaper});
  visitor.real("criterion_min", criterion_min, kAnyNumber,
               {"what it must reach at least", "of the measure", kPaper});
  visitor.real("criterion_max", criterion_max, kAnyNumber,
               {"what it may be at most", "of the measure", kPaper});
  search.visit(visitor);
}

Criterion::Criterion(const MinimalCriterionParameters& parameters, const DescriptorSpace& space)
    : any_(false), min_(parameters.criterion_min), max_(parameters.criterion_max) {
  if (parameters.criterion_measure != "objective") {
    const auto axis = std::ranges::find(space.names, parameters.criterion_measure);
    std::vector<std::string> known = space.names;
    known.insert(known.begin(), "objective");
    if (axis == space.names.end())
      throw ConfigError("criterion_measure",
                        "is " + quoted(parameters.criterion_measure) + ", but " +
                            one_of_expected(parameters.criterion_measure, known));
    axis_ = static_cast<std::size_t>(axis - space.names.begin());
  }
  if (!(min_ <= max_)) throw ConfigError("criterion_max", "is below criterion_min");
}

std::unique_ptr<Algorithm> make_minimal_criterion_novelty_search(
    const MinimalCriterionParameters& parameters, AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(
      parameters.search, context,
      std::make_unique<NoveltyFitness>(context, "minimal_criterion_novelty_search",
                                       Criterion(parameters, context.descriptor())));
}

}  // namespace cambrian
