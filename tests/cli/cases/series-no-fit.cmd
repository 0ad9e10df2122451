# the patch was made for another state of the driver
setup: cp -rL specs/series/pcim-msi-v1 s
setup: python3 "$(readlink -f specs)/../tests/cli/edit_series.py" s only 1 4 37
setup: sed -i 's/"value": "pci_alloc_irq_vectors"/"value": "pci_enable_msi"/' s/04-gpio-merrifield.json
tenure series s specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json
