#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/inputs.h"
#include "model/inquiry.h"
#include "model/results.h"

// A property that is violated before a change and after it may be violated by more things after it. What violates it is
// called by a name that means the same in another version of the driver: a resource, whichever member of a family; a
// variable; a list; or, of warnings and crashes, a statement, "f(): WARN_ON(1)".
namespace tenure {

/// What violates a property.
using Culprit = std::pair<Property, std::string>;

/// What may violate the properties in a program, in order.
std::vector<Culprit> culprits_in(const Program& program, const std::vector<Property>& properties);

/// The program with a goal for each culprit besides its own goals, after them and in this order.
Program divided(Program program, const std::vector<Culprit>& culprits);

/// A driver whose programs have goals for all culprits of some properties.
Subject divided(Subject subject, const std::vector<Property>& properties);

/// Index of a culprit's goal in Program::goals of a divided program, or `none`.
std::uint32_t goal_of(const Program& program, const Culprit& culprit);

/// The same program, in which nothing else violates the property.
Program with_culprit(Program program, Property property, const std::string& culprit);

/// A divided subject and what is found out about its program.
struct Examined {
  const Subject& subject;
  Inquiry& inquiry;
};

/// Compares a driver before a change with the same one after it, or after several changes.
class FurtherSearch {
 public:
  /// All must outlive it.
  explicit FurtherSearch(const Examined& before);

  /// Looks, of each property that is violated on both sides, for something that violates it after the change alone.
  /// Where there is such a thing the result becomes `worse`, with a shortest run to one as `after`; where that is not
  /// known, `unclear`. devres-growth is left as it is.
  void find(const Examined& after, std::vector<ComparedResult>& compared);

 private:
  using Violations = std::map<Culprit, Reachability>;

  /// About a culprit in the state before.
  enum class Known { nothing, never, violates };

  Violations ask_after(const Examined& after, const std::vector<Property>& properties);
  void ask_before(std::vector<Culprit> culprits);
  Known known_before(const Culprit& culprit) const;
  void try_same_runs(const Subject& after, const Violations& reached);
  static void tell_shortest(const Examined& after, const std::vector<ComparedResult*>& worse,
                            const Violations& further);

  Examined before_;
  std::vector<Culprit> possible_;   ///< in the state before
  std::map<Culprit, Known> known_;  ///< of the state before, as far as that was asked for
};

/// Whether there are runs to be told beside each other: one that violates the property, and the same on the other side.
bool has_runs(const ComparedResult& compared);

/// The runs of a result that gets worse or is mended, told on both sides.
PairedRuns pair_runs(const Subject& before, const Subject& after, const ComparedResult& compared);

}  // namespace tenure
