// Source: where the bytes of an import come from: a file, standard input, or memory.
//
// It is read once, forwards, by the piece; a file is never mapped, so memory does not grow with it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace billctl {

class Source {
 public:
  explicit Source(std::string name) : name_(std::move(name)) {}
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Fills at most `room` bytes and says how many; 0 only at the end.
  /// @throws Error{io} when the system fails to read.
  virtual std::size_t read(char* into, std::size_t room) = 0;

  /// As messages show it: the path as it was given, `-` for standard input.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

/// `-` is standard input.
/// @throws Error{bad_input} when there is no such file, it can't be read, or it is a folder.
std::unique_ptr<Source> open_source(const std::string& path);

/// Text that is already there.
/// @param piece how many bytes one read gives at most; 0: all there is room for.
std::unique_ptr<Source> memory_source(std::string name, std::string text, std::size_t piece = 0);

}  // namespace billctl
