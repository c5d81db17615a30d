#include "cambrian/core/batch.hpp"

#include <string>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {

void Evaluations::resize(std::size_t rows, const EvaluationShape& of, std::uint8_t wants) {
  shape = of;
  objectives.assign(rows * of.objectives, 0.0);
  measures.assign(rows * of.measures, 0.0);
  valid.assign(rows, 0);
  solved.assign(rows, 0);
  const bool with_gradients = (wants & kGradients) != 0;
  gradients.assign(with_gradients ? rows * (of.objectives + of.measures) * of.gradient : 0, 0.0F);
}

EvaluationRows Evaluations::rows(std::size_t first, std::size_t count) {
  const std::size_t gradient = (shape.objectives + shape.measures) * shape.gradient;
  return {std::span(objectives).subspan(first * shape.objectives, count * shape.objectives),
          std::span(measures).subspan(first * shape.measures, count * shape.measures),
          std::span(solved).subspan(first, count),
          gradients.empty() ? std::span<float>()
                            : std::span(gradients).subspan(first * gradient, count * gradient)};
}

void Batch::fill(std::size_t count, std::uint64_t first_id) {
  candidates = count;
  jobs.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t id = first_id + i;
    jobs[i] = Job{.id = id, .noise = id, .candidate = static_cast<std::uint32_t>(i)};
  }
}

void require_candidates(const Batch& batch) {
  for (const Job& job : batch.jobs) {
    if (job.candidate < batch.candidates) continue;
    throw ShapeError("a job names candidate " + std::to_string(job.candidate) +
                     ", but the batch has " + std::to_string(batch.candidates) +
                     ", counted from 0");
  }
}

void check_edits(std::span<const RowEdit> edits, std::size_t rows, std::size_t offered) {
  const auto require = [](std::size_t row, std::size_t end) {
    if (row < end) return;
    throw Error("an edit names row " + std::to_string(row) + ", but only " + counted(end, "row") +
                " may be named");
  };
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        require(edit.from, offered);
        require(edit.row, rows + 1);
        if (edit.row == rows) ++rows;
        break;
      case RowEdit::Kind::move:
        require(edit.from, rows);
        require(edit.row, rows);
        break;
      case RowEdit::Kind::shrink:
        require(edit.row, rows + 1);
        rows = edit.row;
        break;
    }
  }
}

}  // namespace cambrian
