#include "model/source_check.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "model/link_walk.h"
#include "model/source_scope.h"

namespace tenure {

namespace {

using Units = std::vector<std::shared_ptr<const Unit>>;

std::string place_in(const std::string& file, int line) {
  return file + ":" + std::to_string(line);
}

const CallStatement* call_of(const Statement& statement) {
  return std::get_if<CallStatement>(&statement.what);
}

/// Functions by their names, those of a driver before those of the kernel.
class FunctionNames {
 public:
  FunctionNames(const Unit* driver, const Units& kernel) {
    if (driver != nullptr) add(*driver, own_);
    for (const auto& part : kernel) add(*part, driver != nullptr ? kernel_ : own_);
    for (const auto& [name, function] : kernel_) kernel_names_.insert({name, function->stands_for});
  }
  const Function* find(const std::string& name) const {
    const auto found = own_.find(name);
    if (found != own_.end()) return found->second;
    const auto kernel = kernel_.find(name);
    return kernel == kernel_.end() ? nullptr : kernel->second;
  }
  bool is_own(const std::string& name) const { return own_.contains(name); }
  bool is_kernel(const std::string& name) const { return kernel_names_.contains(name) && !is_own(name); }

 private:
  static void add(const Unit& unit, std::map<std::string, const Function*>& functions) {
    for (const Function& function : unit.functions) functions[function.name] = &function;
  }

  std::map<std::string, const Function*> own_, kernel_;
  std::set<std::string> kernel_names_;
};

/// Compares the functions of one driver, or of one part of a kernel model.
class SourceCheck {
 public:
  SourceCheck(const Unit& unit, const FunctionNames& names, SourceTree& tree, Diagnostics& diagnostics)
      : unit_(unit), names_(names), tree_(tree), diagnostics_(diagnostics) {}
  void check_functions();
  void check_events();
  /// Looks for calls in the C functions met so far that the spec does not have.
  void check_calls();

 private:
  std::vector<const CFunction*> definitions(const Function& function, const CSource& source);
  void check_line(const Function& function, const std::vector<const CFunction*>& definitions);
  void check_statement(const Statement& statement, const std::string& file, const SourceScope& scope,
                       const std::string& where);
  void expect(const Statement& statement, const std::string& file, const SourceScope& scope, const std::string& what,
              const SourceScope::Test& is_it);
  void check_calls_in(const std::string& file, const CFunction& function);
  std::size_t citations(const std::string& file, const std::vector<const CWord*>& words) const;
  bool is_noted(const std::string& file, const CWord& word, const CFunction& function) const;
  bool has_note(const std::string& file, int line) const;

  const Unit& unit_;
  const FunctionNames& names_;
  SourceTree& tree_;
  Diagnostics& diagnostics_;
  std::map<std::pair<std::string, const CFunction*>, bool> met_;
  std::vector<std::pair<std::string, const Statement*>> cited_;  ///< each statement with `at`, and its file
};

void SourceCheck::check_functions() {
  for (const Function& function : unit_.functions) {
    for_each_statement(function.body, [&](const Statement& statement) {
      if (statement.at != 0) cited_.emplace_back(function.file, &statement);
    });
    if (function.file.empty() || (unit_.is_driver && function.at == 0)) continue;
    const CSource* source = tree_.file(function.file);
    if (source == nullptr) {
      diagnostics_.add(function.place, "'" + function.file + "' is no file of " + tree_.name());
      continue;
    }
    const auto found = definitions(function, *source);
    if (found.empty()) continue;
    check_line(function, found);
    const SourceScope scope(*source, found, [&](const std::string& name) { return names_.is_own(name); });
    for (const CFunction* each : scope.functions()) met_[{function.file, each}] = true;
    for_each_statement(function.body, [&](const Statement& statement) {
      if (statement.at != 0) check_statement(statement, function.file, scope, function.name + "()");
    });
  }
}

/// The C functions of that name, under the name that it stands for if it has none of its own. What is a macro (a name
/// may be a macro and a function, by configuration: `at` says which is meant), or no function by its own word, has no
/// statements to compare.
std::vector<const CFunction*> SourceCheck::definitions(const Function& function, const CSource& source) {
  std::vector<const CFunction*> found;
  std::vector<std::string> known;
  bool is_macro = false;
  const auto is_it = [&](const std::string& name) { return name == function.name || name == function.stands_for; };
  for (const CFunction& each : source.functions) {
    if (is_it(each.name)) found.push_back(&each);
    known.push_back(each.name);
  }
  for (const CMacro& macro : source.macros) {
    const bool is_there = macro.line <= function.at && function.at <= macro.last_line;
    if (is_it(macro.name) && is_there) return {};
    is_macro = is_macro || (is_it(macro.name) && function.at == 0);
  }
  if (!found.empty() || is_macro || !function.stands_for.empty()) return found;
  std::string message = "'" + function.file + "' defines no function or macro " + function.name;
  for (const CFunction& each : source.functions) {
    if (each.first_line <= function.at && function.at <= each.last_line) {
      message += ", line " + std::to_string(function.at) + " is in " + each.name + "()";
    }
  }
  for (const CMacro& macro : source.macros) {
    if (is_it(macro.name)) message += ", the macro is at line " + std::to_string(macro.line);
  }
  diagnostics_.add(function.place, message + suggestion(function.name, known));
  return found;
}

void SourceCheck::check_line(const Function& function, const std::vector<const CFunction*>& definitions) {
  if (function.at == 0) return;
  int nearest = definitions.front()->line;
  for (const CFunction* each : definitions) {
    if (each->first_line <= function.at && function.at <= each->line) return;
    if (std::abs(each->line - function.at) < std::abs(nearest - function.at)) nearest = each->line;
  }
  diagnostics_.add(function.place, function.name + "() is not defined at " + place_in(function.file, function.at) +
                                       ", but at line " + std::to_string(nearest));
}

/// The statements of events belong to no C function: any of the file will do.
void SourceCheck::check_events() {
  if (unit_.source_file.empty()) return;
  const CSource* source = tree_.file(unit_.source_file);
  if (source == nullptr) return;
  std::vector<const CFunction*> all;
  for (const CFunction& function : source->functions) all.push_back(&function);
  const SourceScope scope(*source, all, [](const std::string&) { return true; });
  for (const Event& event : unit_.events) {
    for_each_statement(event.body, [&](const Statement& statement) {
      if (statement.at == 0) return;
      cited_.emplace_back(unit_.source_file, &statement);
      check_statement(statement, unit_.source_file, scope, "any function");
    });
  }
}

void SourceCheck::check_statement(const Statement& statement, const std::string& file, const SourceScope& scope,
                                  const std::string& where) {
  if (has_note(file, statement.at)) return;
  if (!scope.contains(statement.at)) {
    diagnostics_.add(statement.place, place_in(file, statement.at) + " is not in " + where);
    return;
  }
  if (const CallStatement* call = call_of(statement)) {
    const Function* called = names_.find(call->function.name);
    if (call->function.is_role || called == nullptr) return;
    const bool stands_in = unit_.is_driver && names_.is_own(called->name) && called->at == 0;
    if (stands_in && called->stands_for.empty()) return;
    const auto names_it = [&](const CWord& word) {
      return word.text == called->name || word.text == called->stands_for;
    };
    // One of the kernel model may stand for what the C function calls by way of others.
    if (!unit_.is_driver && !scope.at(statement.at).nearest(statement.at, names_it)) return;
    expect(statement, file, scope, called->name + "()", names_it);
  } else if (std::holds_alternative<ReturnStatement>(statement.what)) {
    const auto ends = [&](const CFunction* function) { return function->last_line == statement.at; };
    if (std::any_of(scope.functions().begin(), scope.functions().end(), ends)) return;
    expect(statement, file, scope, "return",
           [](const CWord& word) { return word.text == "return" || word.text == "goto"; });
  } else if (std::holds_alternative<GotoStatement>(statement.what)) {
    expect(statement, file, scope, "goto", [](const CWord& word) {
      return word.text == "goto" || word.text == "return" || word.text == "break" || word.text == "continue";
    });
  } else if (const auto* label = std::get_if<LabelStatement>(&statement.what)) {
    expect(statement, file, scope, "the label " + label->label,
           [&](const CWord& word) { return word.kind == CWord::Kind::label && word.text == label->label; });
  }
}

void SourceCheck::expect(const Statement& statement, const std::string& file, const SourceScope& scope,
                         const std::string& what, const SourceScope::Test& is_it) {
  if (scope.has(statement.at, is_it)) return;
  const auto nearest = scope.nearest(statement.at, is_it);
  const std::string place = place_in(file, statement.at);
  diagnostics_.add(statement.place,
                   "expected " + what + " at " + place +
                       (nearest ? ", but the nearest is at line " + std::to_string(*nearest)
                                : ", but there is none in " + scope.at(statement.at).functions().front()->name + "()"));
}

void SourceCheck::check_calls() {
  for (const auto& [key, is_met] : met_) check_calls_in(key.first, *key.second);
}

void SourceCheck::check_calls_in(const std::string& file, const CFunction& function) {
  std::map<std::pair<int, std::string>, std::vector<const CWord*>> calls;
  for (const CWord& word : function.words) {
    if (word.kind == CWord::Kind::call && names_.is_kernel(word.text)) {
      calls[{word.statement, word.text}].push_back(&word);
    }
  }
  for (const auto& [key, words] : calls) {
    const std::size_t cited = citations(file, words);
    if (cited >= words.size()) continue;
    const CWord& missing = *words[cited];
    if (is_noted(file, missing, function)) continue;
    diagnostics_.add(unit_.place, place_in(file, missing.line) + " calls " + missing.text + "() in " + function.name +
                                      "(), but the spec has no such call there and no note on it");
  }
}

/// How many statements of the spec stand for some calls of one function in one C statement.
std::size_t SourceCheck::citations(const std::string& file, const std::vector<const CWord*>& words) const {
  return static_cast<std::size_t>(std::count_if(cited_.begin(), cited_.end(), [&](const auto& cited) {
    const Statement& statement = *cited.second;
    const bool is_there = cited.first == file && std::any_of(words.begin(), words.end(), [&](const CWord* word) {
                            return statement.at == word->line || statement.at == word->statement;
                          });
    if (!is_there) return false;
    const std::string& name = words.front()->text;
    const CallStatement* call = call_of(statement);
    const Function* called = call == nullptr ? nullptr : names_.find(call->function.name);
    return (called != nullptr && (called->name == name || called->stands_for == name)) ||
           mentions(statement.says, name);
  }));
}

bool SourceCheck::has_note(const std::string& file, int line) const {
  return std::any_of(unit_.notes.begin(), unit_.notes.end(),
                     [&](const Note& note) { return note.at == line && note.file == file; });
}

/// A note speaks of a call when it stands at its line or names the line, when it names what is called and belongs to
/// the function or to the whole driver, or when it names a function that the spec does not have.
bool SourceCheck::is_noted(const std::string& file, const CWord& word, const CFunction& function) const {
  if (has_note(file, word.line) || has_note(file, word.statement)) return true;
  return std::any_of(unit_.notes.begin(), unit_.notes.end(), [&](const Note& note) {
    const bool names_lines = mentions(note.says, "line") || mentions(note.says, "lines");
    if (names_lines && mentions(note.says, std::to_string(word.line))) return true;
    if (mentions(note.says, function.name) && !names_.is_own(function.name)) return true;
    const bool is_in = note.file == file && function.first_line <= note.at && note.at <= function.last_line;
    const bool is_near = note.at == 0 || is_in;
    return mentions(note.says, word.text) && is_near;
  });
}

bool cites_source(const Unit& driver) {
  return !driver.source_file.empty() || std::any_of(driver.functions.begin(), driver.functions.end(),
                                                    [](const Function& function) { return !function.file.empty(); });
}

std::string not_given(const std::string& tree) {
  return tree.empty() ? "it names no tree" : "its tree, " + tree + ", is not given";
}

std::vector<Diagnostic> differences(const Units& kernel, SourceTree& tree) {
  Diagnostics diagnostics;
  const FunctionNames names(nullptr, kernel);
  for (const auto& part : kernel) SourceCheck(*part, names, tree, diagnostics).check_functions();
  return diagnostics.sorted();
}

}  // namespace

SourceReport check_driver_source(const Unit& driver, const Units& kernel, SourceTrees& trees) {
  if (!cites_source(driver)) return {};
  SourceTree* tree = trees.find(driver.tree);
  if (tree == nullptr) return {{}, not_given(driver.tree)};
  Diagnostics diagnostics;
  const FunctionNames names(&driver, kernel);
  SourceCheck check(driver, names, *tree, diagnostics);
  check.check_functions();
  check.check_events();
  check.check_calls();
  return {diagnostics.sorted(), ""};
}

SourceReport check_kernel_source(const KernelModel& kernel, SourceTrees& trees) {
  SourceTree* own = trees.find(kernel.tree);
  SourceReport report;
  if (own != nullptr) report.mistakes = differences(kernel.parts, *own);
  bool is_compared = own != nullptr;
  for (const std::string& name : later_trees(kernel)) {
    SourceTree* tree = trees.find(name);
    if (tree == nullptr) continue;
    is_compared = true;
    for (Diagnostic& mistake : differences(model_of_later(name, kernel).parts, *tree)) {
      mistake.message += ", in " + name;
      report.mistakes.push_back(std::move(mistake));
    }
  }
  if (!is_compared) report.not_compared = not_given(kernel.tree);
  return report;
}

}  // namespace tenure
