# a next driver that is wrong by itself says nothing about the one before it
setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 37
tenure series s --engine explicit --each-commit -p leak -p kernel-warning --next-driver specs/drivers/minimal/managed.json specs/drivers/minimal/managed.json
