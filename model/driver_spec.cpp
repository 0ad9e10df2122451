#include "model/driver_spec.h"

#include <memory>
#include <utility>

#include "model/link.h"
#include "model/read.h"

namespace tenure {

DriverSpec read_driver(const Json& document, Diagnostics& diagnostics) {
  Diagnostics mine;
  DriverSpec driver{read_unit(document, true, mine), false};
  for (const Diagnostic& mistake : mine.sorted()) diagnostics.add(mistake.place, mistake.message);
  driver.is_sound = mine.empty();
  return driver;
}

std::optional<Subject> make_subject(const std::string& path, const KernelModel& kernel,
                                    const std::vector<DriverSpec>& drivers, const CompileOptions& options,
                                    Diagnostics& diagnostics) {
  std::vector<Unit> units;
  bool is_sound = true;
  for (const DriverSpec& driver : drivers) {
    units.push_back(driver.unit);
    is_sound = is_sound && driver.is_sound;
  }
  try {
    Diagnostics mine;
    const KernelModel& model = model_for(drivers.front().unit, kernel);
    const Spec spec = link(model.parts, std::move(units), mine);
    mine.throw_if_any();
    if (!is_sound) return std::nullopt;
    CompileOptions exact = options;
    exact.counter_margin = 0;
    const auto& unit = spec.drivers.front();
    return Subject{path,
                   unit->name,
                   kernel.semantics,
                   compile(spec, options),
                   compile(spec, exact),
                   unit,
                   model.parts,
                   model.tree == kernel.tree ? "" : model.tree};
  } catch (const InputError& error) {
    for (const Diagnostic& mistake : error.diagnostics()) diagnostics.add(mistake.place, mistake.message);
    return std::nullopt;
  }
}

}  // namespace tenure
