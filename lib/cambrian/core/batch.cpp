#include "cambrian/core/batch.hpp"

#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void Evaluations::resize(std::size_t rows, std::size_t objective_count, std::size_t measure_count) {
  objectives_per_row = objective_count;
  measures_per_row = measure_count;
  objectives.assign(rows * objective_count, 0.0);
  measures.assign(rows * measure_count, 0.0);
  valid.assign(rows, 0);
  solved.assign(rows, 0);
}

void Batch::fill(std::size_t count, std::uint64_t first_id, std::uint64_t first_evaluation_number) {
  candidates = count;
  first_evaluation = first_evaluation_number;
  jobs.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    jobs[i] = Job{.id = first_id + i, .candidate = static_cast<std::uint32_t>(i)};
  }
}

void check_edits(std::span<const RowEdit> edits, std::size_t rows, std::size_t offered) {
  const auto require = [](std::size_t row, std::size_t end) {
    if (row < end) return;
    throw Error("an edit names row " + std::to_string(row) + ", but only " + std::to_string(end) +
                (end == 1 ? " row" : " rows") + " may be named");
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
