#include "environments/digits/digits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <tuple>

#include "cambrian/core/error.hpp"
#include "environments/digits/idx.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kDigits = 10;
constexpr std::size_t kTraced = 40;  // images of a trace row, at most

/// Images with labels.
struct LabelledImages {
  std::size_t rows = 0, columns = 0;
  std::vector<std::uint8_t> pixels;  // [count, rows, columns]
  std::vector<std::uint8_t> labels;  // [count]
  std::vector<float> mean = {};      // [rows, columns] of the images to learn from, 0 to 1
  std::size_t count() const { return labels.size(); }
  std::size_t pixels_each() const { return rows * columns; }
};

/// @param key  that names the file  @throws ConfigError of the key, if the file is not there
std::string read_idx(const Inputs& inputs, const std::string& name, const std::string& key) {
  try {
    return inputs.read(name);
  } catch (const ConfigError& error) {
    throw ConfigError(key, std::string(error.what()) + "; `tools/fetch-digits` makes such files");
  }
}

/// @param prefix  of the keys that name the files
LabelledImages read_labelled(const Inputs& inputs, const std::string& images,
                             const std::string& labels, const std::string& prefix = "") {
  IdxImages read = parse_idx_images(read_idx(inputs, images, prefix + "images"), images);
  std::vector<std::uint8_t> names =
      parse_idx_labels(read_idx(inputs, labels, prefix + "labels"), labels);
  if (names.size() != read.count) {
    throw FileError(labels, "holds " + std::to_string(names.size()) + " labels, but " + images +
                                " holds " + std::to_string(read.count) + " images");
  }
  return {read.rows, read.columns, std::move(read.pixels), std::move(names)};
}

LabelledImages part_of(const LabelledImages& all, std::size_t begin, std::size_t end) {
  const auto at = [](const auto& values, std::size_t i) {
    return values.begin() + static_cast<std::ptrdiff_t>(i);
  };
  const std::size_t each = all.pixels_each();
  return {all.rows,
          all.columns,
          {at(all.pixels, begin * each), at(all.pixels, end * each)},
          {at(all.labels, begin), at(all.labels, end)}};
}

std::vector<float> mean_of(const std::uint8_t* pixels, std::size_t images, std::size_t each) {
  std::vector<std::uint64_t> sums(each);
  for (std::size_t image = 0; image < images; ++image) {
    for (std::size_t i = 0; i < each; ++i) sums[i] += *pixels++;
  }
  std::vector<float> mean(each);
  for (std::size_t i = 0; i < each; ++i) {
    mean[i] =
        static_cast<float>(static_cast<double>(sums[i]) / (255.0 * static_cast<double>(images)));
  }
  return mean;
}

/// What is scored: the images to learn from, or the unseen ones.
LabelledImages part_to_score(const DigitsParameters& parameters, const Inputs& inputs,
                             const LabelledImages& all) {
  if (parameters.test_images.empty() != parameters.test_labels.empty()) {
    const bool images = parameters.test_images.empty();
    throw ConfigError(images ? "test_images" : "test_labels",
                      std::string("is empty, but ") + (images ? "test_labels" : "test_images") +
                          " is not; name both files or neither");
  }
  const auto train = static_cast<std::size_t>(parameters.train);
  if (train > all.count()) {
    throw ConfigError("train", "is " + std::to_string(train) + ", but " + parameters.images +
                                   " holds " + std::to_string(all.count()) + " images");
  }
  const std::size_t learnt = train == 0 ? all.count() : train;
  // Read even where they are not scored yet: a run keeps the files that it names.
  if (!parameters.test_images.empty()) {
    LabelledImages test =
        read_labelled(inputs, parameters.test_images, parameters.test_labels, "test_");
    if (test.rows != all.rows || test.columns != all.columns) {
      throw FileError(parameters.test_images,
                      "holds images of another size than " + parameters.images);
    }
    if (parameters.split == DigitsSplit::test) return test;
  } else if (parameters.split == DigitsSplit::test) {
    if (learnt == all.count()) {
      throw ConfigError("split",
                        "is 'test', but no image is unseen; give test_images and test_labels, or "
                        "train below " +
                            std::to_string(all.count()));
    }
    return part_of(all, learnt, all.count());
  }
  return part_of(all, 0, learnt);
}

LabelledImages chosen(const DigitsParameters& parameters, const Inputs& inputs) {
  const LabelledImages all = read_labelled(inputs, parameters.images, parameters.labels);
  LabelledImages part = part_to_score(parameters, inputs, all);
  const std::size_t learnt =
      parameters.train == 0 ? all.count() : static_cast<std::size_t>(parameters.train);
  part.mean = mean_of(all.pixels.data(), learnt, all.pixels_each());
  return part;
}

std::vector<Terminal> pixel_sensors(std::size_t rows, std::size_t columns, bool centred) {
  const auto place = [](std::size_t i, std::size_t n) {
    return n == 1 ? 0.0 : -1 + 2 * static_cast<double>(i) / static_cast<double>(n - 1);
  };
  std::vector<Terminal> sensors;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      sensors.push_back({"pixel_" + std::to_string(row) + "_" + std::to_string(column),
                         {centred ? -1.0F : 0.0F, 1},
                         {place(column, columns), place(row, rows)}});
    }
  }
  return sensors;
}

EnvironmentDescription describe(const DigitsParameters& parameters, const LabelledImages& images) {
  EnvironmentDescription d;
  const Measure confidence = {"confidence", "", 0.1, 1, "mean highest probability"};
  const Measure variety = {"variety", "", 0, 1, "entropy of how often each digit is named"};
  const double worst_loss = 2 * parameters.logit_scale + std::log(10.0);  // motors in their range
  const std::string loss = "mean cross entropy", accuracy = "share of images named right";
  if (parameters.score == DigitsScore::cross_entropy) {
    d.objectives = {{"loss", "nat", worst_loss, loss, ObjectiveDirection::minimise}};
    d.measures = {{"accuracy", "", 0, 1, accuracy}, confidence, variety};
  } else {
    d.objectives = {{"accuracy", "", 0, accuracy}};
    d.measures = {{"loss", "nat", 0, worst_loss, loss}, confidence, variety};
  }
  d.descriptor = {"confidence", "variety"};
  d.takes_networks = true;
  d.body.sensors = pixel_sensors(images.rows, images.columns, parameters.centred);
  for (std::size_t digit = 0; digit < kDigits; ++digit) {
    d.body.motors.push_back(
        {"digit_" + std::to_string(digit), {-1, 1}, {-1 + 2 * static_cast<double>(digit) / 9, 0}});
  }
  d.lanes = std::min(static_cast<std::size_t>(parameters.batch), images.count());
  d.noisy =
      parameters.split == DigitsSplit::train && (d.lanes < images.count() || parameters.shift > 0);
  d.trace = {"step"};
  for (std::size_t lane = 0; lane < std::min(d.lanes, kTraced); ++lane) {
    d.trace.push_back("image_" + std::to_string(lane));
    d.trace.push_back("answer_" + std::to_string(lane));
  }
  return d;
}

class Digits final : public Environment {
 public:
  /// @param images  what is scored, shared by all workers
  Digits(const DigitsParameters& parameters, std::shared_ptr<const LabelledImages> images)
      : parameters_(parameters),
        images_(std::move(images)),
        description_(describe(parameters, *images_)),
        order_(images_->count()),
        swapped_(description_.lanes),
        shifts_(description_.lanes),
        answers_(description_.lanes) {
    std::iota(order_.begin(), order_.end(), 0U);
  }
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream& stream) override {
    for (std::size_t i = drawn_; i-- > 0;) std::swap(order_[i], order_[swapped_[i]]);
    drawn_ = 0;
    if (description_.noisy) draw(stream);
    first_ = 0;
    loss_ = right_ = confidence_ = 0;
    named_ = {};
    answered_ = false;
  }

  void observe(std::span<float> sensors) override {
    const std::size_t each = images_->pixels_each();
    float* to = sensors.data();
    for (std::size_t lane = 0; lane < description_.lanes; ++lane) {
      const std::uint8_t* from = &images_->pixels[image_of(lane) * each];
      if (shifts_[lane].is_none()) {
        for (std::size_t i = 0; i < each; ++i) to[i] = share(from[i]);
      } else {
        show_shifted(from, shifts_[lane], to);
      }
      if (parameters_.centred) {
        for (std::size_t i = 0; i < each; ++i) to[i] -= images_->mean[i];
      }
      to += each;
    }
  }

  bool act(std::span<const float> motors) override {
    const std::size_t count = std::min(description_.lanes, images_->count() - first_);
    for (std::size_t lane = 0; lane < count; ++lane) {
      score(lane, motors.subspan(lane * kDigits).first<kDigits>());
    }
    answered_ = true;
    return false;
  }

  bool next_scenario() override {
    if (parameters_.split == DigitsSplit::train) return false;
    if (first_ + description_.lanes >= images_->count()) return false;
    first_ += description_.lanes;
    answered_ = false;
    return true;
  }

  void finish(const EvaluationRows& row) override {
    const auto count = static_cast<double>(std::accumulate(named_.begin(), named_.end(), 0.0));
    const double loss = loss_ / count, accuracy = right_ / count;
    double entropy = 0;
    for (const double times : named_) {
      if (times > 0) entropy -= times / count * std::log(times / count);
    }
    const bool is_loss = parameters_.score == DigitsScore::cross_entropy;
    row.objectives[0] = is_loss ? loss : accuracy;
    row.measures[0] = is_loss ? accuracy : loss;
    row.measures[1] = confidence_ / count;
    row.measures[2] = entropy / std::log(static_cast<double>(kDigits));
    row.solved[0] = 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = answered_ ? 1 : 0;
    for (std::size_t lane = 0; 2 * lane + 1 < row.size(); ++lane) {
      row[1 + 2 * lane] = static_cast<double>(image_of(lane));
      row[2 + 2 * lane] = answered_ ? answers_[lane] : -1;
    }
  }

  /// Images with the digit that each is called below it: in blue where it is right, in red where it is wrong.
  std::optional<Scene> scene(std::span<const double> row) const override {
    constexpr std::size_t kAcross = 8;
    const std::size_t shown = row.size() / 2;
    const auto wide = static_cast<double>(images_->columns),
               high = static_cast<double>(images_->rows);
    Scene scene;
    scene.y_grows_downward = true;
    scene.legend = "below each image its answer: blue is right, red is wrong";
    scene.max = {1.15 * wide * kAcross,
                 1.5 * high * std::ceil(static_cast<double>(shown) / kAcross)};
    for (std::size_t i = 0; i < shown; ++i) {
      const auto image = static_cast<std::size_t>(row[1 + 2 * i]);
      const double left = 1.15 * wide * static_cast<double>(i % kAcross);
      const std::size_t line = i / kAcross;
      const double top = 1.5 * high * static_cast<double>(line);
      scene.cells.push_back({{left, top}, {left + wide, top + high}, 0.08});
      for (std::size_t pixel = 0; pixel < images_->pixels_each(); ++pixel) {
        const std::uint8_t value = images_->pixels[image * images_->pixels_each() + pixel];
        if (value < 32) continue;
        const double x = left + static_cast<double>(pixel % images_->columns);
        const std::size_t pixel_row = pixel / images_->columns;
        const double y = top + static_cast<double>(pixel_row);
        scene.cells.push_back({{x, y}, {x + 1, y + 1}, value / 255.0});
      }
      if (row[2 + 2 * i] < 0) continue;
      const int answer = static_cast<int>(row[2 + 2 * i]);
      const bool right = answer == images_->labels[image];
      scene.labels.push_back({right ? SceneRole::start : SceneRole::goal,
                              {left + wide / 2, top + 1.25 * high},
                              std::to_string(answer)});
    }
    return scene;
  }

 private:
  struct Shift {
    std::int32_t right = 0, down = 0;
    bool is_none() const { return right == 0 && down == 0; }
  };
  /// From 0 to 1.
  static float share(std::uint8_t pixel) { return static_cast<float>(pixel) / 255.0F; }
  /// Pixels from beyond the image's edge are black.
  void show_shifted(const std::uint8_t* image, Shift shift, float* to) const {
    const auto rows = static_cast<std::int32_t>(images_->rows);
    const auto columns = static_cast<std::int32_t>(images_->columns);
    std::fill_n(to, images_->pixels_each(), 0.0F);
    const std::int32_t first = std::max(0, shift.right),
                       end = std::min(columns, columns + shift.right);
    for (std::int32_t row = std::max(0, shift.down); row < std::min(rows, rows + shift.down);
         ++row) {
      const std::uint8_t* from = image + static_cast<std::ptrdiff_t>(row - shift.down) * columns;
      for (std::int32_t x = first; x < end; ++x)
        to[static_cast<std::ptrdiff_t>(row) * columns + x] = share(from[x - shift.right]);
    }
  }
  /// Brings different images to the front of the order; the swaps are undone before the next draw, so that it
  /// depends on its stream alone.
  void draw(Stream& stream) {
    const auto count = static_cast<std::uint32_t>(order_.size());
    for (std::uint32_t i = 0; i < description_.lanes; ++i) {
      swapped_[i] = i + stream.below(count - i);
      std::swap(order_[i], order_[swapped_[i]]);
    }
    drawn_ = description_.lanes;
    if (parameters_.shift == 0) return;
    const auto farthest = static_cast<std::int32_t>(parameters_.shift);
    const auto draw_one = [&] {
      return static_cast<std::int32_t>(stream.below(2 * static_cast<std::uint32_t>(farthest) + 1)) -
             farthest;
    };
    for (Shift& shift : shifts_) {
      shift.right = draw_one();
      shift.down = draw_one();
    }
  }
  /// The last image fills the lanes that are left over.
  std::size_t image_of(std::size_t lane) const {
    return order_[std::min(first_ + lane, order_.size() - 1)];
  }
  void score(std::size_t lane, std::span<const float, kDigits> motors) {
    const std::size_t label = images_->labels[image_of(lane)];
    const auto answer = std::max_element(motors.begin(), motors.end()) - motors.begin();
    const auto highest = static_cast<double>(motors[static_cast<std::size_t>(answer)]);
    double sum = 0;
    for (const float motor : motors) {
      sum += std::exp(parameters_.logit_scale * (static_cast<double>(motor) - highest));
    }
    loss_ +=
        std::log(sum) - parameters_.logit_scale * (static_cast<double>(motors[label]) - highest);
    confidence_ += 1 / sum;
    right_ += static_cast<std::size_t>(answer) == label ? 1 : 0;
    named_[static_cast<std::size_t>(answer)] += 1;
    answers_[lane] = static_cast<std::uint8_t>(answer);
  }

  DigitsParameters parameters_;
  std::shared_ptr<const LabelledImages> images_;
  EnvironmentDescription description_;
  std::vector<std::uint32_t> order_;    // images; those that are seen come first
  std::vector<std::uint32_t> swapped_;  // [lanes], how they got there
  std::vector<Shift> shifts_;           // [lanes]
  std::size_t drawn_ = 0;
  std::size_t first_ = 0;  // place in the order of this scenario's first lane
  CacheAligned<std::uint8_t> answers_;
  std::array<double, kDigits> named_{};  // how often
  double loss_ = 0, right_ = 0, confidence_ = 0;
  bool answered_ = false;
};

/// Makes the environments of a run's workers: the images that were read last serve all who ask for the same.
class DigitsMaker {
 public:
  std::unique_ptr<Environment> make(const DigitsParameters& parameters, const Inputs& inputs) {
    LabelledImages read = chosen(parameters, inputs);
    const std::lock_guard lock(mutex_);
    if (!last_ || last_->labels != read.labels || last_->columns != read.columns ||
        last_->pixels != read.pixels || last_->mean != read.mean) {
      last_ = std::make_shared<const LabelledImages>(std::move(read));
    }
    return std::make_unique<Digits>(parameters, last_);
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const LabelledImages> last_;
};

}  // namespace

void DigitsParameters::visit(ParameterVisitor& visitor) {
  const char* const idx = "an IDX file, as MNIST has them; tools/fetch-digits makes some";
  visitor.text("images", images, {idx, "", "our choice"});
  visitor.text("labels", labels, {"their labels, an IDX file", "", "our choice"});
  visitor.text("test_images", test_images,
               {"unseen images, an IDX file; empty: those of images behind the first train", "",
                "our choice"});
  visitor.text("test_labels", test_labels, {"their labels, an IDX file", "", "our choice"});
  visitor.integer(
      "train", train, {0, std::numeric_limits<std::int32_t>::max()},
      {"how many of images are to learn from, from the first; 0: all", "", "our choice"});
  visitor.choice("split", split, {{"train", DigitsSplit::train}, {"test", DigitsSplit::test}},
                 {"what is scored: batches of the images to learn from, or all unseen ones", "",
                  "our choice"});
  visitor.integer("batch", batch, {1, 100'000},
                  {"images that are seen at once, all of them different", "", "our choice"});
  visitor.choice(
      "score", score,
      {{"cross_entropy", DigitsScore::cross_entropy}, {"accuracy", DigitsScore::accuracy}},
      {"the objective: the mean cross entropy, to be minimised, or the share of images named "
       "right",
       "", "our choice"});
  visitor.real(
      "logit_scale", logit_scale, {0.001, 1000},
      {"factor on the motors, whose range is -1 to 1, before the softmax", "", "our choice"});
  visitor.boolean(
      "centred", centred,
      {"whether the mean of the images to learn from is taken from every image", "", "our choice"});
  visitor.integer("shift", shift, {0, 27},
                  {"how far an image to learn from is moved, at most, along x and along y, drawn "
                   "anew for each batch; unseen ones stay where they are",
                   "pixels", "our choice"});
}

EnvironmentComponent digits_environment() {
  return {"digits", "handwritten digits that a network is to name; needs files",
          "LeCun, Bottou, Bengio & Haffner 1998 (MNIST)",
          [] { return std::make_unique<DigitsParameters>(); },
          [maker = std::make_shared<DigitsMaker>()](const Parameters& parameters,
                                                    const Inputs& inputs) {
            return maker->make(checked(dynamic_cast<const DigitsParameters&>(parameters)), inputs);
          }};
}

}  // namespace cambrian
