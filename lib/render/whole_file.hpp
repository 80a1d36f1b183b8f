// Whole file: documents on disk, whole or not at all, readable by their owner alone,
// or by the group of a shared ledger in its folders (text/shared_files.hpp).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace billctl {

/// A name for a file made of a document's: letters, digits, `.`, `_` and `-` as they are, all else
/// `_`; never empty, never beginning with a dot. "2026/0007" -> "2026_0007".
std::string safe_file_name(std::string_view name);

/// Whether a file with exactly these bytes stands there.
bool is_file_of(const std::string& path, std::string_view bytes);

/// Writes the bytes beside `path`, as `.NAME.part`, and gives them that name when they are on disk.
/// The name itself is durable too. @throws Error{io} naming the path.
void write_whole_file(const std::string& path, std::string_view bytes);

/// The same for many files of one folder, whose names `sync_folder_of` makes durable once.
void place_whole_file(const std::string& path, std::string_view bytes);
void sync_folder_of(const std::string& path);

/// The same for a file that is not there yet; `prepare` may give others access to it before it has
/// its name. @returns false when one is there, which stays as it is.
bool make_whole_file(const std::string& path, std::string_view bytes,
                     const std::function<bool(int file)>& prepare = {});

/// A file that is written piece by piece, for what is too large to hold: built as the others are,
/// it takes its name when it is kept, and is gone when it is not.
class GrowingFile {
 public:
  /// @throws Error{io} naming the path, as the others do.
  explicit GrowingFile(std::string path);
  ~GrowingFile();
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  void add(std::string_view piece);
  void keep();

 private:
  void flush();

  std::string path_, building_, waiting_;
  int file_ = -1;
  bool kept_ = false;
};

}  // namespace billctl
