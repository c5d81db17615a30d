// The words that every room speaks: jobs, evaluations, and the edits by which columns follow an
// archive's rows. A batch is the unit of work. Its candidates are only a row count here; their
// population lies beside it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cambrian {

inline constexpr std::uint64_t kNoParent = std::numeric_limits<std::uint64_t>::max();
using ParentIds = std::array<std::uint64_t, 2>;

/// One evaluation to be done: candidate `candidate` of the batch's population, in environment `environment`,
/// for the `sample`-th time.
struct Job {
  std::uint64_t id = 0;  ///< the candidate's ordinal in the run; names its random streams
  std::uint32_t candidate = 0;
  std::uint32_t environment = 0;
  std::uint32_t sample = 0;
  bool wants_gradients = false;
};

/// Columns of results, row i of job i. All arrays are row-major and as long as their shape says.
struct Evaluations {
  std::size_t objectives_per_row = 1;
  std::size_t measures_per_row = 0;
  std::vector<double> objectives;   ///< [n, O], higher is better
  std::vector<double> measures;     ///< [n, M], in the order in which the environment declares them
  std::vector<std::uint8_t> valid;  ///< [n], 0: threw or was not finite; its numbers mean nothing
  std::vector<std::uint8_t> solved;  ///< [n]

  std::size_t size() const { return valid.size(); }
  /// Keeps capacity; every row becomes invalid, unsolved and zero.
  void resize(std::size_t rows, std::size_t objective_count, std::size_t measure_count);
};

struct Batch {
  std::size_t candidates = 0;
  std::uint64_t first_evaluation =
      1;  ///< job i is evaluation first_evaluation + i of the run, counted from 1
  std::vector<Job> jobs;
  Evaluations evaluations;

  /// One job a candidate, in one environment, once: ids first_id ...
  void fill(std::size_t count, std::uint64_t first_id, std::uint64_t first_evaluation_number);
};

/// Rows begin .. end-1 of a batch (what one of several emitters writes), or of a table.
struct RowRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
};

/// An edit of dense rows. An archive answers a batch with an ordered list of these, and every
/// column beside it applies the list.
struct RowEdit {
  enum class Kind : std::uint8_t {
    put,    ///< candidate `from` of the offered batch into row `row` (row == size: append)
    move,   ///< row `from` into row `row`
    shrink  ///< rows `row`.. are dropped: the new size is `row`
  };
  Kind kind = Kind::put;
  std::uint32_t row = 0;
  std::uint32_t from = 0;
  friend bool operator==(const RowEdit&, const RowEdit&) = default;
};

/// Applies the edits to one column. @param offered [n] the batch's values
template <class T, class Allocator>
void apply_edits(std::vector<T, Allocator>& column, std::span<const T> offered,
                 std::span<const RowEdit> edits) {
  for (const RowEdit& edit : edits) {
    switch (edit.kind) {
      case RowEdit::Kind::put:
        if (edit.row == column.size())
          column.push_back(offered[edit.from]);
        else
          column[edit.row] = offered[edit.from];
        break;
      case RowEdit::Kind::move:
        column[edit.row] = column[edit.from];
        break;
      case RowEdit::Kind::shrink:
        column.resize(edit.row);
        break;
    }
  }
}

}  // namespace cambrian
