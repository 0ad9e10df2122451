#include "cli/directory.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "cli/terminal.h"
#include "model/diagnostic.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& why) {
  throw OutputError(path.string() + " cannot be written: " + why);
}

/// A directory beside another one, removed at the end unless it has taken that one's place.
class Sibling {
 public:
  explicit Sibling(const fs::path& place) : place_(place) {
    std::string name = place.string() + ".tmp-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) fail(place, std::generic_category().message(errno));
    path_ = name;
  }
  ~Sibling() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Sibling(const Sibling&) = delete;
  Sibling& operator=(const Sibling&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::error_code error;
    fs::create_directories((path_ / name).parent_path(), error);
    std::ofstream stream(path_ / name, std::ios::binary);
    stream << text;
    stream.close();
    if (error || !stream) fail(place_ / name, error ? error.message() : std::generic_category().message(errno));
  }

  void take_place() {
    fs::permissions(path_, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                               fs::perms::others_read | fs::perms::others_exec);
    if (std::rename(path_.c_str(), place_.c_str()) != 0) fail(place_, std::generic_category().message(errno));
    path_.clear();
  }

 private:
  fs::path place_, path_;
};

/// Without a slash at its end, so that a name can be put beside it.
fs::path plain(const fs::path& directory) {
  const fs::path normal = directory.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

void expect_new_directory(const fs::path& directory) {
  const auto refuse_it = [&](const std::string& message) { refuse(whole_file(directory.string()), message); };
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) {
    const fs::path parent = fs::absolute(plain(directory)).parent_path();
    if (!fs::is_directory(parent, error)) refuse_it("cannot be made: its parent is no directory");
    return;
  }
  if (error) refuse_it("cannot be read: " + error.message());
  if (status.type() != fs::file_type::directory) refuse_it("exists, expected a new or empty directory");
  const bool is_empty = fs::is_empty(directory, error);
  if (error) refuse_it("cannot be read: " + error.message());
  if (!is_empty) refuse_it("is not empty, expected a new or empty directory");
}

void write_directory(const fs::path& directory, const std::map<std::string, std::string>& files) {
  Sibling sibling(plain(directory));
  for (const auto& [name, text] : files) sibling.write(name, text);
  sibling.take_place();
}

}  // namespace tenure
