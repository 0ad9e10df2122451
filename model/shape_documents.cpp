#include "model/property.h"
#include "model/shape_types.h"

namespace tenure::shapes {

namespace {

void add_words(Table& table) {
  std::vector<std::string_view> properties;
  for (const Property property : all_properties) properties.push_back(name_of(property));
  table["property"] = words("a property", properties);
  table["verdict"] = words("a verdict", {"holds", "holds-bounded", "violated", "unreachable", "undecided"});
  table["difference"] = words("a difference", {"same", "worse", "mended", "unclear"});
  table["now"] = words("what became of a resource", {"acquired", "released", "lost"});
  table["any_text"] = simple(Kind::text, "a string");
  table["texts"] = list_of("any_text", "a list of strings");
  table["natural"] = integer("a number", 0, largest);
  table["values"] = texts_to("integer", "an object of integers");
  table["counts"] = texts_to("natural", "an object of numbers");
}

void add_steps(Table& table) {
  table["changed_variable"] = object("a change", "",
                                     {{"variable", "text", true, "its name"},
                                      {"before", "integer", true, "its value before"},
                                      {"after", "integer", true, "its value after"}});
  table["changed_resource"] =
      object("a change", "", {{"resource", "text", true, "its name"}, {"now", "now", true, "what became of it"}});
  const Key list{"list", "text", true, "its name"};
  table["added"] = object("a change", "", {list, {"added", "text", true, "the call that was put on it"}}, 2);
  table["taken_back"] = object("a change", "", {list, {"taken_back", "text", true, "the call that was removed"}}, 2);
  table["step_change"] = one_of("a change", {"changed_variable", "changed_resource", "added", "taken_back"});
  table["step_changes"] = list_of("step_change", "a list of changes");
  table["step"] = object("a step", "",
                         {{"event", "text", true, "the event in which it is"},
                          {"depth", "natural", true, "how deep in the tree of steps"},
                          {"function", "any_text", true, "in which the statement stands"},
                          {"call", "any_text", true, "the statement"},
                          {"list", "text", false, "the list that made the call"},
                          {"says", "text", false, "what it is"},
                          {"file", "any_text", true, "the source file"},
                          {"line", "natural", true, "the line in it, or 0"},
                          {"outcome", "any_text", true, "what was decided and returned"},
                          {"state", "step_changes", true, "what changed"},
                          {"remarks", "texts", true, "rules that were applied, warnings, crashes"}});
  table["steps"] = list_of("step", "a list of steps");
}

void add_traces(Table& table) {
  const Key choice{"choice", "text", true, "the choice"};
  table["decided_alternative"] =
      object("a decision", "", {choice, {"alternative", "text", true, "the alternative that is taken"}}, 2);
  table["decided_number"] =
      object("a decision", "", {choice, {"picked", "integer", true, "the integer that is taken"}}, 2);
  table["decision"] = one_of("a decision", {"decided_alternative", "decided_number"});
  table["decisions"] = list_of("decision", "a list of decisions");
  table["path_event"] = object("an event", "",
                               {{"event", "text", true, "its name"},
                                {"decisions", "decisions", true, "what the environment decides in it, in order"}});
  table["path_events"] = list_of("path_event", "a list of events");
  table["path"] = object("a path", "",
                         {{"configuration", "values", true, "the values of all fixed variables"},
                          {"events", "path_events", true, "what happens"},
                          {"repeats_from", "natural", false, "the event from which on they happen again and again"}});
  table["trace"] = object("a trace", "",
                          {{"configuration", "values", true, "the fixed variables that the run looked at"},
                           {"steps", "steps", true, "what the run does"},
                           {"subject", "any_text", true, "what the violation is about"},
                           {"explanation", "any_text", true, "one sentence"},
                           {"path", "path", true, "what the environment decides"}});
}

void add_grounds(Table& table) {
  const Key file{"file", "any_text", true, "the source file"};
  const Key line{"line", "natural", true, "the line in it, or 0"};
  table["needed_function"] = object("what is needed", "", {{"function", "text", true, "the function"}, file, line});
  table["needed_call"] = object("what is needed", "", {{"call", "text", true, "the statement"}, file, line});
  table["needed"] = one_of("what is needed", {"needed_function", "needed_call"});
  table["needs"] = list_of("needed", "a list of what is needed");
  table["grounds"] = object("what a proof rests on", "",
                            {{"runs", "texts", true, "the functions of the kernel that some run carries out"},
                             {"needs", "needs", true, "what is needed as it is"}});
}

void add_results(Table& table) {
  const Key spec{"spec", "text", true, "path of the driver spec"};
  const Key driver{"driver", "text", true, "the driver's name"};
  const Key property{"property", "property", true, "the property"};
  table["told_result"] = object(
      "a result", "",
      {{"verdict", "verdict", true, "the verdict"},
       spec,
       driver,
       {"semantics", "text", true, "name of the kernel model, or path of its file"},
       property,
       {"later_tree", "text", false, "the tree of the kernel model, where it is made upon that of the semantics"},
       {"further", "text", false, "series: what violates it there and did not before the series"},
       {"nothing_to_check", "flag", false, "no statement could violate the property"},
       {"bounds", "texts", false, "what was cut"},
       {"invariant", "texts", false, "the clauses that were proved"},
       {"events", "natural", false, "how many events the counterexample has"},
       {"steps", "natural", false, "how many statements of the driver it carries out"},
       {"shortest", "flag", false, "false: a shorter one may be there"},
       {"unreachable", "texts", false, "what can never be reached"},
       {"reason", "text", false, "the limit that was reached"},
       {"grounds", "grounds", false, "what the proof rests on"},
       {"trace", "trace", false, "the counterexample"}});
  table["runs"] = object("runs", "",
                         {{"before", "trace", true, "the run before the change"},
                          {"after", "trace", true, "the run after it"},
                          {"steps", "natural", true, "how many statements of the driver the violating run carries out"},
                          {"parting", "natural", true, "the first step that differs"}});
  table["comparison"] =
      object("a comparison", "",
             {{"difference", "difference", true, "how the property fares"},
              spec,
              driver,
              property,
              {"before", "verdict", true, "the verdict before the change"},
              {"after", "verdict", true, "the verdict after it"},
              {"further", "text", false,
               "what violates it after the change and did not before it, when it is violated on both sides"},
              {"runs", "runs", false, "the run that violates it on one side, on both"}});
  table["any_result"] = one_of("a result", {"told_result", "comparison"});
  table["any_results"] = list_of("any_result", "a list of results");
  table["results"] = object("a document of results", "",
                            {{"tenure", "text", true, "the version of tenure"},
                             {"from", "text", false, "compare: the semantics before the change"},
                             {"to", "text", false, "compare: the semantics after it"},
                             {"next_driver", "text", false, "path of the spec that may be bound afterwards"},
                             {"results", "any_results", true, "the results"},
                             {"summary", "counts", true, "how many there are of each kind"}});
}

void add_series_results(Table& table) {
  const Key commit{"commit", "text", true, "the base of the series, or NAME@NUMBER"};
  table["told_results"] = list_of("told_result", "a list of results");
  table["told_patch"] = object("a patch of a series", "",
                               {{"number", "natural", true, "its number"},
                                {"subject", "text", true, "its subject"},
                                {"date", "text", false, "when it was sent"},
                                {"awaits", "texts", false, "specs that it would change and that are not there"}});
  table["told_patches"] = list_of("told_patch", "a list of patches");
  table["told_series"] = object("a series", "",
                                {{"folder", "text", true, "the folder of the series"},
                                 {"name", "text", true, "its name"},
                                 {"subject", "text", true, "its subject"},
                                 {"base", "text", true, "the semantics before it"},
                                 {"patches", "told_patches", true, "its patches"},
                                 {"not_checked", "texts", true, "specs that it changes and that were not asked for"}});
  table["fate"] = words("how a driver fares", {"same", "worse", "mended", "unclear", "misfit"});
  table["told_commit"] = object("a commit", "",
                                {commit,
                                 {"fate", "fate", true, "how the driver fares"},
                                 {"semantics", "text", true, "the commit at which it was checked"},
                                 {"mistakes", "mistakes", false, "why the driver does not fit the kernel"}});
  table["told_commits"] = list_of("told_commit", "a list of commits");
  table["span"] = object("commits in a row", "",
                         {{"property", "property", false, "the property; none: the driver does not fit"},
                          {"difference", "difference", true, "how it fares"},
                          {"first", "text", true, "the first commit"},
                          {"last", "text", true, "the last commit"}});
  table["spans"] = list_of("span", "a list of commits in a row");
  table["told_driver"] = object("a driver in a series", "",
                                {{"spec", "text", true, "path of the driver spec"},
                                 {"driver", "text", true, "the driver's name"},
                                 {"commits", "told_commits", true, "how it fares at each commit"},
                                 {"spans", "spans", true, "which properties get worse or better where"}});
  table["told_drivers"] = list_of("told_driver", "a list of drivers");
  table["series_results"] = object("a document of a series", "",
                                   {{"tenure", "text", true, "the version of tenure"},
                                    {"series", "told_series", true, "the series"},
                                    {"results", "told_results", true, "the results"},
                                    {"drivers", "told_drivers", true, "how each driver fares"},
                                    {"next_driver", "text", false, "path of the spec that is bound afterwards"},
                                    {"next", "told_results", false, "what it suffers"},
                                    {"summary", "counts", true, "how many drivers there are of each fate"}});
}

void add_lints(Table& table) {
  const Key line{"line", "natural", true, "the line, or 0"};
  const Key pointer{"pointer", "any_text", true, "the place in the spec"};
  table["mistake"] = object("a mistake", "",
                            {{"spec", "any_text", true, "the file"},
                             line,
                             {"column", "natural", true, "the column, or 0"},
                             pointer,
                             {"message", "text", true, "what is wrong"}});
  table["mistakes"] = list_of("mistake", "a list of mistakes");
  table["point_state"] = words("what is known", {"reached", "explained", "unreachable", "follows", "undecided"});
  table["point"] = object("a point", "",
                          {{"function", "any_text", true, "the function or event"},
                           {"point", "text", true, "what a run should come to"},
                           {"file", "any_text", true, "the source file"},
                           line,
                           pointer,
                           {"state", "point_state", true, "whether one does"},
                           {"why", "text", false, "the note, or why it is undecided"},
                           {"steps", "natural", false, "how many statements of the driver the trace carries out"},
                           {"trace", "trace", false, "a shortest run to it"}});
  table["points"] = list_of("point", "a list of points");
  const Key not_compared{"not_compared", "text", false, "why it was not compared with its source"};
  table["lint"] = object("what lint says of a driver", "",
                         {{"spec", "text", true, "path of the driver spec"},
                          {"driver", "text", true, "the driver's name"},
                          {"semantics", "text", true, "name of the kernel model, or path of its file"},
                          {"points", "points", true, "what a run should come to"},
                          {"mistakes", "mistakes", true, "where the spec differs from its source"},
                          not_compared});
  table["lint_results"] = list_of("lint", "a list of results");
  table["lints"] = object("a document of lint", "",
                          {{"tenure", "text", true, "the version of tenure"},
                           {"results", "lint_results", true, "the results"},
                           {"kernel_mistakes", "mistakes", true, "where the kernel model differs from its source"},
                           {"kernel_not_compared", "text", false, "why it was not compared"},
                           {"summary", "counts", true, "how many there are of each kind"}});
}

void add_certificate(Table& table) {
  table["proved"] = words("what a proof proves", {"holds", "holds-bounded", "unreachable"});
  const Key hash{"sha256", "text", true, "the SHA-256 digest of the file"};
  table["hashed_file"] = object("a file", "", {{"file", "text", true, "the file"}, hash});
  table["hashed_files"] = list_of("hashed_file", "a list of files");
  table["clause"] = object("a clause", "",
                           {{"says", "text", true, "the clause in words"},
                            {"excludes", "texts", true, "bits that are never so together: b3, or not b3"}});
  table["clauses"] = list_of("clause", "a list of clauses");
  table["obligation"] = object("an obligation", "",
                               {{"file", "text", true, "SMT-LIB 2.6, to be found unsatisfiable"},
                                hash,
                                {"says", "text", true, "what it states, in words"}});
  table["obligations"] = list_of("obligation", "a list of obligations");
  table["certified"] = object("a verdict", "",
                              {{"property", "property", true, "the property"},
                               {"verdict", "proved", true, "the verdict"},
                               {"nothing_to_check", "flag", false, "no statement could violate the property"},
                               {"bounds", "texts", false, "holds-bounded: what was cut"},
                               {"unreachable", "texts", false, "unreachable: what can never be reached"},
                               {"obligations", "texts", true, "the files on which it rests"}});
  table["certified_verdicts"] = list_of("certified", "a list of verdicts");
  table["certified_driver"] =
      object("a driver", "",
             {{"spec", "text", true, "path of the driver spec, from where tenure was run"},
              hash,
              {"driver", "text", true, "the driver's name"},
              {"verdicts", "certified_verdicts", true, "what is proved of it"},
              {"answers", "any_text", true, "by which its states are explored again, as 0 and 1"},
              {"picks_lowest", "flag", false, "of ranges that are cut only the lowest values are picked"},
              {"one_member", "flag", false, "one arbitrary member of a family stands for all"},
              {"invariant", "clauses", true, "by this invariant"},
              {"obligations", "obligations", true, "what has to be shown"}});
  table["certified_drivers"] = list_of("certified_driver", "a list of drivers");
  table["certificate"] = object(
      "a certificate", "The manifest of a certificate",
      {{"certificate", "format", true, "the version of this format"},
       {"tenure", "text", true, "the version of tenure that made it"},
       {"semantics", "text", true, "name of the kernel model, or path of its file"},
       {"kernel", "hashed_files", true, "the files of the kernel model and its patches, also those of later trees"},
       {"next_driver", "hashed_file", false, "the driver that may be bound afterwards"},
       {"drivers", "certified_drivers", true, "the proofs"}});
  table["format"] = integer("a format that this version knows", 1, 1);
}

}  // namespace

void add_documents(Table& table) {
  add_words(table);
  add_steps(table);
  add_traces(table);
  add_grounds(table);
  add_results(table);
  add_lints(table);
  add_series_results(table);
  add_certificate(table);
}

}  // namespace tenure::shapes
