#include <utility>

#include "model/shape.h"
#include "model/shape_types.h"

namespace tenure {

namespace {

using namespace shapes;

Type statement(std::string_view says, std::vector<Key> keys, std::size_t marks = 1) {
  keys.push_back({"at", "line", false, "line of the source file that this stands for"});
  keys.push_back({"says", "text", false, "what a trace shows here"});
  keys.push_back({"concerns", "name", false, "the resource whose leak or second release 'says' explains"});
  return object("a statement", says, std::move(keys), marks);
}

constexpr Key schema_key{"$schema", "text", false, "where an editor finds the schema"};

const Key device{"device", "name", false, "the device that it is called for (default: the caller's), or 'main'"};

void add_values(Table& table) {
  table["text"] = text("a string that is not empty");
  table["name"] = simple(Kind::name, "a name (letters, digits and '_', no word of the language)");
  table["flag"] = simple(Kind::boolean, "true or false");
  table["nothing"] = simple(Kind::null, "null");
  table["anything"] = simple(Kind::anything, "a value");
  table["integer"] = integer("an integer", smallest, largest);
  table["line"] = integer("a line number", 1, largest);
  table["number_of"] = integer("a count", 1, 4096);
  table["count"] = either("a count (a number, or the name of a size)", {"number_of", "name"});
  table["size"] = integer("a size", 0, 1 << 20);
  table["sizes"] = list_of("size", "a list of the least and the greatest size", 2, 2);
  table["unrolled"] = integer("a size", 1, 8);
  table["number"] = integer("a number", 1, largest);
  table["scalar"] = either("an integer, true or false", {"integer", "flag"});
  table["integers"] = list_of("integer", "a list of integers", 1);
  table["expression"] = either("an expression (a string, an integer, true or false)", {"text", "integer", "flag"},
                               "an expression in C's syntax, e.g. \"ret == 0 && !held(buffer)\"");
  table["result"] = either("an expression or null", {"text", "integer", "flag", "nothing"});
  table["range"] = list_of("expression", "a list of the least and the greatest value", 2, 2);
  table["resource"] = text("a resource", "NAME, NAME[INDEX], NAME(RESOURCE), NAME(RESOURCE)[INDEX], or none");
  table["resources"] = list_of("resource", "a list of resources");
  table["variable_name"] = text("a variable", "NAME, or NAME[INDEX] of a family");
  table["function"] = text("a function", "the name of a function of driver or kernel, or driver->ROLE");
  table["on_error"] = text("what to do on an error", "return EXPRESSION, return, or goto LABEL");
  table["closure"] = object("a function with arguments", "a function with some of its arguments bound",
                            {{"call", "function", true, "the function"},
                             {"with", "arguments", false, "what is bound already, by the names of its parameters"},
                             device});
  table["argument"] = either("an argument (a string, an integer, true, false, or a function with arguments)",
                             {"text", "integer", "flag", "closure"},
                             "an expression, a resource or a function, as the parameter wants it");
  table["arguments"] = names_to("argument", "an object of arguments");
  table["default"] = either("a string, an integer, true or false", {"text", "integer", "flag"});
  table["block"] = list_of("statement", "a list of statements");
}

void add_statements(Table& table) {
  table["statement"] = one_of(
      "a statement", {"call",   "acquire",       "release",    "use",         "set",          "return", "if",
                      "choose", "choose_number", "loop",       "goto",        "label",        "defer",  "take_back",
                      "run",    "run_group",     "open_group", "close_group", "remove_group", "warn",   "crash"});
  table["call"] = statement("calls a function of driver or kernel",
                            {{"call", "function", true, "the function, or driver->ROLE"},
                             {"with", "arguments", false, "its arguments, by the names of its parameters"},
                             device,
                             {"into", "name", false, "where the result is kept"},
                             {"on_error", "on_error", false, "what is done when the result is below 0"}});
  table["acquire"] = statement("from now on the resource is held",
                               {{"acquire", "resource", true, "the resource"},
                                {"needs", "resources", false, "what must be held as long as it is"},
                                {"owed", "expression", false, "whether a release is owed (default: true)"}});
  table["release"] =
      statement("the resource is no longer held",
                {{"release", "resource", true, "the resource"},
                 {"not_held", "not_held", true, "what happens when it was not held"},
                 {"dependents", "dependents", false, "what becomes of what still needs it (default: kept)"}});
  table["not_held"] =
      words("'nothing', 'complains', 'warns' or 'corrupts'", {"nothing", "complains", "warns", "corrupts"});
  table["dependents"] = words("'kept' or 'lost'", {"kept", "lost"});
  table["use"] = statement("the resource must be held", {{"use", "resource", true, "the resource"}});
  table["set"] = statement("assigns to a variable", {{"set", "variable_name", true, "the variable, parameter or local"},
                                                     {"to", "expression", true, "its new value"}});
  table["return"] = statement("returns from the function", {{"return", "result", true, "the result; null for none"}});
  table["if"] = statement("as in C", {{"if", "expression", true, "the condition"},
                                      {"then", "block", true, "what is done when it is not 0"},
                                      {"else", "block", false, "what is done otherwise"}});
  table["choose"] = statement("the environment takes one of the alternatives",
                              {{"choose", "text", true, "what is chosen"},
                               {"from", "alternatives", true, "the alternatives, the usual outcome first"}});
  table["alternatives"] = list_of("alternative", "a list of alternatives", 1);
  table["alternative"] = object("an alternative", "one outcome",
                                {{"says", "text", true, "the outcome as a trace shows it"},
                                 {"when", "expression", false, "only possible when this holds; not for the first"},
                                 {"do", "block", false, "what happens then"}});
  table["choose_number"] = statement("the environment takes an integer from a range",
                                     {{"choose", "text", true, "what is chosen"},
                                      {"between", "range", true, "the least and the greatest value"},
                                      {"into", "name", true, "where the integer is kept"}},
                                     2);
  table["loop"] = statement("for (X = from; while; X = next)",
                            {{"loop", "name", true, "the variable X"},
                             {"from", "expression", false, "its first value"},
                             {"while", "expression", true, "the loop goes on as long as this holds"},
                             {"next", "expression", false, "its next value"},
                             {"do", "block", true, "the body"}});
  table["goto"] = statement("goes forward to a label", {{"goto", "name", true, "the label"}});
  table["label"] = statement("where a goto leads", {{"label", "name", true, "the label"}});
  const Key with{"with", "arguments", false, "its arguments, by the names of its parameters"};
  const Key on{"on", "name", true, "the deferred list"};
  table["defer"] = statement("puts a call at the newest end of a list",
                             {{"defer", "function", true, "the function to be called"}, with, device, on});
  table["take_back"] = statement("removes the newest entry for the function whose arguments are those given",
                                 {{"take_back", "function", true, "the function of the entry"},
                                  with,
                                  device,
                                  on,
                                  {"into", "name", false, "1, or 0 when there was no such entry"}});
  table["run"] = statement("takes all entries off a list, then makes the calls, newest first",
                           {{"run", "name", true, "the deferred list"}});
  const Key found{"into", "name", false, "1, or 0 when there is no such group"};
  table["group"] =
      either("an expression, or null for the newest group that is still open", {"text", "integer", "flag", "nothing"});
  table["run_group"] = statement(
      "takes the entries of a group off a list, then makes the calls, newest first",
      {{"run", "name", true, "the deferred list"}, {"group", "group", true, "the number of the group"}, found}, 2);
  table["open_group"] = statement("a group of entries begins at the newest end of a list",
                                  {{"open_group", "expression", true, "the number of the group"}, on});
  table["close_group"] = statement("the newest group of this number ends here",
                                   {{"close_group", "group", true, "the number of the group"},
                                    on,
                                    {"into", "name", false, "1; 0 when there is no such group; -1 when it has ended"}});
  table["remove_group"] = statement("the newest group of this number is one no longer; its entries stay",
                                    {{"remove_group", "group", true, "the number of the group"}, on, found});
  table["warn"] = statement("a kernel WARN; goes on", {{"warn", "expression", true, "warns when this holds"}});
  table["crash"] = statement("the kernel dies here", {{"crash", "text", true, "how, in a few words"}});
}

void add_declarations(Table& table) {
  table["constants"] = names_to("integer", "an object of integers");
  table["variable_type"] = words("'bool', 'int', 'counter' or 'size'", {"bool", "int", "counter", "size"});
  table["lifetime"] = words("'fixed', 'device', 'driver' or 'module'", {"fixed", "device", "driver", "module"});
  const Key count{"count", "count", false, "a family of so many, written NAME[INDEX]"};
  table["variable"] =
      object("a variable", "",
             {{"type", "variable_type", true, "what it may hold"},
              {"lifetime", "lifetime", true, "who keeps it"},
              count,
              {"initial", "scalar", false, "its first value (default: 0)"},
              {"values", "integers", false, "what a fixed int may be"},
              {"between", "sizes", false, "the least and the greatest value of a size"},
              {"unrolled", "unrolled", false, "the greatest value of a size that is tried (default: 4)"},
              {"restored", "flag", false, "a driver must leave it as it found it (device lifetime)"},
              {"device", "name", false, "the further device that it lasts for (driver lifetime)"},
              {"says", "text", false, "what it stands for"}});
  table["variables"] = names_to("variable", "an object of variables");
  const Key says{"says", "text", false, "one sentence on it"};
  table["driver_resource"] = object("a resource", "", {says, count});
  table["driver_resources"] = names_to("driver_resource", "an object of resources");
  table["kernel_resource"] =
      object("a resource", "", {says, count, {"per", "name", false, "one for each resource it is named with"}});
  table["kernel_resources"] = names_to("kernel_resource", "an object of resources");
  table["list"] = object("a deferred list", "",
                         {says, {"empty_when", "expression", false, "it must be empty then (default: 'quiescent')"}});
  table["lists"] = names_to("list", "an object of deferred lists");
  table["parameter_kind"] = words("'value', 'resource' or 'function'", {"value", "resource", "function"});
  table["parameter"] = either("'value', 'resource', 'function', or an object with a default",
                              {"parameter_kind", "parameter_with_default"});
  table["parameter_with_default"] = object("a parameter", "",
                                           {{"kind", "parameter_kind", true, "what its arguments are"},
                                            {"default", "default", false, "the argument when none is given"}});
  table["parameters"] = names_to("parameter", "an object of parameters");
  table["locals"] = names_to("scalar", "an object of locals with their first values");
  const Key at{"at", "line", false, "its line in the source file"};
  const Key parameters{"params", "parameters", false, "its parameters, in order"};
  const Key locals{"locals", "locals", false, "locals that no 'into' and no 'loop' introduces"};
  const Key body{"body", "block", true, "its statements"};
  const Key stands_for{"stands_for", "name", false, "its name in the source, where that is another one"};
  table["driver_function"] =
      object("a function", "",
             {{"source", "text", false, "its file in the kernel tree, where it is not the driver's"},
              at,
              stands_for,
              says,
              parameters,
              locals,
              body});
  table["driver_functions"] = names_to("driver_function", "an object of functions");
  table["kernel_function"] =
      object("a function", "",
             {{"source", "text", true, "its file in the kernel tree"}, at, stands_for, says, parameters, locals, body});
  table["kernel_functions"] = names_to("kernel_function", "an object of functions");
  table["role"] = object("a role", "",
                         {{"required", "flag", false, "every driver must have it (default: false)"},
                          {"returns", "flag", false, "it gives a result (default: false)"},
                          says});
  table["roles"] = names_to("role", "an object of roles");
  const Key when{"when", "expression", false, "the event comes only when this holds"};
  const Key body_of_event{"do", "block", true, "what happens, as a whole"};
  table["driver_event"] = object("an event", "", {says, when, body_of_event});
  table["driver_events"] = texts_to("driver_event", "an object of events");
  table["kernel_event"] = object(
      "an event", "",
      {says, when, {"remembers", "flag", false, "notes the restored variables (default: false)"}, body_of_event});
  table["kernel_events"] = texts_to("kernel_event", "an object of events");
}

void add_units(Table& table) {
  table["source"] =
      object("the source", "",
             {{"tree", "text", true, "the kernel tree, e.g. linux-6.12.117"},
              {"model", "text", false, "the tree whose kernel model it is checked with, where its own has none"},
              {"file", "text", true, "the C file in it"}});
  table["note"] = object("a note", "",
                         {{"at", "line", false, "line of the source file"},
                          {"source", "text", false, "the file of that line, where it is not the driver's"},
                          {"says", "text", true, "what is left out, and why that is sound"}});
  table["notes"] = list_of("note", "a list of notes");
  table["keeps"] = names_to("text", "an object of reasons");
  table["callbacks"] = names_to("name", "an object of functions");
  table["device"] = object("a device", "",
                           {{"says", "text", false, "one sentence on it"},
                            {"callbacks", "callbacks", false, "which function has which role when it is bound"}});
  table["devices"] = names_to("device", "an object of devices");
  table["driver"] =
      object("a driver spec", "A driver as tenure checks it",
             {schema_key,
              {"driver", "text", true, "the driver's name"},
              {"source", "source", false, "the file that the spec was read from"},
              {"says", "text", false, "one sentence on the driver"},
              {"notes", "notes", false, "what the spec leaves out and why that is sound"},
              {"constants", "constants", false, "integers with a name"},
              {"variables", "variables", false, "what the driver or its module keeps"},
              {"resources", "driver_resources", false, "what the driver itself owns"},
              {"keeps", "keeps", false, "variables that the driver leaves changed on purpose, with the reason"},
              {"functions", "driver_functions", true, "the driver's functions, under its own names"},
              {"callbacks", "callbacks", true, "which function has which role"},
              {"devices", "devices", false, "devices that the driver owns besides its main one"},
              {"events", "driver_events", false, "what else may happen while the driver is bound"}});
  table["kernel"] =
      object("a part of a kernel model", "A part of a kernel model",
             {schema_key,
              {"kernel", "text", true, "the name of the part"},
              {"tree", "text", false, "the kernel tree that it was read from"},
              {"says", "text", false, "one sentence on the part"},
              {"constants", "constants", false, "integers with a name"},
              {"variables", "variables", false, "what the kernel keeps for a device"},
              {"resources", "kernel_resources", false, "what can be acquired and released"},
              {"lists", "lists", false, "deferred lists"},
              {"functions", "kernel_functions", false, "the functions that drivers call, and their helpers"},
              {"roles", "roles", false, "the callbacks a driver may have"},
              {"events", "kernel_events", false, "the life cycle, as guarded commands"},
              {"quiescent", "expression", false, "nothing may be held when this holds"},
              {"final", "expression", false, "nothing is checked and no event comes when this holds"},
              {"while_bound", "expression", false, "the guard of the events that drivers declare"}});
}

void add_series(Table& table) {
  table["pointer"] = simple(Kind::text, "a JSON Pointer");
  table["op_value"] = words("the name of an operation", {"add", "replace", "test"});
  table["op_path"] = words("the name of an operation", {"remove"});
  table["op_from"] = words("the name of an operation", {"move", "copy"});
  const Key path{"path", "pointer", true, "the JSON Pointer of the value"};
  table["operation_value"] = object(
      "an operation", "", {{"op", "op_value", true, "what is done"}, path, {"value", "anything", true, "the value"}});
  table["operation_path"] = object("an operation", "", {{"op", "op_path", true, "what is done"}, path});
  table["operation_from"] = object(
      "an operation", "",
      {{"op", "op_from", true, "what is done"}, path, {"from", "pointer", true, "where the value is taken from"}});
  table["operation"] = one_of("an operation of a JSON Patch", {"operation_value", "operation_path", "operation_from"});
  table["operations"] = list_of("operation", "a JSON Patch (a list of operations)");
  table["change"] =
      object("a change", "",
             {{"file", "text", true, "the file, relative to the specs; with ./ or ../ in front, relative to the patch"},
              {"patch", "operations", true, "a JSON Patch (RFC 6902)"}});
  table["changes"] = list_of("change", "a list of changes");
  table["patch"] = object("a patch", "What a patch changes",
                          {schema_key,
                           {"says", "text", false, "one sentence on it"},
                           {"changes", "changes", true, "what it changes, file by file"}});
  table["files"] = list_of("text", "a list of files");
  table["series_patch"] =
      object("a patch of a series", "",
             {{"number", "number", true, "what it is called in the series"},
              {"subject", "text", true, "its subject"},
              {"date", "text", false, "when it was sent"},
              {"files", "files", false, "the patches that it is, relative to this file"},
              {"awaits", "files", false, "specs that it changes and that are not there yet, relative to the specs"},
              {"says", "text", false, "one sentence on it"}});
  table["series_patches"] = list_of("series_patch", "a list of patches", 1);
  table["series"] =
      object("a series", "A series of patches",
             {schema_key,
              {"series", "text", true, "its name"},
              {"subject", "text", true, "the subject of its cover letter"},
              {"date", "text", false, "when it was sent"},
              {"says", "text", false, "one sentence on it"},
              {"base", "text", true, "the semantics that it is applied to"},
              {"patches", "series_patches", true, "its patches, in the order in which they are applied"}});
}

void add_semantics(Table& table) {
  table["tree"] = either("a list of files, or an object of patches upon another tree", {"files", "later_tree"});
  table["later_tree"] = object("a tree", "",
                               {{"upon", "text", true, "the earlier tree that it is made upon"},
                                {"lines", "text", false, "file that says which of its lines are which"},
                                {"patches", "files", true, "what differs from it, applied in this order"},
                                {"says", "text", false, "one sentence on it"}});
  table["line_pair"] = list_of("line", "a line and what it is in the later tree", 2, 2);
  table["line_pairs"] = list_of("line_pair", "a list of pairs of lines");
  table["moved_files"] = texts_to("line_pairs", "an object of files");
  table["lines"] =
      object("an object of lines", "Which lines of a kernel tree are which of a later one",
             {schema_key,
              {"says", "text", false, "one sentence on it"},
              {"lines", "moved_files", true,
               "by file: a line and what it is in the later tree, as are those behind it, up to the next pair"}});
  table["trees"] = texts_to("tree", "an object of trees");
  const Key tree{"tree", "text", true, "the tree it is made from"};
  const Key patches{"patches", "files", false, "patches that are applied to the tree, in this order"};
  const Key says{"says", "text", false, "one sentence on it"};
  table["semantics_entry"] = object("a semantics", "", {tree, patches, says});
  table["semantics_file"] = object("a semantics", "A semantics of your own", {schema_key, tree, patches, says});
  table["semantics_entries"] = texts_to("semantics_entry", "an object of semantics");
  table["semantics"] =
      object("a list of semantics", "Kernel trees, and the semantics made from them",
             {schema_key,
              {"trees", "trees", true, "the files of each tree, or its patches upon another, relative to this one"},
              {"semantics", "semantics_entries", true, "the semantics that can be named"}});
}

}  // namespace

const Type& type_called(std::string_view name) {
  static const Table table = [] {
    Table types;
    add_values(types);
    add_statements(types);
    add_declarations(types);
    add_units(types);
    add_series(types);
    add_semantics(types);
    shapes::add_documents(types);
    return types;
  }();
  const auto found = table.find(name);
  if (found == table.end()) throw InternalError("no type is called " + std::string(name));
  return found->second;
}

}  // namespace tenure
