// Tree: the files below a folder with their bytes, as a value: taken before a command, put back
// before each trial.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace billctl::crash {

/// Bytes by path below the folder; shared, since a month has many trees that differ in little.
using Tree = std::map<std::string, std::shared_ptr<const std::string>>;

/// Nothing when there is no such file.
std::optional<std::string> file_bytes(const std::string& path);

void put_file(const std::string& path, const std::string& bytes);

/// Shares what is as in `before`.
Tree read_tree(const std::string& folder, const Tree& before = {});

/// Makes the folder hold exactly these files.
void write_tree(const std::string& folder, const Tree& tree);

/// Whether the file is SQLite's: compared by what it holds, not by its bytes.
bool is_database(const std::string& bytes);

/// Whether the file says something only while a command runs: locks, logs.
bool is_transient(const std::string& path);

}  // namespace billctl::crash
