#include "environments/process/process.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include "cambrian/core/words.hpp"
#include "cambrian/environment/check.hpp"
#include "environments/process/description.hpp"
#include "environments/process/reply.hpp"

namespace cambrian {
namespace {

/// What the processes of each command say of themselves, and the one that has said it first, until it is
/// taken for work.
class Descriptions {
 public:
  std::string of(const ProcessCommand& command, double start_limit) {
    const std::scoped_lock lock(mutex_);
    Known& known = known_[key(command)];
    if (known.line.empty()) {
      known.first = std::make_unique<OutsideProgram>(command, start_limit);
      known.line = known.first->description();
    }
    return known.line;
  }
  std::unique_ptr<OutsideProgram> take(const ProcessCommand& command, double start_limit) {
    const std::scoped_lock lock(mutex_);
    Known& known = known_[key(command)];
    if (known.first) return std::move(known.first);
    auto program = std::make_unique<OutsideProgram>(command, start_limit);
    program->expect(known.line);
    return program;
  }

 private:
  struct Known {
    std::string line;
    std::unique_ptr<OutsideProgram> first;
  };
  static std::string key(const ProcessCommand& command) {
    return joined(command.words, std::string_view("\0", 1)) + '\0' + command.folder;
  }
  std::mutex mutex_;
  std::map<std::string, Known> known_;
};

class ProcessEnvironment final : public Environment {
 public:
  ProcessEnvironment(const ProcessParameters& parameters,
                     std::shared_ptr<Descriptions> descriptions)
      : command_(parameters.program("my_env.py")),
        time_limit_(parameters.time_limit),
        start_limit_(parameters.start_limit),
        descriptions_(std::move(descriptions)) {
    try {
      description_ = read_process_description(descriptions_->of(command_, start_limit_));
    } catch (const FatalError& error) {
      throw ConfigError("command", error.what());
    }
    if (parameters.block > 0) description_.block = static_cast<std::size_t>(parameters.block);
    observation_.resize(description_.lanes * description_.body.sensors.size());
    trace_.resize(description_.trace.size());
    objectives_.resize(description_.objectives.size());
    measures_.resize(description_.measures.size());
  }

  const EnvironmentDescription& description() const override { return description_; }

  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override;
  void reset(Stream& stream) override;
  void observe(std::span<float> sensors) override {
    std::ranges::copy(observation_, sensors.begin());
  }
  bool act(std::span<const float> motors) override;
  bool next_scenario() override { return step_.next_scenario; }
  void finish(const EvaluationRows& row) override;
  void trace(std::span<double> row) const override { std::ranges::copy(trace_, row.begin()); }

 private:
  OutsideProgram& program() {
    if (!program_) program_ = descriptions_->take(command_, start_limit_);
    return *program_;
  }
  EvaluationRows result() { return {objectives_, measures_, {&solved_, 1}, {}, {}, {&fault_, 1}}; }
  void write_request(const VectorBlock& vectors);
  void converse();
  void take_step();

  EnvironmentDescription description_;
  ProcessCommand command_;
  double time_limit_, start_limit_;
  std::shared_ptr<Descriptions> descriptions_;
  std::unique_ptr<OutsideProgram> program_;  // null until it is needed
  std::string request_, answer_;
  std::size_t late_ = 0;  // the next so many vectors are of a block that was late

  std::string episode_;            // its requests, line by line
  std::vector<std::size_t> ends_;  // of each
  std::size_t asked_ = 0;          // of them, by the process that is there now
  StepReply step_;
  std::vector<float> observation_;  // [lanes, sensors]
  std::vector<double> trace_;       // [columns]
  std::vector<double> objectives_, measures_;
  std::uint8_t solved_ = 0;
  std::string fault_;
};

void ProcessEnvironment::write_request(const VectorBlock& vectors) {
  request_ = R"({"request":"evaluate","genomes":)";
  for (std::size_t i = 0; i < vectors.rows; ++i) {
    request_ += i == 0 ? '[' : ',';
    append_numbers(request_, vectors.row(i));
  }
  request_ += ']';
  for (std::size_t i = 0; i < vectors.streams.size(); ++i) {
    request_ += i == 0 ? R"(,"seeds":[)" : ",";
    append_seed(request_, vectors.streams[i]);
  }
  request_ += vectors.streams.empty() ? "}\n" : "]}\n";
}

void ProcessEnvironment::evaluate(const VectorBlock& vectors, const EvaluationRows& rows) {
  check_rows(description_, vectors, rows);
  write_request(vectors);
  Patience patience;
  if (vectors.rows == 1 && late_ > 0) {
    --late_;
    patience.tire();
  }
  while (!program().ask(request_, time_limit_, answer_)) {
    const LineProcess& process = program().process();
    program().note_restart();
    if (vectors.rows > 1) {
      late_ = process.was_late() ? vectors.rows : 0;
      throw Error("not answered as a block");  // each is asked again alone
    }
    if (!patience.holds(process)) throw Error("the process " + process.obituary());
  }
  try {
    read_results(answer_, description_, rows);
  } catch (const ReplyError& error) {
    program().refuse(answer_, error.what(), error.at());
  }
}

/// Asks the last request of the episode; a new process is led to the same place first.
void ProcessEnvironment::converse() {
  for (Patience patience; asked_ < ends_.size();) {
    if (!program().alive()) asked_ = 0;
    const std::size_t begin = asked_ == 0 ? 0 : ends_[asked_ - 1];
    const std::string_view request =
        std::string_view(episode_).substr(begin, ends_[asked_] - begin);
    if (program().ask(request, time_limit_, answer_)) {
      ++asked_;
      continue;
    }
    program().note_restart();
    if (!patience.holds(program().process()))
      throw Error("the process " + program().process().obituary());
  }
}

void ProcessEnvironment::take_step() {
  converse();
  try {
    step_ = read_step(answer_, description_, ends_.size() > 1, observation_, trace_, result());
  } catch (const ReplyError& error) {
    program().refuse(answer_, error.what(), error.at());
  }
}

void ProcessEnvironment::reset(Stream& stream) {
  episode_ = R"({"request":"reset")";
  if (description_.noisy) {
    episode_ += R"(,"seed":)";
    append_seed(episode_, stream);
  }
  episode_ += "}\n";
  ends_.assign(1, episode_.size());
  asked_ = 0;
  fault_.clear();
  take_step();
}

bool ProcessEnvironment::act(std::span<const float> motors) {
  // JSON has no such number. Networks with unbounded activations may overflow.
  if (!std::ranges::all_of(motors, [](float motor) { return std::isfinite(motor); }))
    throw Error("the network gives a motor a value that is not finite");
  episode_ += R"({"request":"act","motors":)";
  append_numbers(episode_, motors);
  episode_ += "}\n";
  ends_.push_back(episode_.size());
  take_step();
  return !step_.over && !step_.next_scenario;
}

void ProcessEnvironment::finish(const EvaluationRows& row) {
  if (!fault_.empty()) throw Error(fault_);
  std::ranges::copy(objectives_, row.objectives.begin());
  std::ranges::copy(measures_, row.measures.begin());
  row.solved[0] = solved_;
}

}  // namespace

void ProcessParameters::visit(ParameterVisitor& visitor) {
  OutsideProgramParameters::visit(visitor);
  visitor.integer(
      "block", block, {0, 1'000'000},
      {"vectors in a request at most; 0: as many as the program says", "vectors", "our choice"});
}

EnvironmentComponent process_environment() {
  const auto descriptions =
      std::make_shared<Descriptions>();  // of all environments made by this line
  return {
      "process", "a program of your own, in any language, by lines of JSON (PROCESS.md)",
      "our choice", [] { return std::make_unique<ProcessParameters>(); },
      [descriptions](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
        return std::make_unique<ProcessEnvironment>(
            checked(dynamic_cast<const ProcessParameters&>(parameters)), descriptions);
      }};
}

}  // namespace cambrian
