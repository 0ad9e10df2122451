# the vectors that the first driver leaves are in the way of the next one
setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 37
tenure series s --engine explicit --each-commit --runs -p leak -p stale-state -p kernel-warning -p kernel-crash --next-driver specs/drivers/minimal/explicit.json specs/drivers/minimal/managed.json
