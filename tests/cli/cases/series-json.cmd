setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 4 35 37
tenure series s --engine explicit --each-commit --format json -p leak specs/drivers/gpio/gpio-merrifield.json
