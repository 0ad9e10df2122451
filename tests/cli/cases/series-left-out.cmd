# a driver that was forgotten breaks with patch 37 and stays broken
setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 4 31 37
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s drop 4
tenure series s --each-commit -p leak specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json specs/drivers/dma/hsu/pci.json
