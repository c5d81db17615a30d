// Digits: a network sees images and names each one. A life is a single look, so what it knows it was born with,
// unless it learns.
//
//   sensors     the image's pixels, row by row, 0 to 1, at x, y in [-1, 1] (y grows with the row); centred: less
//               the mean image of those to learn from, -1 to 1
//   motors      one for each digit, -1 to 1, at x from -1 to 1
//   lanes       `batch` images: all different, drawn from the stream of each evaluation, each shown up to `shift`
//               pixels away from its place if it is one to learn from. With [evaluation] noise =
//               "shared" all candidates of a batch of the search see the same ones
//   objective   loss: mean cross entropy of the softmax of logit_scale times the motors, to be minimised;
//               accuracy: share of images whose highest motor (of several the first) is their digit
//   measures    the other one of the two; mean highest probability; variety of the answers: the entropy of how
//               often each digit is named, 1 if all are named equally often
//
// Images to learn from are the first `train` of `images` (0: all). split = "test" scores the unseen ones instead,
// each once, whatever `batch` is: those of `test_images`, or else the rest of `images`:
//   cambrian evaluate RUN.h5 --best --set environment.split=test
//
// Files are IDX files as MNIST has them (idx.hpp); tools/fetch-digits makes some.
#pragma once

#include <cstdint>
#include <string>

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class DigitsSplit : std::uint8_t { train, test };
enum class DigitsScore : std::uint8_t { cross_entropy, accuracy };

struct DigitsParameters final : Parameters {
  std::string images = "build/digits/mnist-images.idx";
  std::string labels = "build/digits/mnist-labels.idx";
  std::string test_images;
  std::string test_labels;
  std::int64_t train = 0;
  DigitsSplit split = DigitsSplit::train;
  std::int64_t batch = 500;
  DigitsScore score = DigitsScore::cross_entropy;
  double logit_scale = 5;
  bool centred = false;
  std::int64_t shift = 0;
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent digits_environment();

}  // namespace cambrian
