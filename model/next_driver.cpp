#include "model/next_driver.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/driver_spec.h"
#include "model/kernel_documents.h"

namespace tenure {

NextDriver::NextDriver(const Series& series, std::string spec) : series_(series), spec_(std::move(spec)) {
  const auto known = std::find_if(series.drivers.begin(), series.drivers.end(),
                                  [real = real_path(spec_)](const SeriesDriver& each) { return each.real == real; });
  if (known != series.drivers.end()) {
    changed_ = &*known;
    return;
  }
  Diagnostics diagnostics;
  document_ = read_json_file(spec_, diagnostics);
  diagnostics.throw_if_any();
}

Subject NextDriver::subject(const SeriesDriver* before, std::size_t commit) const {
  Diagnostics diagnostics;
  std::vector<DriverSpec> drivers;
  if (before != nullptr) drivers.push_back(read_driver(*before->specs[commit], diagnostics));
  drivers.push_back(read_driver(changed_ != nullptr ? *changed_->specs[commit] : document_, diagnostics));
  CompileOptions options;
  options.judges_last_alone = true;
  auto made =
      make_subject(before != nullptr ? before->file : spec_, series_.kernel_at(commit), drivers, options, diagnostics);
  diagnostics.throw_if_any();
  return std::move(*made);
}

}  // namespace tenure
