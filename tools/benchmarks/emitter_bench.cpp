// Evolution strategies alone: what a batch of 36 costs to be asked for and told, by the number of
// genes. The ranking is that of the batch's own order, so that nothing but the strategy is measured.
#include <benchmark/benchmark.h>

#include <numeric>
#include <vector>

#include "cambrian/emitter/es/cma_es.hpp"
#include "cambrian/emitter/es/lm_ma_es.hpp"
#include "cambrian/emitter/es/openai_es.hpp"
#include "cambrian/emitter/es/sep_cma_es.hpp"

namespace {

using namespace cambrian;

constexpr std::size_t kCandidates = 36;
/// Batches between two beginnings, so that no strategy runs away.
constexpr std::size_t kBatchesOfALife = 300;

void ask_and_tell(benchmark::State& state, Optimiser& optimiser) {
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<float> genomes(kCandidates * n);
  std::vector<std::uint32_t> order(kCandidates);
  std::iota(order.begin(), order.end(), 0U);
  const std::vector<double> values(kCandidates), mean(n);
  std::uint64_t batch = 0;
  for (auto _ : state) {
    if (batch % kBatchesOfALife == 0) optimiser.start(mean, 0.5);
    optimiser.ask(genomes, 0, stream_key(1, "bench.emitter"), batch++ * kCandidates);
    optimiser.tell(
        {.genomes = genomes, .order = order, .parents = kCandidates / 2, .values = values});
    benchmark::DoNotOptimize(optimiser.stop());
  }
  state.counters["evaluations/s"] =
      benchmark::Counter(kCandidates, benchmark::Counter::kIsIterationInvariantRate);
}

template <class Made, class P>
void strategy(benchmark::State& state, const P& parameters) {
  Made made(parameters, static_cast<std::size_t>(state.range(0)), kCandidates);
  ask_and_tell(state, made);
}

void genes(benchmark::internal::Benchmark* loop) {
  loop->ArgName("n")->Arg(20)->Arg(100)->Arg(500)->Unit(benchmark::kMicrosecond);
}
void many_genes(benchmark::internal::Benchmark* loop) {
  loop->ArgName("n")->Arg(100)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
}

void cma_es(benchmark::State& state) { strategy<CmaEs>(state, CmaEsParameters()); }
void cma_es_cholesky(benchmark::State& state) {
  strategy<CmaEs>(state, CmaEsParameters{.form = CmaEs::Form::cholesky});
}
void sep_cma_es(benchmark::State& state) { strategy<SepCmaEs>(state, SepCmaEsParameters()); }
void lm_ma_es(benchmark::State& state) { strategy<LmMaEs>(state, LmMaEsParameters()); }
void openai_es(benchmark::State& state) { strategy<OpenAiEs>(state, OpenAiEsParameters()); }
BENCHMARK(cma_es)->Apply(genes);
BENCHMARK(cma_es_cholesky)->Apply(genes);
BENCHMARK(sep_cma_es)->Apply(many_genes);
BENCHMARK(lm_ma_es)->Apply(many_genes);
BENCHMARK(openai_es)->Apply(many_genes);

}  // namespace
