# conversions break their driver until patch 37 comes
tenure series specs/series/pcim-msi-v1 --each-commit specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json specs/drivers/dma/hsu/pci.json specs/drivers/i2c/busses/i2c-mchp-pci1xxxx.json
