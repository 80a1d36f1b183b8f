#include "crash/power_disk.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "crash/tree.hpp"

namespace billctl::crash {
namespace {

constexpr std::size_t kSectorBytes = 512;

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

void put(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(folder_of(path));
  std::filesystem::remove(path);  // it may be a link to what another name shall mean
  put_file(path, bytes);
}

}  // namespace

PowerDisk::PowerDisk(std::string folder, std::int64_t at, std::uint64_t seed)
    : Disk(std::move(folder)), at_(at), dice_(seed) {}

int PowerDisk::new_file(std::string durable) {
  files_.push_back({std::move(durable), {}});
  return static_cast<int>(files_.size()) - 1;
}

/// What was there before the first call about it is durable.
int PowerDisk::file_of(const std::string& path) {
  if (const auto found = names_.find(path); found != names_.end()) return found->second;
  const auto bytes = file_bytes(path);
  if (!bytes) return -1;
  const int file = new_file(*bytes);
  names_[path] = durable_[path] = file;
  return file;
}

DiskAnswer PowerDisk::before(const DiskCall& call) {
  ++calls_;
  switch (call.act) {
    case DiskAct::sync_folder:
    case DiskAct::make_folder:
    case DiskAct::lock:
      break;
    case DiskAct::rename:
      file_of(call.to);  // what it takes the place of may come back
      [[fallthrough]];
    default:
      file_of(call.path);
  }
  if (calls_ != at_) return DiskAnswer::done;
  // A write is under way, a sync has not ended, a name is not on disk.
  if (call.act == DiskAct::write || call.act == DiskAct::truncate) after(call);
  cut();
  return DiskAnswer::kill;
}

void PowerDisk::after(const DiskCall& call) {
  switch (call.act) {
    case DiskAct::make: {
      const int file = new_file("");
      names_[call.path] = file;
      pending_names_.push_back({folder_of(call.path), "", call.path, file});
      return;
    }
    case DiskAct::make_folder:
      new_folders_.insert(call.path);
      return;
    case DiskAct::write:
      files_.at(static_cast<std::size_t>(file_of(call.path)))
          .pending.push_back({false, call.offset, std::string(call.bytes)});
      return;
    case DiskAct::truncate:
      files_.at(static_cast<std::size_t>(file_of(call.path)))
          .pending.push_back({true, call.offset, ""});
      return;
    case DiskAct::sync:
      sync(file_of(call.path));
      if (call.folder_too) sync_folder(folder_of(call.path));
      return;
    case DiskAct::sync_folder:
      return sync_folder(call.path);
    case DiskAct::remove:
      names_.erase(call.path);
      pending_names_.push_back({folder_of(call.path), call.path, "", -1});
      if (call.folder_too) sync_folder(folder_of(call.path));
      return;
    case DiskAct::rename:
      return rename(call.path, call.to);
    case DiskAct::link:
      names_[call.to] = names_.at(call.path);
      pending_names_.push_back({folder_of(call.to), "", call.to, names_.at(call.path)});
      return;
    case DiskAct::lock:
      return;
  }
}

void PowerDisk::rename(const std::string& from, const std::string& to) {
  const int file = names_.at(from);
  names_.erase(from);
  names_[to] = file;
  if (folder_of(from) == folder_of(to)) {
    pending_names_.push_back({folder_of(from), from, to, file});
    return;
  }
  pending_names_.push_back({folder_of(to), "", to, file});
  pending_names_.push_back({folder_of(from), from, "", -1});
}

void PowerDisk::sync(int file) {
  File& synced = files_.at(static_cast<std::size_t>(file));
  for (const Change& change : synced.pending) apply(synced.durable, change);
  synced.pending.clear();
}

void PowerDisk::sync_folder(const std::string& folder) {
  std::vector<NameChange> left;
  for (NameChange& change : pending_names_) {
    if (change.folder == folder) {
      apply(durable_, change);
    } else {
      left.push_back(std::move(change));
    }
  }
  pending_names_ = std::move(left);
  std::erase_if(new_folders_, [&](const std::string& made) { return folder_of(made) == folder; });
}

void PowerDisk::apply(std::string& image, const Change& change) {
  const auto at = static_cast<std::size_t>(change.offset);
  if (change.is_truncate) return image.resize(at);
  if (image.size() < at + change.bytes.size()) image.resize(at + change.bytes.size());
  image.replace(at, change.bytes.size(), change.bytes);
}

void PowerDisk::apply(Names& names, const NameChange& change) {
  if (!change.drop.empty()) names.erase(change.drop);
  if (!change.set.empty()) names[change.set] = change.file;
}

/// None, all, the first ones, or any.
template <class T>
std::vector<T> PowerDisk::some(const std::vector<T>& all) {
  const auto manner = dice_.between(0, 3);
  if (manner == 0) return {};
  if (manner == 1) return all;
  std::vector<T> kept;
  const auto first = dice_.between(0, static_cast<std::int64_t>(all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_kept = manner == 2 ? static_cast<std::int64_t>(i) < first : dice_.next() % 2 == 0;
    if (is_kept) kept.push_back(all[i]);
  }
  return kept;
}

/// The sectors of the writes, some of them missing, those between two truncates in any order.
std::vector<PowerDisk::Change> PowerDisk::torn(const std::vector<Change>& changes) {
  const bool tears = dice_.next() % 2 == 0;
  const bool shuffles = dice_.next() % 2 == 0;
  std::vector<Change> pieces;
  std::size_t from = 0;  // of the run of writes that may change places
  const auto shuffle = [&] {
    for (std::size_t i = pieces.size(); shuffles && i > from + 1; --i) {
      const auto other = static_cast<std::size_t>(
          dice_.between(static_cast<std::int64_t>(from), static_cast<std::int64_t>(i) - 1));
      std::swap(pieces[i - 1], pieces[other]);
    }
    from = pieces.size();
  };
  for (const Change& change : changes) {
    if (change.is_truncate) {
      shuffle();
      pieces.push_back(change);
      ++from;
      continue;
    }
    for (std::size_t at = 0; at < change.bytes.size();) {
      const auto place = static_cast<std::size_t>(change.offset) + at;
      const std::size_t length =
          std::min(kSectorBytes - place % kSectorBytes, change.bytes.size() - at);
      if (!tears || dice_.between(0, 9) > 0)
        pieces.push_back(
            {false, static_cast<std::int64_t>(place), change.bytes.substr(at, length)});
      at += length;
    }
  }
  shuffle();
  return pieces;
}

std::string PowerDisk::left_of(const File& file) {
  std::string image = file.durable;
  if (file.pending.empty()) return image;
  for (const Change& change : torn(some(file.pending))) apply(image, change);
  return image;
}

PowerDisk::Names PowerDisk::left_names() {
  Names names = durable_;
  for (const NameChange& change : some(pending_names_)) apply(names, change);
  // What moved between two folders is in one of them at least.
  const auto is_named = [](const Names& in, int file) {
    return std::ranges::any_of(in, [&](const auto& name) { return name.second == file; });
  };
  for (const auto& [path, file] : durable_)
    if (is_named(names_, file) && !is_named(names, file)) names.try_emplace(path, file);
  std::set<std::string> lost;
  for (const std::string& folder : new_folders_)
    if (lost.contains(folder_of(folder)) || dice_.next() % 4 == 0) lost.insert(folder);
  std::erase_if(names, [&](const auto& name) {
    for (std::string at = folder_of(name.first); at.size() > folder().size(); at = folder_of(at))
      if (lost.contains(at)) return true;
    return false;
  });
  for (const std::string& folder : lost) std::filesystem::remove_all(folder);
  return names;
}

void PowerDisk::cut() {
  disk = nullptr;
  const Names left = left_names();
  for (const auto& [path, file] : names_)
    if (!left.contains(path)) std::filesystem::remove(path);
  for (const auto& [path, file] : durable_)
    if (!left.contains(path)) std::filesystem::remove(path);
  std::map<int, std::string> images;  // two names of one file mean the same bytes
  for (const auto& [path, file] : left) {
    const auto [image, is_new] = images.try_emplace(file);
    if (is_new) image->second = left_of(files_.at(static_cast<std::size_t>(file)));
    put(path, image->second);
  }
  // What is mapped and not synced says nothing after a cut.
  std::vector<std::string> shared;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder()))
    if (each.path().string().ends_with("-shm")) shared.push_back(each.path().string());
  for (const std::string& path : shared)
    if (dice_.next() % 2 == 0) std::filesystem::remove(path);
}

}  // namespace billctl::crash
