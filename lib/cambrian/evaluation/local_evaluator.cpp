#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/environment/check.hpp"
#include "cambrian/evaluation/detail/worker.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/evaluation/network_measures.hpp"

namespace cambrian {
namespace {

constexpr std::uint32_t kBirthPart = 1;  // of the noise key: networks when they begin to live

void check_face(const EnvironmentDescription& environment, const Encoding* encoding) {
  if (encoding == nullptr && !environment.takes_vectors) {
    throw ConfigError("encoding", "is 'none', but the environment takes networks");
  }
  if (encoding != nullptr && !environment.takes_networks) {
    throw ConfigError("encoding",
                      "makes networks, but the environment takes bare vectors; use 'none'");
  }
}

template <class Named>
bool same_names(const std::vector<Named>& some, const std::vector<Named>& others) {
  return std::ranges::equal(some, others, {}, &Named::name, &Named::name);
}

/// Rows of all environments of a suite mean the same.
void check_alike(const SuiteMember& member, const EnvironmentDescription& one,
                 const SuiteMember& first_member, const EnvironmentDescription& first) {
  const auto refuse = [&](const std::string& what) {
    throw ConfigError("environments", "'" + first_member.name + "' and '" + member.name +
                                          "' differ in their " + what);
  };
  if (!same_names(one.objectives, first.objectives)) refuse("objectives");
  if (directions_of(one.objectives) != directions_of(first.objectives))
    refuse("directions: one maximises and the other minimises");
  if (!same_names(one.measures, first.measures)) refuse("measures");
  if (member.encoding == nullptr && one.vector_length != first.vector_length)
    refuse("length of vectors");
  if (member.encoding == nullptr) return;
  if (one.body.sensors.size() != first.body.sensors.size()) refuse("number of sensors");
  if (one.body.motors.size() != first.body.motors.size()) refuse("number of motors");
}

/// Every worker makes its environments of the same parameters. @throws ShapeError if they disagree
void check_same(const EnvironmentDescription& one, const EnvironmentDescription& first) {
  check_count("objectives of an environment made anew", one.objectives.size(),
              first.objectives.size());
  check_count("measures of an environment made anew", one.measures.size(), first.measures.size());
  check_count("numbers in a vector of an environment made anew", one.vector_length,
              first.vector_length);
}

const RealPopulation& bare_vectors(const Population& candidates, std::size_t length) {
  const auto* vectors = dynamic_cast<const RealPopulation*>(&candidates);
  if (vectors == nullptr) {
    throw ConfigError("encoding", "is 'none', which takes real vectors, but the genomes are '" +
                                      std::string(candidates.kind()) + "'");
  }
  if (vectors->length() != length) {
    throw ConfigError("genome.length", "is " + std::to_string(vectors->length()) +
                                           ", but the environment takes vectors of " +
                                           std::to_string(length));
  }
  return *vectors;
}

class LocalEvaluator final : public Evaluator {
 public:
  LocalEvaluator(Executor& executor, std::vector<SuiteMember> members,
                 const EvaluationParameters& parameters, StreamKey noise, const RealSpace* space)
      : executor_(executor),
        members_(std::move(members)),
        parameters_(checked(parameters)),
        noise_{noise, part_key(noise, kBirthPart)},
        space_(space),
        progress_(executor.workers()) {
    if (members_.empty()) throw ConfigError("environments", "has no entry; expected 1 or more");
    for (const SuiteMember& member : members_) {
      if (!member.make) throw ConfigError("environments", quoted(member.name) + " cannot be made");
    }
    descriptions_.resize(members_.size());
    for (std::size_t worker = 0; worker < executor.workers(); ++worker) {
      workers_.push_back(
          std::make_unique<EvaluationWorker>(members_, parameters_, descriptions_.front()));
      for (std::size_t i = 0; i < members_.size(); ++i) {
        check_same(workers_.back()->environment(i), workers_.front()->environment(i));
      }
      if (worker == 0) describe();
    }
    if (parameters_.lamarckian) check_lamarckian();
  }

  std::size_t environments() const override { return members_.size(); }
  const EnvironmentDescription& description(std::size_t environment) const override {
    if (environment >= descriptions_.size()) {
      throw ShapeError("there is no environment " + std::to_string(environment) + " among " +
                       std::to_string(descriptions_.size()) + ", from 0");
    }
    return descriptions_[environment];
  }
  EvaluationShape shape() const override {
    return {.objectives = descriptions_.front().objectives.size(),
            .measures = descriptions_.front().measures.size(),
            .gradient = gives_gradients() ? descriptions_.front().vector_length : 0};
  }

  std::uint64_t life_bytes() const override {
    std::uint64_t sum = 0;
    for (std::size_t member = 0; member < members_.size(); ++member) {
      sum += workers_.size() * workers_.front()->life_bytes(member);
    }
    return sum;
  }

  void submit(std::unique_ptr<Proposal> proposal) override {
    if (!proposal || !proposal->population) throw Error("a batch without genomes was submitted");
    Batch& batch = proposal->batch;
    expand(batch, environments(), static_cast<std::size_t>(parameters_.samples));
    name_noise(batch, parameters_.noise);
    LargeColumn<std::uint64_t>& noise = proposal->candidates.noise;
    noise.clear();
    if (parameters_.noise == Noise::shared && !batch.jobs.empty()) {
      noise.assign(batch.candidates, batch.jobs.front().noise);
    }
    evaluate(*proposal->population, parameters_.lamarckian ? proposal->population.get() : nullptr,
             batch, nullptr);
    if (parameters_.lamarckian && space_ != nullptr && space_->bounded()) {
      space_->clip(vectors_of(*proposal->population, space_->length()).matrix());
    }
    done_.push_back(std::move(proposal));
  }
  std::unique_ptr<Proposal> next() override {
    if (done_.empty()) throw Error("there is no next batch: none was submitted");
    std::unique_ptr<Proposal> first = std::move(done_.front());
    done_.pop_front();
    return first;
  }

  void evaluate(const Population& candidates, Batch& batch, const TraceSink* trace) override {
    evaluate(candidates, nullptr, batch, trace);
  }

  Wiring lived(std::size_t environment) const override {
    if (members_.front().encoding == nullptr) throw Error("bare vectors have no networks");
    return workers_.front()->lived(environment);
  }

  Wiring wiring(const Population& candidates, const Job& job) override {
    if (description(job.environment).takes_networks && members_[job.environment].encoding) {
      return workers_.front()->born(candidates, job, noise_);
    }
    throw ConfigError("encoding", "is 'none': there are no networks");
  }

  std::uint64_t invalid() const override { return invalid_; }
  const std::string& first_failure() const override { return first_failure_; }
  std::uint64_t over_max_steps() const override { return sum(&EvaluationWorker::over_max_steps); }
  std::uint64_t over_time_limit() const override { return sum(&EvaluationWorker::over_time_limit); }
  const BatchProgress& progress() const override { return progress_; }

 private:
  /// @param learned  the candidates themselves, to be written as their lives have left them; null:
  /// they stay as they are
  void evaluate(const Population& candidates, Population* learned, Batch& batch,
                const TraceSink* trace) {
    prepare(candidates, batch);
    progress_.start(batch.jobs.size());
    if (members_.front().encoding == nullptr) {
      evaluate_vectors(bare_vectors(candidates, descriptions_.front().vector_length), learned,
                       batch);
      if (trace != nullptr) trace_vectors(candidates, batch, *trace);
    } else if (trace != nullptr) {
      for (std::size_t job = 0; job < batch.jobs.size(); ++job) {
        workers_.front()->run_network(candidates, learned, batch, job, noise_, trace);
      }
    } else {
      executor_.for_each(batch.jobs.size(), [&](std::size_t job, std::size_t worker) {
        workers_[worker]->run_network(candidates, learned, batch, job, noise_, nullptr);
        progress_.add(worker, 1);
      });
    }
    turn(batch.evaluations);
    count_failures(batch);
  }

  std::uint64_t sum(std::uint64_t EvaluationWorker::*count) const {
    std::uint64_t sum = 0;
    for (const auto& worker : workers_) sum += worker.get()->*count;
    return sum;
  }

  /// From the first worker's environments.
  void describe() {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      const EnvironmentDescription environment = directed(i);
      check_description(environment, members_[i].name);
      check_face(environment, members_[i].encoding);
      check_alike(members_[i], environment, members_.front(), directed(0));
      const bool vectors = members_[i].encoding == nullptr;
      descriptions_[i] =
          vectors ? environment : with_network_measures(environment, parameters_.network_measures);
    }
  }

  /// What the first worker's environment says of itself, in the direction that its member names.
  EnvironmentDescription directed(std::size_t member) const {
    EnvironmentDescription description = workers_.front()->environment(member);
    if (members_[member].direction) set_direction(description, *members_[member].direction);
    return description;
  }

  /// From here on the higher objective is the better one.
  void turn(Evaluations& rows) const {
    const auto directions = directions_of(descriptions_.front().objectives);
    turn_minimised(rows.objectives, directions);
    if (rows.gradients.empty()) return;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::span<float> gradients = rows.rows(row, 1).gradients;
      for (std::size_t c = 0; c < directions.size(); ++c) {
        if (directions[c] == ObjectiveDirection::maximise) continue;
        for (float& slope : gradients.subspan(c * rows.shape.gradient, rows.shape.gradient)) {
          slope = 0.0F - slope;
        }
      }
    }
  }

  bool gives_gradients() const {
    return members_.front().encoding == nullptr &&
           std::ranges::all_of(descriptions_, &EnvironmentDescription::gives_gradients);
  }

  /// Makes room for the results of jobs that can be done.
  void prepare(const Population& candidates, Batch& batch) const {
    check_count("genomes of a batch", candidates.size(), batch.candidates);
    require_candidates(batch);
    std::uint8_t wants = kNothingMore;
    for (const Job& job : batch.jobs) {
      wants |= job.wants;
      if (job.environment >= members_.size()) {
        throw ShapeError(fmt::format("a job names environment {}, but there {} {}, counted from 0",
                                     job.environment, members_.size() == 1 ? "is" : "are",
                                     members_.size()));
      }
    }
    if ((wants & ~kGradients) != 0) {
      throw ShapeError(fmt::format("a job wants {:#x}, of which only gradients ({:#x}) are known",
                                   wants, static_cast<unsigned>(kGradients)));
    }
    if ((wants & kGradients) != 0 && !gives_gradients()) {
      throw ConfigError("environment", "gives no gradients, but a job asks for them");
    }
    batch.evaluations.resize(batch.jobs.size(), shape(), wants);
  }

  /// A genome is written by the one life that was lived with it.
  void check_lamarckian() const {
    const std::string key = "evaluation.lamarckian";
    if (parameters_.samples > 1 || members_.size() > 1) {
      throw ConfigError(
          key, fmt::format("is true, but a candidate has {} evaluations; expected one",
                           static_cast<std::size_t>(parameters_.samples) * members_.size()));
    }
    if (members_.front().encoding != nullptr) {
      if (workers_.front()->writes_back(0)) return;
      throw ConfigError(key,
                        "is true, but these networks cannot write back what they learn; expected "
                        "[encoding] name = \"direct_vector\" with learning and without "
                        "random_weights");
    }
    if (!descriptions_.front().learns) {
      throw ConfigError(key, "is true, but nothing is learned in " + quoted(members_.front().name));
    }
  }

  void evaluate_vectors(const RealPopulation& vectors, Population* learned, Batch& batch) {
    const VectorJobs jobs{batch, noise_,
                          learned == nullptr ? nullptr : &vectors_of(*learned, vectors.length())};
    std::size_t block = descriptions_.front().block;
    for (const EnvironmentDescription& one : descriptions_) block = std::min(block, one.block);
    if (parameters_.time_limit > 0) block = 1;
    for_each_chunk(&executor_, batch.jobs.size(), block,
                   [&](std::size_t begin, std::size_t end, std::size_t worker) {
                     workers_[worker]->run_vectors(vectors, jobs, begin, end - begin);
                     progress_.add(worker, end - begin);
                   });
  }

  void trace_vectors(const Population& candidates, const Batch& batch, const TraceSink& trace) {
    const RealPopulation& vectors = bare_vectors(candidates, descriptions_.front().vector_length);
    for (const Job& job : batch.jobs) workers_.front()->trace_vector(vectors, job, noise_, trace);
  }

  void count_failures(const Batch& batch) {
    const auto& valid = batch.evaluations.valid;
    const auto failed = std::ranges::count(valid, std::uint8_t{0});
    if (failed == 0) return;
    if (invalid_ == 0) {
      const auto first = std::ranges::min_element(
          workers_, {}, [](const auto& worker) { return worker->failure.job; });
      first_failure_ = (*first)->failure.text;
    }
    for (const auto& worker : workers_) worker->failure.clear();
    invalid_ += static_cast<std::uint64_t>(failed);
  }

  Executor& executor_;
  std::vector<SuiteMember> members_;
  EvaluationParameters parameters_;
  NoiseKeys noise_;
  const RealSpace* space_;                            // null where genomes are no vectors
  std::vector<EnvironmentDescription> descriptions_;  // [environments]
  std::vector<std::unique_ptr<EvaluationWorker>> workers_;
  std::deque<std::unique_ptr<Proposal>> done_;
  BatchProgress progress_;
  std::uint64_t invalid_ = 0;
  std::string first_failure_;
};

}  // namespace

std::unique_ptr<Evaluator> make_evaluator(Executor& executor, std::vector<SuiteMember> environments,
                                          const EvaluationParameters& parameters, StreamKey noise,
                                          const RealSpace* space) {
  return std::make_unique<LocalEvaluator>(executor, std::move(environments), parameters, noise,
                                          space);
}

}  // namespace cambrian
