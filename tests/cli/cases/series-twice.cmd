# a second conversion does not fit
setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 4 37
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s again 4
tenure series s --each-commit specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json
