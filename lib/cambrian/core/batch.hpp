// The types that every room shares: jobs, evaluations, and the edits by which columns follow an
// archive's rows. A batch is the unit of work. Its candidates are only a row count here; their
// population lies beside it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace cambrian {

inline constexpr std::uint64_t kNoParent = std::numeric_limits<std::uint64_t>::max();
using ParentIds = std::array<std::uint64_t, 2>;

/// What a job asks for beside objectives and measures: flags of Job::wants.
enum Wants : std::uint8_t { kNothingMore = 0, kGradients = 1 };

/// One evaluation to be done: candidate `candidate` of the batch's population, in environment
/// `environment`, for the `sample`-th time.
struct Job {
  std::uint64_t id = 0;     ///< the candidate's ordinal in the run
  std::uint64_t noise = 0;  ///< ordinal of the stream that its environment draws from
  std::uint32_t candidate = 0;
  std::uint32_t environment = 0;  ///< its number in the suite; 0: the first, or only one
  std::uint32_t sample = 0;
  std::uint8_t wants = kNothingMore;
};

/// How wide the rows of evaluations are: the same for all environments of a run.
struct EvaluationShape {
  std::size_t objectives = 1;
  std::size_t measures = 0;
  std::size_t gradient = 0;  ///< genes, where gradients are asked for
  friend bool operator==(const EvaluationShape&, const EvaluationShape&) = default;
};

/// Rows of n evaluations to be written, row-major. A new column is a new member, so that no
/// signature changes.
struct EvaluationRows {
  std::span<double> objectives;    ///< [n, O], each better in its declared direction
  std::span<double> measures;      ///< [n, M], in the order in which the environment declares them
  std::span<std::uint8_t> solved;  ///< [n]
  std::span<float> gradients;      ///< [n, O + M, genes]; empty: not asked for
  /// [n, genes] the vectors, to become what their lives make of them; empty: not asked for
  std::span<float> learned = {};
  /// [n] why a row is invalid, where the environment knows it; empty texts before. Empty: not asked for
  std::span<std::string> faults = {};
};

/// Columns of results, row i of job i. All arrays are row-major and as long as their shape says.
struct Evaluations {
  EvaluationShape shape;
  std::vector<double> objectives;    ///< [n, O], higher is better: minimised ones are negated
  std::vector<double> measures;      ///< [n, M]
  std::vector<std::uint8_t> valid;   ///< [n], 0: threw or was not finite; its numbers mean nothing
  std::vector<std::uint8_t> solved;  ///< [n]
  std::vector<float> gradients;      ///< [n, O + M, genes]; empty unless a job asks for them

  std::size_t size() const { return valid.size(); }
  /// Keeps capacity; every row becomes invalid, unsolved and zero. @param wants  of all jobs together
  void resize(std::size_t rows, const EvaluationShape& of, std::uint8_t wants = kNothingMore);
  EvaluationRows rows(std::size_t first, std::size_t count);
};

struct Batch {
  std::size_t candidates = 0;
  /// Job i is evaluation first_evaluation + i of the run, counted from 1. The run gives it, not the
  /// algorithm.
  std::uint64_t first_evaluation = 1;
  std::vector<Job> jobs;
  Evaluations evaluations;

  /// One job per candidate, in one environment, once: ids first_id, first_id + 1, ...
  void fill(std::size_t count, std::uint64_t first_id);
};

/// @throws ShapeError if a job names a candidate that the batch does not have
void require_candidates(const Batch& batch);

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

/// Checks edits before they are applied: an edit out of range would corrupt the rows.
/// @param rows     how many there are   @param offered  how many may be put
/// @throws Error naming the first edit of a row that is not there
void check_edits(std::span<const RowEdit> edits, std::size_t rows, std::size_t offered);

/// Applies the edits to one column of `width` numbers per row. @param offered [n, width] the batch's
/// values
template <class T, class Allocator>
void apply_edits(std::vector<T, Allocator>& column, std::span<const T> offered,
                 std::span<const RowEdit> edits, std::size_t width = 1) {
  constexpr std::size_t kAhead = 8;  // rows lie all over a large table: they are fetched in time
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const RowEdit& edit = edits[i];
    if (i + kAhead < edits.size() && edits[i + kAhead].row * width < column.size())
      __builtin_prefetch(column.data() + edits[i + kAhead].row * width, 1);
    const std::size_t place = edit.row * width;
    switch (edit.kind) {
      case RowEdit::Kind::put: {
        const T* from = offered.data() + edit.from * width;
        if (place == column.size()) {
          column.insert(column.end(), from, from + width);
        } else {
          std::copy_n(from, width, column.data() + place);
        }
        break;
      }
      case RowEdit::Kind::move:  // may be onto itself
        if (edit.row == edit.from) break;
        std::copy_n(column.data() + edit.from * width, width, column.data() + place);
        break;
      case RowEdit::Kind::shrink:
        column.resize(place);
        break;
    }
  }
}

}  // namespace cambrian
