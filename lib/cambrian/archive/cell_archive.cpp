#include "cambrian/archive/cell_archive.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr double kNoElite = -std::numeric_limits<double>::infinity();
constexpr double kLargestObjective = std::numeric_limits<double>::max();
/// Of the widest axis, where no bandwidth is given.
constexpr double kBandwidthShare = 0.05;

double bandwidth_of(const ContentKeys& keys, const DescriptorSpace& space) {
  if (keys.bandwidth > 0) return keys.bandwidth;
  double widest = 0;
  for (std::size_t d = 0; d < space.dimensions(); ++d)
    widest = std::max(widest, space.max[d] - space.min[d]);
  return kBandwidthShare * widest;
}

std::string contents_word(Contents contents) {
  if (contents == Contents::threshold) return "threshold";
  return contents == Contents::density ? "density" : "elite";
}

}  // namespace

CellArchive::CellArchive(std::unique_ptr<Cells> cells, const ContentKeys& contents,
                         const ArchiveContext& context)
    : cut_(std::move(cells)), contents_(contents), empty_mark_(kNoElite) {
  contents.check_contents();
  const bool lowest = contents.threshold_min == kNoElite;
  if (contents.contents == Contents::threshold && !lowest) {
    rule_ = contents.acceptance == Acceptance::textbook ? Rule::threshold : Rule::either;
    empty_mark_ = contents.threshold_min;
  }
  if (contents.contents == Contents::density) {
    if (!context.key)
      throw ConfigError("contents", "is 'density', but this archive cannot draw a sample");
    density_.emplace(static_cast<std::size_t>(contents.buffer), space().dimensions(),
                     bandwidth_of(contents, space()), context.key("buffer"), context.executor);
  }
  // All before any is written to, so that a lack of memory is known at once.
  mark_.reserve(cut_->count());
  row_.reserve(cut_->count());
  if (rule_ == Rule::either) elite_.assign(cut_->count(), kNoElite);
  mark_.assign(cut_->count(), empty_mark_);
  row_.assign(cut_->count(), kNoCell);
}

void CellArchive::place(const Offers& offers, Placement& placement) {
  if (rule_ == Rule::elite) {
    place_by<Rule::elite>(offers, placement);
  } else if (rule_ == Rule::threshold) {
    place_by<Rule::threshold>(offers, placement);
  } else {
    place_by<Rule::either>(offers, placement);
  }
  if (density_ || cut_->move()) learn(offers, placement);
}

template <CellArchive::Rule rule>
void CellArchive::place_by(const Offers& offers, Placement& placement) {
  if (contents_.add_mode == AddMode::single) return place_one_by_one<rule>(offers, placement);
  judge_batch<rule>(offers, placement);
  if constexpr (rule == Rule::elite) {
    settle_elites(offers, placement);
  } else {
    settle_thresholds<rule>(offers, placement);
  }
}

template <CellArchive::Rule rule>
inline bool CellArchive::judge(const Offers& offers, std::size_t i, std::uint32_t cell,
                               Placement& placement) const {
  if (cell == kNoCell) {
    placement.status[i] = Status::invalid;
    return false;
  }
  const double objective = offers.objective(i);
  const double mark = mark_[cell];
  bool accepted = objective > mark;
  if constexpr (rule == Rule::elite) {
    placement.value[i] = mark == kNoElite ? objective : objective - mark;
    if (!accepted) return false;
    placement.status[i] = mark == kNoElite ? Status::added : Status::improved;
    return true;
  }
  placement.value[i] = objective - mark;
  if constexpr (rule == Rule::either) accepted |= objective > elite_[cell];
  if (!accepted) return false;
  placement.status[i] = row_[cell] == kNoCell ? Status::added : Status::improved;
  return true;
}

inline void CellArchive::fetch(std::uint32_t cell) const {
  __builtin_prefetch(mark_.data() + (cell == kNoCell ? 0 : cell));
}

template <CellArchive::Rule rule>
void CellArchive::place_one_by_one(const Offers& offers, Placement& placement) {
  std::array<std::array<std::uint32_t, kBlock>, 2> blocks;
  std::uint32_t* cells = blocks[0].data();
  std::uint32_t* next = blocks[1].data();
  find_cells(offers, 0, next);
  for (std::size_t first = 0; first < offers.size(); first += kBlock) {
    const std::size_t last = std::min(first + kBlock, offers.size());
    std::swap(cells, next);
    find_cells(offers, last, next);
    for (std::size_t i = first; i < last; ++i) {
      fetch(next[i - first]);
      const std::uint32_t cell = cells[i - first];
      if (!judge<rule>(offers, i, cell, placement)) continue;
      const double objective = offers.objective(i);
      if constexpr (rule == Rule::elite) {
        mark_[cell] = objective;
        __builtin_prefetch(row_.data() + cell, 1);
        continue;  // put below, when the line has come
      }
      const double rate = contents_.learning_rate;
      if (objective > mark_[cell]) mark_[cell] = (1 - rate) * mark_[cell] + rate * objective;
      if constexpr (rule == Rule::either) elite_[cell] = objective;
      put(i, cell, row_[cell] == kNoCell, placement);
    }
    for (std::size_t i = first; rule == Rule::elite && i < last; ++i) {
      if (!placement.accepted(i)) continue;
      put(i, cells[i - first], placement.status[i] == Status::added, placement);
    }
  }
}

template <CellArchive::Rule rule>
void CellArchive::judge_batch(const Offers& offers, Placement& placement) {
  batch_cells_.resize(offers.size() + kBlock);
  std::uint32_t* cells = batch_cells_.data();
  for (std::size_t first = 0; first < offers.size(); first += kBlock) {
    find_cells(offers, first, cells + first);
  }
  for (std::size_t i = 0; i < offers.size(); ++i) {
    fetch(cells[i + kBlock]);
    judge<rule>(offers, i, cells[i], placement);
  }
}

void CellArchive::settle_elites(const Offers& offers, Placement& placement) {
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const std::uint32_t cell = batch_cells_[i];
    if (!placement.accepted(i) || !(offers.objective(i) > mark_[cell])) continue;
    const bool is_new = mark_[cell] == kNoElite;
    mark_[cell] = offers.objective(i);
    put(i, cell, is_new, placement);
  }
}

template <CellArchive::Rule rule>
void CellArchive::settle_thresholds(const Offers& offers, Placement& placement) {
  accepted_.clear();
  for (std::uint64_t i = 0; i < offers.size(); ++i)
    if (placement.accepted(i)) accepted_.push_back(std::uint64_t{batch_cells_[i]} << 32U | i);
  std::ranges::sort(accepted_);  // by cell, then in batch order
  for (std::size_t begin = 0, end = 0; begin < accepted_.size(); begin = end) {
    const auto cell = static_cast<std::uint32_t>(accepted_[begin] >> 32U);
    auto best = static_cast<std::uint32_t>(accepted_[begin]);
    double sum = 0, above = 0;
    for (; end < accepted_.size() && accepted_[end] >> 32U == cell; ++end) {
      const auto i = static_cast<std::uint32_t>(accepted_[end]);
      const double objective = offers.objective(i);
      if (objective > offers.objective(best)) best = i;
      if (!(objective > mark_[cell])) continue;
      sum += objective;
      ++above;
    }
    if (above > 0) {
      const double kept = std::pow(1 - contents_.learning_rate, above);
      mark_[cell] = kept * mark_[cell] + (1 - kept) * (sum / above);
    }
    if constexpr (rule == Rule::either) elite_[cell] = offers.objective(best);
    put(best, cell, row_[cell] == kNoCell, placement);
  }
}

void CellArchive::put(std::size_t i, std::uint32_t cell, bool is_new, Placement& placement) {
  if (is_new) {
    row_[cell] = static_cast<std::uint32_t>(size());
    cells_.push_back(cell);
  }
  placement.edits.push_back({RowEdit::Kind::put, row_[cell], static_cast<std::uint32_t>(i)});
}

void CellArchive::find_cells(const Offers& offers, std::size_t first, std::uint32_t* cell) {
  const std::size_t dimensions = space().dimensions();
  const std::size_t n = std::min(kBlock, offers.size() - std::min(first, offers.size()));
  std::array<std::uint8_t, kBlock> valid;
  for (std::size_t i = 0; i < n; ++i) {
    const bool finite = std::abs(offers.objective(first + i)) <= kLargestObjective;
    valid[i] = static_cast<std::uint8_t>((offers.valid[first + i] != 0) & finite);
  }
  if (n > 0) {
    clipped_ += cut_->find(offers.descriptors.subspan(first * dimensions, n * dimensions),
                           {valid.data(), n}, {cell, n});
  }
  std::fill(cell + n, cell + kBlock, 0);
}

void CellArchive::learn(const Offers& offers, Placement& placement) {
  usable_.resize(offers.size());
  for (std::size_t i = 0; i < offers.size(); ++i)
    usable_[i] = static_cast<std::uint8_t>(placement.status[i] != Status::invalid);
  if (density_) {
    density_->densities(offers.descriptors, usable_, placement.value);
    density_->add(offers.descriptors, usable_);
  }
  if (!cut_->move()) return;
  apply_edits<double>(descriptors_, offers.descriptors, placement.edits, space().dimensions());
  if (cut_->learn(offers.descriptors, usable_)) place_anew(placement);
}

void CellArchive::place_anew(Placement& placement) {
  const std::size_t rows = size();
  std::vector<std::uint32_t> moved(rows);
  const std::vector<std::uint8_t> valid(rows, 1);
  cut_->find(descriptors_, valid, moved);
  std::vector<double> marks, elites;
  for (const std::int64_t cell : cells_) {
    const auto place = static_cast<std::size_t>(cell);
    marks.push_back(mark_[place]);
    mark_[place] = empty_mark_;
    row_[place] = kNoCell;
    if (elite_.empty()) continue;
    elites.push_back(elite_[place]);
    elite_[place] = kNoElite;
  }
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::uint32_t there = row_[moved[row]];
    if (there == kNoCell || marks[row] > marks[there]) row_[moved[row]] = row;
  }
  const std::size_t first_edit = placement.edits.size();
  std::uint32_t size = 0;
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::uint32_t cell = moved[row];
    if (row_[cell] != row) continue;
    if (row != size) placement.edits.push_back({RowEdit::Kind::move, size, row});
    mark_[cell] = marks[row];
    if (!elite_.empty()) elite_[cell] = elites[row];
    cells_[size] = cell;
    row_[cell] = size++;
  }
  if (size < rows) placement.edits.push_back({RowEdit::Kind::shrink, size, 0});
  cells_.resize(size);
  apply_edits<double>(descriptors_, {}, std::span(placement.edits).subspan(first_edit),
                      space().dimensions());
}

void CellArchive::save_table(StateWriter& table) const {
  cut_->save_table(table);
  if (contents_.contents != Contents::elite)
    table.attribute("contents", contents_word(contents_.contents));
}

void CellArchive::save(StateWriter& state) const {
  state.attribute("clipped", clipped_);
  if (rule_ != Rule::elite) {
    std::vector<double> thresholds;
    thresholds.reserve(size());
    for (const std::int64_t cell : cells_)
      thresholds.push_back(mark_[static_cast<std::size_t>(cell)]);
    state.column<double>("threshold", thresholds, {"of the cell of each elite"});
  }
  if (density_) density_->save(*state.group("density"));
  if (cut_->move()) cut_->save(*state.group("cells"));
}

void CellArchive::load(const Individuals& rows, std::span<const std::int64_t> cells,
                       const StateReader& table, const StateReader& state) {
  cut_->load_table(table);
  const std::string held =
      table.has_attribute("contents") ? table.attribute_as<std::string>("contents") : "elite";
  if (held != contents_word(contents_.contents)) {
    throw Error("archive: its contents are '" + held + "', but the configuration's '" +
                contents_word(contents_.contents) + "'");
  }
  std::vector<double> thresholds;
  if (rule_ != Rule::elite) {
    thresholds = state.column<double>("threshold");
    if (thresholds.size() != rows.size())
      throw Error("archive/state/threshold: is not as long as the archive");
  }
  LargeColumn<std::uint32_t> row_of(row_.size(), kNoCell);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (cells[row] < 0 || static_cast<std::size_t>(cells[row]) >= row_of.size()) {
      throw Error("archive/cell: row " + std::to_string(row) + " names cell " +
                  std::to_string(cells[row]) + " of " + std::to_string(row_of.size()));
    }
    const auto cell = static_cast<std::size_t>(cells[row]);
    if (row_of[cell] != kNoCell) {
      throw Error("archive/cell: row " + std::to_string(row) + " names a cell a second time");
    }
    row_of[cell] = static_cast<std::uint32_t>(row);
  }
  clipped_ = state.attribute_as<std::uint64_t>("clipped");
  if (density_) density_->load(*state.group("density"));
  if (cut_->move()) {
    cut_->load(*state.group("cells"));
    descriptors_.assign(rows.descriptors.begin(), rows.descriptors.end());
  }
  row_ = std::move(row_of);
  mark_.assign(mark_.size(), empty_mark_);
  elite_.assign(elite_.size(), kNoElite);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const auto cell = static_cast<std::size_t>(cells[row]);
    mark_[cell] = rule_ == Rule::elite ? rows.objective(row) : thresholds[row];
    if (!elite_.empty()) elite_[cell] = rows.objective(row);
  }
  cells_.assign(cells.begin(), cells.end());
}

void CellArchive::check(const Individuals& rows) const {
  std::vector<std::uint32_t> found(rows.size());
  const std::vector<std::uint8_t> valid(rows.size(), 1);
  cut_->find(rows.descriptors, valid, found);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto cell = static_cast<std::size_t>(cells_[row]);
    if (row_[cell] != row) throw Error("holds two elites in one cell");
    if (found[row] != cell) throw Error("holds an elite in another cell than its descriptor's");
    if (rule_ == Rule::elite && mark_[cell] != rows.objective(row)) {
      throw Error("holds an elite whose objective is not that of its cell");
    }
  }
}

}  // namespace cambrian
