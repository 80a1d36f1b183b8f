// Books: what a ledger holds, table by table, to be compared. Read through the system's own VFS.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace billctl::crash {

struct Books {
  /// The rows of each table as text, in order; without instants and other facts of a run alone.
  std::map<std::string, std::vector<std::string>> tables;
  /// The journal with every column: what was confirmed stays so for ever.
  std::vector<std::string> events;
  std::vector<std::string> numbers;        ///< that were issued, with their seals
  std::vector<std::string> unknown_mails;  ///< INVOICE|KEY of what a person must look after
};

/// @throws std::runtime_error when it can't be read.
Books read_books(const std::string& path);

/// The first table that differs, with a row of each side; empty when they hold the same.
std::string difference(const Books& wanted, const Books& seen);

/// The first that is missing; empty when all are there.
std::string missing(const std::vector<std::string>& confirmed,
                    const std::vector<std::string>& there);

}  // namespace billctl::crash
