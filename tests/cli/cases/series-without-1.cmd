# what the conversions call is not there
setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 4 37
tenure series s --each-commit -p leak specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json
