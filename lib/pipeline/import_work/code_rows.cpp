#include "pipeline/import_work/code_rows.hpp"

#include <cstring>
#include <limits>

#include "outcome/error.hpp"

namespace billctl {
namespace {

std::uint32_t hash_of(std::string_view code) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(code));
}

}  // namespace

CodeRows::Head CodeRows::head(std::uint32_t at) const {
  Head head;
  std::memcpy(&head, bytes_.data() + at, sizeof(head));
  return head;
}

std::string_view CodeRows::code(std::uint32_t at, const Head& of) const {
  return {bytes_.data() + at + sizeof(Head), of.size};
}

/// The slot of that code, or the empty one where it belongs.
std::size_t CodeRows::slot_of(std::string_view code, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].at != 0) {
    if (slots_[slot].hash == hash && this->code(slots_[slot].at, head(slots_[slot].at)) == code) {
      break;
    }
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::optional<std::int64_t> CodeRows::find(std::string_view code) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(code, hash_of(code))];
  if (slot.at == 0) return std::nullopt;
  return head(slot.at).row;
}

void CodeRows::set(std::string_view code, std::int64_t row) {
  if (2 * (count_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(code);
  const std::size_t slot = slot_of(code, hash);
  if (slots_[slot].at == 0) return append(slot, code, hash, row);
  Head there = head(slots_[slot].at);
  there.row = row;
  std::memcpy(bytes_.data() + slots_[slot].at, &there, sizeof(there));
}

void CodeRows::add(std::string_view code, std::int64_t row) {
  if (2 * (count_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(code);
  const std::size_t slot = slot_of(code, hash);
  if (slots_[slot].at == 0) append(slot, code, hash, row);
}

void CodeRows::append(std::size_t slot, std::string_view code, std::uint32_t hash,
                      std::int64_t row) {
  if (bytes_.empty()) bytes_.resize(kFirst);
  const Head head{row, static_cast<std::uint32_t>(code.size())};
  const std::size_t at = bytes_.size();
  expect(at + sizeof(head) + code.size() < std::numeric_limits<std::uint32_t>::max(),
         "the codes of a kind take less than 4 GB");
  bytes_.resize(at + sizeof(head) + code.size());
  std::memcpy(bytes_.data() + at, &head, sizeof(head));
  code.copy(bytes_.data() + at + sizeof(head), code.size());
  slots_[slot] = {hash, static_cast<std::uint32_t>(at)};
  ++count_;
}

void CodeRows::grow() {
  constexpr std::size_t kSlotsFirst = 64;
  std::vector<Slot> before(slots_.empty() ? kSlotsFirst : 2 * slots_.size());
  slots_.swap(before);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& one : before) {
    if (one.at == 0) continue;
    std::size_t slot = one.hash & mask;
    while (slots_[slot].at != 0) slot = (slot + 1) & mask;
    slots_[slot] = one;
  }
}

void CodeRows::each(const std::function<void(std::string_view)>& fn) const {
  for (std::size_t at = kFirst; at < bytes_.size();) {
    const auto place = static_cast<std::uint32_t>(at);
    const Head of = head(place);
    fn(code(place, of));
    at += sizeof(Head) + of.size;
  }
}

}  // namespace billctl
