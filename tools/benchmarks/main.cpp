// First a calibration, so that figures from different processors can be scaled, then the
// benchmarks.
#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <span>
#include <vector>

#include "cambrian/core/stream.hpp"

namespace {

/// The least time of five repeats, in seconds.
template <class Work>
double least_seconds(const Work& work) {
  double least = std::numeric_limits<double>::infinity();
  for (int repeat = 0; repeat < 5; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    least = std::min(least, took.count());
  }
  return least;
}

double philox_words() {
  constexpr int kWords = 1 << 22;
  const double seconds = least_seconds([] {
    cambrian::Stream stream(cambrian::stream_key(1, "calibration"), 0);
    std::uint32_t sum = 0;
    for (int i = 0; i < kWords; ++i) sum += stream();
    benchmark::DoNotOptimize(sum);
  });
  return kWords / seconds;
}

double matrix_times_vector() {
  constexpr int kProducts = 100'000;
  const Eigen::MatrixXf matrix = Eigen::MatrixXf::Random(64, 64) * 0.1F;
  Eigen::VectorXf in = Eigen::VectorXf::Random(64);
  Eigen::VectorXf out(64);
  const double seconds = least_seconds([&] {
    for (int i = 0; i < kProducts; ++i) {
      out.noalias() = matrix * in;
      benchmark::DoNotOptimize(out.data());
      std::swap(in, out);
    }
  });
  return kProducts / seconds;
}

double nearest_of_ten_thousand() {
  constexpr int kPoints = 10'000;
  constexpr int kQueries = 1'000;
  std::vector<float> xs(kPoints);
  std::vector<float> ys(kPoints);
  cambrian::Stream stream(cambrian::stream_key(1, "calibration"), 1);
  stream.fill_uniform(xs);
  stream.fill_uniform(ys);
  const double seconds = least_seconds([&] {
    for (int q = 0; q < kQueries; ++q) {
      float best = 4.0F;
      for (int i = 0; i < kPoints; ++i) {
        const float dx = xs[static_cast<std::size_t>(i)] - 0.001F * static_cast<float>(q);
        const float dy = ys[static_cast<std::size_t>(i)] - 0.5F;
        best = std::min(best, dx * dx + dy * dy);
      }
      benchmark::DoNotOptimize(best);
    }
  });
  return kQueries / seconds;
}

}  // namespace

int main(int argc, char** argv) {
  std::printf(
      "calibration: %.0f M Philox words/s, %.2f M products 64x64 by vector/s, %.1f k nearest of "
      "10,000 /s\n",
      philox_words() / 1e6, matrix_times_vector() / 1e6, nearest_of_ten_thousand() / 1e3);
  std::fflush(stdout);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
