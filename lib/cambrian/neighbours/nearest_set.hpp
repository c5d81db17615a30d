// The k nearest found so far: what every index of this room searches into, so that several can be
// searched one after another and each prunes by what the others found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace cambrian {

inline constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

/// A neighbour: its row and its distance in the index's metric.
struct Neighbour {
  std::uint32_t row = 0;
  double distance = 0;
  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// Sorted by distance, ties by row, the lower first. Owns nothing.
class NearestSet {
 public:
  /// @param storage [k], k at least 1; overwritten, and must outlive the set
  explicit NearestSet(std::span<Neighbour> storage) : storage_(storage) {}
  /// Goes on with the `size` that an earlier set left in the storage.
  NearestSet(std::span<Neighbour> storage, std::size_t size) : storage_(storage), size_(size) {
    if (full()) bound_ = storage_[size_ - 1].distance;
  }

  /// One row is left out from now on; kNoRow: none.
  void exclude(std::uint32_t row) { excluded_ = row; }
  std::size_t size() const { return size_; }
  bool full() const { return size_ == storage_.size(); }
  /// Farther points cannot enter; infinity until the set is full.
  double bound() const { return bound_; }
  std::span<const Neighbour> found() const { return storage_.first(size_); }

  void offer(double distance, std::uint32_t row) {
    if (row == excluded_) return;
    std::size_t place = size_;
    if (full()) {
      if (!before(distance, row, storage_[size_ - 1])) return;
      --place;
    } else {
      ++size_;
    }
    for (; place > 0 && before(distance, row, storage_[place - 1]); --place) {
      storage_[place] = storage_[place - 1];
    }
    storage_[place] = {row, distance};
    if (full()) bound_ = storage_[size_ - 1].distance;
  }

 private:
  static bool before(double distance, std::uint32_t row, const Neighbour& other) {
    return distance < other.distance || (distance == other.distance && row < other.row);
  }

  std::span<Neighbour> storage_;
  std::size_t size_ = 0;
  double bound_ = std::numeric_limits<double>::infinity();
  std::uint32_t excluded_ = kNoRow;
};

}  // namespace cambrian
