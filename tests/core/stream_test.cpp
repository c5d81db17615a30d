#include "cambrian/core/stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>
#include <vector>

#include "cambrian/core/box_muller.hpp"
#include "cambrian/core/detail/philox.hpp"

namespace cambrian {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words first_words(Stream stream) { return {stream(), stream(), stream(), stream()}; }

std::vector<float> normals(Stream stream, std::size_t count) {
  std::vector<float> out(count);
  stream.fill_normal(out);
  return out;
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

/// The largest distance between the sample's distribution and `cdf`.
template <class Cdf>
double kolmogorov_smirnov(std::vector<float> sample, Cdf cdf) {
  std::ranges::sort(sample);
  const auto n = static_cast<double>(sample.size());
  double largest = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(static_cast<double>(sample[i]));
    largest =
        std::max({largest, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return largest;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum / static_cast<double>(a.size());
}

// Random123's known answers for philox4x32, 10 rounds (its file kat_vectors).

TEST(Stream, ZeroCounterAndKeyGiveTheKnownBlock) {
  EXPECT_EQ(first_words(Stream({0, 0}, 0)),
            (Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
}

TEST(Stream, PiAsCounterAndKeyGivesTheKnownBlock) {
  // Counter 243f6a88 85a308d3 13198a2e 03707344: the first word is the block, so it is reached by
  // the group of blocks, not by a new stream.
  std::array<std::uint32_t, kPhiloxWords> group;
  philox_group({0xa4093822U, 0x299f31d0U}, 0x0370734413198a2eULL, 0x85a308d3U, 0x243f6a88U, group);
  EXPECT_EQ((Words{group[0], group[8], group[16], group[24]}),
            (Words{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Stream, GroupOfBlocksHoldsTheBlocksOfTheStream) {
  const StreamKey key{0xdeadbeefU, 0x01234567U};
  for (const std::uint64_t ordinal : {0ULL, 7ULL, 0xfedcba9876543210ULL}) {
    for (const std::uint32_t sample : {0U, 3U}) {
      Stream stream(key, ordinal, sample);
      for (std::uint32_t first = 0; first < 24; first += 8) {
        std::array<std::uint32_t, kPhiloxWords> group;
        philox_group(key, ordinal, sample, first, group);
        for (std::size_t block = 0; block < 8; ++block) {
          for (std::size_t word = 0; word < 4; ++word) {
            ASSERT_EQ(group[8 * word + block], stream()) << first << " " << block << " " << word;
          }
        }
      }
    }
  }
}

TEST(Stream, KeyDependsOnSeedAndPurpose) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> keys;
  for (const std::uint64_t seed : {0ULL, 1ULL, 1ULL << 32U, (1ULL << 63U) - 1}) {
    for (const char* purpose : {"", "a", "algorithm.select", "algorithm.vary"}) {
      const StreamKey key = stream_key(seed, purpose);
      keys.insert({key.word0, key.word1});
      EXPECT_EQ(key, stream_key(seed, purpose));
    }
  }
  EXPECT_EQ(keys.size(), 16U);
}

TEST(Stream, OrdinalsSamplesAndPurposesHaveStreamsOfTheirOwn) {
  const StreamKey a = stream_key(1, "a");
  const StreamKey b = stream_key(1, "b");
  const std::set<Words> words = {first_words(Stream(a, 0)),           first_words(Stream(a, 1)),
                                 first_words(Stream(a, 1ULL << 32U)), first_words(Stream(a, 0, 1)),
                                 first_words(Stream(b, 0)),           first_words(Stream(b, 1, 1))};
  EXPECT_EQ(words.size(), 6U);
}

TEST(Stream, NormalsOfNeighbouringStreamsAreUncorrelated) {
  constexpr std::size_t kCount = 100'000;
  const StreamKey key = stream_key(1, "a");
  const std::vector<float> base = normals(Stream(key, 5), kCount);
  const double limit = 4.5 / std::sqrt(static_cast<double>(kCount));
  EXPECT_LT(std::abs(correlation(base, normals(Stream(key, 6), kCount))), limit);
  EXPECT_LT(std::abs(correlation(base, normals(Stream(key, 5, 1), kCount))), limit);
  EXPECT_LT(std::abs(correlation(base, normals(Stream(stream_key(1, "b"), 5), kCount))), limit);
  EXPECT_LT(std::abs(correlation(base, normals(Stream(stream_key(2, "a"), 5), kCount))), limit);
}

TEST(Stream, UniformsAreUniform) {
  constexpr std::size_t kCount = 200'000;
  std::vector<float> filled(kCount);
  Stream(stream_key(1, "uniform"), 0).fill_uniform(filled);
  std::vector<float> single(kCount);
  Stream stream(stream_key(2, "uniform"), 0);
  for (float& value : single) value = static_cast<float>(stream.uniform());
  const double limit = 1.95 / std::sqrt(static_cast<double>(kCount));  // p about 0.001
  for (const auto& sample : {filled, single}) {
    EXPECT_GE(*std::ranges::min_element(sample), 0.0F);
    EXPECT_LE(*std::ranges::max_element(sample), 1.0F);
    EXPECT_LT(kolmogorov_smirnov(sample, [](double x) { return x; }), limit);
  }
}

TEST(Stream, BelowMeetsEveryNumberEquallyOften) {
  constexpr std::uint32_t kSides = 6;
  constexpr int kThrows = 60'000;
  std::array<int, kSides> count{};
  Stream stream(stream_key(1, "die"), 0);
  for (int i = 0; i < kThrows; ++i) ++count.at(stream.below(kSides));
  for (const int side : count) EXPECT_NEAR(side, kThrows / 6.0, 5 * std::sqrt(kThrows * 5 / 36.0));
}

TEST(Stream, ChanceHappensAsOftenAsAsked) {
  Stream stream(stream_key(1, "chance"), 0);
  int often = 0;
  for (int i = 0; i < 100'000; ++i) often += stream.chance(0.3) ? 1 : 0;
  EXPECT_NEAR(often, 30'000, 5 * std::sqrt(21'000.0));
  EXPECT_FALSE(stream.chance(0.0));
  EXPECT_TRUE(stream.chance(1.0));
}

TEST(Stream, SingleNormalsHaveTheMomentsOfTheNormalDistribution) {
  constexpr int kCount = 200'000;
  Stream stream(stream_key(1, "single"), 0);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kCount; ++i) {
    const double z = stream.normal();
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / kCount, 0.0, 5 / std::sqrt(kCount));
  EXPECT_NEAR(squares / kCount, 1.0, 5 * std::sqrt(2.0 / kCount));
}

TEST(FillNormal, HasTheMomentsOfTheNormalDistribution) {
  constexpr std::size_t kCount = 4'000'000;
  const std::vector<float> sample = normals(Stream(stream_key(1, "moments"), 0), kCount);
  std::array<double, 5> moment{};
  for (const float z : sample) {
    double power = 1;
    for (double& m : moment) {
      m += power / static_cast<double>(kCount);
      power *= static_cast<double>(z);
    }
  }
  // Five standard errors: the variances of z, z^2, z^3, z^4 are 1, 2, 15, 96.
  const double unit = 5 / std::sqrt(static_cast<double>(kCount));
  EXPECT_NEAR(moment[1], 0.0, unit);
  EXPECT_NEAR(moment[2], 1.0, unit * std::sqrt(2.0));
  EXPECT_NEAR(moment[3], 0.0, unit * std::sqrt(15.0));
  EXPECT_NEAR(moment[4], 3.0, unit * std::sqrt(96.0));
}

TEST(FillNormal, FollowsTheNormalDistribution) {
  constexpr std::size_t kCount = 1'000'000;
  EXPECT_LT(kolmogorov_smirnov(normals(Stream(stream_key(3, "ks"), 0), kCount), normal_cdf),
            1.95 / std::sqrt(static_cast<double>(kCount)));
}

TEST(FillNormal, HasTailsBeyondFiveSigmaOfTheRightWeight) {
  constexpr std::size_t kCount = 1U << 25U;
  const std::vector<float> sample = normals(Stream(stream_key(1, "tails"), 0), kCount);
  for (const double sigma : {3.0, 4.0, 5.0}) {
    const double expected = 2 * normal_cdf(-sigma) * static_cast<double>(kCount);
    const auto beyond = std::ranges::count_if(
        sample, [&](float z) { return std::abs(static_cast<double>(z)) > sigma; });
    EXPECT_NEAR(static_cast<double>(beyond), expected, 4.5 * std::sqrt(expected)) << sigma;
  }
}

TEST(FillNormal, CoordinatesOfARowAreUncorrelated) {
  constexpr std::size_t kRows = 20'000;
  constexpr std::size_t kLength = 40;
  std::vector<std::vector<float>> columns(kLength, std::vector<float>(kRows));
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::vector<float> row = normals(Stream(stream_key(1, "rows"), i), kLength);
    for (std::size_t g = 0; g < kLength; ++g) columns[g][i] = row[g];
  }
  const double limit = 5.0 / std::sqrt(static_cast<double>(kRows));
  for (std::size_t a = 0; a < kLength; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_LT(std::abs(correlation(columns[a], columns[b])), limit) << a << " " << b;
    }
  }
}

TEST(FillNormal, FirstValuesAreTheSameForEveryLength) {
  const StreamKey key = stream_key(1, "length");
  const std::vector<float> longest = normals(Stream(key, 9), 150);
  for (std::size_t length = 0; length < longest.size(); ++length) {
    const std::vector<float> row = normals(Stream(key, 9), length);
    EXPECT_TRUE(std::ranges::equal(row, std::span(longest).first(length))) << length;
  }
}

TEST(FillNormal, PiecesOfWholeGroupsAreTheRowInOne) {
  const StreamKey key = stream_key(1, "pieces");
  const std::vector<float> whole = normals(Stream(key, 2), 200);
  std::vector<float> pieces(200);
  Stream stream(key, 2);
  stream.fill_normal(std::span(pieces).first(64));
  stream.fill_normal(std::span(pieces).subspan(64, 96));
  stream.fill_normal(std::span(pieces).subspan(160));
  EXPECT_EQ(whole, pieces);
}

TEST(FillNormal, WritesNothingBeyondWhatIsAsked) {
  for (std::size_t length = 0; length < 70; ++length) {
    std::vector<float> row(length + 8, 42.0F);
    Stream(stream_key(1, "beyond"), 0).fill_normal(std::span(row).first(length));
    for (std::size_t i = length; i < row.size(); ++i) ASSERT_EQ(row[i], 42.0F) << length;
    for (std::size_t i = 0; i < length; ++i) ASSERT_NE(row[i], 42.0F) << length;
  }
}

TEST(FillNormal, SingleDrawsGoOnAfterTheGroupsThatWereUsed) {
  const StreamKey key = stream_key(1, "go on");
  Stream stream(key, 0);
  std::array<float, 20> row{};
  stream.fill_normal(row);
  Stream words(key, 0);
  for (int skip = 0; skip < 32; ++skip) words();
  EXPECT_EQ(stream(), words());
}

/// A change of these bits changes every run: it must be meant. Equal for g++ and clang, with and
/// without AVX2.
TEST(FillNormal, HasTheseBits) {
  std::uint64_t hash = 0;
  for (const float z : normals(Stream({1, 2}, 3, 4), 1000)) {
    hash = (hash ^ std::bit_cast<std::uint32_t>(z)) * 0x100000001b3ULL;
  }
  EXPECT_EQ(hash, 7475935004326226494ULL);
}

TEST(BoxMuller, EqualsTheFormulaInDoublePrecision) {
  std::array<std::uint32_t, kNormals> words;
  std::array<float, kNormals> out;
  Stream stream(stream_key(1, "formula"), 0);
  // Words with many leading zeros reach the tail, which uniform words would hardly show.
  for (int round = 0; round < 20'000; ++round) {
    for (std::size_t i = 0; i < kNormals; ++i) {
      words[i] = i < kNormals / 2 ? stream() >> stream.below(32) : stream();
    }
    box_muller(words, out);
    for (std::size_t i = 0; i < kNormals / 2; ++i) {
      const double u = (static_cast<double>(words[i] >> 1U) + 0.5) * 0x1p-31;
      const double radius = std::sqrt(-2 * std::log(u));
      const std::uint32_t word = words[16 + i];
      const double angle =
          static_cast<double>(static_cast<std::int32_t>(word << 1U)) * std::numbers::pi * 0x1p-32;
      const double sign = (word >> 31U) != 0 ? -1 : 1;
      // Near u = 1 a float holds u to 2^-24 only, so small radii are coarser.
      const double tolerance = 1e-6 * (1 + radius) + (radius < 0.01 ? 6e-4 : 6e-8 / radius);
      ASSERT_NEAR(out[i], radius * sign * std::cos(angle), tolerance) << words[i];
      ASSERT_NEAR(out[16 + i], radius * std::sin(angle), tolerance) << words[i];
    }
  }
}

TEST(BoxMuller, IsFiniteForTheExtremeWords) {
  const std::array<std::uint32_t, 6> extreme = {0, 1, 2, 0x7fffffffU, 0x80000000U, 0xffffffffU};
  std::array<std::uint32_t, kNormals> words;
  std::array<float, kNormals> out;
  for (const std::uint32_t radius : extreme) {
    for (const std::uint32_t angle : extreme) {
      for (std::size_t i = 0; i < kNormals; ++i) words[i] = i < kNormals / 2 ? radius : angle;
      box_muller(words, out);
      for (const float z : out) {
        EXPECT_TRUE(std::isfinite(z));
        EXPECT_LT(std::abs(z), 6.67F);
      }
    }
  }
}

TEST(BoxMuller, ReachesSixSigma) {
  std::array<std::uint32_t, kNormals> words{};
  std::array<float, kNormals> out;
  box_muller(words, out);
  EXPECT_NEAR(out[0], 6.66, 0.01);
}

TEST(Stream, PartsOfAComponentHaveKeysOfTheirOwn) {
  const StreamKey key = stream_key(3, "evaluation");
  std::set<std::pair<std::uint32_t, std::uint32_t>> keys{{key.word0, key.word1}};
  for (std::uint32_t part = 0; part < 1000; ++part) {
    const StreamKey made = part_key(key, part);
    EXPECT_EQ(made, part_key(key, part));
    keys.emplace(made.word0, made.word1);
  }
  EXPECT_EQ(keys.size(), 1001U);
  EXPECT_FALSE(part_key(key, 1) == part_key(stream_key(4, "evaluation"), 1));
}

}  // namespace
}  // namespace cambrian
