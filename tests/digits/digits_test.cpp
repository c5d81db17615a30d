#include "environments/digits/digits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "cambrian/core/error.hpp"
#include "environments/digits/idx.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255U);
  return bytes;
}

/// Image i of `count` has label i % 10 and pixels i, i + 1, ...
std::string idx_images(std::uint32_t count, std::uint32_t rows, std::uint32_t columns) {
  std::string bytes =
      big_endian(0x803) + big_endian(count) + big_endian(rows) + big_endian(columns);
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t k = 0; k < rows * columns; ++k) bytes += static_cast<char>((i + k) & 255U);
  }
  return bytes;
}
std::string idx_labels(std::uint32_t count) {
  std::string bytes = big_endian(0x801) + big_endian(count);
  for (std::uint32_t i = 0; i < count; ++i) bytes += static_cast<char>(i % 10);
  return bytes;
}

struct DigitFiles final : Inputs {
  std::map<std::string, std::string> files = {{"images", idx_images(40, 2, 3)},
                                              {"labels", idx_labels(40)},
                                              {"more_images", idx_images(15, 2, 3)},
                                              {"more_labels", idx_labels(15)}};
  std::string read(const std::string& name) const override { return files.at(name); }
};

DigitsParameters digit_parameters() {
  DigitsParameters parameters;
  parameters.images = "images";
  parameters.labels = "labels";
  parameters.batch = 20;
  return parameters;
}

std::unique_ptr<Environment> make_digits(const DigitsParameters& parameters,
                                         const DigitFiles& files = {}) {
  return digits_environment().make(parameters, files);
}

std::string complaint(const DigitsParameters& parameters, const DigitFiles& files = {}) {
  try {
    make_digits(parameters, files);
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

struct DigitsOutcome {
  double objective;
  std::array<double, 3> measures;
  std::vector<std::size_t> images;  // by their first pixel, which is their number
  int scenarios;
};

/// @param name  from the image's number to the motors
DigitsOutcome look_at_digits(Environment& environment, Stream stream,
                             const std::function<void(std::size_t, std::span<float>)>& name) {
  const EnvironmentDescription& d = environment.description();
  const std::size_t pixels = d.body.sensors.size();
  std::vector<float> sensors(d.lanes * pixels), motors(d.lanes * 10);
  DigitsOutcome outcome{};
  environment.reset(stream);
  do {
    environment.observe(sensors);
    std::ranges::fill(motors, 0.0F);
    for (std::size_t lane = 0; lane < d.lanes; ++lane) {
      const auto image = static_cast<std::size_t>(std::lround(255 * sensors[lane * pixels]));
      EXPECT_EQ(sensors[lane * pixels + 1], static_cast<float>(image + 1) / 255.0F);
      outcome.images.push_back(image);
      name(image, std::span(motors).subspan(lane * 10, 10));
    }
    EXPECT_FALSE(environment.act(motors));
    ++outcome.scenarios;
  } while (environment.next_scenario());
  std::array<double, 1> objective{};
  std::array<std::uint8_t, 1> solved{};
  environment.finish({objective, outcome.measures, solved, {}});
  outcome.objective = objective[0];
  return outcome;
}

void right_name(std::size_t image, std::span<float> motors) { motors[image % 10] = 1; }

TEST(Digits, CrossEntropyIsThatOfTheScaledSoftmax) {
  const auto environment = make_digits(digit_parameters());
  EXPECT_EQ(environment->description().objectives[0].direction, ObjectiveDirection::minimise);
  const DigitsOutcome right = look_at_digits(*environment, Stream({1, 2}, 3), right_name);
  EXPECT_NEAR(right.objective, std::log(1 + 9 * std::exp(-5.0)), 1e-6);
  EXPECT_EQ(right.measures[0], 1);  // accuracy
  EXPECT_NEAR(right.measures[1], 1 / (1 + 9 * std::exp(-5.0)), 1e-6);
  const DigitsOutcome none =
      look_at_digits(*environment, Stream({1, 2}, 3), [](std::size_t, std::span<float>) {});
  EXPECT_NEAR(none.objective, std::log(10.0), 1e-12);
  EXPECT_NEAR(none.measures[1], 0.1, 1e-12);
  EXPECT_EQ(none.measures[2], 0);  // all are called 0
}

TEST(Digits, AccuracyCountsTheImagesNamedRight) {
  DigitsParameters parameters = digit_parameters();
  parameters.score = DigitsScore::accuracy;
  parameters.batch = 40;
  const auto environment = make_digits(parameters);
  const DigitsOutcome outcome =
      look_at_digits(*environment, Stream({1, 2}, 3), [](std::size_t image, std::span<float> m) {
        m[image < 30 ? image % 10 : (image + 1) % 10] = 1;
      });
  EXPECT_EQ(outcome.objective, 0.75);
  EXPECT_NEAR(outcome.measures[2], 1, 1e-12);  // all digits are named equally often
}

TEST(Digits, BatchesAreDifferentImagesThatDependOnTheStreamAlone) {
  const auto environment = make_digits(digit_parameters());
  EXPECT_TRUE(environment->description().noisy);
  EXPECT_EQ(environment->description().lanes, 20U);
  const auto images = [&](std::uint64_t ordinal) {
    return look_at_digits(*environment, Stream({1, 2}, ordinal), right_name).images;
  };
  const std::vector<std::size_t> first = images(1);
  EXPECT_EQ(std::set<std::size_t>(first.begin(), first.end()).size(), 20U);
  std::set<std::size_t> seen;
  for (std::uint64_t i = 2; i < 30; ++i) {
    const std::vector<std::size_t> other = images(i);
    EXPECT_NE(other, first);
    seen.insert(other.begin(), other.end());
  }
  EXPECT_EQ(seen.size(), 40U);
  EXPECT_EQ(images(1), first);
  EXPECT_EQ(look_at_digits(*make_digits(digit_parameters()), Stream({1, 2}, 1), right_name).images,
            first);
}

TEST(Digits, ABatchOfAllImagesDrawsNothing) {
  DigitsParameters parameters = digit_parameters();
  parameters.batch = 500;
  const auto environment = make_digits(parameters);
  EXPECT_FALSE(environment->description().noisy);
  EXPECT_EQ(environment->description().lanes, 40U);
  const auto images = look_at_digits(*environment, Stream({1, 2}, 3), right_name).images;
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(images[i], i);
}

TEST(Digits, TheFirstImagesAreToLearnFromAndTheOthersStayUnseen) {
  DigitsParameters parameters = digit_parameters();
  parameters.train = 30;
  for (const std::size_t image :
       look_at_digits(*make_digits(parameters), Stream({1, 2}, 3), right_name).images) {
    EXPECT_LT(image, 30U);
  }
  parameters.split = DigitsSplit::test;
  parameters.batch =
      4;  // 10 images in lots of 4: 2 lanes of the last are left over and do not count
  const auto test = make_digits(parameters);
  EXPECT_FALSE(test->description().noisy);
  const DigitsOutcome outcome = look_at_digits(
      *test, Stream({1, 2}, 3),
      [](std::size_t image, std::span<float> motors) { motors[image == 39 ? 0 : image % 10] = 1; });
  EXPECT_EQ(outcome.scenarios, 3);
  EXPECT_NEAR(outcome.measures[0], 0.9, 1e-12);
  EXPECT_EQ(*std::ranges::min_element(outcome.images), 30U);
}

TEST(Digits, FilesOfUnseenImagesAreTestedWhole) {
  DigitsParameters parameters = digit_parameters();
  parameters.test_images = "more_images";
  parameters.test_labels = "more_labels";
  parameters.split = DigitsSplit::test;
  const DigitsOutcome outcome =
      look_at_digits(*make_digits(parameters), Stream({1, 2}, 3), right_name);
  EXPECT_EQ(outcome.images.size(), 15U);
  EXPECT_EQ(outcome.measures[0], 1);
}

TEST(Digits, PixelsSitOnTheGridRowByRow) {
  const auto environment = make_digits(digit_parameters());
  const NetworkInterface& body = environment->description().body;
  ASSERT_EQ(body.sensors.size(), 6U);
  EXPECT_EQ(body.sensors[0].position, (std::vector<double>{-1, -1}));
  EXPECT_EQ(body.sensors[1].position, (std::vector<double>{0, -1}));
  EXPECT_EQ(body.sensors[3].position, (std::vector<double>{-1, 1}));
  EXPECT_EQ(body.motors[9].position, (std::vector<double>{1, 0}));
}

TEST(Digits, CentredImagesLackTheMeanOfThoseToLearnFrom) {
  DigitsParameters parameters = digit_parameters();
  parameters.batch = 40;
  parameters.train = 30;
  parameters.centred = true;
  for (const auto split : {DigitsSplit::train, DigitsSplit::test}) {
    parameters.split = split;
    const auto environment = make_digits(parameters);
    const EnvironmentDescription& d = environment->description();
    EXPECT_EQ(d.body.sensors[0].range.min, -1);
    std::vector<float> sensors(d.lanes * 6);
    Stream stream({1, 2}, 3);
    environment->reset(stream);
    environment->observe(sensors);
    // Pixel k of image i is i + k; the mean of images 0 to 29 is 14.5 + k.
    for (std::size_t lane = 0; lane < d.lanes; ++lane) {
      const double image = static_cast<double>(lane) + (split == DigitsSplit::test ? 30.0 : 0.0);
      for (std::size_t k = 0; k < 6; ++k) {
        EXPECT_NEAR(sensors[6 * lane + k], (image - 14.5) / 255, 1e-6);
      }
    }
  }
}

TEST(Digits, ImagesToLearnFromAreMovedAsFarAsShiftSaysAndUnseenOnesStay) {
  DigitsParameters parameters = digit_parameters();
  parameters.batch = 40;
  parameters.train = 30;
  parameters.shift = 1;
  const auto environment = make_digits(parameters);
  const EnvironmentDescription& d = environment->description();
  EXPECT_TRUE(d.noisy);
  std::vector<float> sensors(d.lanes * 6);
  std::set<std::pair<int, int>> met;
  for (std::uint64_t life = 0; life < 20; ++life) {
    Stream stream({1, 2}, life);
    environment->reset(stream);
    environment->observe(sensors);
    std::vector<double> trace(d.trace.size());
    environment->trace(trace);
    for (std::size_t lane = 0; lane < d.lanes; ++lane) {
      const auto image = static_cast<int>(std::lround(trace[1 + 2 * lane]));
      const auto moved = [&](int right, int down) {
        for (int row = 0; row < 2; ++row) {
          for (int column = 0; column < 3; ++column) {
            const int from_row = row - down, from_column = column - right;
            const bool inside =
                from_row >= 0 && from_row < 2 && from_column >= 0 && from_column < 3;
            const int wanted = inside ? image + 3 * from_row + from_column : 0;
            const std::size_t at = 6 * lane + static_cast<std::size_t>(3 * row + column);
            if (std::lround(255 * sensors[at]) != wanted) return false;
          }
        }
        return true;
      };
      bool found = false;
      for (int right = -1; right <= 1; ++right) {
        for (int down = -1; down <= 1; ++down) {
          if (image == 0 || !moved(right, down)) continue;
          met.insert({right, down});
          found = true;
        }
      }
      EXPECT_TRUE(found || image == 0);
    }
  }
  EXPECT_EQ(met.size(), 9U);
  parameters.split = DigitsSplit::test;
  const auto unseen =
      look_at_digits(*make_digits(parameters), Stream({1, 2}, 3), right_name).images;
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(unseen[i], 30 + i);
}

TEST(Digits, IsDrawnWithTheDigitThatEachImageIsCalled) {
  const auto environment = make_digits(digit_parameters());
  look_at_digits(*environment, Stream({1, 2}, 3), [](std::size_t image, std::span<float> motors) {
    motors[image < 20 ? image % 10 : (image + 1) % 10] = 1;
  });
  std::vector<double> row(environment->description().trace.size());
  environment->trace(row);
  const Scene scene = environment->scene(row).value();
  ASSERT_EQ(scene.labels.size(), 20U);
  for (std::size_t i = 0; i < 20; ++i) {
    const auto image = static_cast<std::size_t>(row[1 + 2 * i]);
    EXPECT_EQ(scene.labels[i].role, image < 20 ? SceneRole::start : SceneRole::goal);
    EXPECT_EQ(scene.labels[i].text, std::to_string(image < 20 ? image % 10 : (image + 1) % 10));
  }
}

TEST(Digits, DamagedFilesAreRefusedInOneLineThatNamesThem) {
  const auto with = [](const std::string& name, const std::string& bytes) {
    DigitFiles files;
    files.files[name] = bytes;
    const std::string line = complaint(digit_parameters(), files);
    EXPECT_THAT(line, testing::StartsWith(name + ": "));
    EXPECT_EQ(line.find('\n'), std::string::npos);
    return line;
  };
  EXPECT_THAT(with("images", idx_labels(40)), HasSubstr("is not an IDX file of images"));
  EXPECT_THAT(with("labels", idx_images(40, 2, 3)), HasSubstr("is not an IDX file of labels"));
  EXPECT_THAT(with("images", ""), HasSubstr("is not an IDX file"));
  EXPECT_THAT(with("images", "\x1f\x8b is gzip"), HasSubstr("is compressed"));
  EXPECT_THAT(with("images", idx_images(40, 2, 3).substr(0, 14)),
              HasSubstr("ends within its head"));
  EXPECT_THAT(with("images", idx_images(40, 2, 3).substr(0, 200)),
              HasSubstr("holds 184 bytes of data, but its head says 240"));
  EXPECT_THAT(with("images", idx_images(40, 2, 3) + "x"), HasSubstr("holds 241 bytes"));
  EXPECT_THAT(with("images", idx_images(0, 2, 3)), HasSubstr("holds no images"));
  EXPECT_THAT(with("images", big_endian(0x803) + big_endian(~0U) + big_endian(~0U) + big_endian(2)),
              HasSubstr("at most 1024 rows and columns"));
  EXPECT_THAT(with("labels", idx_labels(39)), HasSubstr("39 labels, but images holds 40 images"));
  std::string eleven = idx_labels(40);
  eleven.back() = 11;
  EXPECT_THAT(with("labels", eleven), HasSubstr("holds the label 11; expected 0 to 9"));
}

TEST(Digits, KeysThatDoNotFitTheFilesAreNamed) {
  DigitsParameters parameters = digit_parameters();
  parameters.train = 41;
  EXPECT_THAT(complaint(parameters), HasSubstr("train: is 41, but images holds 40 images"));
  parameters.train = 0;
  parameters.split = DigitsSplit::test;
  EXPECT_THAT(complaint(parameters), HasSubstr("split: is 'test', but no image is unseen"));
  parameters.test_images = "more_images";
  EXPECT_THAT(complaint(parameters), HasSubstr("test_labels: is empty, but test_images is not"));
  parameters.test_labels = "more_labels";
  DigitFiles files;
  files.files["more_images"] = idx_images(15, 3, 2);
  EXPECT_THAT(complaint(parameters, files), HasSubstr("more_images: holds images of another size"));
}

}  // namespace
}  // namespace cambrian
