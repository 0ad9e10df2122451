#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostic.h"
#include "model/json.h"

// The shape of everything that is written in JSON, stated once: documents are checked against it before they are read,
// and the JSON Schemas are printed from it.
namespace tenure {

/// One key of an object.
struct Key {
  std::string_view name;
  std::string_view type;
  bool required = false;
  std::string_view says;
};

/// What a value may be.
struct Type {
  enum class Kind {
    text,  ///< a string of at least `least` bytes
    name,  ///< a string that is_name() takes
    boolean,
    null,
    integer,  ///< from `least` to `most`
    word,     ///< one of the strings in `choices`
    list,     ///< `least` to `most` values of type `of`
    map,      ///< an object with any keys (names when `names`), whose values are of type `of`
    object,   ///< an object with these `keys` and no others
    either,   ///< one of the types in `choices`, told apart by the kind of JSON value
    one_of,   ///< one of the object types in `choices`, told apart by their first `marks` keys
    anything,
  };
  Kind kind = Kind::anything;
  std::string_view called;  ///< as messages name it: "a string"
  std::string_view says;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string_view of;
  std::vector<std::string_view> choices;
  std::vector<Key> keys;
  std::size_t marks = 1;
  bool names = false;
};

/// The type of this name; throws InternalError when the table has none.
const Type& type_called(std::string_view name);

/// Checks a whole document (or a part of one) against a type: unknown and missing keys, wrong types and values. Says so
/// to `diagnostics`; gives whether all was right.
bool check_shape(const Json& value, std::string_view type, Diagnostics& diagnostics);

/// Reads a file and checks its shape. Throws InputError.
Json read_checked(const std::filesystem::path& file, std::string_view type);

/// The documents that have a schema: driver, kernel, series, patch, semantics, lines, certificate (its manifest).
const std::vector<std::string_view>& schema_names();

/// The JSON Schema (draft 2020-12) of such a document, as text; throws InternalError for another name.
std::string json_schema(std::string_view which);

}  // namespace tenure
