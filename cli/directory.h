#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace tenure {

/// Throws InputError unless the directory can be made: it does not exist or is empty, and its parent exists.
void expect_new_directory(const std::filesystem::path& directory);

/// Makes a directory with these files, by their paths in it: all of it or, when something goes wrong, nothing. Throws
/// OutputError.
void write_directory(const std::filesystem::path& directory, const std::map<std::string, std::string>& files);

}  // namespace tenure
