# a kernel model of one's own, with a list that may have entries after the driver is gone
setup: cp -r "$(readlink -f specs)/../tests/cli/own-list" .
tenure verify --semantics own-list/semantics.json own-list/driver.json
