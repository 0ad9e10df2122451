setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 4 37
setup: sed -i 's/gpio-merrifield.json",/gpio-merifield.json",/' s/04-gpio-merrifield.json
tenure series s specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json
