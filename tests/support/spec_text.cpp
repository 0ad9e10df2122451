#include "tests/support/spec_text.h"

#include "model/json.h"
#include "model/link.h"
#include "model/read.h"
#include "model/shape.h"

namespace tenure::testing {

Unit unit_of(const std::string& text, bool is_driver) {
  Diagnostics diagnostics;
  const Json document = parse_json(text, is_driver ? "driver.json" : "kernel.json", diagnostics);
  diagnostics.throw_if_any();
  check_shape(document, is_driver ? "driver" : "kernel", diagnostics);
  diagnostics.throw_if_any();
  Unit unit = read_unit(document, is_driver, diagnostics);
  diagnostics.throw_if_any();
  return unit;
}

Spec spec_of(std::vector<std::shared_ptr<const Unit>> kernel, const std::vector<std::string>& drivers) {
  Diagnostics diagnostics;
  std::vector<Unit> units;
  for (const std::string& driver : drivers) units.push_back(unit_of(driver, true));
  Spec spec = link(std::move(kernel), std::move(units), diagnostics);
  diagnostics.throw_if_any();
  return spec;
}

Spec spec_of(const std::string& kernel, const std::vector<std::string>& drivers) {
  Diagnostics diagnostics;
  std::vector<Unit> parts{unit_of(kernel, false)};
  auto linked = link_kernel(std::move(parts), diagnostics);
  diagnostics.throw_if_any();
  return spec_of(std::move(linked), drivers);
}

}  // namespace tenure::testing
